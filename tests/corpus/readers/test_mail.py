import base64
import io
import quopri

import pytest

from corpus.article import Article
from corpus.readers import Unreadable, read_document
from corpus.readers.document import Document

HEAD = "Subject: The harbour\nFrom: The Quay <desk@example.org>\n"
PLAIN = "Content-Type: text/plain; charset=utf-8\n\n{}\n"
HTML = "Content-Type: text/html; charset=utf-8\n\n<p>{}</p>\n"
FILE = 'Content-Type: text/plain; name="a.txt"\nContent-Disposition: attachment\n\n{}\n'
PICTURE = (
    "Content-Type: image/png; name=p.png\nContent-Disposition: {}; filename=p.png\n\nno picture\n"
)
STORY = "The harbour will be dug deeper from June on, and the quay beside it will be closed."


def multipart(kind: str, *parts: str) -> str:
    mark = f"{kind}-{len(''.join(parts))}"
    inside = "".join(f"--{mark}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{mark}"\n\n{inside}--{mark}--\n'


def found_in(mail: str | bytes) -> list[Article | Unreadable]:
    data = mail.encode() if isinstance(mail, str) else mail
    return list(read_document(Document(io.BytesIO(data), "/m.eml"), "m.eml"))


def texts(mail: str | bytes) -> list[str]:
    return [item.text if isinstance(item, Article) else item.path for item in found_in(mail)]


@pytest.mark.parametrize("plain", ["", " \n ", "Open it in a browser."])
def test_the_alternative_that_holds_the_text_is_read(plain: str) -> None:
    parts = (PLAIN.format(plain), HTML.format(STORY))
    assert texts(HEAD + multipart("alternative", *parts)) == [STORY]


def test_plain_text_is_read_where_it_is_the_whole() -> None:
    parts = (PLAIN.format(STORY), HTML.format(STORY + " Bye."))
    assert texts(HEAD + multipart("alternative", *parts)) == [STORY]


def test_text_around_a_picture_is_one_article() -> None:
    parts = (PLAIN.format("Above."), PICTURE.format("inline"), PLAIN.format("Below it."))
    (article,) = found_in(HEAD + multipart("mixed", *parts))
    assert isinstance(article, Article)
    assert (article.text, article.title) == ("Above.\n\nBelow it.", "The harbour")


@pytest.mark.parametrize("kind", ["alternative", "related", "mixed"])
def test_what_is_attached_is_read_in_whatever_multipart_it_lies(kind: str) -> None:
    inner = multipart("mixed", HTML.format(STORY), FILE.format("Attached."))
    assert texts(HEAD + multipart(kind, inner)) == [STORY, "Attached."]
    parts = (HTML.format(STORY), FILE.format("Attached."))
    assert texts(HEAD + multipart(kind, *parts)) == [STORY, "Attached."]


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_a_forwarded_mail_is_read_however_it_is_encoded(encoding: str) -> None:
    inner = (HEAD.replace("The harbour", "=?utf-8?B?2KfZhNis2LPYsQ==?=") + "\nIt opened.").encode()
    packed = {
        "base64": base64.encodebytes(inner),
        "quoted-printable": quopri.encodestring(inner),
        "8bit": inner,
    }[encoding].decode()
    forwarded = (
        f"Content-Type: message/rfc822; name=f.eml\nContent-Transfer-Encoding: {encoding}\n\n"
    )
    _, article = found_in(HEAD + multipart("mixed", PLAIN.format(STORY), forwarded + packed))
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("الجسر", "It opened.")


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n", b"\n\n", b"\xef\xbb\xbf\n"])
def test_what_stands_before_the_first_header_is_passed_over(before: bytes) -> None:
    assert texts(before + (HEAD + PLAIN.format(STORY)).encode()) == [STORY]


def test_a_mailbox_gives_each_of_its_mails() -> None:
    envelope = "From desk@example.org Tue May 13 09:10:00 2025\n"
    first = HEAD + PLAIN.format("One.\n\nFrom here on it is deep.\n>From quoted")
    second = HEAD.replace("harbour", "bridge") + PLAIN.format("Two.")
    found = found_in(f"{envelope}{first}\n{envelope}{second}")
    assert [(item.title, item.text) for item in found if isinstance(item, Article)] == [
        ("The harbour", "One.\n\nFrom here on it is deep.\nFrom quoted"),
        ("The bridge", "Two."),
    ]
    assert len({item.id for item in found if isinstance(item, Article)}) == 2


@pytest.mark.parametrize(
    ("part", "name", "remedy"),
    [
        ("application/msword; name=r.doc", "r.doc", "save them as .docx"),
        ("application/ms-tnef; name=winmail.dat", "winmail.dat", "TNEF"),
        ("application/pkcs7-mime; name=smime.p7m", "smime.p7m", "encrypted"),
        ("image/png; name=p.png", "p.png", "recognise their text"),
        ("application/octet-stream", "2.bin", "save the text as"),
        ("message/delivery-status", "2", "save the text as"),
    ],
)
def test_an_attachment_that_is_not_read_is_named_with_what_to_do(
    part: str, name: str, remedy: str
) -> None:
    unread = f"Content-Type: {part}\nContent-Disposition: attachment\n\nx: y\n"
    others = (PLAIN.format(STORY), FILE.format("One."), unread)
    found = found_in(HEAD + multipart("mixed", *others))
    named = [item for item in found if isinstance(item, Unreadable)]
    assert [item.path for item in named] == [f"/m.eml/{name}"]
    assert remedy in named[0].reason


def test_two_attachments_of_one_name_are_two_articles() -> None:
    parts = (PLAIN.format(STORY), FILE.format("One."), FILE.format("Two."))
    found = found_in(HEAD + multipart("mixed", *parts))
    assert [item.text for item in found if isinstance(item, Article)] == [STORY, "One.", "Two."]
    assert len({item.id for item in found if isinstance(item, Article)}) == 3


def test_a_calendar_beside_the_text_says_the_same_again_and_a_signature_nothing() -> None:
    parts = (PLAIN.format(STORY), "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n")
    signature = "Content-Type: application/pgp-signature; name=s.asc\n\nabc\n"
    mail = multipart("signed", multipart("alternative", *parts), signature)
    assert texts(HEAD + mail) == [STORY]


def test_a_mail_whose_parts_are_lost_gives_what_is_left() -> None:
    assert texts(f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{STORY}\n") == [STORY]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256"])
def test_headers_in_bytes_are_decoded_as_texts_are(encoding: str) -> None:
    mail = "Subject: إغلاق الجسر الحجري في المدينة\nFrom: صحيفة النهر الكبير <a@e.org>\n\n" + STORY
    (article,) = found_in(mail.encode(encoding))
    assert isinstance(article, Article)
    assert article.title == "إغلاق الجسر الحجري في المدينة"
    assert article.source == "صحيفة النهر الكبير"


@pytest.mark.parametrize("subject", ["(no subject)", "بدون موضوع"])
def test_a_subject_that_a_program_made_up_is_no_headline(subject: str) -> None:
    (article,) = found_in(f"Subject: {subject}\nFrom: a@e.org\n\n{STORY}")
    assert isinstance(article, Article)
    assert article.title == ""
