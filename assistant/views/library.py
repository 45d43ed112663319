"""The library: every article in one table, what there is over time, and adding and removing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from assistant.messages.wording import Wording, wording
from assistant.views import (
    adding,
    choosing,
    drawing,
    embedding,
    frame,
    opening,
    preferences,
    storage,
)
from assistant.views.shelf import OTHERS, OUTLETS, Shelf, shelf
from corpus.arabic import normalise
from vectorstore.query import Filters

_ROWS = 10  # shown at once; more are scrolled to

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]

    from vectorstore.catalog import ArticleSummary
    from vectorstore.index import Index


def page() -> None:
    """Draws the page."""
    words = frame.wording()
    now = opening.current()
    st.html(f'<h1 class="page-title" dir="auto">{escape(words("page.library"))}</h1>')
    # Always there, so that what stands below keeps its place and stays open when this goes.
    with st.container():
        if now.stage != "ready":
            opening.watch(words, now.listed)
    if now.index is None or not now.listed:
        return
    held = shelf(now.index)
    _summary(held, words)
    with st.container():
        embedding.draw(now, words)
    _adding(now.index, words)
    adding.report(words)
    if not held.articles:
        st.html(f'<p class="hint" dir="auto">{escape(words("library.empty"))}</p>')
        return
    _table(now.index, held, _filtered(held, words), words)
    storage.draw(now, preferences.settings(), words)


def _summary(held: Shelf, words: Wording) -> None:
    counts = {"articles": len(held.articles), "passages": held.passages}
    parts = [words(f"library.{what}", n=n) for what, n in counts.items()]
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


@st.cache_resource(max_entries=4, show_spinner=False)
def _frame(_held: Shelf, store: str, revision: int, tag: str) -> pd.DataFrame:
    """The articles as a table, with what is searched and filtered by but not shown.

    It is made once for each revision and language: a press of a key filters it, no more.
    """
    import pandas as pd

    words = wording(tag)
    names = [
        (article.path or "").replace("\\", "/").rpartition("/")[2] for article in _held.articles
    ]
    days = [article.date.isoformat() if article.date else "" for article in _held.articles]
    named = set(_held.outlets[:OUTLETS])
    language = {code: words.language_name(code) for code in _held.languages}
    columns = {
        "title": [article.title or words("untitled") for article in _held.articles],
        "outlet": [article.source or "" for article in _held.articles],
        "date": [words.day(article.date) if article.date else "" for article in _held.articles],
        "language": [language.get(article.language or "") for article in _held.articles],
        "passages": [article.passages for article in _held.articles],
        "file": names,
        "day": days,
        "code": [article.language for article in _held.articles],
        "charted": [
            article.source if article.source in named else OTHERS for article in _held.articles
        ],
        "hay": [
            normalise(f"{article.title} {article.source or ''} {name}")
            for article, name in zip(_held.articles, names, strict=True)
        ],
    }
    return pd.DataFrame(columns)


def _filtered(held: Shelf, words: Wording) -> pd.DataFrame:
    """The articles that pass the fields and the pressed parts of the charts."""
    time, outlet, language = _charts(held, words)
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
    table = _frame(held, held.store, held.revision, words.tag)
    passing = table.passages >= 0
    if outlets:
        passing &= table.outlet.isin(outlets)
    if languages:
        passing &= table.code.isin(languages)
    for column, value in (("charted", outlet), ("code", language)):
        if value:
            passing &= table[column] == value
    if time:
        passing &= table.day.str.startswith(time)
    if len(days) == 2:
        passing &= table.day.between(*(day.isoformat() for day in days))
    for needle in normalise(text).split():
        passing &= table.hay.str.contains(needle, regex=False)
    return table[passing]


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


@st.cache_resource(max_entries=4, show_spinner=False)
def _drawn(_held: Shelf, store: str, revision: int, tag: str) -> tuple[drawing.Spec, ...]:
    words = wording(tag)
    return drawing.over_time(_held, words), drawing.by_language(_held, words)


def _charts(held: Shelf, words: Wording) -> tuple[str | None, str | None, str | None]:
    """Draws the charts; gives the time, outlet and language that were pressed in them."""
    if len(held.articles) < 2:
        return None, None, None
    over_time, by_language = _drawn(held, held.store, held.revision, words.tag)
    wide, narrow = st.columns([3, 1], gap="large")
    with wide:
        chosen = _chart(over_time, "chart-time", words("library.over_time"))
        st.html(drawing.legend(held, words))
    with narrow:
        spoken = _chart(by_language, "chart-language", words("filters.languages"))
    bar: dict[str, str] = next(iter(chosen.get("bar", [])), {})
    language: dict[str, str] = next(iter(spoken.get("language", [])), {})
    return bar.get("time"), bar.get("outlet"), language.get("code")


def _chart(spec: drawing.Spec, key: str, title: str) -> dict[str, Any]:
    """Draws a chart under its title; gives what was pressed in it."""
    st.html(f'<h2 class="chart-title" dir="auto">{escape(title)}</h2>')
    drawn: Any = st.vega_lite_chart(spec, key=key, on_select="rerun", alt=title)
    pressed: dict[str, Any] = drawn["selection"]
    return pressed


# The table


def _table(index: Index, held: Shelf, table: pd.DataFrame, words: Wording) -> None:
    shown = escape(words("library.shown", n=len(table)))
    st.html(f'<p class="hint" role="status" dir="auto">{shown}</p>')
    # The others can be shown from the table's own menu.
    first = ["title", "outlet", "date", "language"]
    columns = [*first, "passages", "file"]
    text = st.column_config.TextColumn
    chosen: Any = st.dataframe(
        table[columns],
        hide_index=True,
        column_order=first[::-1] if words.direction == "rtl" else first,
        column_config={
            "title": text(words("column.title"), width="large"),
            "outlet": text(words("column.outlet"), width="medium"),
            "date": text(words("column.date")),
            "language": text(words("column.language")),
            "passages": st.column_config.NumberColumn(words("column.passages")),
            "file": text(words("column.file")),
        },
        height=460 if len(table) > _ROWS else "auto",
        on_select="rerun",
        selection_mode="multi-row",
        # Ticks are kept by row: other rows under the same key would find themselves ticked.
        key=f"table-{_fingerprint(table)}",
        alt=words("page.library"),
    )
    rows = [row for row in chosen["selection"]["rows"] if row < len(table)]
    _actions(index, [held.articles[n] for n in table.index[rows]], words)


def _fingerprint(table: pd.DataFrame) -> str:
    return hashlib.blake2b(table.index.to_numpy().tobytes(), digest_size=8).hexdigest()


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
