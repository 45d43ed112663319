"""What leaves this machine, and for where: always told from the settings in force."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from assistant.settings import Settings

What = Literal["questions and excerpts", "articles and vectors", "articles and conversations"]

# Providers whose own address is on this machine unless another is given.
_LOCAL_PROVIDERS = {"ollama"}


@dataclass(frozen=True, slots=True)
class Leaving:
    """Something that is sent to another machine.

    Attributes:
        what: What is sent.
        where: The host, or the provider where only that is known.
    """

    what: What
    where: str


def leaving(settings: Settings) -> list[Leaving]:
    """Lists what these settings send to other machines; empty means nothing."""
    found: list[Leaving] = []
    if settings.chat_model and (host := _chat_host(settings)):
        found.append(Leaving("questions and excerpts", host))
    if host := _remote(settings.chroma_url):
        found.append(Leaving("articles and vectors", host))
    if host := _remote(settings.database_url):
        found.append(Leaving("articles and conversations", host))
    return found


def _chat_host(settings: Settings) -> str | None:
    if settings.chat_base_url:
        return _remote(settings.chat_base_url)
    provider = (settings.chat_model or "").partition(":")[0]
    return None if provider in _LOCAL_PROVIDERS else provider


def _remote(url: str | None) -> str | None:
    """The host of an address, if it is another machine; a file has none."""
    host = urlsplit(url).hostname if url else None
    if not host or host == "localhost" or host.endswith(".localhost"):
        return None
    try:
        return None if ipaddress.ip_address(host).is_loopback else host
    except ValueError:
        return host
