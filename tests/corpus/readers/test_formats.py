import gzip
import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers import Unreadable, read, read_document
from corpus.readers.document import Document
from tests.corpus.readers.pdf_files import pdf

TITLE = "إغلاق الجسر الحجري ثلاثة أشهر"
FIRST = (
    "أعلنت بلدية المدينة صباح أمس أن الجسر الحجري سيغلق أمام السيارات ثلاثة أشهر، وأن المشاة"
    " يستطيعون عبوره في النهار."
)
SECOND = (
    "وقال رئيس البلدية إن الأعمال ستكلف مليوني دينار، تدفع الحكومة نصفها، وإن السكان سيبلغون"
    " بكل تغيير قبل أسبوع على الأقل."
)
PAGE = f"""<html lang="ar"><head><meta charset="{{encoding}}"><title>{TITLE} - صحيفة النهر</title>
<meta property="og:site_name" content="صحيفة النهر">
<meta property="article:published_time" content="2021-07-31T08:00:00+03:00"></head>
<body><nav><a href="/">الرئيسية</a> <a href="/s">سياسة</a></nav>
<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></article>
<footer><p>جميع الحقوق محفوظة</p></footer></body></html>"""


def only(path: Path) -> Article:
    (found,) = read([path])
    assert isinstance(found, Article), found
    return found


def reasons(path: Path) -> list[str]:
    return [found.reason for found in read([path]) if isinstance(found, Unreadable)]


def test_a_saved_page_gives_its_story_and_what_it_says_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE.format(encoding="utf-8"))
    article = only(path)
    assert (article.title, article.source) == (TITLE, "صحيفة النهر")
    assert (str(article.date), article.date_origin) == ("2021-07-31", "metadata")
    assert article.language == "ar"
    assert article.text == f"{FIRST}\n{SECOND}"
    assert {"الرئيسية سياسة", "جميع الحقوق محفوظة"} <= {line.text for line in article.left_out}


def test_a_mislabelled_page_is_recognised_through_all_its_markup(tmp_path: Path) -> None:
    markup = "<div class='a'><span data-x='1'></span></div>\n" * 3000
    page = PAGE.format(encoding="utf-8").replace("<nav>", markup + "<nav>")
    (tmp_path / "a.html").write_bytes(page.encode("windows-1256"))
    assert only(tmp_path / "a.html").text == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize("depth", [300, 100_000])
def test_a_page_nested_too_deep_gives_its_text_or_one_clear_line(
    tmp_path: Path, depth: int
) -> None:
    (tmp_path / "a.html").write_text(f"<html><body>{'<div>' * depth}{FIRST}")
    (found,) = read([tmp_path / "a.html"])
    if isinstance(found, Article):
        assert found.text == FIRST
    else:
        assert (depth, found.reason) == (100_000, "No story was found in the page.")


def test_a_sites_name_is_taken_off_the_headline_only_where_it_is_parted(tmp_path: Path) -> None:
    page = PAGE.format(encoding="utf-8").replace(f"<h1>{TITLE}</h1>", "")
    for title, headline in {
        f"{TITLE} | صحيفة النهر": TITLE,
        "عشرون عاماً من صحيفة النهر": "عشرون عاماً من صحيفة النهر",
    }.items():
        (tmp_path / "a.html").write_text(page.replace(f"{TITLE} - صحيفة النهر", title))
        assert only(tmp_path / "a.html").title == headline


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-16"])
@pytest.mark.parametrize("named", [True, False])
def test_a_page_in_a_legacy_encoding_gives_the_article_of_its_utf_8_twin(
    tmp_path: Path, encoding: str, named: bool
) -> None:
    twin, path = tmp_path / "twin.html", tmp_path / "a.html"
    twin.write_text(PAGE.format(encoding="utf-8"))
    # One that names no encoding is mislabelled as UTF-8.
    path.write_bytes(PAGE.format(encoding=encoding if named else "utf-8").encode(encoding))
    first, second = only(twin), only(path)
    assert (second.title, second.text, second.source) == (first.title, first.text, first.source)


