"""Words: a tantivy index over light stems and character n-grams of passages and headlines."""

from __future__ import annotations

import logging
import math
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from corpus.metadata import passage_language
from corpus.sounds import consonants
from corpus.words import forms, stem
from vectorstore.catalog import Change
from vectorstore.matching import grams
from vectorstore.query import Filters
from vectorstore.questions import Question, read_question

if TYPE_CHECKING:
    import tantivy

_log = logging.getLogger(__name__)

_BOOSTS = {
    "stems": 1.0,
    "grams": 0.3,
    "sounds": 0.7,
    "title_stems": 0.6,
    "title_grams": 0.2,
    "title_sounds": 0.4,
}
_POOL = 500  # passages that the frequencies at large count for beside the index's own
_DOUBT = 0.4  # the smaller, the sooner an unlikely translation counts like a likely one
_FEWEST_CONSONANTS = 4  # with which a word is known by its sound
_TRANSLATED = 1.5  # makes up for the n-grams, which a translation has none of
_SEGMENTS = 12  # parts of the index from which closing it waits until some have become one
_WHITESPACE = "isnad_whitespace"
_REVISION = "isnad.revision"
_PATIENCE = 5  # seconds for another writer to let go
_DAY_ZERO = 0  # an article without a date; before every date that a filter can name


