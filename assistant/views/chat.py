"""The conversation: questions, answers, and the sources that each answer rests on."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from html import escape

import streamlit as st

from assistant.answer import Answer, Source
from assistant.views import frame, markup, opening
from assistant.views.wording import Wording
from vectorstore.query import Filters

_workers = ThreadPoolExecutor(4, thread_name_prefix="isnad-answer")


@dataclass
class Turn:
    """One question of the conversation and what came of it."""

    question: str
    filters: Filters = field(default_factory=Filters)
    answer: Answer | None = None
    failure: str | None = None


def turns() -> list[Turn]:
    """The conversation on the page."""
    found: list[Turn] = st.session_state.setdefault("turns", [])
    return found


def page() -> None:
    """Draws the page."""
    words = frame.wording()
    frame.narrow()
    asked = st.chat_input(
        words("chat.placeholder"),
        key="question",
        accept_file="multiple",
        submit_mode="stop",
    )
    if asked and asked.text.strip():
        turns().append(Turn(asked.text.strip()))
    if not turns():
        _welcome(words)
    for number, turn in enumerate(turns()):
        _turn(number, turn, words, last=number == len(turns()) - 1)


def _welcome(words: Wording) -> None:
    st.html(
        f'<div class="welcome"><h1 dir="auto">{escape(words("welcome.title"))}</h1>'
        f'<p dir="auto">{escape(words("welcome.text"))}</p></div>'
    )
    _readiness(words)


def _readiness(words: Wording) -> None:
    """Says how far the index is, until it is ready."""
    if opening.current().stage != "ready":
        _watch(words)


@st.fragment(run_every=0.4)
def _watch(words: Wording) -> None:
    now = opening.current()
    if now.stage == "ready":
        st.rerun()
    _stage(words, now)


def _stage(words: Wording, now: opening.Opening) -> None:
    if now.stage == "failed":
        st.error(markup.plain(words("opening.failed", reason=str(now.error))))
        st.button(words("retry"), on_click=now.begin)
    elif now.stage == "indexing" and now.progress:
        text = words("opening.samples", n=now.progress.read)
        st.progress(min(now.progress.read / 20, 1.0), text)
    else:
        st.html(f'<p class="hint working" dir="auto">{escape(words(f"opening.{now.stage}"))}</p>')


def _turn(number: int, turn: Turn, words: Wording, *, last: bool) -> None:
    with st.container(key=f"turn-{number}"):
        st.html(markup.question(turn.question, number))
        place = st.empty()
        if turn.answer is None and turn.failure is None and last:
            _answer(number, turn, words, place)
            frame.seek(f"question-{number}", time.time(), "start")
        if turn.failure:
            place.error(markup.plain(turn.failure))
        elif turn.answer:
            place.html(markup.answer(turn.answer, number, words))
            _sources(number, turn.answer, words)


def _answer(
    number: int, turn: Turn, words: Wording, place: st.delta_generator.DeltaGenerator
) -> None:
    now = opening.current()
    while not now.wait(0.2):
        with place.container():
            _stage(words, now)
            st.html(f'<p class="hint" dir="auto">{escape(words("opening.question_waits"))}</p>')
    if now.stage == "failed" or now.index is None:
        turn.failure = words("opening.failed", reason=str(now.error))
        return
    from assistant.engine import ask

    future = _workers.submit(ask, now.index, turn.question, turn.filters)
    place.html(f'<p class="hint working" dir="auto">{escape(words("chat.searching"))}</p>')
    turn.answer = _wait(future)
    for shown in range(1, len(turn.answer.sentences)):
        place.html(markup.answer(turn.answer, number, words, shown))
        time.sleep(0.12)


def _wait(future: Future[Answer]) -> Answer:
    """Waits in small steps, so that the stop button is heard."""
    while not future.done():
        time.sleep(0.05)
        st.session_state["waiting"] = True
    return future.result()


def _sources(number: int, answer: Answer, words: Wording) -> None:
    title = "sources.near" if answer.abstained else "sources.title"
    if not answer.sources:
        return
    st.html(
        f'<p class="sources-title" dir="auto">{escape(words(title, n=len(answer.sources)))}</p>'
    )
    quoted = [citation for said in answer.sentences for citation in said.citations]
    for source in answer.sources:
        with st.container(border=True, key=f"card-{number}-{source.n}"):
            st.html(markup.source_card(source, number, quoted, words))
            with st.container(horizontal=True, vertical_alignment="center"):
                _open_article(source, words)
                st.html(markup.copy_button(_quotation(source, words), words), width="content")


def _open_article(source: Source, words: Wording) -> None:
    st.page_link(
        frame.page("article"),
        label=words("source.open"),
        icon=":material/article:",
        query_params={"id": source.article_id, "at": f"{source.start}-{source.end}"},
    )


def _quotation(source: Source, words: Wording) -> str:
    """The excerpt with where it is from, ready to paste."""
    where = [source.source, source.title, words.date(source.date) if source.date else None]
    return "\n".join(
        [f"«{source.excerpt}»", " — ".join(part for part in where if part), source.url or ""]
    ).strip()
