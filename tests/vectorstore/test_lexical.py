import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.article import Article, Passage
from vectorstore.catalog import Change
from vectorstore.lexical import Lexical
from vectorstore.query import Filters

from .conftest import article


def changes(*articles: Article) -> Iterator[Change]:
    for revision, one in enumerate(articles, start=1):
        passage = Passage(one.id, 0, 0, len(one.text), one.text)
        yield Change(revision, one.id, one, (passage,), 1)


def write(lexical: Lexical, *some: Change) -> None:
    with lexical.writer() as writer:
        writer.apply(some)
        writer.commit()


@pytest.fixture
def lexical(tmp_path: Path) -> Lexical:
    return Lexical(tmp_path / "words")


def ids(lexical: Lexical, question: str, filters: Filters | None = None) -> list[str]:
    return [id_ for id_, _ in lexical.search(question, 10, filters)]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("السفارة", "أغلقت سفارتها"),
        ("الأمريكية", "المصالح الأميركية"),
        ("بلنكن", "وصل بلينكن إلى بغداد"),
        ("٤٠ هجوما", "تعرضت لنحو 40 هجومًا"),
        ("الهجمات", "وبهجمات متتالية"),
        ("négociations", "la NÉGOCIATION est finie"),
        ("attacks", "they were attacked"),
    ],
)
def test_a_word_is_found_in_its_other_forms(lexical: Lexical, question: str, text: str) -> None:
    language = "ar" if not text.isascii() and "é" not in text.lower() else "en"
    write(lexical, *changes(article("a", text, language=language), article("b", "xyz")))
    assert ids(lexical, question) == ["a:0"]


def test_a_word_in_the_headline_is_found(lexical: Lexical) -> None:
    write(lexical, *changes(article("a", "نص.", title="زيارة الوزير"), article("b", "نص آخر.")))
    assert ids(lexical, "زيارة") == ["a:0"]


def test_a_question_without_words_finds_nothing(lexical: Lexical) -> None:
    write(lexical, *changes(article("a", "نص.")))
    assert ids(lexical, "؟ … !") == []


def test_words_of_tantivys_query_language_are_only_words(lexical: Lexical) -> None:
    write(lexical, *changes(article("a", "one AND two"), article("b", "three")))
    assert ids(lexical, 'two AND -one OR "') == ["a:0"]


def test_filters_are_exact(lexical: Lexical) -> None:
    write(
        lexical,
        *changes(
            article("a", "هجوم", date=dt.date(2020, 1, 1), source="وطن برس"),
            article("b", "هجوم", date=dt.date(2021, 1, 1), source="وطن", language="fa"),
            article("c", "هجوم", date=None, source=None, language=None),
        ),
    )

    def found(**fields: object) -> list[str]:
        return sorted(ids(lexical, "هجوم", Filters(**fields)))  # type: ignore[arg-type]

    assert found() == ["a:0", "b:0", "c:0"]
    assert found(since=dt.date(2020, 1, 1)) == ["a:0", "b:0"]
    assert found(since=dt.date(2020, 1, 2)) == ["b:0"]
    assert found(until=dt.date(2020, 1, 1)) == ["a:0"]
    assert found(sources=frozenset({"وطن"})) == ["b:0"]
    assert found(languages=frozenset({"fa", "ar"})) == ["a:0", "b:0"]
    assert found(article_ids=frozenset({"c"})) == ["c:0"]


def test_changes_replace_and_remove(lexical: Lexical) -> None:
    write(lexical, *changes(article("a", "قديم"), article("b", "ثابت")))
    write(lexical, Change(3, "a", None, (), 1))
    assert ids(lexical, "قديم") == []
    write(lexical, *changes(article("b", "جديد")))
    assert (ids(lexical, "ثابت"), ids(lexical, "جديد"), lexical.count()) == ([], ["b:0"], 1)


def test_what_was_not_committed_is_not_there(lexical: Lexical) -> None:
    with lexical.writer() as writer:
        writer.apply(list(changes(article("a", "نص"))))
    assert (lexical.count(), lexical.revision()) == (0, 0)


def test_the_revision_is_that_of_the_last_commit(lexical: Lexical) -> None:
    write(lexical, *changes(article("a"), article("b")))
    assert lexical.revision() == 2


def test_another_reader_sees_a_commit_after_reload(lexical: Lexical, tmp_path: Path) -> None:
    write(lexical, *changes(article("a", "أول")))
    reader = Lexical(tmp_path / "words")
    assert reader.count() == 1
    write(lexical, *changes(article("b", "ثان")))
    reader.reload()
    assert reader.count() == 2


def test_a_damaged_index_is_erased_and_starts_at_revision_zero(
    lexical: Lexical, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(lexical, *changes(article("a")))
    (tmp_path / "words" / "meta.json").write_text("not json")
    damaged = Lexical(tmp_path / "words")
    assert (damaged.revision(), damaged.count()) == (0, 0)
    assert "is rebuilt from the catalog" in caplog.text


@pytest.mark.parametrize("spelled", ["بلينكن", "بلنكن"])
def test_a_name_in_another_script_is_found_by_its_sound(lexical: Lexical, spelled: str) -> None:
    write(lexical, *changes(article("a", "قال لافروف ذلك."), article("b", f"قال {spelled} ذلك.")))
    found = lexical.search("Blinken", 10, languages=["ar"])
    assert [id_ for id_, _ in found] == ["b:0"]
