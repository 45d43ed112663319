import random

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.duplicates import alike, bands, fingerprint, groups

WORDS = [f"كلمة{n}" for n in range(3000)]


def report(seed: int, length: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def sketch(words: list[str]) -> bytes:
    return fingerprint(Article("1", " ".join(words))).sketch


def test_copies_that_differ_only_in_spelling_forms_share_a_fingerprint() -> None:
    one = Article("1", "قالت الحكومةُ إنّ ٣ جسور  أُغلقت.", title="عنوان")
    two = Article("2", "قالت الحكومة ان 3 جسور\nاغلقت", title="آخر", source="صحيفة")
    assert fingerprint(one) == fingerprint(two)


def test_one_other_word_gives_another_fingerprint() -> None:
    one, two = (
        fingerprint(Article("1", text)) for text in ("أغلقت ثلاثة جسور", "أغلقت أربعة جسور")
    )
    assert one.exact != two.exact
    assert one.sketch == two.sketch == b""


@given(st.text())
def test_any_text_has_a_fingerprint(text: str) -> None:
    found = fingerprint(Article("1", text))
    assert len(found.exact) == 64
    assert len(bands(found.sketch)) in (0, 21)


def test_a_sketch_is_the_same_on_every_machine() -> None:
    assert bands(sketch(["one", "two", "three", "four", "five"]))[:2] == [
        238224908264748910,
        -8012732096994216393,
    ]


@given(st.integers(0, 200), st.integers(0, 10**6))
def test_the_share_of_equal_places_estimates_the_share_of_runs_in_common(
    common: int, seed: int
) -> None:
    one = report(seed)
    two = one[:common] + report(seed + 1)[common:]
    runs = [{" ".join(words[n : n + 4]) for n in range(197)} for words in (one, two)]
    share = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    if abs(share - 0.5) > 0.3:  # more than four standard deviations of 63 draws
        assert alike(sketch(one), [sketch(two)]) == [share > 0.5]


def test_reports_with_small_edits_are_grouped_and_others_are_not() -> None:
    agency = report(1)
    edited = [*agency[:50], "مراسلنا", *agency[50:180], "ينتهي"]
    found = groups(
        {
            "agency": sketch(agency),
            "other": sketch(report(2)),
            "edited": sketch(edited),
            "shorter": sketch(agency[:150]),
        }
    )
    assert found == [frozenset({"agency", "edited", "shorter"}), frozenset({"other"})]
    assert set(bands(sketch(agency))) & set(bands(sketch(edited)))


def test_articles_on_one_subject_in_other_words_are_not_copies() -> None:
    shared = report(3, 60)
    assert alike(sketch(shared + report(4)), [sketch(shared + report(5))]) == [False]


def test_a_text_without_runs_is_like_none() -> None:
    assert alike(b"", [sketch(report(1))]) == [False]