def test_utf_8_taken_for_latin_1_is_put_right(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{FIRST}\n{SECOND}".encode().decode("latin-1"))
    assert only(path).text == f"{FIRST}\n{SECOND}"
    # White space was collapsed on the way: the bytes 85 and A0 are white space in Latin-1.
    path.write_text(f"{FIRST}\n{SECOND}".encode().decode("latin-1").replace("\x85", " "))
    assert only(path).text == f"{FIRST}\n{SECOND}"


def test_windows_1256_taken_for_latin_1_is_put_right(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{FIRST}\n{SECOND}".encode("cp1256").decode("latin-1"))
    assert only(tmp_path / "a.txt").text == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Le président a été reçu à Paris, où il était né.", "cp1252"),
        ("Die Brücke über den Fluss wird für drei Monate geschlossen.", "latin-1"),
        ("El puente se cerrará mañana, según el señor alcalde.", "cp1252"),
        ("Мост закроют на три месяца, сообщили в городской администрации.", "cp1251"),
    ],
)
def test_other_legacy_encodings_are_recognised(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert only(tmp_path / "a.txt").text == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"news \xed\xa0\xbd\xed\xb8\x80 of the day", "news \U0001f600 of the day"),
        (b"news \xed\xa0\x80 of the day", "news \ufffd of the day"),
    ],
)
def test_surrogates_become_characters_or_are_marked(tmp_path: Path, data: bytes, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert only(tmp_path / "a.txt").text == text


def test_a_word_document_keeps_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading(TITLE, level=0)
    word.add_paragraph("31 يوليو 2021")
    word.add_paragraph(FIRST)
    row = word.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "الكلفة", "مليونا دينار"
    word.add_paragraph(SECOND)
    word.save(str(tmp_path / "a.docx"))
    article = only(tmp_path / "a.docx")
    assert article.title == TITLE
    assert article.text == f"{FIRST}\nالكلفة | مليونا دينار\n{SECOND}"
    assert (str(article.date), article.date_origin) == ("2021-07-31", "byline: 31 يوليو 2021")


def test_a_feed_gives_an_article_for_each_entry(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(
        f"""<?xml version="1.0"?><rss version="2.0"><channel><title>صحيفة النهر</title>
        <item><title>{TITLE}</title><link>https://e.org/1</link><guid>g1</guid>
        <pubDate>Sat, 31 Jul 2021 08:00:00 GMT</pubDate>
        <description>&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</description></item>
        <item><title>x</title><link>https://e.org/2</link></item></channel></rss>"""
    )
    found = list(read([tmp_path]))
    article = found[0]
    assert isinstance(article, Article)
    assert article.text == f"{FIRST}\n{SECOND}"
    assert (article.title, article.source, article.url) == (TITLE, "صحيفة النهر", "https://e.org/1")
    assert str(article.date) == "2021-07-31"
    assert reasons(tmp_path) == ["The entry has no text."]
    (tmp_path / "b.xml").write_text("<a><b/></a>")
    assert "no RSS or Atom" in reasons(tmp_path / "b.xml")[0]


def test_a_mail_gives_its_subject_sender_date_and_text(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = TITLE, "صحيفة النهر <a@e.org>"
    mail["Date"] = "Sat, 31 Jul 2021 08:00:00 +0300"
    mail.set_content(f"{FIRST}\n\n{SECOND}\n")
    mail.add_alternative(f"<p>{FIRST}</p>", subtype="html")
    (tmp_path / "a.eml").write_bytes(mail.as_bytes())
    article = only(tmp_path / "a.eml")
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert (article.title, article.source) == (TITLE, "صحيفة النهر")
    assert str(article.date) == "2021-07-31"


def test_what_is_attached_to_a_mail_is_read_too(tmp_path: Path) -> None:
    forwarded = EmailMessage()
    forwarded["Subject"], forwarded["From"] = "خبر", "مراسل <b@example.org>"
    forwarded.set_content(SECOND)
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "ثلاثة مرفقات", "a@example.org"
    mail.set_content("تجدون الخبر في المرفق.")
    mail.add_attachment(PAGE.format(encoding="utf-8").encode(), "text", "html", filename="a.html")
    mail.add_attachment(pdf("abc def ghi."), "application", "pdf")
    mail.add_attachment(bytes(9), "image", "png", filename="a.png")
    mail.add_attachment(b"broken", "application", "zip", filename="../b.docx")
    mail.add_attachment(forwarded)
    path = tmp_path / "a.eml"
    path.write_bytes(mail.as_bytes())
    found = list(read([path]))
    articles = [item for item in found if isinstance(item, Article)]
    assert [(item.title, item.text) for item in articles] == [
        ("ثلاثة مرفقات", "تجدون الخبر في المرفق."),
        (TITLE, f"{FIRST}\n{SECOND}"),
        ("", "abc def ghi."),
        ("خبر", SECOND),
    ]
    assert len({item.id for item in articles}) == 4
    picture, broken = (item for item in found if not isinstance(item, Article))
    assert (picture.path, picture.fault) == (f"{path}/a.png", "unread")
    assert (broken.path, broken.reason) == (f"{path}/b.docx", "It is a damaged Word document.")


def test_mails_in_mails_are_read_to_a_depth(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail.set_content(FIRST)
    for n in range(5):
        outer = EmailMessage()
        outer.set_content(f"{n} {SECOND}")
        outer.add_attachment(mail)
        mail = outer
    (tmp_path / "a.eml").write_bytes(mail.as_bytes())
    found = list(read([tmp_path / "a.eml"]))
    assert [isinstance(item, Article) for item in found] == [True, True, True, False]


def test_a_page_saved_as_mail_is_read_as_a_page(tmp_path: Path) -> None:
    page = EmailMessage()
    page["Snapshot-Content-Location"] = "https://e.org/2021/07/31/x"
    page.set_content(PAGE.format(encoding="utf-8"), subtype="html", cte="quoted-printable")
    (tmp_path / "a.mhtml").write_bytes(page.as_bytes())
    article = only(tmp_path / "a.mhtml")
    assert (article.title, article.url) == (TITLE, "https://e.org/2021/07/31/x")
    assert article.text == f"{FIRST}\n{SECOND}"


def pack(path: Path, **members: bytes) -> bytes:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return path.read_bytes()


def test_an_archive_is_read_as_a_folder_is_and_to_a_depth(tmp_path: Path) -> None:
    line = json.dumps({"text": FIRST}).encode()
    inmost = pack(tmp_path / "x", a__jsonl=line)
    inner = pack(tmp_path / "x", b__jsonl=line, deep__zip=inmost)
    pack(tmp_path / "a.zip", c__jsonl=line, in__zip=inner, photo__jpg=b"x", bad__txt=b"\0\1" * 99)
    found = list(read([tmp_path / "a.zip"]))
    articles = [f for f in found if isinstance(f, Article)]
    assert [a.text for a in articles] == [FIRST, FIRST]
    assert len({a.id for a in articles}) == 2
    assert {a.path for a in articles} == {str(tmp_path / "a.zip")}
    assert {(f.path, f.fault) for f in found if isinstance(f, Unreadable)} == {
        (f"{tmp_path}/a.zip/bad.txt", "format"),
        (f"{tmp_path}/a.zip/in.zip/deep.zip", "format"),
        (f"{tmp_path}/a.zip/photo.jpg", "unread"),
    }


def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.readers.archives._LARGEST_UNPACKED", 1 << 20)
    pack(tmp_path / "a.zip", a__txt=bytes(2 << 20))
    assert "more than is safe" in reasons(tmp_path / "a.zip")[0]


def test_a_damaged_archive_is_one_clear_line(tmp_path: Path) -> None:
    data = pack(tmp_path / "a.zip", a__txt=FIRST.encode() * 50)
    (tmp_path / "a.zip").write_bytes(data[: len(data) // 2])
    assert reasons(tmp_path / "a.zip") == ["It is a damaged ZIP archive."]


def samples() -> dict[str, bytes]:
    """A sound file of each packed or marked-up kind."""
    word, packed = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph(FIRST)
    document.save(word)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", FIRST)
    page = PAGE.format(encoding="utf-8").encode()
    return {
        "a.docx": word.getvalue(),
        "a.zip": packed.getvalue(),
        "a.pdf": pdf("abc def", "ghi"),
        "a.html": page,
        "a.mhtml": b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + page,
        "a.xml": f"<rss version='2.0'><channel><item><title>x</title><description>{FIRST}"
        "</description></item></channel></rss>".encode(),
        "a.jsonl": json.dumps({"text": FIRST}).encode(),
        "a.txt.gz": gzip.compress(FIRST.encode()),
    }


SAMPLES = samples()


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_a_damaged_file_gives_an_article_or_one_clear_line(name: str, data: st.DataObject) -> None:
    whole = SAMPLES[name]
    cut = data.draw(st.integers(1, len(whole)))
    at = data.draw(st.integers(0, cut - 1))
    damaged = whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + 1 : cut]
    for found in read_document(Document(io.BytesIO(damaged), f"/{name}"), name):
        assert isinstance(found, Article) or (found.reason and "Traceback" not in found.reason)
