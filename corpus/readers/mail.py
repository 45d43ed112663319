"""Electronic mail, and web pages saved as mail (MHTML)."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from mimetypes import guess_extension
from pathlib import PurePosixPath

from corpus.article import Article
from corpus.metadata import language
from corpus.readers.document import Document, ReadError, Unreadable
from corpus.readers.encoding import declared_encoding, decode
from corpus.readers.html import html_article
from corpus.readers.web_page import visible_lines

_DEPTH = 2  # a mail within a mail, and no further
_ATTACHMENTS = 50

Reader = Callable[[Document, str], Iterator[Article | Unreadable]]


def read_mhtml(document: Document) -> Iterator[Article]:
    """Reads a page that a browser saved in one file.

    Raises:
        ReadError: There is no page in it, or no story in the page.
    """
    message = _message(document)
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
    mails in the mail.

    Args:
        document: The mail.
        knows: Tells whether a file can be read, by its name.
        read: Reads one file, given its name.

    Raises:
        ReadError: It holds neither text nor an attachment that can be read.
    """
    message = _message(document)
    attached = [
        (name, part)
        for number, part in enumerate(message.iter_attachments(), start=1)
        if knows(name := _name(part, number))
    ]
    text = _body(message)
    if any(c.isalnum() for c in text):
        yield _article(message, text, document)
    elif not attached:
        raise ReadError("The mail holds no text.", "empty")
    if attached and document.depth >= _DEPTH:
        yield Unreadable(
            document.place,
            "Its attachments lie in a mail within a mail; save them first.",
            "format",
        )
        return
    for name, part in attached[:_ATTACHMENTS]:
        inner = "/".join(piece for piece in (document.inner, name) if piece)
        data = io.BytesIO(_data(part))
        yield from read(Document(data, document.path, inner, depth=document.depth + 1), name)
    if len(attached) > _ATTACHMENTS:
        yield Unreadable(
            document.place,
            f"It has {len(attached)} attachments; the first {_ATTACHMENTS} were read.",
            "large",
        )


def _article(message: EmailMessage, text: str, document: Document) -> Article:
    try:
        date = parsedate_to_datetime(str(message["Date"])).date() if message["Date"] else None
    except (ValueError, TypeError, IndexError):
        date = None
    name, address = parseaddr(str(message.get("From", "")))
    return Article(
        id=document.article_id(),
        text=text,
        title=" ".join(str(message.get("Subject", "")).split()),
        source=name or address or None,
        date=date,
        date_origin="metadata" if date else None,
        language=language(text),
        path=document.path,
    )


def _body(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    text = _text(body) if isinstance(body, EmailMessage) else ""
    if isinstance(body, EmailMessage) and body.get_content_type() == "text/html":
        text = "\n".join(visible_lines(text))
    return text.replace("\r\n", "\n").strip()


def _name(part: EmailMessage, number: int) -> str:
    """An attachment's name, or one made of its kind."""
    if part.get_content_type() == "message/rfc822":
        return f"{number}.eml"
    name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
    return name or f"{number}{guess_extension(part.get_content_type()) or ''}"


def _data(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        forwarded: EmailMessage = part.get_content()
        return forwarded.as_bytes()
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _message(document: Document) -> EmailMessage:
    message = message_from_bytes(document.read(), policy=policy.default)
    if not message.keys() or not isinstance(message, EmailMessage):
        raise ReadError("It is no mail: it begins with no header.")
    return message


def _text(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    declared = part.get_content_charset() or declared_encoding(data)
    return decode(data, declared) if data.strip() else ""
