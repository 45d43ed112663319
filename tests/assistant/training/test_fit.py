"""The trainer of `assistant.ranking`, over sets of two dozen articles."""

import json
from pathlib import Path

import pytest

from assistant import ranking
from assistant.ranking import Fitted, Silence
from assistant.training import fit

PLACES = ["صنعاء", "حلب", "طنجة", "مسقط", "عمان", "بنغازي"]
THINGS = ["جسرا", "متحفا", "ملعبا", "سوقا"]
TOWNS = ["Sanaa", "Aleppo", "Tangier", "Muscat", "Amman", "Benghazi"]
WORKS = ["bridge", "museum", "stadium", "market"]
ARABIC = [f"افتتح الوزير {thing} جديدا في {place} عام 19{n:02}." for n, (place, thing) in
          enumerate((p, t) for p in PLACES for t in THINGS)]  # fmt: skip
ENGLISH = [f"The minister opened a new {work} in {town} in 19{n:02}." for n, (town, work) in
           enumerate((t, w) for t in TOWNS for w in WORKS)]  # fmt: skip


def rows(path: Path, *records: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(record) for record in records), "utf-8")


def judgements(path: Path, pairs: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{question}\t{document}\t1" for question, document in pairs.items()]
    path.write_text("\n".join(["query\tdocument\tscore", *lines]), "utf-8")


@pytest.fixture
def sets(tmp_path: Path) -> list[str]:
    arcd, other = tmp_path / "arcd", tmp_path / "other"
    stories = [f"وصل الوفد رقم {n} إلى مطار {place} مساء اليوم." for n, place in
               enumerate(PLACES * 2)]  # fmt: skip
    rows(arcd / "corpus.jsonl", *(
        {"_id": f"p{n}", "title": f"وفد {n}", "text": text} for n, text in enumerate(stories)
    ))  # fmt: skip
    rows(arcd / "queries-train.jsonl", *(
        {
            "_id": f"q{n}",
            "text": f"إلى أين وصل الوفد رقم {n}؟",
            "answers": [{"text": place, "start": stories[n].index(place)}],
        }
        for n, place in enumerate(PLACES * 2)
    ))  # fmt: skip
    judgements(arcd / "qrels/train.tsv", {f"q{n}": f"p{n}" for n in range(12)})
    for code, sentences in {"ara": ARABIC, "eng": ENGLISH}.items():
        (other / f"sentences-{code}.txt").parent.mkdir(exist_ok=True)
        (other / f"sentences-{code}.txt").write_text("\n".join(sentences), "utf-8")
        rows(other / f"corpus-{code}.jsonl", *(
            {"_id": f"a-{n:02}", "title": "", "text": text} for n, text in enumerate(sentences)
        ))  # fmt: skip
        rows(other / f"queries-{code}.jsonl", *(
            {"_id": f"s{n}", "text": text} for n, text in enumerate(sentences)
        ))  # fmt: skip
    judgements(other / "qrels/test.tsv", {f"s{n}": f"a-{n:02}" for n in range(24)})
    return ["--arcd", str(arcd), "--other", str(other)]


def test_what_is_fitted_is_written_beside_the_package_and_only_when_it_is_whole(
    sets: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit, "CODES", {"ara": "ar", "eng": "en"})
    shipped, loaded = ranking.FITTED.read_bytes(), ranking.fitted()
    seen: list[Fitted] = []
    judged_across = fit.judged_across

    out = tmp_path / "out"

    def watch(searched: object, index: object, weights: Fitted) -> object:
        # In the middle: whoever breaks it off here has lost nothing.
        assert (ranking.FITTED.read_bytes(), out.exists()) == (shipped, False)
        seen.append(weights)
        return judged_across(searched, index, weights)  # type: ignore[arg-type]

    monkeypatch.setattr(fit, "judged_across", watch)
    fit.main([*sets, "--out", str(out)])
    assert (ranking.FITTED.read_bytes(), ranking.fitted()) == (shipped, loaded)
    assert [path.name for path in out.iterdir()] == ["fitted.json"]
    (used,) = seen
    written = ranking.read_weights(out / "fitted.json")
    assert written.sentences == used.sentences != loaded.sentences
    assert written.own == used.own
    assert written.across.found == used.across.found
    assert written.across.threshold > 0


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    weights = Fitted({"covered": 1.5}, Silence({"bias": -1.0}, 0.25), Silence({}, 0.5))
    fit.write(weights, tmp_path)
    assert ranking.read_weights(tmp_path / "fitted.json") == weights
