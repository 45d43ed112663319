from assistant.quoting import quote, rank_sentences
from assistant.ranking import fitted
from assistant.silence import answerability, answering, evidence
from tests.assistant.test_quoting import FAIR, TALKS, hits
from vectorstore.matching import alike, read_wanted
from vectorstore.questions import read_question

LEXICON = {"رصد": "observatori", "مرصد": "observatori", "هز": "quak", "ارض": "earth"}


def translate(stem, source, target):
    return {LEXICON[stem]: 1.0} if stem in LEXICON and target == "en" else {}


def sure(text, found, language="ar"):
    question = read_question(text)
    wanted = {code: read_wanted(question, code, alike, translate) for code in ("ar", "en")}
    ranked = rank_sentences(question, found, wanted)
    best = ranked[0].score if ranked else 0.0
    told = question, found, language, wanted[language], best
    return answerability(*told), evidence(*told)


def test_the_more_of_a_question_is_covered_the_surer():
    whole, _ = sure("كم هزة أرضية سجل المرصد؟", hits(TALKS, FAIR))
    half, _ = sure("كم هزة أرضية ضربت اليابان؟", hits(TALKS, FAIR))
    none, _ = sure("ما عاصمة اليابان؟", hits(TALKS, FAIR))
    assert whole > half > none
    assert whole > fitted().own.threshold > none


def test_the_collection_may_be_one_article():
    found, _ = sure("كم هزة أرضية سجل المرصد؟", hits(TALKS))
    assert found > fitted().own.threshold


def test_nothing_found_and_nothing_asked_are_nothing_sure():
    assert sure("كم هزة؟", [])[0] == 0.0
    assert sure("", hits(TALKS))[0] == 0.0


def test_words_that_no_passage_has_are_counted():
    _, found = sure("كم هزة أرضية ضربت اليابان؟", hits(TALKS, FAIR))
    assert found["words missing"] == 2.0
    assert 0 < found["covered by a sentence"] < 1


def test_each_language_is_told_by_itself():
    question = read_question("كم هزة أرضية سجل المرصد؟")
    found = hits(TALKS, FAIR)
    wanted = {code: read_wanted(question, code, alike, translate) for code in ("ar", "en")}
    ranked = rank_sentences(question, found, wanted)
    best = {one.candidate.language: one.score for one in reversed(ranked)}
    assert answering(question, found, wanted, best) == {"ar"}
    answer = quote(question.text, found, translate=translate)
    assert {source.language for source in answer.sources} == {"ar"}


def test_a_language_without_passages_does_not_answer():
    assert sure("كم هزة أرضية سجل المرصد؟", hits(TALKS), "en") == (0.0, None)
