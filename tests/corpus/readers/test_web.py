import importlib.metadata
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from corpus.article import Article
from corpus.readers import Unreadable, read, web

STORY = (
    "The bridge will close on Monday for three months, the council said, and people on foot may"
    " still cross it by day."
)


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/page":
            body = f"<html><body><h1>Bridge</h1><p>{STORY}</p><p>{STORY}!</p></body></html>"
            self._answer(200, "text/html; charset=utf-8", body.encode())
        elif self.path == "/plain":
            self._answer(200, "text/plain", f"Bridge to close\n{STORY}\n".encode())
        elif self.path == "/loop":
            self._redirect("/loop")
        elif self.path == "/away":
            self._redirect("/page")
        elif self.path == "/inside":
            self._redirect(f"http://127.0.0.1:{self.server.server_address[1]}/page")
        elif self.path == "/file":
            self._redirect("file:///etc/hostname")
        elif self.path == "/picture":
            self._answer(200, "image/png", b"\x89PNG")
        elif self.path == "/large":
            self._answer(200, "text/html", b"x" * 5000)
        else:
            self._answer(404, "text/html", b"no")

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.end_headers()

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def reason(url: str, *, private_urls: bool = True) -> str:
    (found,) = read([url], private_urls=private_urls)
    assert isinstance(found, Unreadable), found
    assert found.path == url
    return found.reason


@pytest.mark.parametrize("path", ["/page", "/away", "/plain"])
def test_a_page_is_fetched_and_read(site: str, path: str) -> None:
    (article,) = read([site + path], private_urls=True)
    assert isinstance(article, Article)
    assert STORY in article.text
    assert article.path is None
    assert article.url == site + path.replace("away", "page")


def test_what_is_no_page_is_one_clear_line(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "redirects more than" in reason(site + "/loop")
    assert "404" in reason(site + "/none")
    assert "image/png" in reason(site + "/picture")
    assert "http:// or https://" in reason(site + "/file")
    monkeypatch.setattr(web, "LARGEST", 4096)
    assert "larger than" in reason(site + "/large")


def test_addresses_inside_a_private_network_are_refused(site: str) -> None:
    for address in (site, "http://localhost/", "http://[::1]/", "http://169.254.169.254/x"):
        assert "inside a private network" in reason(address, private_urls=False)


@pytest.mark.parametrize(
    "number",
    ["10.0.0.1", "127.0.0.1", "169.254.1.1", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1",
     "64:ff9b::a00:1", "2002:a00:1::", "0.0.0.0", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_no_form_of_a_private_number_passes_for_a_public_one(number: str) -> None:
    assert not web._public(web.ipaddress.ip_address(number))
    assert web._public(web.ipaddress.ip_address("93.184.216.34"))


def test_a_redirect_into_a_private_network_is_refused(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = web._number

    def public_name(host: str, port: int, private_urls: bool) -> str:
        return "127.0.0.1" if host == "public.test" else checked(host, port, private_urls)

    monkeypatch.setattr(web, "_number", public_name)
    address = site.replace("127.0.0.1", "public.test")
    assert isinstance(next(read([address + "/page"])), Article)
    assert "inside a private network" in reason(address + "/inside", private_urls=False)


def test_the_site_is_told_the_version_that_is_installed() -> None:
    assert web._agent().startswith(f"Isnad/{importlib.metadata.version('isnad-assistant')} ")
