"""What goes wrong with vectors is told as what it is."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from chromadb.errors import InternalError

from vectorstore.dense import ChromaUnavailableError, Dense, Vectors
from vectorstore.embeddings import Embedder, EmbeddingModelError
from vectorstore.full_disk import DiskFullError
from vectorstore.index import Index

from .conftest import article


class Broken(Embedder):
    """A model that fails whenever it embeds."""

    name = "broken"
    dimensions = 2
    spread = 1.0

    def __init__(self, error: Exception) -> None:
        self._error = error

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        raise self._error

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        raise self._error


@pytest.mark.parametrize("error", [RuntimeError("out of memory"), KeyError("x"), MemoryError()])
def test_a_model_that_fails_is_named_and_the_vectors_are_not_blamed(
    tmp_path: Path, error: Exception
) -> None:
    dense = Dense(tmp_path / "chroma", "some/model", Broken(error))
    vectors = np.ones((1, 2), np.float32)
    with Index(tmp_path / "other") as index:
        index.add([article("a")])
        (changes,) = index.catalog.changes(0)
    for fails in (
        lambda: dense.search("متى؟", 3),
        lambda: dense.among("متى؟", 3, ["a:0"], vectors),
        lambda: dense.apply(changes),
    ):
        with pytest.raises(
            EmbeddingModelError, match="The embedding model some/model failed"
        ) as it:
            fails()
        assert it.value.__cause__ is error
        assert "elete" not in str(it.value)
    assert (dense.count(), dense.revision()) == (0, 0)
    dense.close()


def refused(dense: Dense, monkeypatch: pytest.MonkeyPatch, error: Exception) -> Exception:
    """What is said when Chroma answers a search with an error."""
    collection = dense._open()

    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(collection, "query", fail)
    with pytest.raises(Exception) as it:  # noqa: PT011  (which it is, is the question)
        dense.search("متى وصل السفير؟", 3)
    return it.value


def test_only_vectors_that_cannot_be_read_are_to_be_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Index(tmp_path) as index:
        index.add([article("a")])
        dense = index.dense
        broken = refused(dense, monkeypatch, InternalError("database disk image is malformed"))
        assert isinstance(broken, ChromaUnavailableError)
        assert "Delete that folder" in str(broken)
        full = refused(dense, monkeypatch, InternalError("(code: 13) database or disk is full"))
        assert isinstance(full, DiskFullError)
        closed = refused(dense, monkeypatch, PermissionError(errno.EACCES, "Permission denied"))
        assert isinstance(closed, ChromaUnavailableError)
        assert "elete" not in str(closed)
        assert isinstance(refused(dense, monkeypatch, TypeError("ours")), TypeError)
        monkeypatch.undo()
        assert [id_ for id_, _ in dense.search("متى وصل السفير؟", 3)] == ["a:0"]


def test_a_damaged_file_of_vectors_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    with (
        Index(tmp_path) as index,
        pytest.raises(ChromaUnavailableError, match=r"chroma cannot be read .*Delete that folder"),
    ):
        index.search("متى؟")
