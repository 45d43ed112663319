import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.paths import is_gone, path_of, path_text
from corpus.readers import Unreadable, read


@given(st.binary(min_size=1).filter(lambda raw: b"\0" not in raw))
@example(b"/caf\xe9.txt")
@example("/\uf7e9 \uf780\xe9".encode())
@example(b"/\xed\xa0\x80/\xff\xfe")
def test_every_path_comes_back_and_its_text_can_be_stored(raw: bytes) -> None:
    path = Path(os.fsdecode(raw))
    text = path_text(path)
    assert text.encode("utf-8")
    assert os.fsencode(path_of(text)) == os.fsencode(path)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_a_path_that_is_text_stays_as_it_is(text: str) -> None:
    if not any("\uf780" <= character <= "\uf7ff" for character in text):
        assert path_text(text) == text


def test_only_what_is_certainly_not_there_is_gone(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "away")
    (tmp_path / "file").touch()
    names = ("link", "file", "none", "file/none", "x" * 300)
    assert [is_gone(str(tmp_path / name)) for name in names] == [False, False, True, True, False]


@pytest.mark.parametrize(
    "typed", ["/a\0b", "/\ud800.txt", "~nobody-of-this-name/x.txt", "/" * 3 + "x" * 300]
)
def test_what_can_be_no_file_is_one_line(typed: str) -> None:
    (found,) = read([typed])
    assert isinstance(found, Unreadable)
    assert found.fault in ("missing", "closed")
    found.path.encode()
