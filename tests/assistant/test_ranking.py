import pytest

from assistant.ranking import (
    Candidate,
    Wanted,
    adjacent,
    alike,
    compared,
    coverage,
    features,
    fitted,
    read_text,
    read_wanted,
)
from vectorstore.questions import read_question


def wanted(question, language="ar", **more):
    return read_wanted(read_question(question), language, alike, **more)


def test_a_word_is_covered_by_its_stem_whatever_is_written_onto_it():
    found = coverage(wanted("متى وصل الوفد؟"), read_text("ووصل وفدٌ إلى المطار", "ar"))
    assert found == (1.0, 1.0)


def test_a_word_spelled_otherwise_is_covered_in_part():
    (found,) = coverage(wanted("من هو بلينكن؟"), read_text("قال بلينكين شيئاً", "ar"))
    assert 0 < found < 1


def test_a_translation_covers_with_its_probability_softened():
    def translate(stem, source, target):
        return {"سفير": 0.5} if (stem, source, target) == ("ambassador", "en", "ar") else {}

    asked = wanted("Who is the ambassador?", translate=translate)
    assert coverage(asked, read_text("وصل السفير", "ar")) == (pytest.approx(0.5**0.3),)
    assert coverage(asked, read_text("وصل الوزير", "ar")) == (0.0,)


def test_rare_words_weigh_more_within_bounds():
    asked = read_wanted(
        read_question("زلزال المدينة قرب مجهول"),
        "ar",
        lambda stem, language: {"زلزال": 7.0, "مجهول": 40.0}.get(stem, -1.0),
    )
    assert asked.weights[0] == 7.0
    assert min(asked.weights) == 0.05
    assert max(asked.weights) == 10.0


def test_share_is_of_the_weight():
    assert (
        Wanted((3.0, 1.0), ({}, {}), (frozenset(), frozenset()), (None, None)).share((1.0, 0.0))
        == 0.75
    )


def test_neighbours_in_the_question_that_are_neighbours_in_the_sentence():
    sentence = read_text("المجلس الأعلى للقضاء اجتمع", "ar")
    assert adjacent(("مجلس", "اعل", "قضاء"), sentence) == pytest.approx(
        sum(b in sentence.places for b in ("اعل", "قضاء")) / 2
    )
    assert adjacent(("قضاء",), sentence) == 0.0


def test_every_feature_has_a_finite_value_and_the_fitted_weights_know_it():
    asked = read_question("كم هزة أرضية سجل المرصد؟")
    one = Candidate(
        text="سجل المرصد 40 هزة أرضية.",
        before="",
        after="",
        title="المرصد",
        passage="سجل المرصد 40 هزة أرضية.",
        language="ar",
        position=0,
        rank=0,
        score=1.0,
        relevance=0.9,
    )
    (values,) = compared([one], [features(asked, read_wanted(asked, "ar", alike), one)])
    assert values["covered"] == 1.0
    assert values["count with number"] == 1.0
    assert values.keys() <= fitted().sentences.keys()
