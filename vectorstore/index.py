"""The index: articles go in, ranked passages come out. What the rest of the program sees."""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.article import Article, Passage
from corpus.duplicates import Fingerprint, fingerprint
from corpus.passages import passages
from vectorstore.background import BackgroundFrequencies
from vectorstore.catalog import ArticleSummary, Catalog, digest
from vectorstore.dense import Dense
from vectorstore.embeddings import Embedder, load_embedder
from vectorstore.fusion import diversify, fuse
from vectorstore.lexical import Lexical
from vectorstore.query import Filters, Hit
from vectorstore.translation import TranslationTable

_log = logging.getLogger(__name__)

_DEPTH = 100  # passages taken from each ranking before they are fused
_SPARE = 20
_MOST = 4  # a filter that lets through more than a fourth is applied after the search
_BATCH = 256  # articles written in one transaction


@dataclass(frozen=True, slots=True)
class Conflict:
    """An article whose id a different story in another file already has.

    Attributes:
        article_id: The id that both give.
        path: The file that was not stored.
        holder: The file whose article is stored under the id.
    """

    article_id: str
    path: str
    holder: str


@dataclass(frozen=True, slots=True)
class Added:
    """What `Index.add` did, in articles.

    Attributes:
        duplicates: Articles that hold the same story as one already stored, or one before them.
        passages: How many passages the added and updated articles were cut into.
        conflicts: Articles that were not stored because another file has taken their ids.
    """

    added: int = 0
    unchanged: int = 0
    updated: int = 0
    duplicates: int = 0
    passages: int = 0
    conflicts: tuple[Conflict, ...] = ()

    def __add__(self, other: Added) -> Added:
        return Added(*(getattr(self, name) + getattr(other, name) for name in type(self).__slots__))


