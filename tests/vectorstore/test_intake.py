"""What becomes of articles: decisions over a real catalog, without vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from vectorstore.catalog import Catalog
from vectorstore.intake import Intake, Outcome

from .conftest import article

Files = dict[str, list[tuple[str, str]]]
"""By path, the ids and texts that a file gives."""

TEXTS = ("سافر الوفد صباحا", "فتح المتحف أبوابه", "هطل مطر غزير", "عاد الصيادون")
A, B, C, D = TEXTS


@pytest.fixture(scope="module", autouse=True)
def _files_are_there() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vectorstore.intake.is_gone", lambda path: path.startswith("/gone"))
        yield


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    catalog = Catalog("sqlite://")
    yield catalog
    catalog.close()


def run(catalog: Catalog, articles: Sequence[Article], batch: int = 100) -> Counter[Outcome]:
    """Stores articles as an index does, save for passages."""
    intake = Intake(catalog)
    counts: Counter[Outcome] = Counter()
    for start in range(0, len(articles), batch):
        decisions = intake.decide(articles[start : start + batch])
        counts.update(decision.outcome for decision in decisions)
        catalog.put(
            [
                (decision.article, decision.print, [])
                for decision in decisions
                if decision.outcome in ("added", "updated")
            ]
        )
    catalog.remove(intake.superseded())
    return counts


def read(files: Files) -> list[Article]:
    return [article(id_, text, path=path) for path, rows in files.items() for id_, text in rows]


def texts(catalog: Catalog) -> list[str]:
    found = catalog.articles_by_id([one.id for one in catalog.summaries()])
    return sorted(one.text for one in found.values())


def test_ids_that_begin_again_in_every_file_lose_no_story(catalog: Catalog) -> None:
    months = {"/may.csv": [("1", A), ("2", B)], "/june.csv": [("1", C), ("2", D)]}
    assert run(catalog, read(months)) == {"added": 4}
    stored = catalog.summaries()
    assert texts(catalog) == sorted(TEXTS)
    assert run(catalog, read(dict(reversed(months.items())))) == {"unchanged": 4}
    assert catalog.summaries() == stored


def test_two_stories_under_one_id_in_one_file_are_two_articles(catalog: Catalog) -> None:
    twice, copy = {"/twice.jsonl": [("n", A), ("n", B)]}, {"/copy.jsonl": [("n", B)]}
    assert run(catalog, read(twice | copy)) == {"added": 2, "duplicate": 1}
    for files in (twice | copy, copy | twice, twice | copy):
        assert run(catalog, read(files)) == {"unchanged": 2, "duplicate": 1}
    assert {one.path for one in catalog.summaries()} == {"/twice.jsonl"}


def test_a_story_that_changes_in_its_file_is_an_update_whoever_has_its_id(
    catalog: Catalog,
) -> None:
    run(catalog, read({"/may.csv": [("1", A)], "/june.csv": [("1", B)]}))
    ids = {one.id for one in catalog.summaries()}
    assert run(catalog, read({"/june.csv": [("1", C)]})) == {"updated": 1}
    assert {one.id for one in catalog.summaries()} == ids
    assert texts(catalog) == sorted([A, C])


def test_a_new_entry_above_others_of_its_id_leaves_these_alone(catalog: Catalog) -> None:
    run(catalog, read({"/feed.xml": [("guid", A), ("guid", B)]}))
    grown = read({"/feed.xml": [("guid", C), ("guid", A), ("guid", B)]})
    assert run(catalog, grown) == {"added": 1, "unchanged": 2}
    assert run(catalog, grown) == {"unchanged": 3}


def test_ids_that_move_by_a_row_follow_their_file(catalog: Catalog) -> None:
    run(catalog, read({"/a.csv": [("1", A), ("2", B)]}))
    moved = read({"/a.csv": [("1", C), ("2", A), ("3", B)]})
    assert run(catalog, moved) == {"updated": 2, "added": 1}
    assert {id_: one.text for id_, one in catalog.articles_by_id("123").items()} == {
        "1": C, "2": A, "3": B,
    }  # fmt: skip
    back = read({"/a.csv": [("1", A), ("2", B)]})
    for batch in (100, 1):
        run(catalog, moved, batch)
        assert run(catalog, back, batch) == {"updated": 2}
        assert {one.text for one in catalog.articles_by_id("12").values()} == {A, B}


def test_a_story_under_a_new_id_in_its_file_is_not_stored_twice(catalog: Catalog) -> None:
    run(catalog, read({"/a.csv": [("1", A)]}))
    assert run(catalog, read({"/a.csv": [("10", A)]})) == {"added": 1}
    assert [one.id for one in catalog.summaries()] == ["10"]


def test_two_files_that_change_names_keep_both_stories(catalog: Catalog) -> None:
    run(catalog, read({"/1.md": [("x", A)], "/2.md": [("y", B)]}))
    assert run(catalog, read({"/1.md": [("x", B)], "/2.md": [("y", A)]})) == {"updated": 2}
    assert texts(catalog) == sorted([A, B])


def test_many_stories_under_one_id_are_told_apart_in_batches_of_any_size(
    catalog: Catalog,
) -> None:
    feed = read({"/feed.xml": [("guid", f"خبر رقم {n} من المدينة") for n in range(40)]})
    assert run(catalog, feed, batch=7) == {"added": 40}
    assert run(catalog, feed, batch=11) == {"unchanged": 40}
    assert run(catalog, feed[::-1], batch=3) == {"unchanged": 40}


def test_a_story_whose_file_moved_keeps_its_id_and_another_does_not_take_it(
    catalog: Catalog,
) -> None:
    run(catalog, read({"/gone.csv": [("1", A), ("2", B)]}))
    assert run(catalog, read({"/here.csv": [("1", A), ("2", C)]})) == {"updated": 1, "added": 1}
    assert {one.id: one.path for one in catalog.summaries() if "~" not in one.id} == {
        "1": "/here.csv",
        "2": "/gone.csv",
    }
    assert texts(catalog) == sorted([A, B, C])


def test_texts_without_words_are_copies_only_when_they_are_the_same(catalog: Catalog) -> None:
    signs = read({"/a.csv": [("1", "☀ ☀"), ("2", "☁"), ("3", "☀  ☀")]})
    assert run(catalog, signs) == {"added": 2, "duplicate": 1}


rows = st.lists(st.tuples(st.sampled_from("12"), st.sampled_from(TEXTS)), max_size=4)
folders = st.dictionaries(st.sampled_from(["/a", "/b", "/c"]), rows, max_size=3)


def test_a_copy_read_before_what_it_copies_is_stored_no_second_time(catalog: Catalog) -> None:
    files = {"/a": [("1", A)], "/b": [("1", A), ("1", B)], "/c": [("1", B)]}
    run(catalog, read(files))
    again = read({path: files[path] for path in ("/c", "/b", "/a")})
    assert run(catalog, again, batch=2) == {"unchanged": 2, "duplicate": 2}


@settings(max_examples=150, deadline=None)
@given(folders, st.integers(1, 4), st.randoms(use_true_random=False))
def test_every_text_is_stored_once_and_nothing_changes_when_it_is_read_again(
    files: Files, batch: int, random: Random
) -> None:
    catalog = Catalog("sqlite://")
    articles = read(files)
    distinct = sorted({one.text for one in articles})
    counts = run(catalog, articles, batch)
    assert counts.total() == len(articles)
    assert (counts["added"], counts["updated"]) == (len(distinct), 0)
    assert texts(catalog) == distinct
    stored = catalog.summaries()
    order = list(files)
    random.shuffle(order)
    again = run(catalog, read({path: files[path] for path in order}), batch)
    assert again["unchanged"] == len(distinct)
    assert again["duplicate"] == len(articles) - len(distinct)
    assert catalog.summaries() == stored
    catalog.close()


@settings(max_examples=150, deadline=None)
@given(st.lists(folders, min_size=1, max_size=3), st.integers(1, 4))
@example([{"/a": [("1", A)], "/b": [("1", B)]}, {"/a": [("1", B)], "/b": [("1", A)]}], 1)
@example([{"/a": [("1", A), ("2", B)]}, {"/a": [("1", B), ("2", C)]}], 1)
def test_whatever_changes_the_texts_of_the_files_are_stored_after_two_runs(
    states: list[Files], batch: int
) -> None:
    catalog = Catalog("sqlite://")
    for files in states:
        articles = read(files)
        wanted = {one.text for one in articles}
        for _ in range(3):
            counts = run(catalog, articles, batch)
            assert counts.total() == len(articles)
        assert wanted <= set(texts(catalog))
        assert (counts["added"], counts["updated"]) == (0, 0)
    found = texts(catalog)
    assert len(found) == len(set(found))
    catalog.close()
