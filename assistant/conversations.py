"""Saved conversations: kept beside the articles, listed, searched, renamed and removed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from pydantic import TypeAdapter

from assistant.turns import Conversation, Turn, title_of
from corpus.arabic import normalise

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


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a list."""

    id: str
    title: str
    changed: dt.datetime


_turns = TypeAdapter(list[Turn])


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
