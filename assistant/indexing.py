"""Files and folders into the index, with a report of what became of each article."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import corpus
from corpus.article import Article
from corpus.readers import Unreadable, is_address, read
from corpus.readers.side_by_side import read_side_by_side
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

    Attributes:
        added: Articles that are new.
        unchanged: Articles that were there already.
        updated: Articles whose file has changed.
        removed: Articles removed because they are gone from the files and folders.
        duplicates: Copies of a story that is stored already.
        failed: What could not be read or stored, and why.
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


def index_paths(
    index: Index,
    paths: Sequence[Path | str],
    progress: Callable[[Progress], None] | None = None,
    *,
    prune: bool = False,
) -> IndexReport:
    """Reads files and folder trees into the index; what cannot be read is reported, not raised.

    Args:
        index: Where to.
        paths: Files, folders and web addresses.
        progress: Called as articles are read and stored.
        prune: Remove articles whose files are gone from the given folders.
    """
    started = time.monotonic()
    failed: list[Unreadable] = []
    seen: set[str] = set()
    read_from: set[str | None] = set()
    stored = left_out = 0

    def articles() -> Iterator[Article]:
        nonlocal left_out
        for item in read_side_by_side(paths):
            if isinstance(item, Unreadable):
                failed.append(item)
                continue
            seen.add(item.id)
            read_from.add(item.path)
            left_out += len(item.left_out)
            if progress:
                progress(Progress(len(seen), stored, item.path))
            yield item

    def tell(done: Added) -> None:
        nonlocal stored
        stored = done.added + done.updated + done.unchanged + done.duplicates
        if progress:
            progress(Progress(len(seen), stored, None))

    done = index.add(articles(), tell)
    failed += [
        Unreadable(
            conflict.path,
            f"The id {conflict.article_id!r} already belongs to a different article, from "
            f"{conflict.holder}; give this one another id.",
            "taken",
        )
        for conflict in done.conflicts
    ]
    whole = {p for p in read_from if p and not any(f.path.startswith(p) for f in failed)}
    missing = _missing(index, paths, seen, whole)
    removed = 0
    if prune and missing:
        # A file that was moved, or a copy of one that is gone: its story stays.
        heirs = {path for article_id in missing for path in index.catalog.copies(article_id)}
        removed = index.remove(missing)
        again = (item for item in read(sorted(heirs)) if isinstance(item, Article))
        kept = index.add(item for item in again if item.path and Path(item.path).exists())
        done = replace(done, added=done.added + kept.added, passages=done.passages + kept.passages)
    return IndexReport(
        added=done.added,
        unchanged=done.unchanged,
        updated=done.updated,
        removed=removed,
        duplicates=done.duplicates,
        failed=tuple(failed),
        missing=() if prune else tuple(missing),
        passages=done.passages,
        left_out=left_out,
        seconds=time.monotonic() - started,
    )


def _missing(
    index: Index, paths: Sequence[Path | str], seen: set[str], whole: Collection[str]
) -> list[str]:
    """Finds stored articles whose files are gone, or were read whole without them."""
    roots = [Path(path).expanduser().absolute() for path in paths if not is_address(str(path))]
    return [
        article.id
        for article in index.articles()
        if article.id not in seen
        and article.path is not None
        and any(Path(article.path).is_relative_to(root) for root in roots)
        and (article.path in whole or not Path(article.path).exists())
    ]
