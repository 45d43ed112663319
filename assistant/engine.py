"""From settings to an open index, and from a question to an answer."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.followups import rewrite, self_contained
from assistant.messages.answer_messages import askers_wording, notice
from assistant.quoting import quote
from assistant.settings import Settings
from assistant.support import Entails, JudgeError, load_judge
from assistant.timeline import timeline, topic
from vectorstore.index import Index
from vectorstore.query import Filters

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.writing import WritingError

_log = logging.getLogger(__name__)

_PASSAGES = 10  # enough to hold the answer, few enough to read

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


def understand(question: str, turns: Turns, settings: Settings | None = None) -> str:
    """Makes a question that leans on earlier ones self-contained; others stay as they are.

    Args:
        question: As typed.
        turns: What was asked and answered before.
        settings: Name a language model, which then does it.
    """
    model = _chat_model(settings)
    if model is None or isinstance(model, Exception):
        return self_contained(question, turns)
    return rewrite(question, turns, model)


def answers(
    index: Index,
    question: str,
    filters: Filters | None = None,
    *,
    settings: Settings | None = None,
    turns: Turns = (),
) -> Iterator[Answer]:
    """Answers a question from the articles, a sentence at a time where a model writes.

    Args:
        index: The articles.
        question: Self-contained, in any language.
        filters: Which articles may answer.
        settings: Name a language model; without one, or where it fails, the answer quotes.
        turns: Earlier questions with their answers, for the model.

    Yields:
        The answer so far; the last is the answer. A question for the order of events is answered
        with a timeline, whoever writes the others.
    """
    started = time.perf_counter()
    if topic(question) is not None:
        in_order = timeline(index, question, filters)
        yield replace(in_order, seconds={"answer": time.perf_counter() - started})
        return
    hits = index.search(question, _PASSAGES, filters)
    searched = time.perf_counter()
    model = _chat_model(settings)
    judge = None
    reports = index.reports({hit.article.id for hit in hits})
    among = index.passages(filters)
    if model is None:
        quoted = quote(
            question,
            hits,
            rarity=index.rarity,
            translate=index.translate,
            reports=reports,
            among=among,
        )
        written = iter([quoted])
    else:
        from assistant.writing import write

        said = [
            (earlier, " ".join(sentence.text for sentence in answer.sentences))
            for earlier, answer in turns
            if answer
        ]
        judge = _judge(settings.judge) if settings and settings.judge else None
        written = write(
            question,
            hits,
            model,
            turns=said,
            rarity=index.rarity,
            translate=index.translate,
            reports=reports,
            among=among,
            entails=None if isinstance(judge, JudgeError) else judge,
        )
    for answer in written:
        if isinstance(judge, JudgeError) and answer.mode == "written":
            answer = replace(answer, failure="judge")
        seconds = {"search": searched - started, "answer": time.perf_counter() - searched}
        told = notice(answer, askers_wording(question))
        yield replace(answer, seconds=seconds, notice=told)


def ask(
    index: Index,
    question: str,
    filters: Filters | None = None,
    *,
    settings: Settings | None = None,
    turns: Turns = (),
) -> Answer:
    """Answers a question from the articles; as `answers`, but only the whole answer."""
    *_, whole = answers(index, question, filters, settings=settings, turns=turns)
    return whole


def _chat_model(settings: Settings | None) -> BaseChatModel | WritingError | None:
    from assistant.writing import WritingError

    if settings is None or not settings.chat_model:
        return None
    try:
        return _load(settings.chat_model, settings.chat_base_url, settings.chat_api_key)
    except WritingError as error:
        return error


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
