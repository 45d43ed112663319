"""Marks are right wherever they are made, and made where the sentence leaves no doubt.

``answering_spans.jsonl`` holds invented questions with a sentence and the words in it that answer;
none where it does not answer. One half was written before the rules were.
"""

import json
from pathlib import Path

import pytest

from assistant.reading import answering_span
from vectorstore.matching import alike, read_wanted
from vectorstore.questions import language_of, read_question

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parent / "answering_spans.jsonl").read_text("utf-8").splitlines()
]


def read(question, sentence, around=""):
    asked, language = read_question(question), language_of(sentence)
    span = answering_span(asked, read_wanted(asked, language, alike), sentence, language, around)
    return sentence[span.start : span.end] if span else None


@pytest.mark.parametrize("split", ["held-out", "chosen on"])
def test_what_is_read_is_right_and_most_answers_are_read(split):
    pairs = [pair for pair in PAIRS if pair["split"] == split]
    found = [(read(pair["question"], pair["sentence"]), pair["span"]) for pair in pairs]
    assert [(got, right) for got, right in found if got is not None and got != right] == []
    answerable = [got for got, right in found if right is not None]
    assert sum(got is not None for got in answerable) / len(answerable) >= 0.9


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "ماذا قالت ليلى حداد عن الميناء؟",
            'أشارت ليلى حداد خلال مؤتمر "موانئ الغد" إلى أن توسعة الميناء ستتأخر عاماً.',
        ),
        (
            "What did Haddad say about the port?",
            "Haddad said at the conference “Ports of Tomorrow” that the port would open late.",
        ),
        ("من هو السفير الإيطالي في عمان؟", "التقى السفير الإسباني في عمان كارلوس رويز الوزير."),
        ("من قتل نادر الشامي؟", "وقالت الشرطة إن نادر الشامي قتل في مشاجرة."),
        ("Who murdered Nora Vance?", "Nora Vance was murdered, her brother Carl Vance said."),
        ("من هي سلمى الخطيب؟", "قالت الدكتورة سلمى الخطيب إن النتائج جيدة."),
        ("متى استقال رئيس النادي؟", "قال رئيس النادي يوم الأحد إن الفريق جاهز."),
        ("متى استقال رئيس النادي؟", "لم يستقل رئيس النادي يوم الأحد."),
        ("كم سفينة غرقت؟", "غرق 13 بحارا حين هبت العاصفة."),
        ("How many houses were built?", "The first three houses were built in Marlow."),
        ("How many houses were built?", "Between 40 and 50 houses were built."),
        ("كم بلغت كلفة الجسر؟", "يبلغ طول الجسر 40 كيلومترا."),
        ("متى ولد؟", "ولد في 12 مارس 2001."),
        ("How many ships sank?", "How many ships sank, 12 or 13?"),
    ],
)
def test_where_it_is_not_sure_nothing_is_read(question, sentence):
    assert read(question, sentence) is None


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("كم بلغت كلفة الجسر الجديد؟", "وبلغت كلفة الجسر الجديد 23 460 000 درهم.",
         "23 460 000 درهم"),
        ("كم بلغت كلفة الجسر الجديد؟", "كلفة الجسر الجديد أقل من نصف مليون درهم.",
         "أقل من نصف مليون درهم"),
        ("كم هجوما وقع في المرفأ؟", "تعرض المرفأ لستين هجوما على الأقل وقع أكثرها ليلا.",
         "ستين هجوما على الأقل"),
        ("كم لقاء عقد الوفدان؟", "عقد الوفدان لقاءين في القصر.", "لقاءين"),
        ("كم بلغ عدد ضحايا الحريق؟", "إن عدد ضحايا الحريق بلغ 9 قتلى.", "9"),
        ("Who was killed in the raid on Velmark?",
         "The raid on Velmark killed the rebel commander Ivo Stanek.", "Ivo Stanek"),
    ],
)  # fmt: skip
def test_the_whole_answer_is_read(question, sentence, answer):
    assert read(question, sentence) == answer


def test_what_stands_around_a_sentence_may_say_what_it_is_about():
    question = "كم سفينة غرقت في مرفأ الشمال عام 2019؟"
    assert read(question, "غرقت 14 سفينة.") is None
    assert read(question, "غرقت 14 سفينة.", "عاصفة في مرفأ الشمال\n2019-03-04") == "14"
