"""One page by its address, within limits, and never from inside the reader's own network."""

from __future__ import annotations

import importlib.metadata
import io
import ipaddress
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from corpus.article import Article
from corpus.readers.document import LARGEST, Document, ReadError, Unreadable
from corpus.readers.encoding import declared_encoding, decode
from corpus.readers.feeds import read_feed
from corpus.readers.html import html_article
from corpus.readers.pdf import read_pdf
from corpus.readers.text import page_article

_SECONDS = 30.0
_REDIRECTS = 5
_PACKAGE = "isnad-assistant"


@dataclass(frozen=True, slots=True)
class _Answer:
    url: str
    kind: str
    encoding: str | None
    data: bytes


def read_address(url: str, *, private_urls: bool = False) -> Iterator[Article | Unreadable]:
    """Fetches one page and reads it. Whatever goes wrong becomes one line.

    Private, loopback and link-local addresses are refused, after the name is resolved and again
    at every redirect. The connection goes to the very address that was checked.

    Args:
        url: The page's address, http or https.
        private_urls: Whether addresses inside a private network may be read, too.
    """
    try:
        answer = _fetch(url, private_urls)
        document = Document(io.BytesIO(answer.data), None, url=answer.url)
        if answer.kind == "application/pdf":
            yield from read_pdf(document)
        elif answer.kind.endswith(("/rss+xml", "/atom+xml", "/xml")):
            yield from read_feed(document)
        elif answer.kind == "text/plain":
            yield page_article(decode(answer.data, answer.encoding), document)
        elif answer.kind in ("", "text/html", "application/xhtml+xml"):
            declared = answer.encoding or declared_encoding(answer.data)
            yield html_article(decode(answer.data, declared), document)
        else:
            yield Unreadable(url, f"It is no page but “{answer.kind}”.", "format")
    except ReadError as error:
        yield Unreadable(url, str(error), error.fault)
    except Exception as error:  # parsers of other people's pages fail in ways of their own
        what = f"{type(error).__name__}: {error}".strip(": ")
        yield Unreadable(url, f"The page is damaged ({what}).")


def _fetch(url: str, private_urls: bool) -> _Answer:
    until = time.monotonic() + _SECONDS
    with httpx.Client(follow_redirects=False, timeout=10.0, trust_env=False) as client:
        for _ in range(_REDIRECTS + 1):
            try:
                answer = _one(client, url, until, private_urls)
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
                reason = str(error) or type(error).__name__
                raise ReadError(
                    f"The page could not be fetched: {reason}.", "unreachable"
                ) from error
            if isinstance(answer, _Answer):
                return answer
            url = answer
    raise ReadError(f"The page redirects more than {_REDIRECTS} times.", "refused")


def _one(client: httpx.Client, url: str, until: float, private_urls: bool) -> _Answer | str:
    """Asks for one address: the answer, or the address that it redirects to."""
    asked = httpx.URL(url)
    if asked.scheme not in ("http", "https") or not asked.host:
        raise ReadError(
            "Only addresses that begin with http:// or https:// can be read.", "address"
        )
    port = asked.port or (443 if asked.scheme == "https" else 80)
    number = _number(asked.host, port, private_urls)
    with client.stream(
        "GET",
        asked.copy_with(host=number, username="", password=""),
        headers={
            "Host": asked.netloc.decode("ascii"),
            "User-Agent": _agent(),
            "Accept": "text/html, */*",
        },
        extensions={"sni_hostname": asked.raw_host.decode("ascii")},
    ) as response:
        if response.is_redirect:
            return urljoin(url, response.headers["Location"])
        if response.status_code != 200:
            raise ReadError(
                f"The site answers {response.status_code} {response.reason_phrase}.", "refused"
            )
        data = bytearray()
        for chunk in response.iter_bytes(65536):
            data += chunk
            if len(data) > LARGEST:
                raise ReadError(f"The page is larger than {LARGEST >> 20} MB.", "large")
            if time.monotonic() > until:
                raise ReadError(
                    f"The page takes longer than {_SECONDS:.0f} seconds to come.", "unreachable"
                )
        kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if not data.strip():
            raise ReadError("The page is empty.", "empty")
        return _Answer(url, kind, response.charset_encoding, bytes(data))


def _agent() -> str:
    try:
        version = importlib.metadata.version(_PACKAGE)
    except importlib.metadata.PackageNotFoundError:  # run from a copy that is not installed
        version = "0"
    return f"Isnad/{version} (a person's own reading list)"


def _number(host: str, port: int, private_urls: bool) -> str:
    """Resolves a name, and refuses it where any of its numbers is not on the public network."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReadError(
            f"There is no site named “{host}”, or no network.", "unreachable"
        ) from error
    numbers = [str(address[4][0]) for address in found]
    if not private_urls:
        for number in numbers:
            if not _public(ipaddress.ip_address(number.partition("%")[0])):
                raise ReadError(
                    f"“{host}” is inside a private network ({number}); set"
                    " ISNAD_ALLOW_PRIVATE_URLS=1 to allow that.",
                    "private",
                )
    return numbers[0]


def _public(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo or (None, None))[1]
        if inner is not None:
            return _public(inner)
        if number in ipaddress.ip_network("64:ff9b::/96"):
            return _public(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF))
    return number.is_global and not number.is_multicast
