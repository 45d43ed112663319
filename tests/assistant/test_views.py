"""The pages' logic, run by Streamlit's own test runner over a real catalog, without a browser."""

import datetime as dt
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import assistant.engine
from assistant.answer import Answer, Citation, Sentence, Source
from assistant.indexing import IndexReport
from assistant.settings import Settings
from assistant.views import opening
from assistant.views.opening import Opening
from corpus.article import Article
from corpus.duplicates import Fingerprint
from vectorstore.index import Index
from vectorstore.query import Filters

APP = Path(assistant.engine.__file__).with_name("app.py")
TEXT = "Envoys met in Muscat on Saturday. The talks lasted two hours.\n\nThey will meet again."
ARTICLES = [
    Article("m", TEXT, "Envoys meet in Muscat", "Palm Quay Courier", dt.date(2025, 4, 12),
            language="en", path="/articles/m.md"),
    Article("b", "قال السفير إن السفارة باقية.", "السفارة باقية", "وكالة نخيل الخبر",
            dt.date(2021, 4, 10), language="ar", path="/articles/b.md"),
]  # fmt: skip


def quoted(question: str) -> Answer:
    """An answer with one real citation of the first article."""
    start = TEXT.index("The talks")
    end = TEXT.index("\n\n")
    said = Sentence(TEXT[start:end], (Citation(1, start, end, TEXT[start:end]),), "supported")
    found = Source(
        n=1, article_id="m", title="Envoys meet in Muscat", source="Palm Quay Courier",
        date=dt.date(2025, 4, 12), language="en", path=None, url=None, start=0, end=end,
        excerpt=TEXT[:end], score=0.8,
    )  # fmt: skip
    return Answer(question, False, "quote", (said,), (found,))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Filters]]:
    """The questions that reached the engine, which answers each with the same quotation."""
    calls: list[tuple[str, Filters]] = []

    def answers(
        _: Index, question: str, filters: Filters | None = None, **__: object
    ) -> Iterator[Answer]:
        calls.append((question, filters or Filters()))
        yield quoted(question)

    monkeypatch.setattr(assistant.engine, "answers", answers)
    return calls


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opening]:
    """A library of two articles, open; nothing is embedded, for nothing here searches."""
    index = Index(tmp_path)
    index.catalog.put([(article, Fingerprint(article.id, b""), []) for article in ARTICLES])
    now = Opening(Settings(store=tmp_path))
    now.index, now.stage = index, "ready"
    monkeypatch.setattr(now, "begin", lambda: None)
    monkeypatch.setattr(opening, "current", lambda: now)
    st.cache_resource.clear()
    yield now
    index.close()


@pytest.fixture
def app() -> Callable[..., AppTest]:
    """Opens the app in a language."""

    def open_in(language: str = "en", **query: str) -> AppTest:
        test = AppTest.from_file(str(APP), default_timeout=30)
        test.session_state["language"] = language
        for name, value in query.items():
            test.query_params[name] = value
        return test.run()

    return open_in


def html(test: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in test.get("html"))


def test_drawing_a_page_imports_nothing_heavy() -> None:
    heavy = {"torch", "chromadb", "sentence_transformers", "transformers", "altair", "tantivy"}
    script = (
        "import sys, assistant.views.chat, assistant.views.library, assistant.views.reader, "
        "assistant.views.preferences, assistant.views.sidebar; "
        f"print(sorted(set(sys.modules) & {heavy!r}))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_starter_questions_come_from_the_library_in_the_articles_languages(
    ready: Opening, app: Callable[..., AppTest]
) -> None:
    labels = [b.label.replace("\u2060", "").replace("\\", "") for b in app().button]
    assert "What is reported under “Envoys meet in Muscat”?" in labels
    assert "ماذا ورد تحت عنوان «السفارة باقية»؟" in labels


def test_a_question_is_answered_with_its_citation_and_source(
    ready: Opening, asked: list[tuple[str, Filters]], app: Callable[..., AppTest]
) -> None:
    test = app()
    test.chat_input[0].set_value("How long were the talks?").run()
    assert not test.exception
    assert asked == [("How long were the talks?", Filters())]
    page = html(test)
    assert 'href="#source-0-1"' in page
    assert 'id="source-0-1"' in page
    assert '<mark class="quoted">The talks lasted two hours.</mark>' in page


def test_a_conversation_is_saved_and_comes_back_in_a_new_session(
    ready: Opening, asked: list[tuple[str, Filters]], app: Callable[..., AppTest]
) -> None:
    test = app()
    test.chat_input[0].set_value("How long were the talks?").run()
    name = str(test.query_params["chat"])
    again = app(chat=name)
    assert "How long were the talks?" in html(again)
    assert len(asked) == 1


