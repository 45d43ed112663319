import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.answer import Answer, Citation, Figure, Sentence, Source
from assistant.conversations import Conversations
from assistant.turns import Conversation, Turn, title_of
from vectorstore.query import Filters

ANSWER = Answer(
    question="متى؟",
    abstained=False,
    mode="quote",
    sentences=(
        Sentence("وصل يوم الأحد.", (Citation(1, 5, 19, "وصل يوم الأحد."),), "supported", ((4, 8),)),
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


@pytest.fixture
def conversations(tmp_path: Path) -> Conversations:
    return Conversations(sa.create_engine(f"sqlite:///{tmp_path / 'chats.sqlite'}"))


def saved(conversations: Conversations, *questions: str) -> Conversation:
    conversation = Conversation(turns=[Turn(question) for question in questions])
    conversations.save(conversation)
    return conversation


def test_a_conversation_comes_back_as_it_was(conversations: Conversations) -> None:
    kept = Conversation(
        turns=[Turn("متى؟", "متى وصل؟", FILTERS, ANSWER, liked=True), Turn("لماذا؟")]
    )
    conversations.save(kept)
    assert conversations.load(kept.id) == kept
    assert kept.filters == Filters()
    assert kept.turns[1].open
    assert not kept.turns[0].open


def test_saving_again_replaces_what_was_there(conversations: Conversations) -> None:
    kept = saved(conversations, "first")
    kept.turns.append(Turn("second"))
    conversations.save(kept)
    assert [entry.id for entry in conversations.listing()] == [kept.id]
    found = conversations.load(kept.id)
    assert found is not None
    assert [turn.question for turn in found.turns] == ["first", "second"]


def test_an_empty_conversation_is_not_kept(conversations: Conversations) -> None:
    saved(conversations)
    assert conversations.listing() == []


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
    conversations.save(first)
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
