"""How indexing and search grow with the number of passages.

    python -m tests.benchmarks.scale [PASSAGES…] [--quick-start FOLDER]

Prints a row for each size: passages indexed a second (a file of articles read, cleaned, split,
embedded and stored), the time that a question takes without and
with filters, that one article takes to be added, changed and removed, that a ready index takes to
open, and the memory of the process. With the folder of a sentence-transformers model, such as
all-MiniLM-L6-v2, the usual quick start (LangChain's recursive splitter, that model, Chroma) does
the same in the same run. Articles are made of invented words whose frequencies follow Zipf's law,
so that nothing has to be downloaded.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.indexing import index_paths
from corpus.article import Article
from vectorstore.index import Index
from vectorstore.query import Filters

SIZES = (1_000, 10_000, 100_000)
_OUTLETS = [f"صحيفة {n}" for n in range(20)]
_FIRST_DAY = dt.date(2015, 1, 1)


class Newsroom:
    """Invents articles of four passages each."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        letters = "ابتجحدرسصعفقكلمنهوي"
        lengths = (3, 4, 5, 6)
        self._words = sorted(
            {
                "".join(self._random.choices(letters, k=self._random.choice(lengths)))
                for _ in range(60_000)
            }
        )
        self._weights = [1 / (rank + 3) for rank in range(len(self._words))]
        self._cumulative: list[float] = []
        total = 0.0
        for weight in self._weights:
            total += weight
            self._cumulative.append(total)

    def words(self, count: int) -> list[str]:
        """Words, common ones more often."""
        return self._random.choices(self._words, cum_weights=self._cumulative, k=count)

    def article(self, id_: str) -> Article:
        """One article."""
        sentences = [" ".join(self.words(18)) + "." for _ in range(25)]
        return Article(
            id_,
            " ".join(sentences),
            title=" ".join(self.words(7)),
            source=self._random.choice(_OUTLETS),
            date=_FIRST_DAY + dt.timedelta(self._random.randrange(3650)),
            language="ar",
        )

    def articles(self, passages: int) -> Iterator[Article]:
        """Enough articles for so many passages."""
        return (self.article(f"n{n}") for n in range(passages // 4))

    def question(self) -> str:
        """Words of a question, most of them not among the commonest."""
        return " ".join(self._random.sample(self._words[200:20_000], 4) + self.words(3))


def timed(do: Callable[[], object], times: int = 1) -> list[float]:
    """Milliseconds that each call takes."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        do()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def percentiles(taken: list[float]) -> str:
    """Median and 95th percentile."""
    return f"{statistics.median(taken):.1f} / {statistics.quantiles(taken, n=20)[-1]:.1f}"


def measure(passages: int, store: Path) -> list[str]:
    """One row of the table."""
    newsroom = Newsroom()
    file = store / "articles.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for article in newsroom.articles(passages):
            fields = ("id", "title", "text", "source", "date")
            row = {name: getattr(article, name) for name in fields}
            lines.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    with Index(store) as index:
        index.search("تحميل النموذج")
        start = time.perf_counter()
        added = index_paths(index, [file])
        rate = added.passages / (time.perf_counter() - start)
        one = newsroom.article("one")
        add = timed(lambda: index.add([one]))[0]
        change = timed(lambda: index.add([newsroom.article("one")]))[0]
        remove = timed(lambda: index.remove(["one"]))[0]
    with Index(store) as index:
        opened = timed(lambda: index.search("سؤال"))[0]
        plain = timed(lambda: index.search(newsroom.question()), 200)
        narrow = Filters(
            since=dt.date(2020, 1, 1), until=dt.date(2020, 6, 30), sources=frozenset(_OUTLETS[:3])
        )
        wide = Filters(since=dt.date(2018, 1, 1))
        some = timed(lambda: index.search(newsroom.question(), filters=narrow), 100)
        most = timed(lambda: index.search(newsroom.question(), filters=wide), 100)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = [f"{added.passages:,}", f"{rate:,.0f}", percentiles(plain), percentiles(some)]
    figures += [percentiles(most), f"{add:.0f} / {change:.0f} / {remove:.0f}", f"{opened:.0f}"]
    return [*figures, f"{memory:,.0f}"]


HEAD = (
    "passages",
    "indexed a second",
    "search, ms p50 / p95",
    "narrow filter",
    "wide filter",
    "add / change / remove one, ms",
    "open and first question, ms",
    "memory, MB",
)


def quick_start(passages: int, model: Path, store: Path) -> list[str]:
    """What tutorials begin with, measured alike: passages a second, and search."""
    import chromadb
    from langchain_text_splitters import RecursiveCharacterTextSplitter
    from sentence_transformers import SentenceTransformer

    newsroom = Newsroom()
    encoder = SentenceTransformer(str(model), device="cpu")
    splitter = RecursiveCharacterTextSplitter(chunk_size=600, chunk_overlap=60)
    client = chromadb.PersistentClient(str(store))
    collection = client.create_collection("quick-start", embedding_function=None)

    def search() -> None:
        collection.query(query_embeddings=encoder.encode([newsroom.question()]), n_results=10)

    count = 0
    start = time.perf_counter()
    for article in newsroom.articles(passages):
        chunks = splitter.split_text(article.text)
        ids = [f"{article.id}:{n}" for n in range(len(chunks))]
        collection.add(ids=ids, documents=chunks, embeddings=encoder.encode(chunks))
        count += len(chunks)
    rate = count / (time.perf_counter() - start)
    return [f"{count:,}", f"{rate:,.0f}", percentiles(timed(search, 200))]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--quick-start", type=Path, help="folder of a sentence-transformers model")
    options = parser.parse_args()
    sys.stdout.write(" | ".join(HEAD) + "\n")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as store:
            sys.stdout.write(" | ".join(measure(size, Path(store))) + "\n")
            sys.stdout.flush()
        if options.quick_start:
            with tempfile.TemporaryDirectory() as store:
                row = quick_start(size, options.quick_start, Path(store))
            sys.stdout.write(" | ".join([*row, "the quick start"]) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
