import datetime as dt
import json
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from pydantic import TypeAdapter

from assistant.answer import Answer, Citation, Figure, Sentence, Source
from assistant.conversations import Conversations
from assistant.turns import Conversation, Turn, title_of
from tests.vectorstore.servers import postgresql_server
from vectorstore.query import Filters

ANSWER = Answer(
    question="متى؟",
    abstained=False,
    mode="quote",
    sentences=(
        Sentence("وصل يوم الأحد.", (Citation(1, 5, 19, "وصل يوم الأحد."),), None, ((4, 8),)),
    ),
    sources=(
        Source(
            n=1,
            article_id="a:1",
            title="عنوان <script>",
            source="Palm Quay Courier",
            date=dt.date(2021, 4, 12),
            language="ar",
            path=None,
            url="https://example.org/1",
            start=0,
            end=19,
            excerpt="قال: وصل يوم الأحد.",
            score=0.75,
        ),
    ),
    seconds={"search": 0.01},
    failure="slow",
    figures=(Figure("الأحد", (1, 2)), Figure("الاثنين", (3,), newest=True)),
)
FILTERS = Filters(since=dt.date(2021, 4, 1), sources=frozenset({"Palm Quay Courier"}))


Databases = Iterator[str]


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    with postgresql_server(tmp_path_factory.mktemp("postgresql")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of its own for each test, of both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'chats.sqlite'}"
    server = request.getfixturevalue("postgresql")
    name = f"chats_{uuid.uuid4().hex}"
    engine = sa.create_engine(f"{server}postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{server}{name}"


@pytest.fixture
def conversations(url: str) -> Iterator[Conversations]:
    engine = sa.create_engine(url)
    yield Conversations(engine)
    engine.dispose()


def saved(conversations: Conversations, *questions: str) -> Conversation:
    conversation = Conversation(turns=[Turn(question) for question in questions])
    conversations.save(conversation)
    return conversation


def reopened(conversations: Conversations, conversation: Conversation) -> Conversation:
    """The conversation as another tab reads it."""
    found = conversations.load(conversation.id)
    assert found is not None
    return found


def questions(conversations: Conversations, conversation: Conversation) -> list[str]:
    return [turn.question for turn in reopened(conversations, conversation).turns]


def test_a_conversation_comes_back_as_it_was(conversations: Conversations) -> None:
    kept = Conversation(
        turns=[Turn("متى؟", "متى وصل؟", FILTERS, ANSWER, liked=True), Turn("لماذا؟")]
    )
    conversations.save(kept)
    assert conversations.load(kept.id) == kept
    assert kept.filters == Filters()
    assert kept.turns[1].open
    assert not kept.turns[0].open


def test_an_empty_conversation_is_not_kept(conversations: Conversations) -> None:
    saved(conversations)
    assert conversations.listing() == []


def test_what_two_tabs_ask_stands_in_the_order_in_which_it_was_asked(
    conversations: Conversations,
) -> None:
    first = saved(conversations, "one")
    second = reopened(conversations, first)
    for tab, question in ((second, "two"), (first, "three"), (second, "four")):
        tab.turns.append(Turn(question))
        conversations.save(tab)
    assert questions(conversations, first) == ["one", "two", "three", "four"]


def test_an_answer_is_stored_beside_what_another_tab_has_asked(
    conversations: Conversations,
) -> None:
    first = saved(conversations, "one")
    second = reopened(conversations, first)
    second.turns.append(Turn("two"))
    conversations.save(second)
    first.turns[0].answer, first.turns[0].asked = ANSWER, "one, whole"
    conversations.settle(first, first.turns[0])
    found = reopened(conversations, first)
    assert [turn.question for turn in found.turns] == ["one", "two"]
    assert found.turns[0] == first.turns[0]


def test_an_edited_question_replaces_only_what_its_tab_has_seen(
    conversations: Conversations,
) -> None:
    first = saved(conversations, "one", "two", "three")
    second = reopened(conversations, first)
    second.turns.append(Turn("four"))
    conversations.save(second)
    gone = first.turns[1:]
    first.turns = [first.turns[0], Turn("two, edited")]
    conversations.save(first, without=gone)
    assert questions(conversations, first) == ["one", "four", "two, edited"]
    conversations.settle(second, second.turns[1])  # its tab does not know yet that it is gone
    assert questions(conversations, first) == ["one", "four", "two, edited"]


def test_a_failure_or_a_stop_leaves_the_answer_before_it(conversations: Conversations) -> None:
    first = saved(conversations, "one")
    second = reopened(conversations, first)
    first.turns[0].answer = ANSWER
    conversations.settle(first, first.turns[0])
    (turn,) = second.turns
    turn.stopped = True
    conversations.settle(second, turn)
    turn.stopped, turn.failure = False, "The server is down."
    conversations.settle(second, turn)
    turn.failure, turn.answer = None, replace(ANSWER, sentences=())
    conversations.settle(second, turn, replace_answer=False)
    assert reopened(conversations, first).turns == first.turns
    conversations.settle(second, turn)
    assert reopened(conversations, first).turns == second.turns


def test_what_a_reader_thinks_of_an_answer_changes_nothing_else(
    conversations: Conversations,
) -> None:
    first = saved(conversations, "one")
    second = reopened(conversations, first)
    first.turns[0].answer = ANSWER
    conversations.settle(first, first.turns[0])
    second.turns[0].liked = False
    conversations.judge(second.turns[0])
    (turn,) = reopened(conversations, first).turns
    assert (turn.answer, turn.liked) == (ANSWER, False)


def test_a_title_that_another_tab_has_given_stays(conversations: Conversations) -> None:
    first = saved(conversations, "one")
    conversations.rename(first.id, "Storks")
    first.turns.append(Turn("two"))
    conversations.save(first)
    assert reopened(conversations, first).title == "Storks"


def test_a_new_question_brings_a_conversation_back_that_another_tab_has_removed(
    conversations: Conversations,
) -> None:
    first = saved(conversations, "one")
    conversations.remove(first.id)
    first.turns[0].answer = ANSWER
    conversations.settle(first, first.turns[0])
    assert conversations.load(first.id) is None
    first.turns.append(Turn("two"))
    conversations.save(first)
    assert questions(conversations, first) == ["one", "two"]
    assert reopened(conversations, first).turns[0].answer == ANSWER


def test_saving_twice_stores_a_turn_once(conversations: Conversations) -> None:
    kept = saved(conversations, "one")
    conversations.save(kept)
    assert questions(conversations, kept) == ["one"]


WRITER = """
import sys
import sqlalchemy as sa
from assistant.conversations import Conversations
from assistant.turns import Conversation, Turn
url, id_, name = sys.argv[1:]
conversations = Conversations(sa.create_engine(url))
print("ready", flush=True)
sys.stdin.readline()
for n in range(20):
    conversations.save(Conversation(id_, "shared", [Turn(f"{name}{n}")]))
"""


def test_two_processes_that_write_at_once_lose_nothing(
    url: str, conversations: Conversations
) -> None:
    shared = Conversation()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, url, shared.id, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "ab"
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    found = questions(conversations, shared)
    for name in "ab":
        assert [text for text in found if text.startswith(name)] == [
            f"{name}{n}" for n in range(20)
        ]
    assert len(found) == 40


class TwoTabs(RuleBasedStateMachine):
    """Two tabs that do what they like with one conversation, and what should then be stored."""

    tabs = st.sampled_from([0, 1])
    texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=9)

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        url = f"sqlite:///{self.folder.name}/chats.sqlite"
        self.engines = [sa.create_engine(url) for _ in range(2)]
        for engine in self.engines:  # nothing here outlives the test: the disk need not be awaited
            sa.event.listen(
                engine, "connect", lambda dbapi, _: dbapi.execute("PRAGMA synchronous=OFF")
            )
        self.stores = [Conversations(engine) for engine in self.engines]
        first = Conversation(turns=[Turn("first")])
        self.stores[0].save(first)
        self.expected = [replace(first.turns[0])]
        self.title, self.removed = first.title, False
        found = self.stores[1].load(first.id)
        assert found is not None
        self.open_in = [first, found]

    def teardown(self) -> None:
        for engine in self.engines:
            engine.dispose()
        self.folder.cleanup()

    @rule(tab=tabs, question=texts)
    def ask(self, tab: int, question: str) -> None:
        turn = Turn(question)
        self.open_in[tab].turns.append(turn)
        self.stores[tab].save(self.open_in[tab])
        self.expected.append(replace(turn))
        self.removed = False

    @rule(tab=tabs, which=st.integers(0, 5), answer=st.sampled_from(["yes", "no", None]))
    def settle(self, tab: int, which: int, answer: str | None) -> None:
        turns = self.open_in[tab].turns
        if not turns:
            return
        turn = turns[which % len(turns)]
        turn.answer = replace(ANSWER, question=answer) if answer else None
        turn.failure = None if answer else "It failed."
        self.stores[tab].settle(self.open_in[tab], turn)
        for place, kept in enumerate(self.expected):
            if kept.id == turn.id and (turn.answer or not kept.answer):
                self.expected[place] = replace(turn)

    @rule(tab=tabs, which=st.integers(0, 5), question=texts)
    def edit(self, tab: int, which: int, question: str) -> None:
        conversation = self.open_in[tab]
        place = which % (len(conversation.turns) + 1)
        gone = conversation.turns[place:]
        turn = Turn(question)
        conversation.turns = [*conversation.turns[:place], turn]
        self.stores[tab].save(conversation, without=gone)
        ids = {old.id for old in gone}
        self.expected = [kept for kept in self.expected if kept.id not in ids] + [replace(turn)]
        self.removed = False

    @rule(tab=tabs, title=st.sampled_from(["Storks", "لقالق"]))
    def rename(self, tab: int, title: str) -> None:
        self.stores[tab].rename(self.open_in[tab].id, title)
        self.title = title

    @rule(tab=tabs, removed=st.booleans())
    def remove(self, tab: int, removed: bool) -> None:
        store = self.stores[tab]
        (store.remove if removed else store.restore)(self.open_in[tab].id)
        self.removed = removed

    @rule(tab=tabs)
    def reload(self, tab: int) -> None:
        if found := self.stores[tab].load(self.open_in[tab].id):
            self.open_in[tab] = found

    @invariant()
    def everything_is_there_once_and_in_order(self) -> None:
        if not hasattr(self, "expected"):
            return
        for store in self.stores:
            found = store.load(self.open_in[0].id)
            if self.removed:
                assert found is None
            else:
                assert found == Conversation(self.open_in[0].id, self.title, self.expected)


