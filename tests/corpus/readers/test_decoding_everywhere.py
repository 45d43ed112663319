"""Every reader of text decodes its bytes in the same way."""

import io
import json

import pytest

from corpus.article import Article
from corpus.readers import Unreadable, read_document
from corpus.readers.document import Document

STORY = "أعلنت بلدية المدينة صباح أمس أن الجسر الحجري سيغلق أمام السيارات ثلاثة أشهر كاملة."
FILES = {
    "a.txt": "{}",
    "a.md": "# عنوان الخبر\n\n{}",
    "a.html": "<html><body><article><p>{}</p></article></body></html>",
    "a.csv": "title,text\nعنوان,{}\n",
    "a.jsonl": '{{"text": "{}"}}\n',
    "a.rss": "<rss version='2.0'><channel><title>t</title><item><title>x</title>"
    "<description>{}</description></item></channel></rss>",
    "a.eml": "Subject: x\nFrom: a@example.org\n\n{}\n",
    "a.mhtml": "MIME-Version: 1.0\nContent-Type: text/html\n\n<html><body><p>{}</p></body></html>",
}


def only(name: str, data: bytes) -> Article:
    (found,) = read_document(Document(io.BytesIO(data), f"/{name}"), name)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_bad_byte_costs_itself_in_every_format(name: str) -> None:
    damaged = FILES[name].format(STORY.replace(" أمس", " @أمس")).encode().replace(b"@", b"\xff")
    assert only(name, damaged).text == STORY.replace(" أمس", " \ufffdأمس")


@pytest.mark.parametrize("name", sorted(FILES))
def test_an_older_encoding_is_known_in_every_format(name: str) -> None:
    assert only(name, FILES[name].format(STORY).encode("cp1256")).text == STORY


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_misreading_is_undone_in_every_format(name: str) -> None:
    misread = FILES[name].format(STORY).encode().decode("cp1256")
    assert only(name, misread.encode()).text == STORY


@pytest.mark.parametrize("mark", ["utf-16", "utf-16-le"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.csv", "a.jsonl"])
def test_utf_16_is_read_with_and_without_its_mark(name: str, mark: str) -> None:
    assert only(name, FILES[name].format(STORY).encode(mark)).text == STORY


def test_a_bad_byte_in_one_line_leaves_the_others_as_they_are() -> None:
    lines = [json.dumps({"text": STORY}, ensure_ascii=False).encode()] * 3
    lines[1] = lines[1].replace("الجسر".encode(), b"\xd8")
    found = list(read_document(Document(io.BytesIO(b"\n".join(lines)), "/a.jsonl"), "a.jsonl"))
    assert not any(isinstance(item, Unreadable) for item in found)
    assert [item.text for item in found if isinstance(item, Article)] == [
        STORY,
        STORY.replace("الجسر", "\ufffd"),
        STORY,
    ]
