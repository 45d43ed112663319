"""The conversation: questions, answers, and the sources that each answer rests on."""

from __future__ import annotations

import time
from html import escape
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from assistant.answer import Answer, Source
from assistant.messages.answer_messages import day_of, model_name, written_by
from assistant.messages.wording import Wording, wording
from assistant.turns import Turn
from assistant.views import (
    adding,
    choosing,
    faults,
    frame,
    headlines,
    history,
    markup,
    opening,
    preferences,
    shelf,
)
from assistant.views.drawing import along_time
from assistant.views.history import turns
from assistant.views.working import Working
from vectorstore.query import Filters

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from vectorstore.index import Index

_STARTERS = 4


def page() -> None:
    """Draws the page."""
    words = frame.wording()
    frame.narrow()
    frame.keep_address()
    history.current()
    now = opening.current()
    held = shelf.shelf(now.index) if now.index and now.stage == "ready" else None
    # Placed by hand at the bottom: where Streamlit places it there itself, it also keeps the page
    # scrolled to its end, past the answer.
    with st.bottom:
        choosing.draw(words, held)
        asked = st.chat_input(
            words("chat.placeholder"),
            key="question",
            accept_file="multiple",
            submit_mode="stop",
            on_submit=_submitted,
        )
    if asked and asked.files:
        _take_in(asked.files, words)
    # Each has its place, empty or not: where something else moved up into it, what stood there
    # before would shine through until the answer is there.
    with st.container(key="welcome"):
        if not turns():
            _welcome(words, held)
    history.menu(words)
    with st.container(key="report"):
        adding.report(words)
    for number, turn in enumerate(turns()):
        _turn(number, turn, words)
    if "seek" in st.session_state:
        frame.seek(*st.session_state["seek"])


def _submitted() -> None:
    """Takes the question into the conversation before the page, and its list, are drawn."""
    st.session_state.pop("report", None)
    text = st.session_state["question"].text.strip()
    if text:
        _ask(text)


def _ask(question: str) -> None:
    history.append(Turn(question, filters=choosing.chosen()))


def _take_in(files: list[UploadedFile], words: Wording) -> None:
    place = st.empty()
    index = _await(words, place, "opening.files_wait")
    place.empty()
    if index:
        adding.add(index, adding.keep(files, index.store), words)


# Before the first question


def _welcome(words: Wording, held: shelf.Shelf | None) -> None:
    st.html(
        f'<div class="welcome"><h1 dir="auto">{escape(words("welcome.title"))}</h1>'
        f'<p dir="auto">{escape(words("welcome.text"))}</p></div>'
    )
    if held is None:
        opening.watch(words)
        return
    with st.container(key="starters"):
        for n, question in enumerate(_starters(held)):
            st.button(
                markup.plain(question),
                key=f"starter-{n}",
                width="stretch",
                on_click=_ask,
                args=(question,),
            )


def _starters(held: shelf.Shelf) -> list[str]:
    """Questions about the newest article of each outlet, in its own language."""
    newest = {article.source: article for article in reversed(held.articles) if article.title}
    chosen = sorted(newest.values(), key=lambda article: held.articles.index(article))
    return [
        wording(article.language)("starter", title=article.title.rstrip(" .؟?!"))
        for article in chosen[:_STARTERS]
    ]


# A question and its answer


def _turn(number: int, turn: Turn, words: Wording) -> None:
    with st.container(key=f"turn-{number}"):
        if st.session_state.get("editing") == turn.id:
            _edit(number, turn, words)
            return
        st.html(markup.question(turn.question, number) + choosing.chips_html(turn.filters, words))
        understood = st.empty()
        place = st.empty()
        if turn.open:
            with place.container():
                frame.seek(f"question-{number}", f"asked {time.time()}", "start")
            _answer(number, turn, words, place)
            st.session_state["seek"] = (f"question-{number}", f"answered {time.time()}", "start")
        if turn.asked:
            understood.html(markup.asked(turn.asked, words))
        if turn.failure:
            place.error(markup.plain(turn.failure))
        elif turn.stopped:
            place.html(f'<p class="hint" dir="auto">{escape(words("chat.stopped"))}</p>')
        elif turn.answer and turn.answer.mode == "timeline":
            with place.container():
                _in_order(number, turn.answer, words)
        elif turn.answer:
            place.html(markup.answer(turn.answer, number, words))
            _listed(number, turn.answer, words)
        _actions(number, turn, words)
        if turn.answer:
            _offers(number, turn, words)
            _sources(number, turn.answer, words)


