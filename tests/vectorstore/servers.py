"""Real servers for tests: Chroma's own, and PostgreSQL where it is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(ready: object, what: str) -> None:
    """Waits until ``ready()`` is true, a minute at the most."""
    assert callable(ready)
    for _ in range(600):
        if ready():
            return
        time.sleep(0.1)
    pytest.fail(f"{what} did not start within a minute")


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).is_success
    except httpx.HTTPError:
        return False


@contextmanager
def chroma_server(folder: Path, port: int) -> Iterator[str]:
    """Runs a Chroma server over a folder and gives its address."""
    chroma = shutil.which("chroma") or str(Path(sys.executable).parent / "chroma")
    command = [chroma, "run", "--path", str(folder), "--port", str(port), "--host", "127.0.0.1"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
    ) as server:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(lambda: _answers(f"{url}/api/v2/heartbeat"), "The Chroma server")
            yield url
        finally:
            server.kill()


def _postgres_program(name: str) -> str | None:
    found = shutil.which(name)
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return found or (str(installed[-1]) if installed else None)


@contextmanager
def postgresql_server(folder: Path) -> Iterator[str]:
    """Runs PostgreSQL over a fresh folder and gives a SQLAlchemy URL; skips where there is none."""
    initdb, postgres = _postgres_program("initdb"), _postgres_program("postgres")
    if initdb is None or postgres is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and CI must have it")
        pytest.skip("PostgreSQL is not installed")
    data = folder / "data"
    data.mkdir()
    user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        for parent in (data, *data.parents):
            if parent.stat().st_uid == 0 and str(parent).startswith(str(folder.parents[1])):
                parent.chmod(0o755)
        shutil.chown(data, "postgres")
        user = ["runuser", "-u", "postgres", "--"]
    options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run([*user, initdb, "-D", data, "-U", "isnad", "-A", "trust"], check=True, **options)  # type: ignore[call-overload]
    port = free_port()
    arguments = ["-D", data, "-p", str(port), "-k", "", "-h", "127.0.0.1", "-c", "fsync=off"]
    with subprocess.Popen([*user, postgres, *map(str, arguments)], **options) as server:  # type: ignore[call-overload]
        try:
            wait_for(lambda: _accepts(port), "PostgreSQL")
            yield f"postgresql+psycopg://isnad@127.0.0.1:{port}/"
        finally:
            server.terminate()


def _accepts(port: int) -> bool:
    import psycopg

    try:
        psycopg.connect(f"postgresql://isnad@127.0.0.1:{port}/postgres", connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True
