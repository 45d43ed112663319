import io
import zipfile

import pytest

from corpus.article import Article
from corpus.readers import Unreadable, read_document
from corpus.readers.document import Document

STORY = "The harbour will be dug deeper from June on, the council said."


def archive(members: list[tuple[str, str]], packing: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as packed:
        for name, text in members:
            if name in packed.namelist():
                with pytest.warns(UserWarning, match="Duplicate name"):
                    packed.writestr(name, text)
            else:
                packed.writestr(name, text)
    return out.getvalue()


def found_in(data: bytes, name: str = "a.zip") -> list[Article | Unreadable]:
    return list(read_document(Document(io.BytesIO(data), f"/{name}"), name))


def faults(found: list[Article | Unreadable]) -> dict[str, str]:
    return {item.path: item.fault for item in found if isinstance(item, Unreadable)}


def texts(found: list[Article | Unreadable]) -> list[str]:
    return [item.text for item in found if isinstance(item, Article)]


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_member_is_told_as_damaged_and_the_others_are_read(packing: int) -> None:
    data = archive([("a.txt", STORY), ("b.txt", STORY[::-1])], packing)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        start = packed.getinfo("a.txt").header_offset + 30 + len("a.txt")
    spoiled = data[: start + 8] + b"\xff\xff\xff\xff" + data[start + 12 :]
    found = found_in(spoiled)
    assert faults(found) == {"/a.zip/a.txt": "damaged"}
    assert texts(found) == [STORY[::-1]]


def test_a_locked_member_is_told_as_locked_and_the_others_are_read() -> None:
    data = bytearray(archive([("a.txt", STORY), ("b.txt", STORY[::-1])]))
    data[6] |= 1  # the flags of the first member, where its data begins
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the list of members
    found = found_in(bytes(data))
    assert faults(found) == {"/a.zip/a.txt": "locked"}
    assert texts(found) == [STORY[::-1]]


def test_an_unknown_packing_is_neither_damage_nor_a_lock() -> None:
    data = bytearray(archive([("a.txt", STORY)]))
    data[8] = data[data.index(b"PK\x01\x02") + 10] = 9  # Deflate64
    assert faults(found_in(bytes(data))) == {"/a.zip/a.txt": "format"}


def test_what_no_reader_knows_is_named_and_what_systems_leave_is_not() -> None:
    members = [("a.doc", "x"), ("__MACOSX/b.txt", "x"), (".c.txt", "x"), ("d.txt", STORY)]
    found = found_in(archive(members))
    assert faults(found) == {"/a.zip/a.doc": "unread"}
    assert texts(found) == [STORY]


def test_two_members_of_one_name_are_two_articles() -> None:
    data = archive([("a.txt", "One."), ("a.txt", "Two."), ("a (2).txt", "Three.")])
    first, second = found_in(data), found_in(data)
    assert sorted(texts(first)) == ["One.", "Three.", "Two."]
    ids = [item.id for item in first if isinstance(item, Article)]
    assert len(set(ids)) == 3
    assert ids == [item.id for item in second if isinstance(item, Article)]


@pytest.mark.parametrize("encoding", ["cp720", "cp1256", "utf-8"])
def test_names_in_older_encodings_are_read(encoding: str) -> None:
    names = ["أخبار المدينة القديمة.doc", "تقرير البلدية عن الجسر.doc"]
    placeholders = [f"{n}" * len(name.encode(encoding)) for n, name in enumerate(names)]
    data = archive([(name, "x") for name in placeholders])
    for placeholder, name in zip(placeholders, names, strict=True):
        data = data.replace(placeholder.encode(), name.encode(encoding))
    assert list(faults(found_in(data))) == [f"/a.zip/{name}" for name in names]


def test_an_archive_cut_off_is_told_as_damaged() -> None:
    data = archive([("a.txt", STORY)])
    assert faults(found_in(data[:60])) == {"/a.zip": "damaged"}
