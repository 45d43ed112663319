"""Saved conversations: kept beside the articles, listed, searched, renamed and removed."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field

import sqlalchemy as sa
from pydantic import TypeAdapter

from assistant.answer import Answer
from corpus.arabic import normalise
from vectorstore.query import Filters

_TITLE_LENGTH = 80

_metadata = sa.MetaData()
_conversations = sa.Table(
    "conversations",
    _metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("changed", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("removed", sa.Boolean, nullable=False, default=False),
    sa.Column("turns", sa.JSON, nullable=False),
)


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
    """

    question: str
    asked: str | None = None
    filters: Filters = field(default_factory=Filters)
    answer: Answer | None = None
    failure: str | None = None
    stopped: bool = False
    liked: bool | None = None

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


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a list."""

    id: str
    title: str
    changed: dt.datetime


_turns = TypeAdapter(list[Turn])


def title_of(question: str) -> str:
    """A title from a first question: its first line, cut at a word."""
    line = " ".join(question.split())
    if len(line) <= _TITLE_LENGTH:
        return line
    return line[:_TITLE_LENGTH].rsplit(" ", 1)[0] + "…"


class Conversations:
    """The conversations of one database.

    Args:
        engine: The database; its table is made if missing.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        _metadata.create_all(engine)

    def save(self, conversation: Conversation) -> None:
        """Stores a conversation as it stands; an empty one is not worth keeping."""
        if not conversation.turns:
            return
        conversation.title = conversation.title or title_of(conversation.turns[0].question)
        values = {
            "title": conversation.title,
            "changed": dt.datetime.now(dt.UTC),
            "removed": False,
            "turns": _turns.dump_python(conversation.turns, mode="json"),
        }
        table = _conversations
        with self._engine.begin() as connection:
            known = connection.execute(
                sa.update(table).where(table.c.id == conversation.id).values(values)
            )
            if not known.rowcount:
                connection.execute(sa.insert(table).values(id=conversation.id, **values))

    def load(self, conversation_id: str) -> Conversation | None:
        """Reads a conversation; None where there is none of that id, or it was removed."""
        table = _conversations
        query = sa.select(table).where(table.c.id == conversation_id, ~table.c.removed)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return Conversation(row.id, row.title, _turns.validate_python(row.turns))

    def listing(self, search: str = "", most: int = 200) -> list[Summary]:
        """Lists conversations, the last changed first.

        Args:
            search: Words that must stand in the title, a question or an answer.
            most: How many to give at the most.
        """
        table = _conversations
        order = sa.select(table).where(~table.c.removed).order_by(table.c.changed.desc())
        needles = normalise(search).split()
        if not needles:
            columns = order.with_only_columns(table.c.id, table.c.title, table.c.changed)
            with self._engine.connect() as connection:
                rows = connection.execute(columns.limit(most)).all()
            return [Summary(row.id, row.title, row.changed) for row in rows]
        found: list[Summary] = []
        with self._engine.connect() as connection:
            for row in connection.execute(order):
                hay = normalise(f"{row.title}\n{_said(_turns.validate_python(row.turns))}")
                if all(needle in hay for needle in needles):
                    found.append(Summary(row.id, row.title, row.changed))
                if len(found) == most:
                    break
        return found

    def rename(self, conversation_id: str, title: str) -> None:
        """Gives a conversation another title; an empty one changes nothing."""
        if title := title_of(title):
            self._set(conversation_id, title=title)

    def remove(self, conversation_id: str) -> None:
        """Takes a conversation out of the list; `restore` brings it back."""
        self._set(conversation_id, removed=True)

    def restore(self, conversation_id: str) -> None:
        """Brings a removed conversation back."""
        self._set(conversation_id, removed=False)

    def _set(self, conversation_id: str, **values: object) -> None:
        table = _conversations
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(table).where(table.c.id == conversation_id).values(**values)
            )


def _said(turns: list[Turn]) -> str:
    """All questions and answers of a conversation, to search in."""
    return "\n".join(
        part
        for turn in turns
        for part in (
            turn.question,
            *(said.text for said in (turn.answer.sentences if turn.answer else ())),
        )
    )
