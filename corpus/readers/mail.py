"""Electronic mail, and web pages saved as mail (MHTML).

The whole tree of a mail's parts is walked: each leaf is its text, an attachment, or named as not
read. Only what a mail program shows inside the text (pictures) or checks (signatures) is passed
over.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import dataclasses
import io
import quopri
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from mimetypes import guess_extension
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from corpus.article import Article
from corpus.dates import parse_date
from corpus.metadata import language
from corpus.readers.document import Document, ReadError, Unreadable, distinct
from corpus.readers.encoding import declared_encoding, decode
from corpus.readers.html import html_article
from corpus.readers.made_up_titles import made_up
from corpus.readers.mojibake import repair
from corpus.readers.unread import passed_over
from corpus.readers.web_page import visible_lines

_DEPTH = 2  # a mail within a mail, and no further
_ATTACHMENTS = 50
_STUB = 0.5  # of the letters of the fullest alternative, that plain text must have
_UNCHANGED = policy.default.clone(refold_source="none")

# Parts that a mail program does not show as attachments.
_SIGNATURES = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
    | {"application/applefile", "application/pgp-encrypted"}
)
_ENCRYPTED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_FORWARDED = frozenset({"message/rfc822", "message/global", "message/news"})
_PROSE = frozenset({"text/plain", "text/html", "text/enriched", "text/markdown"})

# A mailbox is mails under one another, each below such a line and its headers.
_ENVELOPE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\r\n]+\r?\n(?=[!-9;-~]+:)")
_QUOTED_ENVELOPE = re.compile(rb"^>(>*From )", re.MULTILINE)

Reader = Callable[[Document, str], Iterator[Article | Unreadable]]


def read_mhtml(document: Document) -> Iterator[Article]:
    """Reads a page that a browser saved in one file.

    Raises:
        ReadError: There is no page in it, or no story in the page.
    """
    message = _message(_mails(document.read())[0])
    for part in message.walk():
        if part.get_content_type() == "text/html":
            url = str(
                message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
            )
            if url.startswith(("http://", "https://")):
                document = dataclasses.replace(document, url=url.strip())
            yield html_article(_text(part), document)
            return
    raise ReadError("There is no web page in it.", "empty")


def read_mail(
    document: Document, knows: Callable[[str], object], read: Reader
) -> Iterator[Article | Unreadable]:
    """Reads a mail: its subject is the headline, its sender the source.

    What is attached to it follows, as articles of their own: files that some reader knows, and
    mails in the mail. A mailbox, which is several mails in one file, gives each of them.

    Args:
        document: The mail.
        knows: Tells whether a file can be read, by its name.
        read: Reads one file, given its name.

    Raises:
        ReadError: It holds neither text nor an attachment.
    """
    mails = _mails(document.read())
    if len(mails) == 1:
        yield from _read_mail(_message(mails[0]), document, knows, read)
        return
    for number, data in enumerate(mails, start=1):
        inner = "/".join(piece for piece in (document.inner, f"{number}.eml") if piece)
        mail = dataclasses.replace(document, stream=io.BytesIO(data), inner=inner)
        try:
            yield from _read_mail(_message(data), mail, knows, read)
        except ReadError as error:
            yield Unreadable(mail.place, str(error), error.fault)


def _read_mail(
    message: EmailMessage, document: Document, knows: Callable[[str], object], read: Reader
) -> Iterator[Article | Unreadable]:
    leaves = list(_leaves(message))
    texts: list[str] = []
    faults: list[Unreadable] = []
    for leaf in leaves:
        if leaf.role == "text":
            try:
                texts.append(_prose(leaf.part))
            except ReadError as error:
                faults.append(Unreadable(document.place, str(error), error.fault))
    text = "\n\n".join(filter(None, texts))
    attached = [leaf.part for leaf in leaves if leaf.role == "attachment"]
    if any(c.isalnum() for c in text):
        yield _article(message, text, document)
    elif not attached and not faults:
        raise ReadError("The mail holds no text.", "empty")
    yield from faults
    taken: set[str] = set()
    for number, part in enumerate(attached, start=1):
        name = distinct(_name(part, number), taken)
        inner = "/".join(piece for piece in (document.inner, name) if piece)
        opened = Document(io.BytesIO(), document.path, inner, depth=document.depth + 1)
        if refusal := _refusal(part, name, opened.place, knows):
            yield refusal
        elif document.depth >= _DEPTH:
            reason = "It is attached to a mail within a mail; save that one first."
            yield Unreadable(opened.place, reason, "format")
        elif number > _ATTACHMENTS:
            reason = f"It is one of {len(attached)} attachments; {_ATTACHMENTS} were read."
            yield Unreadable(opened.place, reason, "large")
        else:
            stream = io.BytesIO(_data(part))
            yield from read(dataclasses.replace(opened, stream=stream), name)


def _refusal(
    part: EmailMessage, name: str, place: str, knows: Callable[[str], object]
) -> Unreadable | None:
    """Says why an attachment is not read, and what to do; None for one that is."""
    kind = part.get_content_type()
    if kind in _ENCRYPTED:
        reason = "It is encrypted (S/MIME); save what the mail program shows, as .txt or .html."
        return Unreadable(place, reason, "locked")
    if kind in _TNEF or name.lower() == "winmail.dat":
        reason = (
            "It is Outlook's own packing of attachments (TNEF); have the mail sent anew as plain"
            " text or HTML, or unpack it and index what it holds."
        )
        return Unreadable(place, reason, "unread")
    return None if knows(name) else passed_over(place, name)


class _Leaf(NamedTuple):
    """A part of a mail that holds no others, and what it is to the mail."""

    part: EmailMessage
    role: Literal["text", "attachment"]


def _leaves(part: EmailMessage, within: str = "mixed") -> Iterator[_Leaf]:
    """Walks a mail's parts, in their order.

    Args:
        part: The mail, or a part of it.
        within: The kind of multipart that it is in.
    """
    kind = part.get_content_type()
    children = [child for child in _children(part) if isinstance(child, EmailMessage)]
    if part.get_content_maintype() == "message":
        yield _Leaf(part, "attachment")
    elif kind == "multipart/alternative":
        yield from _alternative([list(_leaves(child, "alternative")) for child in children])
    elif part.is_multipart():
        for child in children:
            yield from _leaves(child, part.get_content_subtype())
    elif kind in _SIGNATURES or _is_shown_inside(part, within):
        return
    elif (
        (kind in _PROSE or part.get_content_maintype() == "multipart")  # one without its parts
        and part.get_content_disposition() != "attachment"
        and (not part.get_filename() or within == "alternative")
    ):
        yield _Leaf(part, "text")
    elif part.get_filename() or part.get_content_disposition() or _holds_something(part):
        yield _Leaf(part, "attachment")


def _children(part: EmailMessage) -> list[object]:
    payload = part.get_payload()
    return list(payload) if isinstance(payload, list) else []


def _alternative(versions: list[list[_Leaf]]) -> Iterator[_Leaf]:
    """Gives the text of the best version, and what is attached to any of them.

    Plain text is best unless it is a stub beside another version; other kinds of text, such as
    a calendar's, say the same again.
    """
    lengths = [sum(_letters(leaf.part) for leaf in leaves if leaf.role == "text")
               for leaves in versions]  # fmt: skip
    enough = _STUB * max(lengths, default=0)
    best = next((n for n, length in enumerate(lengths) if length and length >= enough), -1)
    for number, leaves in enumerate(versions):
        for leaf in leaves:
            again = best >= 0 and _is_other_wording(leaf.part)
            if number == best or (leaf.role == "attachment" and not again):
                yield leaf


def _is_other_wording(part: EmailMessage) -> bool:
    return (
        part.get_content_maintype() == "text"
        and part.get_content_disposition() != "attachment"
        and not part.get_filename()
    )


def _is_shown_inside(part: EmailMessage, within: str) -> bool:
    """Tells whether a part is a picture, or style, in the text."""
    if part.get_content_maintype() not in ("image", "audio", "video", "font"):
        return part.get_content_type() == "text/css"
    return part.get_content_disposition() != "attachment" and (
        within in ("related", "alternative")
        or part.get_content_disposition() == "inline"
        or "Content-ID" in part
    )


def _holds_something(part: EmailMessage) -> bool:
    data = part.get_payload(decode=True)
    return isinstance(data, bytes) and bool(data.strip())


def _letters(part: EmailMessage) -> int:
    try:
        return sum(map(str.isalnum, _prose(part)))
    except ReadError:
        return 0


def _prose(part: EmailMessage) -> str:
    """The text of a part, as it is read."""
    text = _text(part)
    if part.get_content_type() == "text/html":
        text = "\n".join(visible_lines(text))
    elif part.get_content_type() == "text/enriched":
        text = _ENRICHED.sub("", text)
    return text.replace("\r\n", "\n").strip()


_ENRICHED = re.compile(r"<param>.*?</param>|</?[A-Za-z-]+>", re.DOTALL)


def _article(message: EmailMessage, text: str, document: Document) -> Article:
    date = parse_date(_header(message, "Date"))
    subject = " ".join(_header(message, "Subject").split())
    name, address = parseaddr(_header(message, "From"))
    return Article(
        id=document.article_id(),
        text=text,
        title="" if made_up(subject) else subject,
        source=name or address or None,
        date=date,
        date_origin="metadata" if date else None,
        language=language(text),
        path=document.path,
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header's text; one that is written in bytes beyond ASCII is decoded as any text is."""
    raw = next((str(v) for k, v in message.raw_items() if k.lower() == name.lower()), "")
    if raw.isascii():
        return repair(str(message.get(name, "")))
    try:
        return decode(raw.encode("utf-8", "surrogateescape"))
    except ReadError:
        return str(message.get(name, ""))


