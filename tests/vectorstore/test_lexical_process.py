"""The index of words, written by another process."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

import vectorstore.index
from corpus.article import Article
from corpus.duplicates import fingerprint
from corpus.passages import passages
from vectorstore.catalog import Catalog
from vectorstore.index import Index
from vectorstore.lexical import Lexical
from vectorstore.lexical_process import LexicalProcess, LexicalProcessError


def make(number: int) -> Article:
    return Article(f"n{number}", f"وصلت القافلة رقم {number} إلى الميناء.", language="ar")


def put(catalog: Catalog, *numbers: int) -> None:
    articles = [make(number) for number in numbers]
    catalog.put([(article, fingerprint(article), passages(article)) for article in articles])


def test_it_takes_in_what_the_catalog_has_each_time_that_it_is_told(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "catalog.sqlite")
    process = LexicalProcess(tmp_path / "words", f"sqlite:///{tmp_path / 'catalog.sqlite'}")
    lexical = Lexical(tmp_path / "words")
    for numbers in ([1, 2], [3]):
        put(catalog, *numbers)
        process.catch_up()
        lexical.reload()
        assert lexical.revision() == catalog.revision()
    process.close()
    assert lexical.count() == 3
    assert [id_ for id_, _ in lexical.search("القافلة رقم 3", 1)] == ["n3:0"]
    with lexical.writer():  # it has let go
        pass


def test_what_it_cannot_do_is_said(tmp_path: Path) -> None:
    process = LexicalProcess(tmp_path / "words", f"sqlite:///{tmp_path}/no/such/folder.sqlite")
    with pytest.raises(LexicalProcessError, match="has ended"):
        process.catch_up()
    process.close()


def test_when_it_is_killed_the_words_are_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(vectorstore.index, "_BATCH", 4)

    def articles(index: Index) -> Iterator[Article]:
        for number in range(14):
            if number == 9:
                assert index._words_apart is not None
                index._words_apart._process.kill()
            yield make(number)

    with Index(tmp_path) as index, caplog.at_level(logging.WARNING):
        assert index.add(articles(index)).added == 14
        assert index._words_apart is None
        assert index._lexical.count() == index.dense.count() == 14
        assert index.pending() == 0
        assert index.by_words("القافلة رقم 13", 1)[0][0] == "n13:0"
    assert "written in this process from here on" in caplog.text


def test_few_articles_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectorstore.index, "LexicalProcess", None)
    with Index(tmp_path) as index:
        assert index.add(map(make, range(3))).added == 3