def _listed(number: int, answer: Answer, words: Wording) -> None:
    """The articles and the questions that an answer about the library names."""
    for article in answer.articles:
        headlines.draw(article, f"listed-{number}", words, chat=history.current().id)
    if not answer.suggestions:
        return
    with st.container(key=f"starters-{number}"):
        for n, question in enumerate(answer.suggestions):
            st.button(
                markup.plain(question),
                key=f"suggestion-{number}-{n}",
                width="stretch",
                on_click=_ask,
                args=(question,),
            )


def _await(words: Wording, place: DeltaGenerator, why: str) -> Index | None:
    """Waits until the index is ready, saying how far it is and why it is waited for."""
    now = opening.begin()
    while not now.wait(0.2):
        with place.container():
            opening.stage(words, now)
            st.html(f'<p class="hint" dir="auto">{escape(words(why))}</p>')
    return now.index if now.stage == "ready" else None


def _answer(number: int, turn: Turn, words: Wording, place: DeltaGenerator) -> None:
    """Answers a turn, showing the answer as it grows; stopped, it keeps what is there by then."""
    # Once stopped, every look at the session stops again: what is needed then is taken along.
    kept, conversation, begun = history.saved(), history.current(), _begun()
    try:
        _write(number, turn, words, place)
    except StopException:
        if working := begun.pop(turn.id, None):
            working.stop()
            turn.answer = working.answer
        turn.stopped = turn.answer is None
        if kept:
            kept.settle(conversation, turn, replace_answer=False)
        raise
    begun.pop(turn.id, None)
    history.settle(turn)


def _write(number: int, turn: Turn, words: Wording, place: DeltaGenerator) -> None:
    index = _await(words, place, "opening.question_waits")
    if index is None:
        reason = faults.told(opening.current().error, words)
        turn.failure = words("opening.failed", reason=reason)
        return
    working = _begun().get(turn.id) or Working(
        index, turn, turns()[:number], preferences.settings()
    )
    _begun()[turn.id] = working
    while not working.wait(0.1):
        place.html(_so_far(working.answer, number, words))
    if working.error:
        turn.failure = words("chat.failed", reason=faults.told(working.error, words))
    elif answer := working.answer:
        at_once = answer.mode != "quote" or answer.model  # beside a model, quotations stand already
        for shown in range(1, 0 if at_once else len(answer.sentences)):
            place.html(markup.answer(answer, number, words, shown))
            time.sleep(0.15)
        turn.answer = answer
        turn.asked = working.asked if working.asked != turn.question else None


def _so_far(answer: Answer | None, number: int, words: Wording) -> str:
    """An answer on its way, and what is being done for it."""
    text = words("chat.searching")
    if answer and answer.model:
        text = words("chat.writing", model=f"\u2068{model_name(answer.model)}\u2069")
    hint = f'<p class="hint working" role="status" dir="auto">{escape(text)}</p>'
    if answer is None or answer.abstained:  # a language model may find what rules did not
        return hint
    shown = markup.answer(answer, number, words)
    return shown if answer.mode == "written" else hint + shown


def _begun() -> dict[str, Working]:
    """Answers on their way, by the ids of their turns."""
    found: dict[str, Working] = st.session_state.setdefault("begun", {})
    return found


def _in_order(number: int, answer: Answer, words: Wording) -> None:
    """What happened, as a chart and as a list."""
    if answer.abstained:
        st.html(markup.answer(answer, number, words))
        return
    if len({said.day or answer.published(said) for said in answer.sentences} - {None}) > 1:
        dark = st.context.theme.type == "dark"
        st.vega_lite_chart(
            along_time(answer, words, dark=dark),
            key=f"time-{number}",
            alt=words("timeline.chart"),
        )
    st.html(markup.in_order(answer, number, words))


def _again(number: int) -> None:
    turn = turns()[number]
    turn.asked = turn.answer = turn.failure = turn.liked = None
    turn.stopped = False


def _edit(number: int, turn: Turn, words: Wording) -> None:
    with st.form(f"edit-{number}", border=False):
        text = st.text_area(words("chat.edit"), turn.asked or turn.question)
        with st.container(horizontal=True):
            again = st.form_submit_button(words("chat.ask_again"), type="primary")
            leave = st.form_submit_button(words("cancel"), type="tertiary")
    if again and text.strip():
        history.append(Turn(text.strip(), filters=turn.filters), without=turns()[number:])
    if again or leave:
        del st.session_state["editing"]
        st.rerun()


