"""Saved conversations: kept beside the articles, listed, searched, renamed and removed.

A conversation may be open in several tabs, and in several processes, at once. So it is never
written whole: each question has a row of its own, is appended under a number that only grows, and
is changed by itself. Nothing is deleted: what is taken away is marked as removed.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError

from assistant.answer import Mode
from assistant.forms import requested_form
from assistant.turns import Conversation, Turn, title_of
from corpus.arabic import normalise

_log = logging.getLogger(__name__)

_metadata = sa.MetaData()
_chats = sa.Table(
    "chats",
    _metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("changed", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("removed", sa.Boolean, nullable=False),
)
_turns = sa.Table(
    "chat_turns",
    _metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String, nullable=False, unique=True),
    sa.Column("chat_id", sa.ForeignKey("chats.id"), nullable=False, index=True),
    sa.Column("removed", sa.Boolean, nullable=False),
    sa.Column("answered", sa.Boolean, nullable=False),
    sa.Column("liked", sa.Boolean),
    sa.Column("content", sa.JSON, nullable=False),
)
# Where earlier versions kept each conversation whole; read once, and left as it is.
_whole = sa.table("conversations", *map(sa.column, ("id", "title", "changed", "removed", "turns")))
_whole.c.turns.type = sa.JSON()
_whole.c.changed.type = sa.DateTime(timezone=True)
_whole.c.removed.type = sa.Boolean()

_turn = TypeAdapter(Turn)
_list_of_turns = TypeAdapter(list[Turn])


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a list."""

    id: str
    title: str
    changed: dt.datetime


class Conversations:
    """The conversations of one database.

    Args:
        engine: The database; its tables are made if missing, and filled from the table that
            earlier versions wrote.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        _metadata.create_all(engine)
        _take_over(engine)

    def save(self, conversation: Conversation, without: Collection[Turn] = ()) -> None:
        """Appends the turns that are not stored yet, behind whatever others have appended.

        A new turn brings a removed conversation back. A conversation without turns is not kept.

        Args:
            conversation: It gets a title where it has none; one given elsewhere stays.
            without: Turns that the new ones replace.
        """
        if not conversation.turns:
            return
        conversation.title = conversation.title or title_of(conversation.turns[0].question)
        try:
            self._append(conversation, without)
        except sa.exc.IntegrityError:  # another process stored the same at the same moment
            self._append(conversation, without)

    def settle(
        self, conversation: Conversation, turn: Turn, *, replace_answer: bool = True
    ) -> None:
        """Stores what came of a turn.

        An answer is only ever replaced by another: a failure or a stop leaves the one before it.

        Args:
            conversation: What the turn belongs to.
            turn: One of its turns.
            replace_answer: Whether this answer may replace another.
        """
        self.save(conversation)
        settled = sa.update(_turns).where(_turns.c.id == turn.id).values(_columns(turn))
        if turn.answer is None or not replace_answer:
            settled = settled.where(~_turns.c.answered)
        with self._engine.begin() as connection:
            if connection.execute(settled).rowcount:
                _change(connection, conversation.id, changed=_now())

    def judge(self, turn: Turn) -> None:
        """Stores what the reader thinks of an answer."""
        judged = sa.update(_turns).where(_turns.c.id == turn.id).values(liked=turn.liked)
        with self._engine.begin() as connection:
            connection.execute(judged)

    def load(self, conversation_id: str) -> Conversation | None:
        """Reads a conversation; None where there is none of that id, or it was removed."""
        chat = sa.select(_chats).where(_chats.c.id == conversation_id, ~_chats.c.removed)
        turns = sa.select(_turns).where(_turns.c.chat_id == conversation_id, ~_turns.c.removed)
        with self._engine.connect() as connection:
            row = connection.execute(chat).first()
            if row is None:
                return None
            stored = connection.execute(turns.order_by(_turns.c.number)).all()
        return Conversation(row.id, row.title, [_read(turn) for turn in stored])

    def listing(self, search: str = "", most: int = 200) -> list[Summary]:
        """Lists conversations, the last changed first.

        Args:
            search: Words that must stand in the title, a question or an answer.
            most: How many to give at the most.
        """
        needles = normalise(search).split()
        if needles:
            return self._search(needles, most)
        rows = sa.select(_chats).where(~_chats.c.removed).order_by(_chats.c.changed.desc())
        with self._engine.connect() as connection:
            found = connection.execute(rows.limit(most)).all()
        return [Summary(row.id, row.title, row.changed) for row in found]

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
        with self._engine.begin() as connection:
            _change(connection, conversation_id, **values)

    def _append(self, conversation: Conversation, without: Collection[Turn]) -> None:
        ids = [turn.id for turn in conversation.turns]
        gone = [turn.id for turn in without]
        with self._engine.begin() as connection:
            # A write comes first: it locks the conversation, so that others wait for the rest.
            if not _change(connection, conversation.id, id=conversation.id):
                connection.execute(
                    sa.insert(_chats).values(
                        id=conversation.id, title=conversation.title, changed=_now(), removed=False
                    )
                )
            known = sa.select(_turns.c.id).where(_turns.c.id.in_(ids))
            stored = set(connection.execute(known).scalars())
            new = [turn for turn in conversation.turns if turn.id not in stored]
            for turn in new:
                connection.execute(_insert(conversation.id, turn))
            if new:
                _change(connection, conversation.id, changed=_now(), removed=False)
            connection.execute(sa.update(_turns).where(_turns.c.id.in_(gone)).values(removed=True))

    def _search(self, needles: list[str], most: int) -> list[Summary]:
        rows = (
            sa.select(_chats, _turns.c.content)
            .join(_turns, _turns.c.chat_id == _chats.c.id)
            .where(~_chats.c.removed, ~_turns.c.removed)
            .order_by(_chats.c.changed.desc(), _chats.c.id, _turns.c.number)
        )
        found: list[Summary] = []
        with self._engine.connect() as connection:
            for _, group in groupby(connection.execute(rows), lambda row: row.id):
                chat = list(group)
                texts = [chat[0].title, *(text for row in chat for text in _texts(row.content))]
                hay = normalise("\n".join(texts))
                if all(needle in hay for needle in needles):
                    found.append(Summary(chat[0].id, chat[0].title, chat[0].changed))
                if len(found) == most:
                    break
        return found


def _change(connection: sa.Connection, conversation_id: str, **values: object) -> int:
    """Changes a conversation's row; tells how many rows there were to change."""
    changed = sa.update(_chats).where(_chats.c.id == conversation_id).values(**values)
    return connection.execute(changed).rowcount


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _insert(conversation_id: str, turn: Turn) -> sa.Insert:
    return sa.insert(_turns).values(
        id=turn.id, chat_id=conversation_id, removed=False, **_columns(turn)
    )