def test_removing_a_conversation_can_be_undone(
    ready: Opening, asked: list[tuple[str, Filters]], app: Callable[..., AppTest]
) -> None:
    test = app()
    test.chat_input[0].set_value("How long were the talks?").run()
    next(b for b in test.button if b.label == "Remove this conversation").click().run()
    assert "How long were the talks?" not in html(test)
    next(b for b in test.button if b.label.startswith("Removed")).click().run()
    assert "How long were the talks?" in html(test)


def test_asking_again_asks_again_and_editing_replaces_what_follows(
    ready: Opening, asked: list[tuple[str, Filters]], app: Callable[..., AppTest]
) -> None:
    test = app()
    test.chat_input[0].set_value("first").run()
    test.chat_input[0].set_value("second").run()
    next(b for b in test.button if b.key == "again-0").click().run()
    assert [question for question, _ in asked] == ["first", "second", "first"]
    next(b for b in test.button if b.key == "edit-question-0").click().run()
    test.text_area[0].set_value("changed")
    next(b for b in test.button if b.label == "Ask").click().run()
    assert asked[-1][0] == "changed"
    assert "second" not in html(test)


def test_a_question_that_leans_on_the_last_one_shows_what_was_asked_instead(
    ready: Opening, asked: list[tuple[str, Filters]], app: Callable[..., AppTest]
) -> None:
    test = app()
    test.chat_input[0].set_value("Where did Victoria Taylor speak?").run()
    test.chat_input[0].set_value("and when?").run()
    assert asked[1][0] == "When did Victoria Taylor speak?"
    assert '<bdi dir="auto">When did Victoria Taylor speak?</bdi>' in html(test)


def test_words_that_only_the_search_takes_over_are_not_shown_as_a_question(
    ready: Opening, asked: list[tuple[str, Filters]], app: Callable[..., AppTest]
) -> None:
    test = app()
    test.chat_input[0].set_value("How long were the talks in Muscat?").run()
    test.chat_input[0].set_value("and when was that?").run()
    assert asked[1][0] == "and when was that?"
    assert 'class="asked"' not in html(test)


def test_a_time_and_an_outlet_in_the_question_are_offered_as_filters(
    ready: Opening, asked: list[tuple[str, Filters]], app: Callable[..., AppTest]
) -> None:
    test = app()
    test.chat_input[0].set_value("What did Palm Quay Courier say in April 2025?").run()
    offers = [b for b in test.button if (b.key or "").startswith("offer-")]
    assert len(offers) == 2
    offers[0].click().run()
    assert asked[-1][1] == Filters(since=dt.date(2025, 4, 1), until=dt.date(2025, 4, 30))
    assert '<ul class="chips"' in html(test)
    next(b for b in test.button if b.key == "chip-dates").click().run()
    test.chat_input[0].set_value("Where did the envoys meet in Muscat?").run()
    assert asked[-1] == ("Where did the envoys meet in Muscat?", Filters())


def test_a_failure_is_a_sentence(
    ready: Opening, monkeypatch: pytest.MonkeyPatch, app: Callable[..., AppTest]
) -> None:
    def answers(*_: object, **__: object) -> Iterator[Answer]:
        raise ValueError("The server at *here* is down.")

    monkeypatch.setattr(assistant.engine, "answers", answers)
    test = app()
    test.chat_input[0].set_value("why?").run()
    assert not test.exception
    shown = test.error[0].value.replace("\u2060", "").replace("\\", "")
    assert shown == "This question could not be answered: The server at *here* is down."


def test_a_library_that_cannot_be_opened_says_so_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, app: Callable[..., AppTest]
) -> None:
    now = Opening(Settings(store=tmp_path))
    now.stage, now.error = "failed", OSError("The disk is full.")
    begun: list[bool] = []
    monkeypatch.setattr(now, "begin", lambda: begun.append(True))
    monkeypatch.setattr(opening, "current", lambda: now)
    test = app()
    assert "The disk is full" in test.error[0].value.replace("\u2060", "").replace("\\", "")
    before = len(begun)
    next(b for b in test.button if b.label == "Try again").click().run()
    assert len(begun) > before


def test_the_interface_speaks_arabic_from_right_to_left(
    ready: Opening, app: Callable[..., AppTest]
) -> None:
    test = app("ar")
    assert "body { direction: rtl }" in html(test)
    assert test.chat_input[0].placeholder == "اسأل مقالاتك…"
    next(b for b in test.button if b.key == "switch-language").click().run()
    assert "body { direction: ltr }" in html(test)
    assert test.chat_input[0].placeholder == "Ask your articles…"


