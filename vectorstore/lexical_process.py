"""The index of words, written by a process of its own.

Making terms of texts keeps one processor busy, and so does Chroma; within one Python process each
waits for the other. The process reads the catalog for itself, ends with the one that started it,
however that ends, and leaves nothing that a killed writer would not leave.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from corpus.processes import close_pipes, start_process, tell
from vectorstore.catalog import Catalog
from vectorstore.lexical import Lexical, Writer


class LexicalProcessError(RuntimeError):
    """The process has ended, or could not write; the message is its own."""


class LexicalProcess:
    """A process that brings an index of words to its catalog's revision when it is told to.

    The caller holds the store's lock, and writes to the index of words in no other way meanwhile.

    Args:
        folder: Of the index of words.
        database: The catalog's SQLAlchemy URL, with its password if it has one.
    """

    def __init__(self, folder: Path, database: str) -> None:
        job = {"folder": str(folder), "database": database}
        self._process = start_process("vectorstore.lexical_process", job)
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._is_ready = False

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101  (it is a pipe)
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put(b"")

    def is_ready(self) -> bool:
        """Tells whether it has started, which takes a second; before, it does not write."""
        if not self._is_ready and not self._answers.empty():
            self._is_ready = True
            self._heed(self._answers.get())
        return self._is_ready

    def catch_up(self) -> None:
        """Takes in what the catalog has by now.

        Raises:
            LexicalProcessError: It could not.
        """
        while not self.is_ready():
            time.sleep(0.01)
        self._heed(self._answers.get() if tell(self._process, "catch up") else b"")

    @staticmethod
    def _heed(answer: bytes) -> None:
        error = json.loads(answer) if answer else "The process that writes the words has ended."
        if error:
            raise LexicalProcessError(error)

    def close(self) -> None:
        """Waits until the process has tidied the index and ended."""
        if self._is_ready:
            tell(self._process, "end")
        else:
            self._process.kill()  # nothing was asked of it
        self._process.wait()
        self._listener.join()
        close_pipes(self._process)


def _orders(stream: IO[str]) -> Iterator[str]:
    """What the other process says; when that one is gone, so is this, whatever it is doing."""
    said: queue.SimpleQueue[str] = queue.SimpleQueue()

    def listen() -> None:
        for line in stream:
            said.put(json.loads(line))
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()
    while (order := said.get()) != "end":
        yield order


def main() -> None:
    """Does what it is told on its standard input, a JSON value a line, and answers likewise."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process decides when to stop
    settings = json.loads(sys.stdin.readline())
    catalog, lexical = Catalog(settings["database"]), Lexical(Path(settings["folder"]))
    orders = _orders(sys.stdin)
    _answer(None)
    with ExitStack() as stack:
        writer: Writer | None = None
        for _ in orders:
            try:
                writer = writer or stack.enter_context(lexical.writer())
                for changes in catalog.changes(lexical.revision()):
                    writer.apply(changes)
                    writer.commit()
                _answer(None)
            except Exception as error:
                _answer(f"{type(error).__name__}: {error}")


def _answer(error: str | None) -> None:
    sys.stdout.write(json.dumps(error) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
