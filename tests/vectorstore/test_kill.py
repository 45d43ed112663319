"""Indexing killed at any moment: nothing acknowledged is lost, nothing is half there."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.article import Article
from vectorstore.index import Index

ARTICLES = 700


def make(number: int) -> Article:
    """One of the articles: the higher its number, the more passages it has."""
    sentence = f"الخبر رقم {number} عن هجوم على قاعدة عسكرية شمال المدينة."
    return Article(f"n{number}", " ".join([sentence] * (1 + number % 40)), language="ar")


WRITER = """
import sys
from pathlib import Path
from tests.vectorstore.test_kill import ARTICLES, make
from vectorstore.index import Index
with Index(Path(sys.argv[1])) as index:
    print("ready", flush=True)
    tell = lambda done: print(done.added + done.unchanged, flush=True)
    index.add(map(make, range(ARTICLES)), tell)
"""


@pytest.mark.slow
def test_indexing_killed_at_random_moments_is_finished_at_the_next_start(tmp_path: Path) -> None:
    moments = random.Random(20231108)
    acknowledged = 0
    for _ in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0, 2.5))
            writer.send_signal(signal.SIGKILL)
            said = [int(line) for line in writer.stdout.read().split("\n") if line]
        acknowledged = max([acknowledged, *said])
        with Index(tmp_path) as index:
            index.search("هجوم على قاعدة")
            articles, passages = index.catalog.count()
            assert articles >= acknowledged
            assert (index.dense.count(), index._lexical.count()) == (passages, passages)
            assert index.pending() == 0
    with Index(tmp_path) as index:
        index.add(map(make, range(ARTICLES)))
        assert {summary.id for summary in index.articles()} == {f"n{n}" for n in range(ARTICLES)}
        assert all(index.article(f"n{n}") == make(n) for n in range(0, ARTICLES, 50))
        assert index.dense.count() == index._lexical.count() == index.catalog.count()[1]


def test_of_two_that_index_at_once_the_second_waits_says_so_and_finishes(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "ready\n"
        waited: list[bool] = []
        with Index(tmp_path, waiting=lambda: waited.append(True)) as index:
            while not index.catalog.count()[0]:
                time.sleep(0.01)
            added = index.add([make(ARTICLES)])
            assert (added.added, waited) == (1, [True])
            assert first.wait(60) == 0
            assert len(index) == ARTICLES + 1
            assert index.dense.count() == index._lexical.count() == index.catalog.count()[1]