def test_an_opening_indexes_the_sample_articles_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant import indexing

    class Bare:
        revision = 0
        dense = None

        def pending(self) -> int:
            return 0

        def search(self, *_: object, **__: object) -> list[object]:
            return []

    bare = Bare()
    indexed: list[list[Path]] = []

    def index_paths(_: object, paths: list[Path], __: object) -> None:
        indexed.append(paths)
        bare.revision = 20

    monkeypatch.setattr(assistant.engine, "open_index", lambda _: bare)
    monkeypatch.setattr(indexing, "index_paths", index_paths)
    for _ in range(2):
        now = Opening(Settings(store=tmp_path))
        assert now.wait(10)
        assert now.stage == "ready"
    assert indexed == [[indexing.SAMPLE_ARTICLES]]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "12 files are of kinds that are not read: \u2066.doc\u2069 (5), no extension (3), "
            "\u2066.a\u2069 (1), \u2066.b\u2069 (1), \u2066.c\u2069 (1) and other kinds (1)",
        ),
        ("ar", "١٢ ملفاً من أنواع لا نقرؤها: \u2066.doc\u2069 (٥)"),
    ],
)
def test_files_of_kinds_that_are_not_read_are_counted_after_adding(
    ready: Opening, app: Callable[..., AppTest], language: str, said: str
) -> None:
    kinds = {".a": 1, ".doc": 5, "": 3, ".b": 1, ".c": 1, ".d": 1}
    test = app(language)
    test.session_state["report"] = IndexReport(1, 0, 0, 0, 0, (), (), 1, 0, 0.1, kinds)
    assert said in html(test.run())


def test_openings_that_overlap_leave_the_switch_interval_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = sys.getswitchinterval()
    inside, go_on = threading.Event(), threading.Event()
    during: list[float] = []

    def open_index(_: Settings) -> Index:
        during.append(sys.getswitchinterval())
        inside.set()
        assert go_on.wait(10)
        raise OSError("The disk is full.")

    monkeypatch.setattr(assistant.engine, "open_index", open_index)
    first, second = Opening(Settings(store=tmp_path)), Opening(Settings(store=tmp_path))
    first.begin()
    assert inside.wait(10)
    second.begin()
    second.wait(0.1)  # long enough to stand before the lock
    go_on.set()
    while not first.stage == second.stage == "failed":  # `wait` would begin anew
        time.sleep(0.01)
    assert len(during) == 2
    assert max(during) < usual
    assert sys.getswitchinterval() == usual


def test_two_tabs_of_one_conversation_lose_nothing_of_each_other(
    ready: Opening, asked: list[tuple[str, Filters]], app: Callable[..., AppTest]
) -> None:
    first = app()
    first.chat_input[0].set_value("one").run()
    name = str(first.query_params["chat"])
    second = app(chat=name)
    second.chat_input[0].set_value("two").run()
    first.chat_input[0].set_value("three").run()
    assert [question for question, _ in asked] == ["one", "two", "three"]
    next(b for b in second.button if b.key == "again-0").click().run()
    for tab in (first, app(chat=name)):
        page = html(tab)
        places = [page.index(f">{question}</h2>") for question in ("one", "two", "three")]
        assert places == sorted(places)


def test_a_question_that_is_edited_takes_away_what_its_tab_shows_and_no_more(
    ready: Opening, asked: list[tuple[str, Filters]], app: Callable[..., AppTest]
) -> None:
    first = app()
    first.chat_input[0].set_value("one").run()
    name = str(first.query_params["chat"])
    second = app(chat=name)
    second.chat_input[0].set_value("two").run()
    next(b for b in first.button if (b.key or "") == "edit-question-0").click().run()
    first.text_area[0].set_value("changed")
    next(b for b in first.button if b.label == "Ask").click().run()
    page = html(app(chat=name))
    assert ">one</h2>" not in page
    assert page.index(">two</h2>") < page.index(">changed</h2>")


def test_a_conversation_that_another_tab_renamed_or_removed_keeps_its_name_and_comes_back(
    ready: Opening, asked: list[tuple[str, Filters]], app: Callable[..., AppTest]
) -> None:
    first = app()
    first.chat_input[0].set_value("one").run()
    name = str(first.query_params["chat"])
    second = app(chat=name)
    next(t for t in second.text_input if t.label == "Title").set_value("Storks")
    next(b for b in second.button if b.label == "Rename").click().run()
    next(b for b in second.button if b.label == "Remove this conversation").click().run()
    first.chat_input[0].set_value("two").run()
    page = app(chat=name)
    assert ">one</h2>" in html(page)
    assert ">two</h2>" in html(page)
    assert next(t for t in page.text_input if t.label == "Title").value == "Storks"
