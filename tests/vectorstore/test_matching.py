import math

import pytest

from vectorstore.matching import (
    Translate,
    Wanted,
    adjacent,
    alike,
    coverage,
    grams,
    read_text,
    read_wanted,
)
from vectorstore.questions import read_question


def wanted(question: str, language: str = "ar", **more: Translate) -> Wanted:
    return read_wanted(read_question(question), language, alike, **more)


def test_a_word_is_covered_by_its_stem_whatever_is_written_onto_it() -> None:
    found = coverage(wanted("متى وصل الوفد؟"), read_text("ووصل وفدٌ إلى المطار", "ar"))
    assert found == (1.0, 1.0)


def test_a_word_spelled_otherwise_is_covered_in_part() -> None:
    (found,) = coverage(wanted("من هو بلينكن؟"), read_text("قال بلينكين شيئاً", "ar"))
    assert 0 < found < 1


def test_a_translation_covers_with_its_probability_softened() -> None:
    def translate(stem: str, source: str, target: str) -> dict[str, float]:
        return {"سفير": 0.5} if (stem, source, target) == ("ambassador", "en", "ar") else {}

    asked = wanted("Who is the ambassador?", translate=translate)
    assert coverage(asked, read_text("وصل السفير", "ar")) == (pytest.approx(0.5**0.3),)
    assert coverage(asked, read_text("وصل الوزير", "ar")) == (0.0,)


def test_rare_words_weigh_more_within_bounds() -> None:
    asked = read_wanted(
        read_question("زلزال المدينة قرب مجهول"),
        "ar",
        lambda stem, language: {"زلزال": 7.0, "مجهول": 40.0}.get(stem, -1.0),
    )
    assert asked.weights[0] == 7.0
    assert min(asked.weights) == 0.05
    assert max(asked.weights) == 10.0


def test_share_is_of_the_weight() -> None:
    none: tuple[frozenset[str], ...] = (frozenset(),) * 2
    asked = Wanted(("a", "b"), (3.0, 1.0), ({}, {}), none, (None,) * 2, (3.0, 1.0), (0.05, 0.4))
    assert asked.share((1.0, 0.0)) == 0.75


def test_a_translation_tells_as_much_as_it_is_rare() -> None:
    rarity = {"bank": 4.0, "بنك": 6.0, "ضف": 8.0}
    asked = read_wanted(
        read_question("bank xyzzy"),
        "ar",
        lambda stem, language: rarity.get(stem, 5.0),
        lambda stem, source, target: {"بنك": 0.5, "ضف": 0.5} if stem == "bank" else {},
    )
    assert asked.told == (pytest.approx(-math.log(0.5 * math.exp(-6) + 0.5 * math.exp(-8))), 0.0)


def test_neighbours_in_the_question_that_are_neighbours_in_the_sentence() -> None:
    sentence = read_text("المجلس الأعلى للقضاء اجتمع", "ar")
    assert adjacent(("مجلس", "اعل", "قضاء"), sentence) == pytest.approx(
        sum(b in sentence.vocabulary for b in ("اعل", "قضاء")) / 2
    )
    assert adjacent(("قضاء",), sentence) == 0.0


def test_a_name_that_another_script_spells_is_covered_by_its_sound() -> None:
    assert coverage(wanted("Blinken"), read_text("قال بلنكن شيئاً", "ar")) == (0.8,)
    assert coverage(wanted("Blinken"), read_text("قال لافروف شيئاً", "ar")) == (0.0,)


def test_grams_mark_the_boundaries_of_a_word() -> None:
    assert grams("سفير") == ("_سفي", "سفير", "فير_")
    assert grams("من") == ("_من_",)
    assert grams("u") == ("_u_",)
