"""The library: every article in one table, what there is over time, and adding and removing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from assistant.views import adding, choosing, drawing, frame, markup, opening
from assistant.views.shelf import Shelf, shelf
from assistant.views.wording import Wording
from corpus.arabic import normalise
from vectorstore.query import Filters

if TYPE_CHECKING:
    from vectorstore.catalog import ArticleSummary
    from vectorstore.index import Index


def page() -> None:
    """Draws the page."""
    words = frame.wording()
    now = opening.current()
    st.html(f'<h1 class="page-title" dir="auto">{escape(words("page.library"))}</h1>')
    if now.stage != "ready" or now.index is None:
        _watch(words)
        return
    held = shelf(now.index)
    _summary(now.index, held, words)
    _adding(now.index, words)
    adding.report(words)
    if not held.articles:
        st.html(f'<p class="hint" dir="auto">{escape(words("library.empty"))}</p>')
        return
    articles = _filtered(held, words)
    _table(now.index, articles, words)


@st.fragment(run_every=1.0)
def _watch(words: Wording) -> None:
    now = opening.current()
    if now.stage == "ready":
        st.rerun()
    elif now.stage == "failed":
        st.error(markup.plain(words("opening.failed", reason=str(now.error))))
        st.button(words("retry"), on_click=now.begin)
    else:
        text = escape(words(f"opening.{now.stage}"))
        st.html(f'<p class="hint working" role="status" dir="auto">{text}</p>')


def _summary(index: Index, held: Shelf, words: Wording) -> None:
    passages = sum(article.passages for article in held.articles)
    parts = [words("library.articles", n=len(held.articles)), words("library.passages", n=passages)]
    if held.first and held.last:
        parts.append(choosing.period(Filters(since=held.first, until=held.last), words))
    dot = ' <i aria-hidden="true">·</i> '
    items = dot.join(f"<bdi>{escape(part)}</bdi>" for part in parts)
    st.html(f'<p class="hint">{items}</p>')


# Adding


def _adding(index: Index, words: Wording) -> None:
    with st.expander(words("library.add"), icon=":material/add:"):
        files = st.file_uploader(
            words("library.files"), accept_multiple_files=True, key=_fresh_key("files")
        )
        place = st.text_input(
            words("library.place"), placeholder=words("library.place_hint"), key=_fresh_key("place")
        )
        if st.button(words("library.add_now"), type="primary") and (files or place.strip()):
            paths: list[Path | str] = [*adding.keep(files or (), index.store)]
            if place.strip():
                paths.append(place.strip())
            adding.add(index, paths, words)
            st.session_state["adding"] = st.session_state.get("adding", 0) + 1
            st.rerun()


def _fresh_key(name: str) -> str:
    """A key that changes when something was added, so that the field starts empty again."""
    return f"{name}-{st.session_state.get('adding', 0)}"


# Filtering


def _filtered(held: Shelf, words: Wording) -> list[ArticleSummary]:
    """The articles that pass the fields and the pressed parts of the charts."""
    month, outlet, language = _charts(held, words)
    with st.container(horizontal=True, vertical_alignment="bottom", key="library-filters"):
        text = st.text_input(
            words("library.search"), key="library-search", icon=":material/search:"
        )
        outlets = st.multiselect(
            words("filters.outlets"),
            held.outlets,
            placeholder=words("filters.any"),
            key="library-outlets",
        )
        languages = st.multiselect(
            words("filters.languages"),
            held.languages,
            format_func=words.language_name,
            placeholder=words("filters.any"),
            key="library-languages",
        )
        days = _days(held, words)
    needles = normalise(text).split()
    others = set(held.outlets[drawing.OUTLETS :])
    return [
        article
        for article in held.articles
        if (not outlets or article.source in outlets)
        and (not languages or article.language in languages)
        and (not language or article.language == language)
        and (
            not outlet
            or article.source == outlet
            or (outlet == drawing.OTHERS and article.source in others)
        )
        and (not month or (article.date and f"{article.date:%Y-%m}" == month))
        and (len(days) != 2 or (article.date and days[0] <= article.date <= days[1]))
        and _has_all(needles, article)
    ]


def _days(held: Shelf, words: Wording) -> Sequence[Any]:
    if not (held.first and held.last):
        return ()
    found: Any = st.date_input(
        words("filters.dates"),
        value=[],
        min_value=held.first,
        max_value=held.last,
        format="DD/MM/YYYY",
        key="library-days",
    )
    return tuple(found) if isinstance(found, tuple | list) else (found,)


def _has_all(needles: Sequence[str], article: ArticleSummary) -> bool:
    if not needles:
        return True
    hay = normalise(f"{article.title} {article.source or ''} {Path(article.path or '').name}")
    return all(needle in hay for needle in needles)


def _charts(held: Shelf, words: Wording) -> tuple[str | None, str | None, str | None]:
    """Draws the charts; gives the month, outlet and language that were pressed in them."""
    if len(held.articles) < 2:
        return None, None, None
    wide, narrow = st.columns([3, 1], gap="large")
    with wide:
        st.html(f'<h2 class="chart-title" dir="auto">{escape(words("library.over_time"))}</h2>')
        chosen: Any = st.altair_chart(
            drawing.over_time(held, words),
            key="chart-time",
            on_select="rerun",
            alt=words("library.over_time"),
        )
    with narrow:
        st.html(f'<h2 class="chart-title" dir="auto">{escape(words("filters.languages"))}</h2>')
        spoken: Any = st.altair_chart(
            drawing.by_language(held, words),
            key="chart-language",
            on_select="rerun",
            alt=words("filters.languages"),
        )
    bar: dict[str, str] = next(iter(chosen["selection"].get("bar", [])), {})
    language: dict[str, str] = next(iter(spoken["selection"].get("language", [])), {})
    return bar.get("month"), bar.get(words("column.outlet")), language.get("code")


# The table


def _table(index: Index, articles: Sequence[ArticleSummary], words: Wording) -> None:
    import pandas as pd  # type: ignore[import-untyped]

    st.html(f'<p class="hint" dir="auto">{escape(words("library.shown", n=len(articles)))}</p>')
    table = pd.DataFrame(
        [
            (
                article.title or words("untitled"),
                article.source,
                article.date,
                words.language_name(article.language) if article.language else None,
                article.passages,
                Path(article.path).name if article.path else None,
            )
            for article in articles
        ],
        columns=["title", "outlet", "date", "language", "passages", "file"],
    )
    # The others can be shown from the table's own menu.
    first = ["title", "outlet", "date", "language"]
    chosen: Any = st.dataframe(
        table,
        hide_index=True,
        column_order=first[::-1] if words.direction == "rtl" else first,
        column_config={
            "title": st.column_config.TextColumn(words("column.title"), width="large"),
            "outlet": st.column_config.TextColumn(words("column.outlet"), width="medium"),
            "date": st.column_config.DateColumn(words("column.date"), format="YYYY-MM-DD"),
            "language": st.column_config.TextColumn(words("column.language")),
            "passages": st.column_config.NumberColumn(words("column.passages")),
            "file": st.column_config.TextColumn(words("column.file")),
        },
        height=460,
        on_select="rerun",
        selection_mode="multi-row",
        key="table",
        alt=words("page.library"),
    )
    picked = [articles[row] for row in chosen["selection"]["rows"] if row < len(articles)]
    _actions(index, picked, words)


def _actions(index: Index, picked: Sequence[ArticleSummary], words: Wording) -> None:
    if not picked:
        st.html(f'<p class="hint" dir="auto">{escape(words("library.pick"))}</p>')
        return
    with st.container(horizontal=True, vertical_alignment="center", key="library-actions"):
        if len(picked) == 1:
            st.page_link(
                frame.page("article"),
                label=words("source.open"),
                icon=":material/article:",
                query_params={"id": picked[0].id},
            )
        ask = st.button(words("library.ask", n=len(picked)), icon=":material/forum:")
        again = st.button(words("library.read_again"), icon=":material/refresh:")
        remove = st.button(words("library.remove", n=len(picked)), icon=":material/delete:")
    if ask:
        choosing.choose(Filters(article_ids=frozenset(article.id for article in picked)))
        st.switch_page(frame.page("chat"))
    if again:
        places = dict.fromkeys(article.path or article.url for article in picked)
        adding.add(index, [place for place in places if place], words)
        st.rerun()
    if remove:
        _remove(index, picked, words)


def _remove(index: Index, picked: Sequence[ArticleSummary], words: Wording) -> None:
    @st.dialog(words("library.remove", n=len(picked)))
    def confirm() -> None:
        titles = "".join(
            f'<li dir="auto">{escape(article.title or words("untitled"))}</li>'
            for article in picked[:10]
        )
        st.html(f'<p dir="auto">{escape(words("library.remove_why"))}</p><ul>{titles}</ul>')
        if st.button(words("library.remove", n=len(picked)), type="primary", key="remove-now"):
            index.remove([article.id for article in picked])
            st.session_state.pop("report", None)
            st.rerun()

    confirm()
