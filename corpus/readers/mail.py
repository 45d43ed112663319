"""Electronic mail, and web pages saved as mail (MHTML)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from corpus.article import Article
from corpus.metadata import language
from corpus.readers.document import Document, ReadError
from corpus.readers.encoding import declared_encoding, decode
from corpus.readers.html import html_article, visible_lines


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
    raise ReadError("There is no web page in it.")


def read_mail(document: Document) -> Iterator[Article]:
    """Reads a mail: its subject is the headline, its sender the source.

    Raises:
        ReadError: It holds no text.
    """
    message = _message(document)
    body = message.get_body(("plain", "html"))
    text = _text(body) if isinstance(body, EmailMessage) else ""
    if isinstance(body, EmailMessage) and body.get_content_type() == "text/html":
        text = "\n".join(visible_lines(text))
    text = text.replace("\r\n", "\n").strip()
    if not any(c.isalnum() for c in text):
        raise ReadError("The mail holds no text.")
    try:
        date = parsedate_to_datetime(str(message["Date"])).date() if message["Date"] else None
    except (ValueError, TypeError, IndexError):
        date = None
    name, address = parseaddr(str(message.get("From", "")))
    yield Article(
        id=document.article_id(),
        text=text,
        title=" ".join(str(message.get("Subject", "")).split()),
        source=name or address or None,
        date=date,
        date_origin="metadata" if date else None,
        language=language(text),
        path=document.path,
    )


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