def test_whatever_two_tabs_do_every_turn_is_kept_once_and_in_order() -> None:
    run_state_machine_as_test(
        TwoTabs, settings=settings(max_examples=25, stateful_step_count=12, deadline=None)
    )


def written_whole(url: str, *rows: dict[str, object]) -> None:
    """Makes a database as earlier versions left it: each conversation whole, in one row."""
    metadata = sa.MetaData()
    table = sa.Table(
        "conversations",
        metadata,
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("removed", sa.Boolean, nullable=False, default=False),
        sa.Column("turns", sa.JSON, nullable=False),
    )
    engine = sa.create_engine(url)
    metadata.create_all(engine)
    with engine.begin() as connection:
        for row in rows:
            values = {"changed": dt.datetime(2024, 5, 1, tzinfo=dt.UTC), "removed": False}
            connection.execute(sa.insert(table).values(values | row))
    engine.dispose()


def older(*turns: Turn) -> list[dict[str, object]]:
    """Turns as earlier versions wrote them: without ids, and answers without what is new."""
    written: list[dict[str, object]] = TypeAdapter(list[Turn]).dump_python(
        list(turns), mode="json", exclude={"__all__": {"id": True}}
    )
    return written


def test_conversations_that_were_written_whole_are_taken_over_once(url: str) -> None:
    turns = [Turn("متى؟", "متى وصل؟", FILTERS, ANSWER, liked=True), Turn("لماذا؟", stopped=True)]
    written_whole(
        url,
        {"id": "a", "title": "مسمّى", "turns": older(*turns)},
        {"id": "b", "title": "gone", "turns": older(Turn("gone")), "removed": True},
        {"id": "c", "title": "broken", "turns": [{"answer": 7}]},
    )
    for _ in range(2):
        engine = sa.create_engine(url)
        conversations = Conversations(engine)
        assert [(entry.id, entry.title) for entry in conversations.listing()] == [("a", "مسمّى")]
        found = conversations.load("a")
        assert found is not None
        assert [replace(turn, id="") for turn in found.turns] == [
            replace(turn, id="") for turn in turns
        ]
        assert conversations.load("b") is None
        engine.dispose()
    engine = sa.create_engine(url)
    Conversations(engine).restore("b")
    assert questions(Conversations(engine), Conversation("b")) == ["gone"]
    with engine.connect() as connection:  # nothing is taken from where it was
        kept = connection.execute(sa.text("SELECT id FROM conversations ORDER BY id")).scalars()
        assert list(kept) == ["a", "b", "c"]
    engine.dispose()


