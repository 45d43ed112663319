"""Many files read by several processes at once, in the order in which `read` gives them.

A saved page takes a tenth of a second to take apart, most of the time that it takes to be indexed.
Each process goes through the same files and reads every n-th of them.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Literal

from corpus.article import Article
from corpus.processes import close_pipes, start_process
from corpus.readers import read, units
from corpus.readers.document import Unreadable

_MANY = 64  # files from which it pays to start processes
_MOST = 4  # processes
_END_OF_FILE = None  # between what two files gave
_END: Literal[False] = False  # after all files


def read_side_by_side(
    paths: Sequence[Path | str], processes: int | None = None, *, private_urls: bool = False
) -> Generator[Article | Unreadable]:
    """Reads files and folders as `read` does; many of them in several processes.

    A process that fails is no loss: what it did not give is read here.

    Args:
        paths: Files, folders and web addresses.
        processes: How many; by default one for each processor, and none for few files.
        private_urls: Whether addresses inside a private network may be read.
    """
    if processes is None:
        many = sum(1 for _ in islice(units(paths), _MANY)) == _MANY
        processes = min(_MOST, os.cpu_count() or 1) if many else 1
    if processes < 2:
        yield from read(paths, private_urls=private_urls)
        return
    helpers = [_start(paths, share, processes, private_urls) for share in range(processes)]
    try:
        for number in count():
            given = 0
            try:
                for item in _unit(helpers[number % processes]):
                    if item is _END:
                        return
                    yield item
                    given += 1
            except (EOFError, pickle.UnpicklingError):
                break
    finally:
        for helper in helpers:
            helper.kill()
            helper.wait()
            close_pipes(helper)
    for unit in islice(units(paths, private_urls=private_urls), number, None):
        yield from islice(unit(), given, None)
        given = 0


def _start(
    paths: Sequence[Path | str], share: int, of: int, private_urls: bool
) -> subprocess.Popen[bytes]:
    job = {
        "paths": [str(path) for path in paths],
        "share": share,
        "of": of,
        "private_urls": private_urls,
    }
    return start_process("corpus.readers.side_by_side", job)


def _unit(helper: subprocess.Popen[bytes]) -> Iterator[Article | Unreadable | Literal[False]]:
    """What one file gave; `_END` where there is no further one."""
    assert helper.stdout is not None  # noqa: S101  (it is a pipe)
    while (item := pickle.load(helper.stdout)) is not _END_OF_FILE:  # noqa: S301  (our own)
        yield item


def main() -> None:
    """Reads a share of what its standard input names, and writes it to its standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one ends it
    job = json.loads(sys.stdin.readline())
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is not an article
    with contextlib.suppress(BrokenPipeError):
        found = units(job["paths"], private_urls=job["private_urls"])
        for unit in islice(found, job["share"], None, job["of"]):
            for item in unit():
                pickle.dump(item, out)
            pickle.dump(_END_OF_FILE, out)
            out.flush()
        pickle.dump(_END, out)
        out.flush()


if __name__ == "__main__":
    main()
