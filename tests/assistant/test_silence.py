from assistant.quoting import rank_sentences
from assistant.ranking import fitted
from assistant.silence import answerability, evidence
from tests.assistant.test_quoting import FAIR, TALKS, hits
from vectorstore.matching import alike, read_wanted
from vectorstore.questions import read_question


def sure(text, found):
    question = read_question(text)
    wanted = {code: read_wanted(question, code, alike) for code in ("ar", "en")}
    ranked = rank_sentences(question, found, wanted)
    best = ranked[0].score if ranked else 0.0
    return answerability(question, found, wanted, best), evidence(question, found, wanted, best)


def test_the_more_of_a_question_is_covered_the_surer():
    whole, _ = sure("كم هزة أرضية سجل المرصد؟", hits(TALKS, FAIR))
    half, _ = sure("كم هزة أرضية ضربت اليابان؟", hits(TALKS, FAIR))
    none, _ = sure("ما عاصمة اليابان؟", hits(TALKS, FAIR))
    assert whole > half > none
    assert whole > fitted().threshold > none


def test_the_collection_may_be_one_article():
    found, _ = sure("كم هزة أرضية سجل المرصد؟", hits(TALKS))
    assert found > fitted().threshold


def test_nothing_found_and_nothing_asked_are_nothing_sure():
    assert sure("كم هزة؟", [])[0] == 0.0
    assert sure("", hits(TALKS))[0] == 0.0


def test_words_that_no_passage_has_are_counted():
    _, found = sure("كم هزة أرضية ضربت اليابان؟", hits(TALKS, FAIR))
    assert found["words missing"] == 2.0
    assert 0 < found["covered"] < 1
