import gzip
import json
import random
from pathlib import Path

import pytest

WORDS = {
    "war": "حرب",
    "peace": "سلام",
    "minister": "زعيم",
    "city": "مدين",
    "river": "نهر",
    "school": "مدرس",
    "market": "سوق",
    "price": "سعر",
    "doctor": "طبيب",
    "rain": "مطر",
    "night": "ليل",
    "bread": "خبز",
    "road": "طريق",
    "ship": "سفين",
    "house": "بيت",
    "moon": "قمر",
}


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Training texts of a made-up world of sixteen words, laid out as the real ones are."""
    folder = tmp_path_factory.mktemp("data")
    rng = random.Random(5)
    english = list(WORDS)
    sentences = [rng.sample(english, rng.randint(3, 6)) for _ in range(600)]
    pairs = [(" ".join(s), " ".join(WORDS[w] for w in s)) for s in sentences]
    for name in ("parallel", "lexicon", "news", "qa"):
        (folder / name).mkdir()

    def write(path: str, lines: list[str]) -> None:
        with gzip.open(folder / path, "wt", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")

    write("parallel/made.en-ar.tsv.gz", [f"{en}\t{ar}" for en, ar in pairs])
    write("parallel/made-negatives.ar-ar.tsv.gz", ["حرب\tسلام"])
    write("parallel/made.en-fr.tsv.gz", [f"{en}\t{en.upper()}x" for en, _ in pairs[:50]])
    write("lexicon/wiktionary.tsv.gz", [f"{en}\ten\t{ar}\tar" for en, ar in WORDS.items()])
    stories = [" ".join(WORDS[w] for s in sentences[i : i + 12] for w in s) for i in range(400)]
    write(
        "news/made.ar.jsonl.gz",
        [json.dumps({"title": story[:20], "body": story}) for story in stories],
    )
    write("qa/made.ar.tsv.gz", [f"{story[:15]}\t{story}" for story in stories[:20]])
    return folder
