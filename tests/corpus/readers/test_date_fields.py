"""One reading of dates for every format: what a field says is the same day wherever it stands."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers.document import Document
from corpus.readers.feeds import read_feed
from corpus.readers.html import read_html
from corpus.readers.mail import read_mail
from corpus.readers.markdown import read_markdown
from corpus.readers.tables import read_csv, read_jsonl

STORY = (
    "تعلن المكتبة عن تمديد ساعات الإعارة المسائية حتى نهاية الموسم، ويستمر العمل في القاعة الكبرى."
)


def document(text: str) -> Document:
    return Document(io.BytesIO(text.encode()), "/a")


def feed(written: str) -> Article:
    found = next(
        read_feed(
            document(
                f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
                f"<title>x</title><item><title>t</title><pubDate>{written}</pubDate><description>{STORY}"
                f"</description></item></channel></rss>"
            )
        )
    )
    assert isinstance(found, Article)
    return found


def json_line(written: str) -> Article:
    found = next(read_jsonl(document(json.dumps({"text": STORY, "date": written}))))
    assert isinstance(found, Article)
    return found


def table(written: str) -> Article:
    out = io.StringIO()
    csv.writer(out).writerows([["text", "date"], [STORY, written]])
    found = next(read_csv(document(out.getvalue())))
    assert isinstance(found, Article)
    return found


def front_matter(written: str) -> Article:
    return next(read_markdown(document(f"---\ntitle: t\ndate: {written}\n---\n{STORY}\n")))


def mail(written: str) -> Article:
    message = EmailMessage()
    message["Subject"], message["From"] = "t", "a@example.org"
    message.set_content(STORY)
    data = f"Date: {written}\r\n".encode() + message.as_bytes()
    found = next(
        read_mail(Document(io.BytesIO(data), "/a.eml"), lambda _: None, lambda *_: iter(()))
    )
    assert isinstance(found, Article)
    return found


def page(written: str) -> Article:
    return next(
        read_html(
            document(
                f'<html><head><meta property="article:published_time" content="{written}">'
                f"<title>عنوان الخبر الطويل</title></head><body><h1>عنوان الخبر الطويل</h1>"
                f"<p>{STORY}</p><p>{STORY}</p></body></html>"
            )
        )
    )


FORMATS = (feed, json_line, table, front_matter, mail, page)


@pytest.mark.parametrize("read", FORMATS)
@pytest.mark.parametrize(
    "written",
    [
        "Wed, 07 Feb 2024 00:20:00 +0300",
        "Wed, 07 Feb 2024 23:50:00 -0800",
        "2024-02-07T00:20:00+03:00",
        "2024-02-07 23:50:00-08:00",
        "الأربعاء, 7 فبراير 2024 08:00:00",
        "الأربعاء، ٧ شباط ٢٠٢٤",
        "mer., 7 févr. 2024 08:00:00 +0100",
        "7 Şubat 2024",
        "07/02/2024 08:00",
        "20240207",
        "1707292800",
        "1707292800000",
    ],
)
def test_every_format_reads_the_day_that_is_written(
    read: Callable[[str], Article], written: str
) -> None:
    article = read(written)
    assert str(article.date) == "2024-02-07"
    assert article.date_origin in ("metadata", "front matter")


@pytest.mark.parametrize("read", FORMATS)
@pytest.mark.parametrize("written", ["2024-02", "2024/02", "2024", "Feb 2024", "soon"])
def test_no_format_fills_up_a_part_of_a_date(read: Callable[[str], Article], written: str) -> None:
    assert read(written).date is None


@given(
    st.dates(dt.date(1980, 1, 1), dt.date(2080, 1, 1)),
    st.times(),
    st.integers(-14 * 60, 14 * 60),
    st.sampled_from([feed, json_line, front_matter, mail]),
)
def test_the_zone_moves_no_day(
    day: dt.date, time: dt.time, minutes: int, read: Callable[[str], Article]
) -> None:
    zone = dt.timezone(dt.timedelta(minutes=minutes))
    moment = dt.datetime.combine(day, time.replace(microsecond=0), zone)
    assert read(moment.isoformat()).date == day


def test_the_day_called_publication_comes_before_another() -> None:
    row = {"text": STORY, "date": "2024-03-09", "timestamp": 1, "published_at": "2024-02-07"}
    (article,) = read_jsonl(document(json.dumps(row)))
    assert isinstance(article, Article)
    assert str(article.date) == "2024-02-07"
    (article,) = read_markdown(
        document(f"---\ndate: 2024-03-09\npublished: 2024-02-07\n---\n{STORY}\n")
    )
    assert str(article.date) == "2024-02-07"


def test_a_field_that_cannot_be_read_leaves_the_word_to_the_next() -> None:
    row = {"text": STORY, "published": "last year", "date": "2024-02-07"}
    (article,) = read_jsonl(document(json.dumps(row)))
    assert isinstance(article, Article)
    assert str(article.date) == "2024-02-07"
