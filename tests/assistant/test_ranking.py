from dataclasses import replace

from assistant.ranking import Candidate, compared, coverage_by_forms, features, fitted
from vectorstore.matching import alike, read_wanted
from vectorstore.questions import read_question


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
    (values,) = compared(asked, [one], [features(asked, read_wanted(asked, "ar", alike), one)])
    assert values["covered"] == 1.0
    assert values["count with number"] == 1.0
    assert "across" not in values
    assert values.keys() <= fitted().sentences.keys()
    foreign = replace(one, language="en")
    (values,) = compared(
        asked, [foreign], [features(asked, read_wanted(asked, "en", alike), foreign)]
    )
    assert values["across, covered"] == values["covered"]
    assert values.keys() <= fitted().sentences.keys()


def test_a_verb_is_found_in_its_noun():
    question = read_question("متى انسحبت الفرقة؟")
    wanted = read_wanted(question, "ar", alike)
    assert coverage_by_forms(question, wanted, "تأخر انسحاب الفرقة.", "ar") == (1.0, 1.0)
    assert coverage_by_forms(question, wanted, "تأخر وصول القطار.", "ar")[0] < 0.5