def _actions(number: int, turn: Turn, words: Wording) -> None:
    """What can be done with an answer."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"actions-{number}"):
        if turn.answer:
            st.html(
                markup.copy_button(_as_text(turn.answer, words), words("chat.copy"), words),
                width="content",
            )
        st.button(
            words("chat.again"),
            key=f"again-{number}",
            type="tertiary",
            icon=":material/refresh:",
            on_click=_again,
            args=(number,),
        )
        st.button(
            words("chat.edit"),
            key=f"edit-question-{number}",
            type="tertiary",
            icon=":material/edit:",
            on_click=st.session_state.__setitem__,
            args=("editing", turn.id),
        )
        if turn.answer:
            key = f"liked-{turn.id}"
            thumb = st.feedback("thumbs", key=key, default=_thumb(turn.liked))
            if thumb != _thumb(turn.liked):
                turn.liked = None if thumb is None else bool(thumb)
                history.judge(turn)


def _thumb(liked: bool | None) -> int | None:
    return None if liked is None else int(liked)


def _offers(number: int, turn: Turn, words: Wording) -> None:
    """Offers the outlet or the time that the question names as a filter."""
    now = opening.current()
    if now.index is None or number != len(turns()) - 1:
        return
    offers = choosing.offers(turn.question, turn.filters, shelf.shelf(now.index), words)
    if not offers:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"offers-{number}"):
        st.html(f'<p class="hint">{escape(words("filters.offer"))}</p>', width="content")
        for n, (label, filters) in enumerate(offers):
            st.button(
                markup.plain(label),
                key=f"offer-{number}-{n}",
                icon=":material/filter_list:",
                on_click=_narrow,
                args=(number, filters),
            )


def _narrow(number: int, filters: Filters) -> None:
    choosing.choose(filters)
    turns()[number].filters = filters
    _again(number)


def _sources(number: int, answer: Answer, words: Wording) -> None:
    if not answer.sources:
        return
    title = "sources.near" if answer.abstained else "sources.title"
    text = escape(words(title, n=len(answer.sources)))
    st.html(f'<h3 class="sources-title" dir="auto">{text}</h3>')
    quoted = [citation for said in answer.cited for citation in said.references]
    for source in answer.sources:
        with st.container(border=True, key=f"card-{number}-{source.n}"):
            st.html(markup.source_card(source, number, quoted, words))
            with st.container(horizontal=True, vertical_alignment="center"):
                _open_article(source, words)
                copied = _quotation(source, words)
                st.html(markup.copy_button(copied, words("source.copy"), words), width="content")


def _open_article(source: Source, words: Wording) -> None:
    st.page_link(
        frame.page("article"),
        label=words("source.open"),
        icon=":material/article:",
        query_params={
            "id": source.article_id,
            "at": f"{source.start}-{source.end}",
            "chat": history.current().id,
        },
    )


def _quotation(source: Source, words: Wording) -> str:
    """The excerpt with where it is from, ready to paste."""
    date = words.date(source.date) if source.date else None
    where = " — ".join(part for part in (source.source, source.title, date) if part)
    return "\n".join(part for part in (f"«{source.excerpt}»", where, source.url) if part)


def _as_text(answer: Answer, words: Wording) -> str:
    """An answer with its numbered sources, ready to paste."""
    lines = [answer.statement] if answer.statement else []
    lines += [article.title for article in answer.articles]
    heading = ""
    for said in answer.sentences:
        if said.heading != heading:
            heading = said.heading
            lines += ["", heading]
        day = f"{day_of(answer, said, words)} – " if answer.mode == "timeline" else ""
        lines.append(f"{day}{said.text} {markup.numbers(said, words)}")
    if writer := written_by(answer, words):
        lines += [writer, ""]
    lines += [f"«{said.text}» {markup.numbers(said, words)}" for said in answer.quotations]
    sources = [
        f"[{words.number(source.n)}] {_quotation(source, words)}" for source in answer.sources
    ]
    silence = [] if lines else [markup.silence(answer.question, words)]
    return "\n".join([answer.question, "", *lines, *silence, "", *sources])
