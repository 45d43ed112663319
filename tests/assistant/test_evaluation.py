import json

import pytest

from assistant.engine import ask
from assistant.evaluation import EvaluationError, evaluate, read_judged
from tests.assistant.test_quoting import FAIR, TALKS
from vectorstore.index import Index


@pytest.fixture
def folder(tmp_path):
    articles = [
        {"_id": a.id, "title": a.title, "text": a.text, "language": a.language}
        for a in (TALKS, FAIR)
    ]
    queries = [
        {"_id": "q1", "text": "كم هزة أرضية سجل المرصد؟", "answers": [{"text": "40 هزة أرضية"}]},
        {"_id": "q2", "text": "Who chaired the jury?", "answers": [{"text": "Nadia Karim"}]},
        {"_id": "q3", "text": "ما عاصمة اليابان؟"},
    ]
    for name, records in (("corpus.jsonl", articles), ("queries.jsonl", queries)):
        lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        (tmp_path / name).write_text(lines, encoding="utf-8")
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\ttalks\t1\nq2\tfair\t1\n", encoding="utf-8"
    )
    return tmp_path


def test_a_folder_is_indexed_asked_and_scored(folder, tmp_path):
    steps = []
    with Index(tmp_path / "store") as index:
        figures = evaluate(folder, index, ask, progress=lambda n, of: steps.append((n, of)))
    assert (figures.articles, figures.questions) == (2, 3)
    assert (figures.ndcg_at_10, figures.recall_at_5, figures.mrr) == (1.0, 1.0, 1.0)
    assert (figures.first_quoted, figures.three_quoted) == (1.0, 1.0)
    assert (figures.answerable_refused, figures.unanswerable_refused) == (0.0, 1.0)
    assert figures.citations_exact == 1.0
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_a_question_without_judgements_is_one_that_nothing_answers(folder):
    assert [dict(judged.relevant) for judged in read_judged(folder)] == [
        {"talks": 1},
        {"fair": 1},
        {},
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1 talks 1\n", "line 2: not three fields"),
        ("queries.jsonl", '{"_id": "q1", "text": "x"}\nnonsense', "line 2: not JSON"),
        ("queries.jsonl", '{"text": "x"}', "line 1: no _id and text"),
        ("queries.jsonl", b"\xff\xfe", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_line(folder, name, content, message):
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)
    with pytest.raises(EvaluationError, match=message):
        read_judged(folder)


def test_a_folder_without_judgements_is_refused(tmp_path):
    with pytest.raises(EvaluationError, match="name one of them"):
        read_judged(tmp_path)
