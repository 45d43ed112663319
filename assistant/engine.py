"""From settings to an open index, and from a question to an answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Answer
from assistant.quoting import quote
from assistant.settings import Settings
from vectorstore.index import Index
from vectorstore.query import Filters

_PASSAGES = 10  # enough to hold the answer, few enough to read


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
        waiting=waiting,
    )


def ask(index: Index, question: str, filters: Filters | None = None) -> Answer:
    """Answers a question from the articles by quoting them.

    Args:
        index: The articles.
        question: In any language.
        filters: Which articles may answer.
    """
    started = time.perf_counter()
    hits = index.search(question, _PASSAGES, filters)
    searched = time.perf_counter()
    answer = quote(question, hits)
    done = time.perf_counter()
    return replace(answer, seconds={"search": searched - started, "answer": done - searched})