def _columns(turn: Turn) -> dict[str, Any]:
    content = _turn.dump_python(turn, mode="json", exclude={"id", "liked"})
    return {"content": content, "answered": turn.answer is not None, "liked": turn.liked}


def _read(row: sa.Row[Any]) -> Turn:
    return _turn.validate_python(row.content | {"id": row.id, "liked": row.liked})


def _texts(content: dict[str, Any]) -> Iterator[str]:
    """The question of a stored turn and the sentences of its answer, to search in."""
    yield content["question"]
    answer = content["answer"] or {}
    for name in ("sentences", "quotations"):
        yield from (sentence["text"] for sentence in answer.get(name, ()))


def _take_over(engine: sa.Engine) -> None:
    """Copies the conversations that earlier versions wrote whole into the tables of today.

    Each is copied once and in one transaction, so a start that was cut short, or two at the same
    moment, copy nothing twice. One that cannot be read stays where it is, and is named in the log.
    """
    if not sa.inspect(engine).has_table(_whole.name):
        return
    copied = sa.select(_chats.c.id).where(_chats.c.id == _whole.c.id)
    with engine.connect() as connection:
        rows = connection.execute(sa.select(_whole).where(~copied.exists())).all()
    for row in rows:
        try:
            turns = [_as_shown(turn) for turn in _list_of_turns.validate_python(row.turns)]
        except ValidationError as error:
            _log.warning("The conversation %r is kept but cannot be read: %s", row.id, error)
            continue
        chat = sa.insert(_chats).values(
            id=row.id, title=row.title, changed=row.changed, removed=row.removed
        )
        try:
            with engine.begin() as connection:
                connection.execute(chat)
                for turn in turns:
                    connection.execute(_insert(row.id, turn))
        except sa.exc.IntegrityError:
            continue  # another process has copied it meanwhile


def _as_shown(turn: Turn) -> Turn:
    """Says of an older answer what was told elsewhere before.

    Whether it is a timeline was told by the question alone, and a quotation was labelled as
    supported by itself.
    """
    if turn.answer is None or turn.answer.mode == "written":
        return turn
    request = requested_form(turn.asked or turn.question)
    mode: Mode = "timeline" if request and request.form == "timeline" else turn.answer.mode
    quoted = tuple(replace(sentence, support=None) for sentence in turn.answer.sentences)
    return replace(turn, answer=replace(turn.answer, mode=mode, sentences=quoted))
