import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.indexing import SAMPLE_ARTICLES
from vectorstore.index import Index
from vectorstore.query import Hit

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
        "found": 3,
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


def test_index_tells_what_it_passed_over_and_what_to_do(isnad: Isnad, folder: Path) -> None:
    for name in ("a.odt", "b.odt", "c.epub", "d.xyz", "e"):
        (folder / name).write_bytes(b"x")
    told = isnad("index", folder).splitlines()
    assert told[0].startswith(
        "8 found: 3 added, 0 updated, 0 unchanged, 0 duplicates, 0 failed, 5 passed over; "
        "0 removed; "
    )
    assert told[1:] == [
        "5 files are of kinds that cannot be read, and passed over: 2 .odt, 1 .epub, 1 .xyz, "
        "1 without an ending.",
        "  Documents: save them as .docx.",
        "  E-books: convert them to .html or .txt.",
        "  Others: save the text as .txt, .html, .docx or .pdf.",
    ]
    assert isnad.json("index", folder)["passed_over"] == {".odt": 2, ".epub": 1, ".xyz": 1, "": 1}


def test_a_folder_that_is_away_is_an_error_and_prunes_nothing(indexed: Isnad, folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    report = indexed.json("index", folder, "--prune", status=1)
    assert [failure["fault"] for failure in report["failed"]] == ["missing"]
    assert (report["removed"], report["found"]) == (0, 1)
    folder.mkdir()
    report = indexed.json("index", folder, "--prune", status=1)
    assert [failure["path"] for failure in report["failed"]] == [str(folder)]
    assert len(indexed.json("articles")) == 3
    assert indexed.json("index", folder, "--prune-empty")["removed"] == 3


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_any_terminal_is_told_of_names_that_are_no_text(
    isnad: Isnad, folder: Path, encoding: str
) -> None:
    (folder / os.fsdecode(b"caf\xe9.md")).write_text("Un article sur le café du port.")
    (folder / os.fsdecode(b"bad\xff.jsonl")).write_text("no JSON")
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "assistant.cli"]

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
        given = [*command, *map(str, arguments), "--store", str(isnad.store)]
        return subprocess.run(given, env=environment, capture_output=True, check=False)

    done = run("index", folder)
    assert done.returncode == 1, done.stderr
    assert b"5 found: 4 added" in done.stdout
    assert b"Traceback" not in done.stderr
    listed = json.loads(run("articles", "list", "--json").stdout)
    assert f"{folder}/caf\uf7e9.md" in {one["path"] for one in listed}
    assert "\u0644\u0642\u0627\u0621 \u0641\u064a \u0628\u063a\u062f\u0627\u062f" in {
        one["title"] for one in listed
    }


def test_a_store_that_cannot_be_made_is_one_sentence(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "file").touch()
    result = CliRunner().invoke(app, ["index", str(folder), "--store", str(tmp_path / "file/x")])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert f"{tmp_path}/file" in result.output
    assert "choose another with --store or ISNAD_STORE" in result.output


def test_a_database_that_is_none_is_one_sentence(isnad: Isnad, folder: Path) -> None:
    isnad.store.mkdir()
    (isnad.store / "catalog.sqlite").write_bytes(b"no database" * 1000)
    result = CliRunner().invoke(app, ["index", str(folder), "--store", str(isnad.store)])
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert f"The database of {isnad.store} cannot be used (file is not a database)" in result.output


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
    answer = indexed.json("ask", "ما التسلسل الزمني للقاءات الأعرجي وتولر؟")
    assert (answer["abstained"], answer["mode"]) == (False, "timeline")
    days = [(sentence["day"], sentence["published"]) for sentence in answer["answer"]]
    assert days == [(None, "2021-04-11")]


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


def test_a_batch_with_a_run_asks_each_question_once(
    indexed: Isnad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = Index.search

    def count(index: Index, question: str, *arguments: Any) -> list[Hit]:
        asked.append(question)
        return search(index, question, *arguments)

    monkeypatch.setattr(Index, "search", count)
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "q1", "question": "Victoria Taylor"}\n')
    line = indexed("search", "--batch", questions, "--run", tmp_path / "run", "--top", 1)
    assert asked == ["Victoria Taylor"]
    assert len(json.loads(line)["passages"]) == 1


def test_the_day_of_asking_can_be_told_for_all_questions_and_for_one(
    indexed: Isnad, tmp_path: Path
) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        '{"id": "q1", "question": "Who resigned yesterday?", "today": "2019-03-05"}\n'
        '{"id": "q2", "question": "Who resigned yesterday?"}\n'
    )
    lines = indexed("ask", "--batch", questions, "--today", "2019-03-02").splitlines()
    periods = [json.loads(line)["period"] for line in lines]
    assert periods == [
        {"since": "2019-03-04", "until": "2019-03-05", "outcome": "empty"},
        {"since": "2019-03-01", "until": "2019-03-02", "outcome": "empty"},
    ]


def test_a_batch_can_be_a_conversation(indexed: Isnad, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines = [
        {"id": 1, "question": "Where did Victoria Taylor speak?"},
        {"id": "b", "question": "And when?", "after": 1},
        {"id": "c", "question": "How old is she?", "after": "b"},
        {"id": "d", "question": "Whom did Victoria Taylor blame?"},
    ]
    questions.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    answers = [json.loads(line) for line in indexed("ask", "--batch", questions).splitlines()]
    assert [(answer["question"], answer.get("asked")) for answer in answers] == [
        ("Where did Victoria Taylor speak?", None),
        ("And when?", "When did Victoria Taylor speak?"),
        ("How old is she?", "How old is Victoria Taylor?"),
        ("Whom did Victoria Taylor blame?", None),
    ]


def test_a_line_that_follows_no_line_before_it_is_named(indexed: Isnad, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines = [
        {"id": "a", "question": "And when?", "after": "b"},
        {"id": "b", "question": "Where did Taylor speak?"},
    ]
    questions.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    result = CliRunner().invoke(
        app, ["ask", "--batch", str(questions), "--store", str(indexed.store)]
    )
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        f'{questions}:1 follows the question "b", but no line before it has that id. Put the line '
        'that "after" names first.\n'
    )


def test_a_slip_is_mended_and_told(indexed: Isnad) -> None:
    record = json.loads(indexed("ask", "Whom did Victorai Taylor blame?", "--json"))
    assert record["question"] == "Whom did Victorai Taylor blame?"
    assert record["corrections"] == ["Victoria"]
    assert record["notice"] == "Searched for: \u2068Victoria\u2069."
    assert "Searched for" not in indexed("ask", "Whom did Victoria Taylor blame?")


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
