"""A full disk, as each library tells of it."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest
from chromadb.errors import InternalError
from sqlalchemy.exc import OperationalError

from vectorstore.full_disk import is_full

NUMBERED = "An IO error occurred: 'Kein Speicherplatz (os error 28)'"


def full_database(tmp_path: Path) -> sqlite3.Error:
    connection = sqlite3.connect(tmp_path / "x")
    connection.execute("PRAGMA max_page_count=1")
    with pytest.raises(sqlite3.Error) as it:
        connection.execute("CREATE TABLE x (y)")
    connection.close()
    return it.value


def test_a_full_disk_is_known_by_its_number_in_any_language(tmp_path: Path) -> None:
    assert is_full(OSError(errno.ENOSPC, "Auf dem Gerät ist kein Speicherplatz mehr"))
    assert is_full(OSError(errno.EDQUOT, "حصة القرص"))
    assert is_full(full_database(tmp_path))
    assert is_full(OperationalError("INSERT", {}, full_database(tmp_path)))
    assert is_full(ValueError(NUMBERED))  # tantivy
    assert is_full(InternalError("(code: 13) database or disk is full"))
    told = RuntimeError("It could not be written.")
    told.__cause__ = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert is_full(told)


def test_what_only_speaks_of_a_full_disk_is_none() -> None:
    assert not is_full(None)
    assert not is_full(OSError(errno.EACCES, "no space left on device"))
    assert not is_full(sqlite3.OperationalError("no such table: disk is full"))
    assert not is_full(OperationalError("SELECT 'database or disk is full'", {}, Exception("x")))
