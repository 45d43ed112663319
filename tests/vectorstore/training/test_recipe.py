import re
import shutil
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.training.conftest import WORDS
from vectorstore.background import BackgroundFrequencies
from vectorstore.static_model import StaticModel
from vectorstore.training import card, texts
from vectorstore.training.__main__ import main
from vectorstore.translation import TranslationTable


@pytest.fixture(scope="module")
def made(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    _run(data, folder)
    return folder


def _run(data: Path, folder: Path) -> None:
    places = ["--data", str(data), "--out", str(folder / "out"), "--work", str(folder / "work")]
    main([*places, "--steps", "30", "--rows", "500", "--threads", "1"])


def test_the_recipe_makes_a_model_that_knows_translations(made: Path) -> None:
    model = StaticModel(made / "out")
    pairs = list(combinations(WORDS, 2))
    english = model.encode([" ".join(pair) for pair in pairs])
    arabic = model.encode([" ".join(WORDS[word] for word in pair) for pair in pairs])
    arabic /= np.linalg.norm(arabic, axis=1, keepdims=True)
    nearest = (english @ arabic.T).argmax(axis=1)
    assert (nearest == np.arange(len(pairs))).mean() > 0.9


def test_the_recipe_makes_a_table_and_frequencies(made: Path) -> None:
    table = TranslationTable.load(made / "out")
    assert table.translate("war", "en", "ar")[0][0] == "حرب"
    frequencies = BackgroundFrequencies.load(made / "out")
    assert frequencies.document_frequency("war", "en") > frequencies.document_frequency("qq", "en")


def test_finished_stages_are_not_done_again(made: Path, data: Path, tmp_path: Path) -> None:
    files = {path: path.stat().st_mtime_ns for path in made.rglob("*") if path.is_file()}
    _run(data, made)
    assert {path: path.stat().st_mtime_ns for path in made.rglob("*") if path.is_file()} == files


def test_the_same_seed_makes_the_same_model(made: Path, data: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "work", tmp_path / "work")
    _run(data, tmp_path)
    for name in ("model.safetensors", "tokenizer.json", "translation.npz", "frequencies.npz"):
        assert (tmp_path / "out" / name).read_bytes() == (made / "out" / name).read_bytes(), name


def test_pairs_marked_as_not_parallel_are_left_out(data: Path) -> None:
    sources = {pair.source for pair in texts.sentences(data)}
    assert sources == {"made"}


def test_figures_replace_the_old_ones_in_the_card_and_nothing_else(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# Title\n<!-- figures -->\nold\n<!-- end of figures -->\nEnd\n")
    card.write({"eng to ara, words": 0.5, "eng to ara, both": 0.75}, tmp_path)
    text = readme.read_text()
    assert "old" not in text
    assert re.search(r"\| English → Arabic \| 0\.500 \|  \| 0\.750 \|  \|", text)
    assert text.startswith("# Title\n<!-- figures -->\n")
    assert text.endswith("<!-- end of figures -->\nEnd\n")