class Lexical:
    """An index of words on disk.

    One process writes at a time (the caller holds the store's lock); any number read.

    Args:
        folder: Where the index lives. Made if missing.
        frequency: In what share of passages at large a stem of a language stands.
        translate: The stems of another language for a stem of one, with probabilities.
    """

    def __init__(
        self,
        folder: Path,
        frequency: Callable[[str, str], float] | None = None,
        translate: Callable[[str, str, str], Mapping[str, float]] | None = None,
    ) -> None:
        self._folder = folder
        self._frequency = frequency
        self._translate = translate
        self._index: tantivy.Index | None = None

    def _open(self) -> tantivy.Index:
        if self._index is None:
            import tantivy

            self._folder.mkdir(parents=True, exist_ok=True)
            builder = tantivy.SchemaBuilder()
            builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
            for name in ("article_id", "source", "language"):
                builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
            builder.add_integer_field("date", indexed=True, fast=True)
            for name in _BOOSTS:
                builder.add_text_field(name, tokenizer_name=_WHITESPACE, index_option="basic")
            schema = builder.build()
            try:
                self._index = tantivy.Index(schema, path=str(self._folder))
            except ValueError as error:
                _log.warning(
                    "The index of words in %s cannot be read (%s); it is rebuilt from the catalog.",
                    self._folder,
                    error,
                )
                self.erase()
                self._folder.mkdir(parents=True)
                self._index = tantivy.Index(schema, path=str(self._folder))
            analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
            self._index.register_tokenizer(_WHITESPACE, analyzer)
        return self._index

    def erase(self) -> None:
        """Deletes the index; the next use starts an empty one."""
        self._index = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def reload(self) -> None:
        """Makes what another process committed findable."""
        self._open().reload()

    def revision(self) -> int:
        """The catalog's revision up to which changes have been taken in."""
        self._open()  # an index that cannot be read is erased, its revision with it
        try:
            return int((self._folder / _REVISION).read_text())
        except (FileNotFoundError, ValueError):
            return 0

    def count(self) -> int:
        """How many passages are indexed."""
        return int(self._open().searcher().num_docs)

    def stem_count(self, stem_: str) -> int:
        """In how many passages a stem stands."""
        return int(self._open().searcher().doc_freq("stems", stem_))

    def passages_with(self, stem_: str, most: int) -> list[str]:
        """Ids of some passages in which a stem stands."""
        import tantivy

        index = self._open()
        searcher = index.searcher()
        query = tantivy.Query.term_query(index.schema, "stems", stem_, index_option="basic")
        hits = searcher.search(query, most, count=False).hits
        return [str(searcher.doc(address).get_first("id")) for _, address in hits]

    def stems_beginning(self, letters: str) -> list[tuple[str, int]]:
        """The stems that begin with some letters, commonest first, with their counts."""
        return list(self._open().searcher().terms_with_prefix("stems", letters))

    def writer(self) -> Writer:
        """Opens the index for writing; nothing is findable before `Writer.commit`."""
        return Writer(self._open(), self._folder / _REVISION)

    def search(
        self,
        question: str,
        top: int,
        filters: Filters | None = None,
        languages: Collection[str] = (),
    ) -> list[tuple[str, float]]:
        """Finds the passages that share most with a question's words, or with their translations.

        BM25 over stems and character n-grams, in which a word's rarity is pooled from the index
        and from the language at large, an n-gram is never rarer than its word, and a question in
        another language than the articles is a probabilistic structured query (Darwish & Oard
        2003): a word weighs as much as the weighted mean of its translations' frequencies says,
        however many translations it has.

        Args:
            question: The question.
            top: How many passages to find at the most.
            filters: Which articles may answer.
            languages: The languages of the articles.

        Returns:
            Passage ids with their scores, highest first. A score is a share of the most that a
            passage can reach, about 1 for one that has every word of the question.
        """
        import tantivy

        index = self._open()
        searcher = index.searcher()
        weights, most = self._weights(read_question(question), languages, searcher)
        if not weights:
            return []
        should = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(index.schema, field, term, index_option="basic"),
                    weight,
                ),
            )
            for (field, term), weight in weights.items()
        ]
        must = [
            (tantivy.Occur.Must, tantivy.Query.const_score_query(condition, 0.0))
            for condition in _conditions(index.schema, filters or Filters())
        ]
        query = tantivy.Query.boolean_query(should)
        if must:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *must])
        hits = searcher.search(query, top, count=False).hits
        return [
            (str(searcher.doc(address).get_first("id")), float(score) / most)
            for score, address in hits
        ]

    def _weights(
        self, question: Question, languages: Collection[str], searcher: tantivy.Searcher
    ) -> tuple[dict[tuple[str, str], float], float]:
        """Boosts of terms by field, and the score of a passage that has every word once."""
        count = int(searcher.num_docs)

        def bm25_idf(frequency: float) -> float:
            return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))

        @cache
        def held(field: str, term: str) -> float:
            return float(searcher.doc_freq(field, term))

        def pooled(stem_: str, language: str) -> float:
            frequency = held("stems", stem_)
            if self._frequency is not None:
                at_large = self._frequency(stem_, language) * _POOL
                frequency = (frequency + at_large) / (count + _POOL) * count
            return min(frequency, float(count))

        weights: dict[tuple[str, str], float] = {}

        def add(field: str, term: str, idf: float, share: float = 1.0) -> None:
            own = bm25_idf(held(field, term))
            weight = _BOOSTS[field] * share * idf / own
            weights[field, term] = max(weight, weights.get((field, term), 0.0))

        most = 0.0
        for word in question.words:
            one = stem(word.form, question.language)
            idf = bm25_idf(pooled(one, question.language))
            most += idf
            add("stems", one, idf)
            add("title_stems", one, idf)
            for gram in grams(word.form):
                rarity = min(idf, bm25_idf(held("grams", gram)))
                most += _BOOSTS["grams"] * rarity
                add("grams", gram, rarity)
                add("title_grams", gram, rarity)
            written = held("stems", one) > 0
            for language in languages:
                if self._translate is None or language == question.language:
                    continue
                translations = self._translate(one, question.language, language)
                if not translations:
                    continue
                mean = sum(p * pooled(other, language) for other, p in translations.items())
                idf = bm25_idf(mean / sum(translations.values()))
                for other, probability in translations.items():
                    # Saturates like BM25's term frequency: a term that occurs `probability` times.
                    share = probability * (1 + _DOUBT) / (probability + _DOUBT)
                    add("stems", other, _TRANSLATED * idf, share)
                    add("title_stems", other, _TRANSLATED * idf, share)
                    written = written or held("stems", other) > 0
            sound = consonants(one)
            if not written and len(sound) >= _FEWEST_CONSONANTS:
                # Perhaps a name, which the articles spell in another way or another script.
                rarity = bm25_idf(held("sounds", sound))
                add("sounds", sound, rarity)
                add("title_sounds", sound, rarity)
        return weights, most or 1.0