def _name(part: EmailMessage, number: int) -> str:
    """An attachment's name, or one made of its kind."""
    name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
    if part.get_content_type() in _FORWARDED:
        return name if name.lower().endswith(".eml") else f"{number}.eml"
    return name or f"{number}{guess_extension(part.get_content_type()) or ''}"


def _data(part: EmailMessage) -> bytes:
    forwarded = next(iter(_children(part)), None)
    if not isinstance(forwarded, EmailMessage) or part.get_content_type() not in _FORWARDED:
        data = part.get_payload(decode=True)
        return data if isinstance(data, bytes) else b""
    data = forwarded.as_bytes(policy=_UNCHANGED)
    # The standard forbids to encode a forwarded mail; some programs do, and the parser does not
    # look.
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "base64":
        try:
            return base64.b64decode(data)
        except binascii.Error:
            return data
    return quopri.decodestring(data) if encoding == "quoted-printable" else data


def _mails(data: bytes) -> list[bytes]:
    """Cuts a mailbox into its mails; a single mail is the only one."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n\t \0")
    if not _ENVELOPE.match(data):
        return [data]
    mails = [mail for mail in _ENVELOPE.split(data) if mail.strip()]
    return [_QUOTED_ENVELOPE.sub(rb"\1", mail) for mail in mails]


def _message(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    if not message.keys() or not isinstance(message, EmailMessage):
        raise ReadError("It is no mail: it begins with no header.")
    return message


def _text(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    declared = part.get_content_charset() or declared_encoding(data)
    return decode(data, declared) if data.strip() else ""
