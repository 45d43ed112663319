"""The index: articles go in, ranked passages come out. What the rest of the program sees."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from filelock import FileLock, Timeout

from corpus.arabic import light_stem
from corpus.article import Article, Passage
from corpus.metadata import passage_language
from corpus.passages import passages
from corpus.words import words
from vectorstore.arabizi import Sounds, by_sound, is_arabizi, to_arabic
from vectorstore.background import BackgroundFrequencies
from vectorstore.catalog import ArticleSummary, Catalog
from vectorstore.cross_encoder import Judge, load_cross_encoder
from vectorstore.dense import Dense
from vectorstore.embeddings import BUNDLED, Embedder, EmbeddingModelError, load_embedder
from vectorstore.full_disk import DiskFullError, is_full
from vectorstore.fusion import Found, diversify, fuse
from vectorstore.intake import Intake
from vectorstore.lexical import Lexical
from vectorstore.lexical_process import LexicalProcess, LexicalProcessError
from vectorstore.query import Filters, Hit
from vectorstore.questions import Question, read_question
from vectorstore.reranking import Candidate, rerank
from vectorstore.spelling import Correction, correct
from vectorstore.translation import TranslationTable
from vectorstore.vocabulary import LibraryVocabulary
from vectorstore.word_vectors import WordVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_DEPTH = 100  # passages taken from each ranking before they are fused
_SPARE = 6
_READ = 16  # hits read closely: nDCG@10 .921 with 12, .929 with 15, .938 with 30 across languages
_JUDGED = 20  # hits that a cross-encoder orders anew
_SPELT = 3  # passages in which a word's spellings are looked up
_FEW = 4000  # passages that are compared one by one
_LISTED = 16_000  # passages among which Chroma can be asked to look; it fails with 32,767
_FILTERS = 16  # things remembered about filters: a count, ids and vectors of each
_MOST = 20  # a filter that lets through more than a twentieth is applied after the search
_BATCH = 256  # articles written in one transaction at first
_LARGEST_BATCH = 1024
_QUICK = 2.0  # seconds under which a batch is so quick that the next may be larger
_EMBEDDED = 64  # articles embedded anew between two looks at who else wants to write


@dataclass(frozen=True, slots=True)
class Added:
    """What `Index.add` did, in articles.

    Attributes:
        duplicates: Articles that hold the same story as one already stored, or one before them.
        passages: How many passages the added and updated articles were cut into.
        homeless: Files that were known to hold a copy of an article that has changed since. What
            they hold is stored nowhere now, and has to be read and added once more.
    """

    added: int = 0
    unchanged: int = 0
    updated: int = 0
    duplicates: int = 0
    passages: int = 0
    homeless: tuple[str, ...] = ()

    def __add__(self, other: Added) -> Added:
        return Added(*(getattr(self, name) + getattr(other, name) for name in type(self).__slots__))


_DONE: Future[None] = Future()
_DONE.set_result(None)


class Index:
    """Articles, and search over their passages by meaning and by words.

    Args:
        store: The folder that holds everything. Made if missing.
        model: The embedding model: "bundled", or any sentence-transformers name or folder.
        database_url: A SQLAlchemy URL for the catalog; an SQLite file in the store by default.
        chroma_url: A Chroma server; Chroma inside this process by default.
        chroma_token: Bearer token for the server.
        reranker: A sentence-transformers cross-encoder, by name or folder, that orders the first
            hits anew.
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
        reranker: str | None = None,
        waiting: Callable[[], None] | None = None,
    ) -> None:
        self.store = store
        self.catalog = Catalog(database_url or store / "catalog.sqlite")
        self._model = model
        self._chroma = (chroma_url or store / "chroma", chroma_token)
        self._reranker = reranker
        self._judge: Judge | None = None
        self._waiting = waiting
        self._lexical = Lexical(store / "words", self.frequency, self.translate)
        self._translations: TranslationTable | None = None
        self._background: BackgroundFrequencies | None = None
        self._chosen: Dense | None = None
        self._dense: Dense | None = None
        self._embedder: Embedder | None = None
        self._word_vectors: WordVectors | None = None
        self._lock = FileLock(store / "writing.lock")
        self._threads = threading.RLock()
        self._writing = False
        self._words_apart: LexicalProcess | None = None
        self._seen = -1
        self._sounds: tuple[int, Sounds] = (-2, {})
        self._spoken: tuple[int, frozenset[str]] = (-1, frozenset())
        self._counted: tuple[int, dict[tuple[str, Filters], object]] = (-1, {})
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
        for dense in (self._dense, self._chosen):
            if dense:
                dense.close()
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
        """The vectors that answer: the chosen model's, or another's until those are whole."""
        with self._threads:
            if self._chosen is None:
                self._chosen = self._vectors(self._model, self.embedder)
            if self._dense is None or (self._dense is not self._chosen and self._chosen.is_whole()):
                self._dense = self._answering(self._chosen)
            return self._dense

    def _vectors(self, model: str, embedder: Embedder) -> Dense:
        place, token = self._chroma
        return Dense(place, model, embedder, token)

    def _answering(self, chosen: Dense) -> Dense:
        if chosen.is_whole():
            return chosen
        for name, model in chosen.others():
            try:
                other = self._vectors(model, load_embedder(model))
            except EmbeddingModelError:
                continue
            if other.name == name:  # the model has not changed since
                return other
            other.close()
        return chosen

    @property
    def answering_model(self) -> str:
        """The embedding model whose vectors answer now."""
        return self.dense.model

    def unembedded(self) -> int:
        """How many passages the chosen model has to embed before it answers; 0 when it does.

        A model that is chosen over an index of another's vectors waits until `embed` is called;
        the other one answers meanwhile.
        """
        if self.dense is self._chosen or self._chosen is None:
            return 0
        return self.catalog.passages_since(self._chosen.revision())

    def embed(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Embeds all passages with the chosen model, which answers from then on.

        What is embedded stays so when this is broken off, and is not done again.

        Args:
            progress: Called after each batch with the passages embedded so far, and all of them.
        """
        if not (left := self.unembedded()):
            return
        done, chosen = 0, self._chosen
        assert chosen is not None  # noqa: S101  (something is left for it)
        while True:
            with self._exclusive():  # for one batch: others may write between two
                batch = next(iter(self.catalog.changes(chosen.revision(), _EMBEDDED)), [])
                rest = self.catalog.pending(batch[-1].revision if batch else chosen.revision())
                chosen.apply(batch, partial=rest > 0)
            done += sum(len(change.passages) for change in batch)
            if progress:
                progress(done, max(done, left))
            if not rest:
                return

    def likeness(self, words: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
        """Cosines of single words by the bundled model, whatever model embeds the passages."""
        with self._threads:
            if self._word_vectors is None:
                bundled = self.embedder if self._model == BUNDLED else load_embedder(BUNDLED)
                self._word_vectors = WordVectors(bundled)
        return self._word_vectors(words, others)

    def translate(self, stem: str, source: str, target: str) -> dict[str, float]:
        """Stems of another language for a stem of one, with their probabilities."""
        return dict(self._table().translate(stem, source, target))

    def _table(self) -> TranslationTable:
        if self._translations is None:
            self._translations = TranslationTable.load()
        return self._translations

    def frequency(self, stem: str, language: str) -> float:
        """In what share of passages of a language at large a stem stands, in (0, 1)."""
        return self._frequencies().document_frequency(stem, language)

    def _frequencies(self) -> BackgroundFrequencies:
        if self._background is None:
            self._background = BackgroundFrequencies.load()
        return self._background

    def rarity(self, stem: str, language: str) -> float:
        """How much a stem tells in a language at large: the logarithm of its rarity."""
        return -math.log(self.frequency(stem, language))

    # Reading

    def passages(self, filters: Filters | None = None) -> int:
        """How many passages the articles have that pass the filters."""
        return self._count(filters or Filters())

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
        found = fuse(by_words, by_meaning.result())
        # More than asked for: what is read closely may change places, some may say the same, and
        # an index that lags behind may name passages that are gone.
        return self._hits(read_question(question), found[: top + _SPARE])[:top]

    def correct(self, question: str) -> Correction:
        """Mends words of a question that are known nowhere and one slip from one that is.

        Arabic in Latin letters is written in Arabic ones, if the library has Arabic articles.

        Args:
            question: In any language.
        """
        self._refresh()
        languages = self._languages()
        if "ar" in languages and is_arabizi(question):
            if arabic := to_arabic(question, self._arabic_sounds(), self._words_with):
                return Correction(arabic, (arabic,))
            return Correction(question)
        known = LibraryVocabulary(self._lexical, self._frequencies(), self._table(), languages)
        return correct(question, known, languages)

    def _arabic_sounds(self) -> Sounds:
        if self._sounds[0] != self._seen:
            self._sounds = (self._seen, by_sound(self._lexical.stems_beginning("")))
        return self._sounds[1]

    def _words_with(self, stem: str) -> list[str]:
        """Words of some passages that have a stem, as they are written there."""
        ids = self._lexical.passages_with(stem, _SPELT)
        articles = self.catalog.articles_by_id({_article_id(id_) for id_ in ids})
        return [
            article.text[word.start : word.end]
            for article in articles.values()
            for word in words(article.text)
            if light_stem(word.form) == stem
        ]

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
        all_, some = self._count(Filters()), self._count(filters)
        dense = self.dense
        if some <= _FEW:
            # Chroma takes tens of milliseconds to look among few; their vectors are fetched once.
            vectors = self._remembered(
                (dense.name, filters), lambda: dense.vectors(self._passing(filters))
            )
            return dense.among(question, top, *vectors)
        # It is slow with long lists of ids, too. Where many passages pass, enough of them are
        # among the first few hundred or thousand of all.
        depth = 2 * top * all_ // some
        while some > _LISTED or some * _MOST > all_:
            depth = min(depth, all_)
            found = dense.search(question, depth)
            passing = self.catalog.passing({_article_id(id_) for id_, _ in found}, filters)
            kept = [hit for hit in found if _article_id(hit[0]) in passing]
            if len(kept) >= top or depth == all_:
                return kept[:top]
            if some <= _LISTED:
                break
            depth *= 4
        return dense.search(question, top, self._passing(filters))

    def _count(self, filters: Filters) -> int:
        """How many passages pass; counted once for a revision, as questions share filters."""
        return self._remembered(("count", filters), lambda: self.catalog.count(filters)[1])

    def _passing(self, filters: Filters) -> list[str]:
        return self._remembered(("ids", filters), lambda: self.catalog.passage_ids(filters))

    def _remembered(self, key: tuple[str, Filters], make: Callable[[], _T]) -> _T:
        revision = self.catalog.revision()
        if self._counted[0] != revision or len(self._counted[1]) > _FILTERS:
            self._counted = (revision, {})
        remembered = self._counted[1]
        if key in remembered:
            return cast("_T", remembered[key])
        made = make()
        if self._seen == revision:  # else the vectors may lag behind the catalog
            remembered[key] = made
        return made

    def _languages(self) -> frozenset[str]:
        seen = self._seen
        if seen < 0 or self._spoken[0] != seen:
            self._spoken = (seen, frozenset(code for code in self.catalog.languages() if code))
        return self._spoken[1]

    def _hits(self, question: Question, found: Sequence[Found]) -> list[Hit]:
        articles = self.catalog.articles_by_id({_article_id(one.id) for one in found})
        spans = self.catalog.spans(articles)
        passages: list[Passage] = []
        candidates: list[Candidate] = []
        for one in found:
            article_id, number = _article_id(one.id), int(one.id.rpartition(":")[2])
            span = spans.get((article_id, number))
            if span is None:
                continue
            article = articles[article_id]
            passage = Passage(article_id, number, *span, article.text[slice(*span)])
            passages.append(passage)
            if len(candidates) < _READ:
                language = passage_language(passage.text, article) or question.language
                candidates.append(
                    Candidate(passage.text, article.title, language, one.words, one.meaning)
                )
        read = rerank(question, candidates, self.rarity, self.translate, self.likeness)
        # Those that are not read closely keep their order behind the others.
        lowest = min(read, default=(1.0, 0.0))[0], min((r for _, r in read), default=0.0)
        behind = range(1, 1 + len(passages) - len(read))
        read += [(lowest[0] / (1 + place), lowest[1] / (1 + place)) for place in behind]
        hits = [
            Hit(passage, articles[passage.article_id], relevance, score)
            for passage, (score, relevance) in zip(passages, read, strict=True)
        ]
        hits.sort(key=lambda hit: -hit.score)
        if self._reranker and hits:
            hits = self._judged(question.text, hits)
        return diversify(hits, self.reports(articles))

    def _judged(self, question: str, hits: list[Hit]) -> list[Hit]:
        """Puts the first hits in the order of the cross-encoder that the user named."""
        with self._threads:
            if self._judge is None:
                self._judge = load_cross_encoder(str(self._reranker))
        first, rest = hits[:_JUDGED], hits[_JUDGED:]
        scores = self._judge(question, [f"{h.article.title}\n{h.passage.text}" for h in first])
        order = sorted(range(len(first)), key=lambda at: -scores[at])
        # Scores go with the places, so that they fall as they did before.
        return [
            replace(first[at], score=hit.score) for at, hit in zip(order, first, strict=True)
        ] + rest

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
        *,
        seen: set[str] | None = None,
    ) -> Added:
        """Stores articles and makes them findable; those that did not change cost little.

        Two stories under one id are both stored: `vectorstore.intake` says how.

        Args:
            articles: In any number; they are taken in batches.
            progress: Called after each batch with what was done so far.
            seen: Gets the ids under which the articles are stored, save those of duplicates.
        """
        total = Added()
        with self._exclusive():
            stream = iter(articles)
            intake = Intake(self.catalog)
            changed: dict[str, set[str]] = {}
            size, findable = _BATCH, _DONE
            try:
                while batch := list(islice(stream, size)):
                    started = time.monotonic()
                    done = self._put(batch, intake, changed)
                    if len(batch) == size and not self._words_apart and done.added + done.updated:
                        self._words_apart = self._lexical_process()
                    # Its words are written while the next batch is read.
                    findable.result()
                    if progress and total != Added():
                        progress(total)
                    total += done
                    findable = self._begin_to_catch_up()
                    if time.monotonic() - started < _QUICK:
                        size = min(2 * size, _LARGEST_BATCH)
            finally:
                try:
                    findable.result()
                finally:
                    self._end_lexical_process()
            if seen is not None:
                seen |= intake.seen
            if superseded := intake.superseded():
                self.catalog.remove(superseded)
                self._catch_up()
            for text in self.catalog.holders(changed):
                del changed[text]
            if progress:
                progress(total)
        return replace(total, homeless=tuple(sorted(set().union(*changed.values()))))

    def _put(self, batch: Sequence[Article], intake: Intake, changed: dict[str, set[str]]) -> Added:
        """Stores what is new or changed.

        Args:
            batch: The articles.
            intake: Decides what becomes of them.
            changed: Gets the texts that were overwritten, and the files with copies of them.
        """
        decisions = intake.decide(batch)
        entries = [
            (decision.article, decision.print, passages(decision.article))
            for decision in decisions
            if decision.outcome in ("added", "updated")
        ]
        replaced = {d.holder: d.replaced for d in decisions if d.outcome == "updated"}
        copies = self.catalog.copies_of(replaced)
        if entries:
            self.catalog.put(entries)
        known = [
            (decision.holder, decision.article.path or decision.article.id)
            for decision in decisions
            if decision.outcome == "duplicate"
        ]
        for id_, paths in copies.items():
            if text := replaced[id_]:
                changed.setdefault(text, set()).update(paths)
            else:  # the copies are of its text, which is the same
                known += [(id_, path) for path in paths]
        if known:
            self.catalog.record_copies(known)
        counts = Counter(decision.outcome for decision in decisions)
        return Added(
            added=counts["added"],
            unchanged=counts["unchanged"],
            updated=counts["updated"],
            duplicates=counts["duplicate"],
            passages=sum(len(entry[2]) for entry in entries),
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
        except Exception as error:
            if is_full(error):
                raise DiskFullError(
                    f"The disk that holds {self.store} is full. Articles that were stored before "
                    "are still there; free some space and do this again."
                ) from error
            raise
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
        self._begin_to_catch_up().result()

    def _begin_to_catch_up(self) -> Future[None]:
        """Brings the vectors to the catalog's revision; when the words are, the future ends."""
        revision = self.catalog.revision()
        if self._lexical.revision() > revision or self.dense.revision() > revision:
            _log.warning("The index in %s is newer than its catalog and is rebuilt.", self.store)
            self._lexical.erase()
            self.dense.erase()
        words = self._pool.submit(self._catch_up_words, revision)
        try:
            for changes in self.catalog.changes(self.dense.revision()):
                self.dense.apply(changes)
        except BaseException:
            wait([words])
            raise
        self._seen = revision
        return words

    def _catch_up_words(self, revision: int) -> None:
        if self._words_apart:
            try:
                if self._words_apart.is_ready():
                    self._words_apart.catch_up()
                    self._lexical.reload()
            except LexicalProcessError as error:
                _log.warning("Words are written in this process from here on: %s", error)
                self._end_lexical_process()
        if self._lexical.revision() < revision:
            with self._lexical.writer() as writer:
                for changes in self.catalog.changes(self._lexical.revision()):
                    writer.apply(changes)
                    writer.commit()

    def _lexical_process(self) -> LexicalProcess:
        database = self.catalog.engine.url.render_as_string(hide_password=False)
        return LexicalProcess(self.store / "words", database)

    def _end_lexical_process(self) -> None:
        if self._words_apart:
            self._words_apart.close()
            self._words_apart = None
            self._lexical.reload()


def _article_id(passage_id: str) -> str:
    return passage_id.rpartition(":")[0]
