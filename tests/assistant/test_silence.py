import math
from dataclasses import replace

import pytest

from assistant.quoting import quote, rank_sentences
from assistant.ranking import Silence, fitted
from assistant.silence import answerability, answering, evidence
from corpus.article import Article
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


QUAKES = Article(
    id="quakes",
    title="Observatory",
    text="The observatory of Palm counted forty quakes. The library opened its doors on Sunday.",
    language="en",
)


def across(text, *articles):
    return sure(text, hits(*articles), "en")


def test_across_languages_the_sentence_counts_that_speaks_most_for_an_answer():
    found, told = across("كم هزة رصدها المرصد؟", QUAKES)
    none, other = across("كم كتابا في المكتبة؟", QUAKES)
    assert told["words found"] == 3.0
    assert told["words of the sentence"] == math.log1p(7)
    assert told["odds of the found"] > 0
    assert other["words found"] == 0.0
    assert found > none


def test_a_word_without_translation_tells_nothing_by_its_absence():
    _, known = across("كم هزة رصدها المرصد؟", QUAKES)
    _, more = across("كم هزة رصدها المرصد المستطير؟", QUAKES)
    assert more == known


def test_a_translation_that_is_missing_tells_the_more_the_surer_it_was_to_be_found(monkeypatch):
    often = replace(fitted().across, found={"ar en": 0.8})
    seldom = replace(fitted().across, found={"ar en": 0.4})
    odds = {}
    for silence in (often, seldom):
        weights = replace(fitted(), across=silence)
        monkeypatch.setattr("assistant.silence.fitted", lambda weights=weights: weights)
        _, told = across("هل في المرصد أرض؟", QUAKES)
        odds[silence.found["ar en"]] = told["odds of the missing"]
    assert odds[0.8] < odds[0.4] < 0


def test_a_pair_of_languages_may_ask_for_more(monkeypatch):
    question = read_question("كم هزة رصدها المرصد؟")
    found = hits(QUAKES)
    wanted = {"en": read_wanted(question, "en", alike, translate)}
    chance = answerability(question, found, "en", wanted["en"], 0.0)
    for least, languages in ((chance - 0.01, {"en"}), (chance + 0.01, set())):
        silence = replace(fitted().across, threshold=0.0, thresholds={"ar en": least})
        weights = replace(fitted(), across=silence)
        monkeypatch.setattr("assistant.silence.fitted", lambda weights=weights: weights)
        assert answering(question, found, wanted, {"en": 0.0}) == languages


def test_the_threshold_lies_between_those_of_the_nearest_sizes() -> None:
    silence = Silence({}, 0.5, by_passages=[(10, 0.2), (1000, 0.4)])
    assert [silence.threshold_among(n) for n in (0, 1, 10, 1000, 10**6)] == [
        0.2,
        0.2,
        0.2,
        0.4,
        0.4,
    ]
    assert silence.threshold_among(100) == pytest.approx(0.3)
    assert Silence({}, 0.5).threshold_among(100) == 0.5


def test_more_is_asked_of_another_language_where_the_askers_own_is_there_too() -> None:
    across = fitted().across
    assert across.beside_own > across.threshold
    assert across.beside_own > max(across.thresholds.values())
