import random

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.duplicates import fingerprint, near_copies

WORDS = [f"كلمة{n}" for n in range(3000)]


def report(seed: int, length: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def test_copies_that_differ_only_in_spelling_forms_share_a_fingerprint() -> None:
    one = Article("1", "قالت الحكومةُ إنّ ٣ جسور  أُغلقت.", title="عنوان")
    two = Article("2", "قالت الحكومة ان 3 جسور\nاغلقت", title="آخر", source="صحيفة")
    assert fingerprint(one) == fingerprint(two)


def test_one_other_word_gives_another_fingerprint() -> None:
    assert fingerprint(Article("1", "أغلقت ثلاثة جسور")) != fingerprint(
        Article("2", "أغلقت أربعة جسور")
    )


@given(st.text())
def test_any_text_has_a_fingerprint(text: str) -> None:
    assert len(fingerprint(Article("1", text))) == 64


def test_reports_with_small_edits_are_grouped_and_others_are_not() -> None:
    agency = report(1)
    edited = [*agency[:50], "مراسلنا", *agency[50:180], "ينتهي"]
    shorter = agency[:150]
    found = near_copies(
        Article(name, " ".join(text))
        for name, text in {
            "agency": agency,
            "other": report(2),
            "edited": edited,
            "short": ["كلمة"],
            "shorter": shorter,
        }.items()
    )
    assert found == [frozenset({"agency", "edited", "shorter"})]


def test_articles_on_one_subject_in_other_words_are_not_copies() -> None:
    shared = report(3, 60)
    texts = [shared + report(4), shared + report(5)]
    assert near_copies(Article(str(n), " ".join(t)) for n, t in enumerate(texts)) == []