class Writer:
    """Adds and removes passages of articles; used as a context, it always releases the index."""

    def __init__(self, index: tantivy.Index, revision_file: Path) -> None:
        self._index = index
        self._revision_file = revision_file
        self._revision: int | None = None
        self._writer = _writer(index)

    def apply(self, changes: Sequence[Change]) -> None:
        """Takes in changes. May be done twice."""
        import tantivy

        for change in changes:
            self._revision = change.revision
            self._writer.delete_documents_by_term("article_id", change.article_id)
            if change.article is None:
                continue
            article = change.article
            title = _fields("title_", article.title, article.language)
            for passage in change.passages:
                document = tantivy.Document()
                document.add_text("id", passage.id)
                document.add_text("article_id", article.id)
                document.add_integer(
                    "date", article.date.toordinal() if article.date else _DAY_ZERO
                )
                if article.source is not None:
                    document.add_text("source", article.source)
                if article.language is not None:
                    document.add_text("language", article.language)
                body = _fields("", passage.text, passage_language(passage.text, article))
                for field, terms in (title | body).items():
                    document.add_text(field, terms)
                self._writer.add_document(document)

    def commit(self) -> None:
        """Makes all that was applied durable and findable."""
        self._writer.commit()
        self._index.reload()
        if self._revision is not None:
            # Written after the commit and in one step: a crash between the two does work twice,
            # never leaves it undone.
            fresh = self._revision_file.with_suffix(".new")
            fresh.write_text(str(self._revision))
            fresh.replace(self._revision_file)

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Many segments are slow to search, and merging them takes seconds: not after every write.
        if error is not None or self._index.searcher().num_segments <= _SEGMENTS:
            self._writer.rollback()
        self._writer.wait_merging_threads()


def _writer(index: tantivy.Index) -> tantivy.IndexWriter:
    """Opens the index for writing. The writer of a process that was killed goes with it, soon."""
    for _ in range(_PATIENCE * 20):
        try:
            return index.writer(heap_size=64_000_000, num_threads=1)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise
            time.sleep(0.05)
    return index.writer(heap_size=64_000_000, num_threads=1)


def _fields(prefix: str, text: str, language: str | None) -> dict[str, str]:
    """The terms of a text by field, with spaces between.

    Each word stands once: a passage that repeats one does not answer better. (Arabic questions
    over encyclopaedia paragraphs: nDCG@10 .864 so, .851 with every occurrence.)
    """
    terms = _terms[language]
    found = [terms[form] for form in set(forms(text))]
    return {
        f"{prefix}stems": " ".join({stem_ for stem_, _, _ in found}),
        f"{prefix}grams": " ".join([grams_ for _, grams_, _ in found]),
        f"{prefix}sounds": " ".join({sound for _, _, sound in found if sound}),
    }


class _Terms(dict[str, tuple[str, str, str]]):
    """The stem, the n-grams and the sound of words of one language, remembered."""

    def __init__(self, language: str | None) -> None:
        self._language = language

    def __missing__(self, form: str) -> tuple[str, str, str]:
        if len(self) >= _REMEMBERED:
            self.clear()
        one = stem(form, self._language)
        sound = consonants(one)
        enough = len(sound) >= _FEWEST_CONSONANTS
        found = self[form] = one, " ".join(grams(form)), sound if enough else ""
        return found


class _TermsByLanguage(dict[str | None, _Terms]):
    def __missing__(self, language: str | None) -> _Terms:
        return self.setdefault(language, _Terms(language))


_REMEMBERED = 1 << 17
_terms = _TermsByLanguage()


def _conditions(schema: tantivy.Schema, filters: Filters) -> Iterable[tantivy.Query]:
    import tantivy

    if filters.since or filters.until:
        yield tantivy.Query.range_query(
            schema,
            "date",
            tantivy.FieldType.Integer,
            lower_bound=filters.since.toordinal() if filters.since else _DAY_ZERO + 1,
            upper_bound=filters.until.toordinal() if filters.until else None,
        )
    for field, allowed in (
        ("source", filters.sources),
        ("language", filters.languages),
        ("article_id", filters.article_ids),
    ):
        if allowed:
            yield tantivy.Query.term_set_query(schema, field, sorted(allowed))
