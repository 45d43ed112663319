"""From settings to an open index, and from a question to an answer."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from assistant.answer import Answer, Period
from assistant.comparison import compare, compare_outlets
from assistant.evidence import Answered
from assistant.followups import Understood, leaned_on, rewrite, understood
from assistant.forms import Request, requested_form
from assistant.library_answers import help_answer, library_answer
from assistant.messages.answer_messages import askers_wording, notice
from assistant.period_search import (
    Found,
    days_of_relevant_articles,
    narrow,
    search_and_quote,
    search_latest,
    search_period,
)
from assistant.routing import Route, route
from assistant.settings import Settings
from assistant.several import list_items, summarise
from assistant.support import Entails, JudgeError, load_judge
from assistant.time_of_question import AskedPeriod, asked_period
from assistant.timeline import timeline
from vectorstore.index import Index
from vectorstore.query import Filters, Hit

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_log = logging.getLogger(__name__)

Turns = Sequence[tuple[str, Answer | None]]
"""Earlier questions of a conversation, self-contained, with their answers, oldest first."""


def open_index(settings: Settings, waiting: Callable[[], None] | None = None) -> Index:
    """Opens the index that the settings name.

    Args:
        settings: Where and how.
        waiting: Called once when another process is writing and this one has to wait.
    """
    return Index(
        settings.store,
        model=settings.embedding_model,
        database_url=settings.database_url,
        chroma_url=settings.chroma_url,
        chroma_token=settings.chroma_token,
        reranker=settings.reranker,
        waiting=waiting,
    )


def understand(question: str, turns: Turns, settings: Settings | None = None) -> Understood:
    """Makes a question that leans on earlier ones self-contained; others stay as they are.

    Args:
        question: As typed.
        turns: What was asked and answered before.
        settings: Name a language model, which then does it.
    """
    if route(question).kind != "answer":
        return Understood(question)
    if settings is None or not settings.chat_model:
        return understood(question, turns)
    from assistant.writing import WritingError

    try:
        model = _load_chat_model(settings)
    except WritingError:  # the answer says so
        return understood(question, turns)
    return rewrite(question, turns, model)


def answers(
    index: Index,
    question: str,
    filters: Filters | None = None,
    *,
    settings: Settings | None = None,
    turns: Turns = (),
    today: dt.date | None = None,
    context: str = "",
) -> Iterator[Answer]:
    """Answers a question from the articles: quoted first, then as a language model words it.

    Args:
        index: The articles.
        question: Self-contained, in any language.
        filters: Which articles may answer.
        settings: Name a language model; without one, or where it fails, the answer quotes.
        turns: Earlier questions with their answers; the model is sent those that it needs.
        today: The day on which it is asked, from which "last week" is told.
        context: Words that the question leaves to earlier turns, as `understand` gives them.

    Yields:
        The answer so far; the last is the answer. The quoted answer comes at once, and where a
        language model is set, the written one follows as it grows. A question that wants a list, a
        comparison or a summary is answered with sentences of all articles that tell of it. One for
        the order of events is answered with a timeline, and talk and questions about the library
        are answered from the catalog, whoever writes the others.
    """
    started = time.perf_counter()
    asked = route(question)
    if about_library := _from_catalog(index, asked, filters):
        seconds = {"answer": time.perf_counter() - started}
        yield replace(about_library, question=question, seconds=seconds)
        return
    corrected = index.correct(asked.question)
    text = f"{corrected.question} ({context})" if context else corrected.question
    day = today or dt.datetime.now().astimezone().date()
    for answer in _from_articles(index, text, filters, settings, turns, day):
        whole = replace(answer, question=question, corrections=corrected.words)
        yield replace(whole, notice=notice(whole, askers_wording(question)))


def _from_catalog(index: Index, asked: Route, filters: Filters | None) -> Answer | None:
    """A line of help, or what the library holds; None where the articles are to answer."""
    if asked.kind == "help":
        return help_answer(index, asked, filters)
    return library_answer(index, asked, filters) if asked.kind == "library" else None


def _from_articles(
    index: Index,
    question: str,
    filters: Filters | None,
    settings: Settings | None,
    turns: Turns,
    today: dt.date,
) -> Iterator[Answer]:
    started = time.perf_counter()
    asked = _asked_period(index, question, today)
    request = requested_form(question)
    if request and request.form == "timeline":
        in_order = _in_order(index, question, request.topic, filters, asked)
        yield replace(in_order, seconds={"answer": time.perf_counter() - started})
        return
    answered = _in_form(index, question, request, filters) if request else None
    searched = time.perf_counter()
    hits: Sequence[Hit]
    if answered:
        quoted, hits = answered
    else:
        found = _found(index, question, filters, asked)
        quoted, hits, searched = found.quoted, found.hits, found.searched
    seconds = {"search": searched - started, "answer": time.perf_counter() - searched}
    if settings is None or not settings.chat_model:
        yield replace(quoted, seconds=seconds)
        return
    quoted = replace(quoted, model=settings.chat_model, seconds=seconds)
    yield quoted
    begun = time.perf_counter()
    for answer in _written(index, question, hits, quoted, settings, turns):
        seconds = seconds | {"model": time.perf_counter() - begun}
        yield replace(answer, model=settings.chat_model, seconds=seconds)


def _asked_period(index: Index, question: str, today: dt.date) -> AskedPeriod | None:
    """The time that is asked about; a month without its year is one that the question bears on."""

    @cache
    def relevant_days() -> list[dt.date]:
        return days_of_relevant_articles(index, question)

    def published(since: dt.date, until: dt.date) -> bool:
        return any(since <= day <= until for day in relevant_days())

    return asked_period(question, today, published)


def _found(
    index: Index, question: str, filters: Filters | None, asked: AskedPeriod | None
) -> Found:
    if asked is None:
        return search_and_quote(index, question, filters)
    if asked.kind == "latest":
        return search_latest(index, question, filters, asked)
    if not _dated(filters):
        return search_period(index, question, filters, asked)
    # The reader has chosen the days already.
    if asked.kind == "publication" and not asked.alone:
        question = asked.without_time(question)
    return search_and_quote(index, question, filters)


def _in_order(
    index: Index, question: str, topic: str, filters: Filters | None, asked: AskedPeriod | None
) -> Answer:
    """A timeline, of the asked period where articles are of it."""
    if asked is None or asked.kind == "latest" or _dated(filters):
        return timeline(index, question, topic, filters).answer
    narrowed = narrow(filters, asked)
    if not index.passages(narrowed):
        return timeline(index, question, topic, filters).answer
    in_order = timeline(index, question, topic, narrowed).answer
    return replace(in_order, period=Period(narrowed.since, narrowed.until, "searched"))


def _dated(filters: Filters | None) -> bool:
    return bool(filters and (filters.since or filters.until))


def _in_form(
    index: Index, question: str, request: Request, filters: Filters | None
) -> Answered | None:
    """A list, a comparison or a summary; None where a plain answer is wanted after all."""
    match request.form:
        case "list":
            return list_items(index, question, request.topic, filters)
        case "summary":
            return summarise(index, question, request.topic, filters)
        case "comparison":
            return compare(index, question, request.topic, filters)
    return compare_outlets(index, question, request.topic, filters)


def _written(
    index: Index,
    question: str,
    hits: Sequence[Hit],
    quoted: Answer,
    settings: Settings,
    turns: Turns,
) -> Iterator[Answer]:
    """What the language model writes; where it fails, the quoted answer with the reason."""
    from assistant.writing import WritingError, write

    judge = _judge(settings.judge) if settings.judge else None
    said = [
        (earlier, " ".join(sentence.text for sentence in answer.sentences))
        for earlier, answer in leaned_on(question, turns)
        if answer
    ]
    try:
        model = _load_chat_model(settings)
        for answer in write(
            question,
            hits,
            model,
            quoted,
            turns=said,
            rarity=index.rarity,
            translate=index.translate,
            entails=None if isinstance(judge, JudgeError) else judge,
        ):
            yield replace(answer, failure="judge") if isinstance(judge, JudgeError) else answer
    except WritingError as error:
        _log.warning(
            "The language model %s wrote no answer (%s): %s",
            settings.chat_model,
            error.reason,
            error,
        )
        yield replace(quoted, failure=error.reason)


def ask(
    index: Index,
    question: str,
    filters: Filters | None = None,
    *,
    settings: Settings | None = None,
    turns: Turns = (),
    today: dt.date | None = None,
    context: str = "",
) -> Answer:
    """Answers a question from the articles; as `answers`, but only the whole answer."""
    *_, whole = answers(
        index, question, filters, settings=settings, turns=turns, today=today, context=context
    )
    return whole


def _load_chat_model(settings: Settings) -> BaseChatModel:
    """The language model that the settings name.

    Raises:
        WritingError: It cannot be loaded.
    """
    return _load(str(settings.chat_model), settings.chat_base_url, settings.chat_api_key)


def _judge(name: str) -> Entails | JudgeError:
    try:
        return _load_judge(name)
    except JudgeError as error:
        _log.warning("%s", error)
        return error


# A model is loaded once; where that failed, it is tried again at the next question, for
# `lru_cache` keeps what is returned and not what is raised.


@lru_cache(maxsize=4)
def _load(name: str, base_url: str | None, api_key: str | None) -> BaseChatModel:
    from assistant.writing import load_chat_model

    return load_chat_model(name, base_url=base_url, api_key=api_key)


@lru_cache(maxsize=2)
def _load_judge(name: str) -> Entails:
    return load_judge(name)