def test_an_older_answer_to_a_question_for_the_order_of_events_is_a_timeline(url: str) -> None:
    asked = Turn("And in order?", "Timeline of the storks", answer=ANSWER)
    written_whole(
        url, {"id": "a", "title": "x", "turns": older(asked, Turn("why?", answer=ANSWER))}
    )
    engine = sa.create_engine(url)
    found = Conversations(engine).load("a")
    assert found is not None
    assert [turn.answer for turn in found.turns] == [replace(ANSWER, mode="timeline"), ANSWER]
    engine.dispose()


def test_an_answer_that_was_stored_before_it_could_say_more_is_read() -> None:
    written = json.loads(
        '{"question": "q", "abstained": false, "mode": "quote", "sentences": '
        '[{"text": "x", "citations": [], "support": "supported", "marks": []}], "sources": []}'
    )
    answer = TypeAdapter(Answer).validate_python(written)
    assert (answer.mode, answer.sentences[0].text) == ("quote", "x")


def test_the_title_is_the_first_question_until_it_is_renamed(conversations: Conversations) -> None:
    kept = saved(conversations, "من هو السفير؟", "ومتى وصل؟")
    assert conversations.listing()[0].title == "من هو السفير؟"
    conversations.rename(kept.id, "  السفير  ")
    assert conversations.listing()[0].title == "السفير"
    conversations.rename(kept.id, " ")
    assert conversations.listing()[0].title == "السفير"


def test_a_removed_conversation_can_be_brought_back(conversations: Conversations) -> None:
    kept = saved(conversations, "question")
    conversations.remove(kept.id)
    assert conversations.listing() == []
    assert conversations.load(kept.id) is None
    conversations.restore(kept.id)
    assert conversations.load(kept.id) == kept


def test_the_last_changed_comes_first(conversations: Conversations) -> None:
    first, second = saved(conversations, "first"), saved(conversations, "second")
    first.turns[0].answer = ANSWER
    conversations.settle(first, first.turns[0])
    assert [entry.id for entry in conversations.listing()] == [first.id, second.id]


def test_searching_looks_at_questions_and_answers_in_any_spelling(
    conversations: Conversations,
) -> None:
    about = Conversation(title="x", turns=[Turn("أين؟"), Turn("متى؟", answer=ANSWER)])
    conversations.save(about)
    saved(conversations, "something else")
    assert [entry.id for entry in conversations.listing("الاحد")] == [about.id]
    assert [entry.title for entry in conversations.listing("ELSE something")] == ["something else"]
    assert conversations.listing("nothing") == []


def test_a_long_title_is_cut_at_a_word() -> None:
    title = title_of("word " * 40)
    assert title == "word " * 15 + "word…"
