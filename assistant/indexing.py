"""Files and folders into the index, with a report of what became of each article."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import corpus
from assistant.settings import Settings
from corpus.article import Article
from corpus.paths import is_gone, path_of, path_text
from corpus.readers import Unreadable, absolute, is_address, read
from corpus.readers.side_by_side import read_side_by_side
from corpus.readers.unread import ending_of
from vectorstore.index import Added, Index

SAMPLE_ARTICLES = Path(corpus.__file__).parent / "articles"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far indexing has come.

    Attributes:
        read: Articles read so far.
        stored: Of these, those that are stored and findable (or were already).
        path: The file read last.
    """

    read: int
    stored: int
    path: str | None


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What indexing did.

    Every article found, and everything that gave none, is counted once: `found` is the sum of
    added, unchanged, updated, duplicates, failed and passed over.

    Attributes:
        added: Articles that are new.
        unchanged: Articles that were there already.
        updated: Articles whose file has changed.
        removed: Articles removed because they are gone from the files and folders.
        duplicates: Copies of a story that is stored already.
        failed: What could not be read, and why: files, lines of files, members of archives.
        missing: Ids of stored articles that are gone from the files and folders that were read.
        passages: Passages of the new and updated articles.
        left_out: Lines of the pages read that are not part of a story.
        seconds: How long it took.
        passed_over: How many files in folders and archives are of kinds that are not read, by the
            endings of their names, the most frequent first; "" for names without one.
    """

    added: int
    unchanged: int
    updated: int
    removed: int
    duplicates: int
    failed: tuple[Unreadable, ...]
    missing: tuple[str, ...]
    passages: int
    left_out: int
    seconds: float
    passed_over: Mapping[str, int] = field(default_factory=dict)

    @property
    def found(self) -> int:
        """Articles found, and files, lines and members that gave none."""
        stored = self.added + self.unchanged + self.updated + self.duplicates
        return stored + len(self.failed) + sum(self.passed_over.values())


def index_paths(
    index: Index,
    paths: Sequence[Path | str],
    progress: Callable[[Progress], None] | None = None,
    *,
    prune: bool = False,
    prune_empty: bool = False,
    private_urls: bool | None = None,
) -> IndexReport:
    """Reads files and folder trees into the index; what cannot be read is reported, not raised.

    Args:
        index: Where to.
        paths: Files, folders and web addresses.
        progress: Called as articles are read and stored.
        prune: Remove articles that are gone from the given folders, as far as these could be
            read. A path that is missing and a folder that is empty remove nothing: they may be
            a drive that is not there.
        prune_empty: With ``prune``: an empty folder is meant to be empty.
        private_urls: Whether addresses inside a private network may be read; by default as set.
    """
    started = time.monotonic()
    if private_urls is None:
        private_urls = Settings().allow_private_urls
    run = _Run(index, paths, progress)
    run.add(read_side_by_side(paths, private_urls=private_urls))
    gone, unsure = _missing(run)
    removed = 0
    if prune:
        if prune_empty:
            gone += [id_ for ids in unsure.values() for id_ in ids]
        else:
            run.failed += [_empty(folder, len(ids)) for folder, ids in unsure.items()]
        # A file that was moved, or a copy of one that is gone: its story stays.
        copies = index.catalog.copies_of(gone)
        removed = index.remove(gone) if gone else 0
        run.add_again(path for found in copies.values() for path in found)
    return IndexReport(
        added=run.counts["added"],
        unchanged=run.counts["unchanged"],
        updated=run.counts["updated"],
        removed=removed,
        duplicates=run.counts["duplicates"],
        failed=tuple(run.failed),
        missing=() if prune else tuple(gone),
        passages=run.counts["passages"],
        left_out=run.left_out,
        seconds=time.monotonic() - started,
        passed_over=dict(run.passed_over.most_common()),
    )


class _Run:
    """One run over files and folders: what was read in it, and what became of it."""

    def __init__(
        self,
        index: Index,
        paths: Sequence[Path | str],
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self.index = index
        self.paths = paths
        self.failed: list[Unreadable] = []
        self.passed_over: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.seen: set[str] = set()  # ids of stored articles that were read
        self.files: set[str] = set()  # files that gave articles
        self.left_out = 0
        self._progress = progress or (lambda _: None)
        self._read = self._stored = 0

    def add(self, items: Iterable[Article | Unreadable]) -> None:
        """Stores what is read."""
        done = self.index.add(self._articles(items), self._tell, seen=self.seen)
        for name in ("added", "unchanged", "updated", "duplicates", "passages"):
            self.counts[name] += getattr(done, name)
        self.add_again(done.homeless)

    def _articles(self, items: Iterable[Article | Unreadable]) -> Iterator[Article]:
        for item in items:
            if isinstance(item, Article):
                self._read += 1
                self.left_out += len(item.left_out)
                if item.path:
                    self.files.add(item.path)
                self._progress(Progress(self._read, self._stored, item.path))
                yield item
            elif item.fault == "unread":
                self.passed_over[ending_of(item.path)] += 1
            else:
                self.failed.append(item)

    def _tell(self, done: Added) -> None:
        self._stored = done.added + done.updated + done.unchanged + done.duplicates
        self._progress(Progress(self._read, self._stored, None))

    def add_again(self, files: Iterable[str]) -> None:
        """Stores what was a copy of an article that has changed, or is gone.

        Args:
            files: Those that hold the copies.
        """
        left, done = {file for file in files if Path(file).is_absolute()}, set[str]()
        while left:
            # Of a folder's file, what recurs in the folder is known only when it is walked.
            here, elsewhere = left & self.files, sorted(left - self.files)
            done |= left
            left = set()
            for counted, items in (
                (True, read(self.paths, only=here) if here else ()),
                (False, read([path_of(file) for file in elsewhere])),
            ):
                articles = (item for item in items if isinstance(item, Article))
                more = self.index.add(articles, seen=self.seen)
                for name in ("added", "updated", "passages"):
                    self.counts[name] += getattr(more, name)
                if counted:  # as duplicates, when they were read first
                    self.counts["duplicates"] -= more.added + more.updated
                left |= set(more.homeless)
            left -= done


def _missing(run: _Run) -> tuple[list[str], dict[Path, list[str]]]:
    """Finds stored articles whose files are gone, or were read whole without them.

    Returns:
        Their ids; and those of articles that may only seem to be gone, by the folder that is
        empty now: a drive that is not mounted leaves one.
    """
    roots = [absolute(path) for path in run.paths if not is_address(str(path))]
    closed = {item.path for item in run.failed}
    damaged = {place for item in run.failed for place in _enclosing(item.path)}
    gone: list[str] = []
    unsure: dict[Path, list[str]] = {}
    for article in run.index.articles():
        if article.id in run.seen or article.path is None or article.path in damaged:
            continue
        path = path_of(article.path)
        if not any(map(path.is_relative_to, roots)):
            continue
        if not closed.isdisjoint(_enclosing(article.path)):
            continue
        if article.path in run.files:
            gone.append(article.id)
        elif is_gone(article.path):
            folder = next(parent for parent in path.parents if not is_gone(path_text(parent)))
            if any(folder.iterdir()):
                gone.append(article.id)
            else:
                unsure.setdefault(folder, []).append(article.id)
    return gone, unsure


def _enclosing(place: str) -> Iterator[str]:
    """A place (a line of a file, a member of an archive), and all that it may lie in."""
    while place:
        yield place
        place = place[: max(place.rfind(":"), place.rfind("/"), place.rfind(os.sep), 0)]


def _empty(folder: Path, articles: int) -> Unreadable:
    return Unreadable(
        path_text(folder),
        f"It is empty, and {articles} stored articles came from it: nothing was removed. If it is "
        "a drive, mount it; if it is meant to be empty, add --prune-empty.",
        "empty",
    )
