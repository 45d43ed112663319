import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers import FORMATS, Unreadable, read

STORY = (
    "أعلنت بلدية المدينة صباح أمس أن الجسر الحجري سيغلق أمام السيارات ثلاثة أشهر، وأن المشاة"
    " يستطيعون عبوره في النهار.\n"
    "وقال رئيس البلدية إن الأعمال ستكلف مليوني دينار، تدفع الحكومة نصفها، وإن السكان سيبلغون"
    " بكل تغيير قبل أسبوع.\n"
)


def articles(*paths: Path) -> list[Article]:
    return [found for found in read(paths) if isinstance(found, Article)]


def unreadable(*paths: Path) -> list[Unreadable]:
    return [found for found in read(paths) if isinstance(found, Unreadable)]


def test_a_folder_is_walked_in_order_and_only_for_what_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b/2.txt", "a.txt", ".x.txt", ".hidden/3.txt", "photo.jpg"):
        (tmp_path / name).write_text(STORY)
    found = list(read([tmp_path]))
    assert [(one.path, getattr(one, "fault", None)) for one in found] == [
        (str(tmp_path / "a.txt"), None),
        (str(tmp_path / "photo.jpg"), "unread"),
        (str(tmp_path / "b/2.txt"), None),
    ]


def test_ids_are_the_same_on_every_reading_and_differ_between_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY)
    first, second = ([a.id for a in articles(tmp_path)] for _ in range(2))
    assert first == second
    assert len(set(first)) == 2


def test_bad_files_are_reported_and_the_others_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "good.txt").write_text(STORY)
    (tmp_path / "punctuation.md").write_text("---\ntitle: x\n---\n***\n")
    found = list(read([tmp_path, tmp_path / "missing.txt", tmp_path / "photo.jpg"]))
    assert [type(f).__name__ for f in found].count("Article") == 1
    reasons = {Path(f.path).name: f.reason for f in found if isinstance(f, Unreadable)}
    assert set(reasons) == {
        "empty.txt",
        "binary.txt",
        "punctuation.md",
        "missing.txt",
        "photo.jpg",
    }
    assert reasons["empty.txt"] == "It is empty."
    assert all(reason.endswith(".") for reason in reasons.values())


def test_a_pipe_is_reported_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert [f.reason for f in unreadable(tmp_path)] == ["It is not an ordinary file."]


def test_a_file_larger_than_an_article_is_reported(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(200 << 20)
    (only,) = unreadable(tmp_path)
    assert only.reason.startswith("It is larger than 32 MB")


def test_front_matter_says_what_the_article_is(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: الجسر: إغلاق جديد\ndate: 2021-07-31\nsource: صحيفة النهر\nlanguage: AR\n"
        "url: https://example.org/a\n---\n" + STORY
    )
    (article,) = articles(path)
    assert article.title == "الجسر: إغلاق جديد"
    assert str(article.date) == "2021-07-31"
    assert article.date_origin == "front matter"
    assert (article.source, article.language) == ("صحيفة النهر", "ar")
    assert article.url == "https://example.org/a"
    assert article.text == STORY.strip()
    assert article.path == str(path)


def test_a_first_heading_is_the_title_where_front_matter_gives_none(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# عنوان الخبر\n\n" + STORY)
    (article,) = articles(tmp_path)
    assert (article.title, article.text) == ("عنوان الخبر", STORY.strip())


def test_json_lines_keep_their_ids_and_their_text_as_given(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [
        {"id": "n1", "text": "  نص كما هو \n\nشارك\n", "title": "عنوان", "date": "31 يوليو 2021"},
        {"id": 7, "text": "x", "source": "MEO", "language": "FR", "url": "https://e.org/7"},
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    first, second = articles(path)
    assert (first.id, first.text, first.title) == ("n1", "  نص كما هو \n\nشارك\n", "عنوان")
    assert str(first.date) == "2021-07-31"
    assert (second.id, second.source, second.language) == ("7", "MEO", "fr")
    assert second.url == "https://e.org/7"
    assert {first.path, second.path} == {str(path)}


def test_what_a_line_does_not_say_is_read_from_its_address(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "x", "url": "https://www.example.org/2021/07/31/a"}\n')
    (article,) = articles(path)
    assert (article.source, str(article.date)) == ("example.org", "2021-07-31")
    assert article.date_origin == "address: 2021/07/31"


def test_strange_characters_of_a_text_stay_and_none_breaks_it(tmp_path: Path) -> None:
    strange = "\ufefc\ufeb4\ufefc\ufee1 كـــتاب \u202bنص\u202c \u200f2021\u200e ﷺ"
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": strange}))
    (tmp_path / "b.jsonl").write_bytes(rb'{"text": "\ud800 \ud83d\ude00 x", "title": "\udfff"}')
    (tmp_path / "c.txt").write_text(f"{strange}\n" + STORY.replace("الجسر", "الجسر\0"))
    first, second, third = articles(tmp_path)
    assert first.text == strange
    assert second.text == "\ufffd \U0001f600 x"
    assert second.title == "?"
    assert "\0" not in third.text
    assert STORY.splitlines()[1] in third.text


def test_bad_lines_are_named_by_number_and_the_others_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"text": "one"}\nnot json\n[1]\n{"title": "no text"}\n\n{"text": ""}\n\xff\xfe\n'
        b'{"text": 5}\n{"text": "two"}\n' + b"[" * 100_000
    )
    assert [a.text for a in articles(path)] == ["one", "two"]
    assert [f.path.rsplit(":", 1)[1] for f in unreadable(path)] == [*"23467", "8", "10"]


def test_ids_of_lines_without_one_do_not_move_when_a_line_is_put_before_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.jsonl"
    lines = ['{"text": "one"}', '{"text": "two", "url": "https://e.org/2"}', '{"text": "one"}']
    path.write_text("\n".join(lines))
    before = [a.id for a in articles(path)]
    path.write_text("\n".join(['{"text": "zero"}', *lines]))
    assert [a.id for a in articles(path)][1:] == before
    assert len(set(before)) == 3


def test_a_table_is_read_by_the_usual_names_of_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Headline;Body;Published\n"عنوان";"سطر أول\nسطر ثان";2021-07-31\nx;;\n')
    (article,) = articles(path)
    assert (article.title, article.text, str(article.date)) == (
        "عنوان",
        "سطر أول\nسطر ثان",
        "2021-07-31",
    )
    assert len(unreadable(path)) == 1
    (tmp_path / "b.csv").write_text("name,age\nx,5\n")
    assert "column" in unreadable(tmp_path / "b.csv")[0].reason


def test_packed_files_are_read_as_what_they_hold(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.jsonl.gz", "wt") as file:
        file.write('{"text": "one"}\n')
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(STORY.encode())[:-20])
    assert [a.text for a in articles(tmp_path)] == ["one"]
    assert "damaged" in unreadable(tmp_path)[0].reason


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(lambda t: t.encode("utf-8", "surrogatepass")),
        st.text(max_size=200).map(lambda t: t.encode("utf-16-le", "surrogatepass")),
        st.sampled_from([b"PK\x03\x04", b"%PDF-1.4\n", b"<html><p>", b"---\n", b"{", b"\x1f\x8b"]),
    )
)
def test_any_bytes_give_articles_or_one_clear_line(
    tmp_path: Path, suffix: str, data: bytes
) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(data)
    for found in read([path]):
        if isinstance(found, Unreadable):
            assert found.path.startswith(str(path))
            assert found.reason
        else:
            assert found.text
            found.text.encode()
            found.title.encode()