class Index:
    """Articles, and search over their passages by meaning and by words.

    Args:
        store: The folder that holds everything. Made if missing.
        model: The embedding model: "bundled", or any sentence-transformers name or folder.
        database_url: A SQLAlchemy URL for the catalog; an SQLite file in the store by default.
        chroma_url: A Chroma server; Chroma inside this process by default.
        chroma_token: Bearer token for the server.
        waiting: Called once when another process is writing and this one has to wait.
    """

    def __init__(
        self,
        store: Path,
        *,
        model: str = "bundled",
        database_url: str | None = None,
        chroma_url: str | None = None,
        chroma_token: str | None = None,
        waiting: Callable[[], None] | None = None,
    ) -> None:
        self.store = store
        self.catalog = Catalog(database_url or store / "catalog.sqlite")
        self._model = model
        self._chroma = (chroma_url or store / "chroma", chroma_token)
        self._waiting = waiting
        self._lexical = Lexical(store / "words", self.frequency, self.translate)
        self._translations: TranslationTable | None = None
        self._background: BackgroundFrequencies | None = None
        self._dense: Dense | None = None
        self._embedder: Embedder | None = None
        self._lock = FileLock(store / "writing.lock")
        self._threads = threading.RLock()
        self._writing = False
        self._seen = -1
        self._spoken: tuple[int, frozenset[str]] = (-1, frozenset())
        self._pool = ThreadPoolExecutor(4, thread_name_prefix="isnad")

    def __len__(self) -> int:
        return self.catalog.count()[0]

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Releases files and connections."""
        self._pool.shutdown()
        if self._dense:
            self._dense.close()
        self.catalog.close()

    @property
    def revision(self) -> int:
        """Grows with every change to the articles."""
        return self.catalog.revision()

    @property
    def embedder(self) -> Embedder:
        """The embedding model, loaded at the first use."""
        with self._threads:
            if self._embedder is None:
                self._embedder = load_embedder(self._model)
            return self._embedder

    @property
    def dense(self) -> Dense:
        """The vectors."""
        with self._threads:
            if self._dense is None:
                self._dense = Dense(self._chroma[0], self.embedder, self._chroma[1])
            return self._dense

    def translate(self, stem: str, source: str, target: str) -> dict[str, float]:
        """Stems of another language for a stem of one, with their probabilities."""
        if self._translations is None:
            self._translations = TranslationTable.load()
        return dict(self._translations.translate(stem, source, target))

    def frequency(self, stem: str, language: str) -> float:
        """In what share of passages of a language at large a stem stands, in (0, 1)."""
        if self._background is None:
            self._background = BackgroundFrequencies.load()
        return self._background.document_frequency(stem, language)

    def rarity(self, stem: str, language: str) -> float:
        """How much a stem tells in a language at large: the logarithm of its rarity."""
        return -math.log(self.frequency(stem, language))

    # Reading

    def articles(self, filters: Filters | None = None) -> list[ArticleSummary]:
        """All articles that pass the filters, newest first."""
        return self.catalog.summaries(filters)

    def article(self, article_id: str) -> Article | None:
        """One article, or None where there is none of that id."""
        return self.catalog.article(article_id)

    def near_copies(self, article_id: str) -> list[ArticleSummary]:
        """Other articles that carry the same report with small edits, newest first."""
        return self.catalog.near_copies(article_id)

    def reports(self, article_ids: Iterable[str]) -> dict[str, str]:
        """Each article's report: an id that near copies share, the article's own if it has none.

        Two articles of one report are no independent confirmation of each other.
        """
        return self.catalog.reports(article_ids)

    def search(self, question: str, top: int = 10, filters: Filters | None = None) -> list[Hit]:
        """Finds the passages that bear on a question, best first.

        Args:
            question: In any language.
            top: How many passages to give at the most.
            filters: Which articles may answer.
        """
        filters = filters or Filters()
        self._refresh()
        by_meaning = self._pool.submit(self.by_meaning, question, _DEPTH, filters)
        by_words = self.by_words(question, _DEPTH, filters)
        fused = fuse(by_words, by_meaning.result())
        return self._hits(fused, top)

    def by_words(
        self, question: str, top: int, filters: Filters | None = None
    ) -> list[tuple[str, float]]:
        """Ids and scores of the passages that share most with a question's words."""
        return self._lexical.search(question, top, filters, self._languages())

    def by_meaning(
        self, question: str, top: int, filters: Filters | None = None
    ) -> list[tuple[str, float]]:
        """Ids and cosine similarities of the passages nearest to a question in meaning."""
        if not filters:
            return self.dense.search(question, top)
        all_, some = self.catalog.count()[1], self.catalog.count(filters)[1]
        if some * _MOST > all_:
            # Chroma is slow with long lists of ids. Where many passages pass, enough of them are
            # among the first few hundred of all.
            found = self.dense.search(question, 2 * top * all_ // some)
            passing = self.catalog.passing({_article_id(id_) for id_, _ in found}, filters)
            kept = [hit for hit in found if _article_id(hit[0]) in passing]
            if len(kept) >= min(top, some):
                return kept[:top]
        return self.dense.search(question, top, self.catalog.passage_ids(filters))

    def _languages(self) -> frozenset[str]:
        revision = self.catalog.revision()
        if self._spoken[0] != revision:
            languages = self.catalog.languages()
            self._spoken = (revision, frozenset(code for code in languages if code))
        return self._spoken[1]

    def _hits(self, fused: Sequence[tuple[str, float, float]], top: int) -> list[Hit]:
        # More than asked for: some may say the same, and an index that lags behind may name
        # passages that are gone.
        candidates = fused[: top + _SPARE]
        articles = self.catalog.articles_by_id({_article_id(id_) for id_, _, _ in candidates})
        spans = self.catalog.spans(articles)
        hits: list[Hit] = []
        for id_, score, relevance in candidates:
            article_id, number = _article_id(id_), int(id_.rpartition(":")[2])
            span = spans.get((article_id, number))
            if span is not None:
                article = articles[article_id]
                passage = Passage(article_id, number, *span, article.text[slice(*span)])
                hits.append(Hit(passage, article, relevance, score))
        return diversify(hits)[:top]

    def _refresh(self) -> None:
        """Takes in what other processes wrote, and what a crash left undone."""
        revision = self.catalog.revision()
        if revision == self._seen:
            return
        with self._threads:
            if self._writing or revision == self._seen:
                return
            self._forget()
            if min(self.dense.revision(), self._lexical.revision()) < revision:
                try:
                    with self._lock.acquire(timeout=0):
                        self._catch_up()
                except Timeout:
                    return  # another process is at it; what is there serves until it is done
            self._seen = revision

    # Writing

    def add(
        self,
        articles: Iterable[Article],
        progress: Callable[[Added], None] | None = None,
    ) -> Added:
        """Stores articles and makes them findable; those that did not change cost little.

        Args:
            articles: In any number; they are taken in batches.
            progress: Called after each batch with what was done so far.
        """
        total = Added()
        with self._exclusive():
            stream = iter(articles)
            while batch := list(islice(stream, _BATCH)):
                total += self._put(batch)
                self._catch_up()
                if progress:
                    progress(total)
        return total

    def _put(self, batch: Sequence[Article]) -> Added:
        prints = {article.id: fingerprint(article) for article in batch}
        stored = self.catalog.stored(prints)
        twins = self.catalog.by_fingerprint(print_.exact for print_ in prints.values())
        unchanged = updated = duplicates = 0
        entries: dict[str, tuple[Article, Fingerprint, Sequence[Passage]]] = {}
        copies: list[tuple[str, str]] = []
        conflicts: list[Conflict] = []
        for article in batch:
            known, print_ = stored.get(article.id), prints[article.id]
            if known and known.digest == digest(article):
                unchanged += 1
            elif (known is None or _elsewhere(known.path, article.path)) and print_.exact in twins:
                duplicates += 1
                copies.append((twins[print_.exact], article.path or article.id))
            elif known and known.path and _elsewhere(known.path, article.path):
                conflicts.append(Conflict(article.id, article.path or "", known.path))
            else:
                updated += article.id in stored
                entries[article.id] = (article, print_, passages(article))
                twins.setdefault(print_.exact, article.id)
        if entries:
            self.catalog.put(list(entries.values()))
        for article_id, path in copies:
            self.catalog.record_copy(article_id, path)
        return Added(
            added=len(entries) - updated,
            unchanged=unchanged,
            updated=updated,
            duplicates=duplicates,
            passages=sum(len(entry[2]) for entry in entries.values()),
            conflicts=tuple(conflicts),
        )

    def remove(self, article_ids: Sequence[str]) -> int:
        """Removes articles; unknown ids are passed over.

        Returns:
            How many were there.
        """
        with self._exclusive():
            removed = self.catalog.remove(article_ids)
            self._catch_up()
        return len(removed)

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Lets this process alone write, from a state in which nothing is left undone."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            if self._waiting:
                self._waiting()
            self._lock.acquire()
        try:
            with self.catalog.exclusive(self._waiting):
                with self._threads:
                    if self._seen != self.catalog.revision():
                        self._forget()
                    self._writing = True
                self._catch_up()
                yield
        finally:
            self._writing = False
            self._lock.release()

    def _forget(self) -> None:
        """Lets go of what an open client remembers from before another process wrote."""
        if self._seen >= 0:
            self.dense.reopen()
            self._lexical.reload()

    def pending(self) -> int:
        """How many articles are stored but not yet findable."""
        return self.catalog.pending(min(self.dense.revision(), self._lexical.revision()))

    def _catch_up(self) -> None:
        """Brings both caches to the catalog's revision. The caller holds the lock."""
        revision = self.catalog.revision()
        if self._lexical.revision() > revision or self.dense.revision() > revision:
            _log.warning("The index in %s is newer than its catalog and is rebuilt.", self.store)
            self._lexical.erase()
            self.dense.erase()
        words = self._pool.submit(self._catch_up_words, revision)
        try:
            for changes in self.catalog.changes(self.dense.revision()):
                self.dense.apply(changes)
        finally:
            words.result()
        self._seen = revision

    def _catch_up_words(self, revision: int) -> None:
        if self._lexical.revision() < revision:
            with self._lexical.writer() as writer:
                for changes in self.catalog.changes(self._lexical.revision()):
                    writer.apply(changes)
                    writer.commit()


def _elsewhere(known: str | None, path: str | None) -> bool:
    """Tells whether a stored article came from another file, one that is still there."""
    return known is not None and path is not None and known != path and Path(known).exists()


def _article_id(passage_id: str) -> str:
    return passage_id.rpartition(":")[0]
