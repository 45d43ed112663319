"""Runs the recipe, stage by stage; a stage that is done is not done again."""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.background import FILE as FREQUENCIES
from vectorstore.background import write_frequencies
from vectorstore.training import card, curriculum, evaluate, sentence_model, table
from vectorstore.training.alignment import Links
from vectorstore.training.frequencies import paragraph_counts
from vectorstore.training.sentence_model import (
    Group,
    Lesson,
    Recipe,
    Vocabulary,
    load_lessons,
    save_lessons,
)
from vectorstore.translation import FILE as TRANSLATION
from vectorstore.translation import write_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the command line and makes the bundled model."""
    parser = argparse.ArgumentParser(prog="python -m vectorstore.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training texts")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="finished stages")
    parser.add_argument("--sets", type=Path, help="folder of the development sets, to measure on")
    parser.add_argument("--threads", type=int, default=2, help="processor cores to use")
    defaults = Recipe()
    parser.add_argument("--steps", type=int, default=defaults.steps, help="batches to learn from")
    parser.add_argument("--rows", type=int, default=defaults.rows, help="words with a vector")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options.work.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(steps=options.steps, rows=options.rows)

    links = aligned(options.data, options.work)
    stems = table.Stems()
    if not (options.out / TRANSLATION).exists():
        tables = table.commonest(table.probabilities(links), links)
        for pair in (("en", "ar"), ("ar", "en")):
            for phrase, translations in table.phrases(options.data, *pair, stems).items():
                tables[pair].setdefault(phrase, translations)
        write_table(tables, options.out)
    if not (options.out / FREQUENCIES).exists():
        write_frequencies(*paragraph_counts(options.data, stems), options.out)
    del stems
    if not (options.out / "model.safetensors").exists():
        words, lessons = prepared(options.data, options.work, recipe)
        graph = sentence_model.translation_graph(words, links.values())
        first = sentence_model.first_vectors(words, graph, recipe)
        vectors = trained(lessons, words, first, recipe, options.threads)
        sentence_model.save(sentence_model.spread(vectors, words, graph), words, options.out)
    if options.sets:
        figures = evaluate.measure(evaluate.Parts.load(options.out), options.sets)
        card.write(figures, options.out)


def aligned(data: Path, work: Path) -> dict[tuple[str, str], Links]:
    """Aligns every pair of languages that is not yet aligned."""
    paths = {pair: work / f"links-{'-'.join(pair)}.npz" for pair in table.PAIRS}
    if not all(path.exists() for path in paths.values()):
        stems = table.Stems()
        bilingual = table.bilingual_texts(data)
        for pair, path in paths.items():
            if bilingual[pair] and not path.exists():
                table.links(bilingual[pair], *pair, stems).save(path)
    return {pair: Links.load(path) for pair, path in paths.items() if path.exists()}


def prepared(data: Path, work: Path, recipe: Recipe) -> tuple[Vocabulary, list[Lesson]]:
    """Chooses the vocabulary and looks all training pairs up in it, unless that is done."""
    path = work / "lessons.npz"
    if not path.exists():
        groups = curriculum.groups(data, recipe.seed)
        words = sentence_model.vocabulary(sentence_model.count_words(_texts(groups)), recipe.rows)
        save_lessons(words, sentence_model.lessons(groups, words), path)
    return load_lessons(path)


def trained(
    lessons: Sequence[Lesson],
    words: Vocabulary,
    first: NDArray[np.float32],
    recipe: Recipe,
    threads: int,
) -> NDArray[np.float32]:
    """Trains the sentence model on some processor cores."""
    import torch

    torch.set_num_threads(threads)
    began = time.monotonic()
    vectors = sentence_model.train(lessons, words, first, recipe)
    _log.info("Trained in %.0f s", time.monotonic() - began)
    return vectors


def _texts(groups: Iterable[Group]) -> Iterator[tuple[str, str]]:
    for group in groups:
        for pair in group.pairs:
            yield pair.left, pair.left_language
            yield pair.right[: sentence_model.LONGEST_TEXT], pair.right_language


if __name__ == "__main__":
    main()
