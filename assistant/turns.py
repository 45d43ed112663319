"""A conversation: questions in order, and what came of each."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from assistant.answer import Answer
from vectorstore.query import Filters

_TITLE_LENGTH = 80


@dataclass(slots=True)
class Turn:
    """One question of a conversation and what came of it.

    Attributes:
        question: As typed.
        asked: Made self-contained, where it leaned on the turns before it.
        filters: Which articles may answer.
        answer: None until it has come.
        failure: Why no answer came, in a sentence.
        stopped: The reader did not want to wait for it.
        liked: What the reader thought of it.
        id: Tells it from every other turn, wherever it was asked.
    """

    question: str
    asked: str | None = None
    filters: Filters = field(default_factory=Filters)
    answer: Answer | None = None
    failure: str | None = None
    stopped: bool = False
    liked: bool | None = None
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))

    @property
    def open(self) -> bool:
        """Whether an answer is still to come."""
        return not (self.answer or self.failure or self.stopped)


@dataclass(slots=True)
class Conversation:
    """Questions and answers, in order.

    Attributes:
        id: Unguessable; part of the page's address.
        title: Given by the reader; otherwise made from the first question.
        turns: The questions, in the order they were asked.
    """

    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    title: str = ""
    turns: list[Turn] = field(default_factory=list)

    @property
    def filters(self) -> Filters:
        """The filters of the last question, which the next one starts from."""
        return self.turns[-1].filters if self.turns else Filters()


def title_of(question: str) -> str:
    """A title from a first question: its first line, cut at a word."""
    line = " ".join(question.split())
    if len(line) <= _TITLE_LENGTH:
        return line
    return line[:_TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
