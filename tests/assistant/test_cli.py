import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.indexing import SAMPLE_ARTICLES

JSONL = [
    {
        "id": "levant-7",
        "title": "لقاء في بغداد",
        "text": "  التقى المستشار قاسم الأعرجي السفير ماثيو تولر في بغداد.\nوبحث الجانبان الأمن.  ",
        "date": "2021-04-11",
        "source": "وكالة الشرق",
        "language": "ar",
        "url": "https://example.org/7",
    },
    {"id": "mail-1", "text": "More than fifty attacks hit American interests.", "language": "en"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    lines = [json.dumps(record, ensure_ascii=False) for record in JSONL]
    (folder / "dump.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "note.md").write_text(
        "---\ntitle: Taylor in London\ndate: 2023-11-08\nsource: The Thames Ledger\n"
        "language: en\n---\nVictoria Taylor blamed Tehran. She praised Baghdad.\n",
        encoding="utf-8",
    )
    return folder


class Isnad:
    """The command line over one store."""

    def __init__(self, store: Path) -> None:
        self.store = store

    def __call__(self, *arguments: object, status: int = 0) -> str:
        result = CliRunner().invoke(app, [*map(str, arguments), "--store", str(self.store)])
        assert result.exit_code == status, (result.output, result.exception)
        return result.stdout

    def json(self, *arguments: object, status: int = 0) -> Any:
        return json.loads(self(*arguments, "--json", status=status))


@pytest.fixture
def isnad(tmp_path: Path) -> Isnad:
    return Isnad(tmp_path / "store")


@pytest.fixture
def indexed(isnad: Isnad, folder: Path) -> Isnad:
    isnad("index", folder)
    return isnad


def test_index_counts_what_became_of_each_article(isnad: Isnad, folder: Path) -> None:
    report = isnad.json("index", folder)
    assert {name: report[name] for name in report if name not in ("passages", "seconds")} == {
        "added": 3,
        "unchanged": 0,
        "updated": 0,
        "removed": 0,
        "duplicates": 0,
        "failed": [],
        "missing": 0,
        "left_out": 0,
        "passed_over": {},
    }
    assert report["passages"] == 3
    assert isnad.json("index", folder)["unchanged"] == 3


def test_index_updates_what_changed_and_prunes_only_when_asked(
    indexed: Isnad, folder: Path
) -> None:
    note = folder / "note.md"
    note.write_text(note.read_text().replace("praised", "thanked"))
    assert indexed.json("index", folder)["updated"] == 1
    note.unlink()
    kept = indexed.json("index", folder)
    assert (kept["removed"], kept["missing"]) == (0, 1)
    assert indexed.json("index", folder, "--prune")["removed"] == 1
    assert len(indexed.json("articles", "list")) == 2


def test_a_file_that_was_moved_keeps_its_article_when_the_old_place_is_pruned(
    indexed: Isnad, folder: Path
) -> None:
    (folder / "note.md").rename(folder / "moved.md")
    report = indexed.json("index", folder, "--prune")
    assert (report["removed"], report["added"], report["missing"]) == (1, 1, 0)
    paths = [article["path"] for article in indexed.json("articles", "list")]
    assert str(folder / "moved.md") in paths
    assert len(paths) == 3


def test_an_article_that_is_gone_from_its_file_is_offered_for_removal(
    indexed: Isnad, folder: Path
) -> None:
    dump = folder / "dump.jsonl"
    lines = dump.read_text().splitlines()
    dump.write_text(f"{lines[0]}\nnot JSON")  # the line may be the article that seems gone
    assert indexed.json("index", folder, status=1)["missing"] == 0
    dump.write_text(lines[0])
    assert indexed.json("index", folder)["missing"] == 1
    assert indexed.json("index", folder, "--prune")["removed"] == 1
    assert [a["id"] for a in indexed.json("articles", "list")].count("mail-1") == 0


def test_bad_files_are_named_the_others_indexed_and_nothing_stored_is_lost(
    indexed: Isnad, folder: Path
) -> None:
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    with (folder / "dump.jsonl").open("a", encoding="utf-8") as dump:
        dump.write('\nnot json\n{"id": "x", "text": "A third article."}\n')
    report = indexed.json("index", folder, status=1)
    assert (report["added"], report["unchanged"]) == (1, 3)
    failed = {Path(failure["path"]).name: failure["reason"] for failure in report["failed"]}
    assert sorted(failed) == ["binary.txt", "dump.jsonl:3", "empty.txt"]
    assert all(reason and "\n" not in reason for reason in failed.values())


def test_index_without_paths_takes_the_sample_articles(isnad: Isnad) -> None:
    report = isnad.json("index")
    assert report["added"] == len(list(SAMPLE_ARTICLES.glob("*.md"))) >= 16


def test_articles_list_and_show_give_the_article_as_it_was_given(
    indexed: Isnad, folder: Path
) -> None:
    listed = indexed.json("articles", "list")
    assert [one["id"] for one in listed][1:] == ["levant-7", "mail-1"]
    assert listed[1] == {
        "id": "levant-7",
        "title": "لقاء في بغداد",
        "source": "وكالة الشرق",
        "date": "2021-04-11",
        "language": "ar",
        "path": str(folder / "dump.jsonl"),
        "passages": 1,
    }
    assert listed[2]["date"] is None
    shown = indexed.json("articles", "show", "levant-7")
    assert shown["text"] == JSONL[0]["text"]
    assert (shown["url"], shown["left_out"]) == ("https://example.org/7", [])
    assert shown["near_copies"] == []


def test_articles_remove_removes_one(indexed: Isnad) -> None:
    assert indexed.json("articles", "remove", "mail-1") == {"removed": 1}
    assert len(indexed.json("articles")) == 2
    indexed("articles", "remove", "mail-1", status=1)
    indexed("articles", "show", "mail-1", status=1)


def test_search_gives_exact_spans_and_keeps_to_the_filters(indexed: Isnad) -> None:
    found = indexed.json("search", "تولر في بغداد", "--top", 2)["passages"]
    assert (found[0]["article_id"], found[0]["rank"]) == ("levant-7", 1)
    text = indexed.json("articles", "show", "levant-7")["text"]
    assert text[found[0]["start"] : found[0]["end"]] == found[0]["excerpt"]
    later = indexed.json("search", "تولر في بغداد", "--since", "2022-01-01")["passages"]
    assert {passage["source"] for passage in later} == {"The Thames Ledger"}
    wrong = CliRunner().invoke(app, ["search", "x", "--since", "yesterday"])
    assert (wrong.exit_code, "YYYY-MM-DD" in wrong.output) == (2, True)


def test_ask_answers_with_sentences_that_are_verbatim(indexed: Isnad) -> None:
    answer = indexed.json("ask", "من هو السفير الذي التقى الأعرجي في بغداد؟")
    assert (answer["abstained"], answer["mode"]) == (False, "quote")
    assert "ماثيو تولر" in answer["answer"][0]["text"]
    sources = {source["n"]: source for source in answer["sources"]}
    for sentence in answer["answer"]:
        assert any(sentence["text"] in sources[n]["excerpt"] for n in sentence["citations"])
    for source in sources.values():
        text = indexed.json("articles", "show", source["article_id"])["text"]
        assert text[source["start"] : source["end"]] == source["excerpt"]


def test_ask_for_a_timeline_says_that_it_is_one(indexed: Isnad) -> None:
    answer = indexed.json("ask", "timeline of the talks between Washington and Baghdad")
    assert (answer["abstained"], answer["mode"]) == (False, "timeline")
    days = [sentence["day"] or sentence["published"] for sentence in answer["answer"]]
    assert days == sorted(days)
    assert len(days) > 1


def test_ask_says_that_the_articles_do_not_tell(indexed: Isnad) -> None:
    answer = indexed.json("ask", "ما عاصمة اليابان؟")
    assert (answer["abstained"], answer["answer"]) == (True, [])


def test_a_batch_gives_a_line_a_question_and_a_run_over_article_ids(
    indexed: Isnad, tmp_path: Path
) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        '{"id": "q1", "question": "لقاء الأعرجي وتولر"}\n'
        '{"id": "q2", "question": "Victoria Taylor"}\n'
    )
    run = tmp_path / "run.trec"
    lines = indexed("search", "--batch", questions, "--run", run).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["q1", "q2"]
    rows = [row.split() for row in run.read_text().splitlines()]
    assert rows[0][:4] == ["q1", "Q0", "levant-7", "1"]
    assert len({(row[0], row[2]) for row in rows}) == len(rows)
    answers = indexed("ask", "--batch", questions).splitlines()
    assert [json.loads(line)["id"] for line in answers] == ["q1", "q2"]


def test_a_batch_that_is_not_questions_is_named(indexed: Isnad, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "q1"}\n')
    result = CliRunner().invoke(
        app, ["ask", "--batch", str(questions), "--store", str(indexed.store)]
    )
    assert (result.exit_code, f"{questions}:1" in result.output) == (1, True)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom assistant.cli import app\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0\n"
        "heavy = {'torch', 'sentence_transformers', 'chromadb', 'numpy', 'sqlalchemy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_article_is_shown_with_the_outlets_that_carry_the_same_report(
    isnad: Isnad, tmp_path: Path
) -> None:
    report = " ".join(f"كلمة{n}" for n in range(60))
    (tmp_path / "agency.md").write_text(f"---\nid: agency\ndate: 2021-04-11\n---\n{report}")
    (tmp_path / "paper.md").write_text(
        f"---\nid: paper\nsource: صحيفة النهر\ndate: 2021-04-12\n---\nبغداد: {report}"
    )
    isnad("index", tmp_path / "agency.md", tmp_path / "paper.md")
    assert isnad.json("articles", "show", "agency")["near_copies"] == [
        {"id": "paper", "source": "صحيفة النهر", "date": "2021-04-12", "title": ""}
    ]
    assert "nearly the same: agency    (2021-04-11)" in isnad("articles", "show", "paper")
