"""Which articles may answer: the filters of a conversation, chosen, shown and offered."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from assistant.messages.wording import Wording
from assistant.periods import named_period
from assistant.views import markup
from assistant.views.shelf import Shelf
from corpus.arabic import normalise
from vectorstore.query import Filters

_FIELDS = ("choose-dates", "choose-outlets", "choose-languages")


def chosen() -> Filters:
    """The filters of the conversation."""
    found: Filters = st.session_state.setdefault("filters", Filters())
    return found


def choose(filters: Filters) -> None:
    """Sets the filters of the conversation."""
    st.session_state["filters"] = filters
    for name in _FIELDS:
        st.session_state.pop(name, None)


def draw(words: Wording, shelf: Shelf | None) -> None:
    """Draws the button that opens the filters, and a chip for each one that is set."""
    filters = chosen()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters"):
        if shelf and shelf.articles:
            with st.popover(words("filters"), icon=":material/filter_list:", type="tertiary"):
                _fields(words, shelf, filters)
        for name, label, without in _chips(filters, words, shelf):
            st.button(
                markup.plain(label),
                key=f"chip-{name}",
                icon=":material/close:",
                icon_position="right",
                help=words("filters.remove"),
                on_click=choose,
                args=(without,),
            )


def _fields(words: Wording, shelf: Shelf, filters: Filters) -> None:
    if shelf.first and shelf.last:
        st.date_input(
            words("filters.dates"),
            value=_range(filters, shelf),
            min_value=shelf.first,
            max_value=shelf.last,
            format="DD/MM/YYYY",
            key="choose-dates",
            on_change=_take,
            args=(shelf,),
        )
    st.multiselect(
        words("filters.outlets"),
        shelf.outlets,
        default=[name for name in shelf.outlets if name in filters.sources],
        placeholder=words("filters.any"),
        key="choose-outlets",
        on_change=_take,
        args=(shelf,),
    )
    st.multiselect(
        words("filters.languages"),
        shelf.languages,
        default=[code for code in shelf.languages if code in filters.languages],
        format_func=words.language_name,
        placeholder=words("filters.any"),
        key="choose-languages",
        on_change=_take,
        args=(shelf,),
    )


def _range(filters: Filters, shelf: Shelf) -> list[Any]:
    if not (filters.since or filters.until) or not (shelf.first and shelf.last):
        return []
    since, until = filters.since or shelf.first, filters.until or shelf.last
    return [min(max(day, shelf.first), shelf.last) for day in (since, until)]


def _take(shelf: Shelf) -> None:
    """Takes over what the fields say."""
    days = st.session_state.get("choose-dates", ())
    since, until = days if len(days) == 2 else (None, None)
    st.session_state["filters"] = replace(
        chosen(),
        since=since,
        until=until,
        sources=frozenset(st.session_state.get("choose-outlets", ())),
        languages=frozenset(st.session_state.get("choose-languages", ())),
    )


def _chips(
    filters: Filters, words: Wording, shelf: Shelf | None = None
) -> list[tuple[str, str, Filters]]:
    """A name, a label, and what is left without it, for each filter that is set."""
    chips: list[tuple[str, str, Filters]] = []
    if filters.since or filters.until:
        chips.append(("dates", period(filters, words), replace(filters, since=None, until=None)))
    chips += [
        (f"outlet-{name}", name, replace(filters, sources=filters.sources - {name}))
        for name in sorted(filters.sources)
    ]
    chips += [
        (
            f"language-{code}",
            words.language_name(code),
            replace(filters, languages=filters.languages - {code}),
        )
        for code in sorted(filters.languages)
    ]
    if filters.article_ids:
        titles = [
            article.title
            for article in (shelf.articles if shelf else ())
            if article.id in filters.article_ids
        ]
        label = (
            titles[0] if len(titles) == 1 else words("filters.articles", n=len(filters.article_ids))
        )
        chips.append(("articles", label, replace(filters, article_ids=frozenset())))
    return chips


def period(filters: Filters, words: Wording) -> str:
    """The days between which articles may answer, in words."""
    if filters.since and filters.until:
        if filters.since == filters.until:
            return words.date(filters.since)
        return words(
            "filters.between", since=words.date(filters.since), until=words.date(filters.until)
        )
    if filters.since:
        return words("filters.since", since=words.date(filters.since))
    return words("filters.until", until=words.date(filters.until)) if filters.until else ""


def chips_html(filters: Filters, words: Wording) -> str:
    """The filters under which an answer was given, to be read only."""
    labels = "".join(
        f'<li><bdi class="chip">{escape(label)}</bdi></li>'
        for _, label, _ in _chips(filters, words)
    )
    name = escape(words("filters.applied"))
    return f'<ul class="chips" aria-label="{name}">{labels}</ul>' if labels else ""


def offers(
    question: str, filters: Filters, shelf: Shelf, words: Wording
) -> list[tuple[str, Filters]]:
    """Filters that a question names: an outlet of the library, a year, a month or a week of it.

    Returns:
        A label and the filters with it added, for each that is not set yet.
    """
    found: list[tuple[str, Filters]] = []
    if not (filters.since or filters.until) and (span := named_period(question)):
        since, until = span
        offered = replace(filters, since=since, until=until)
        if shelf.first and shelf.last and since <= shelf.last and until >= shelf.first:
            found.append((period(offered, words), offered))
    if not filters.sources:
        asked = f" {normalise(question)} "
        found += [
            (name, replace(filters, sources=frozenset({name})))
            for name in shelf.outlets
            if len(name) > 2 and normalise(name) in asked
        ]
    return found
