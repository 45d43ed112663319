import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.embeddings import load_embedder
from vectorstore.matching import alike
from vectorstore.questions import read_question
from vectorstore.reranking import FEATURES, Candidate, features, fitted, rerank
from vectorstore.training.reranking import by_name
from vectorstore.word_vectors import WordVectors

LIKENESS = WordVectors(load_embedder())


def passage(text: str, headline: str = "", language: str = "ar", **scores: float) -> Candidate:
    return Candidate(text, headline, language, scores.get("words", 0.5), scores.get("meaning", 0.3))


def untranslated(stem: str, source: str, target: str) -> dict[str, float]:
    return {}


def looked_at(question: str, *candidates: Candidate) -> list[dict[str, float]]:
    rows = features(read_question(question), candidates, alike, untranslated, LIKENESS)
    return [dict(zip(FEATURES, row, strict=True)) for row in rows.tolist()]


def test_what_the_headline_covers_counts_with_what_the_passage_covers() -> None:
    (one,) = looked_at("متى وصل السفير؟", passage("وصل أمس إلى المدينة.", "السفير الجديد"))
    assert (one["stems"], one["headline"], one["covered"]) == (0.5, 0.5, 1.0)
    assert one["words covered"] == 0.5


def test_words_that_stand_together_are_nearer_than_words_apart() -> None:
    near, far = looked_at(
        "متى وصل السفير؟",
        passage("وصل السفير أمس إلى المدينة."),
        passage("وصل أمس إلى المدينة وفد كبير يرأسه السفير."),
    )
    assert (near["nearness"], far["nearness"]) == (1.0, pytest.approx(1 / 7))


def test_the_best_sentence_matches_by_meaning_too() -> None:
    exact, alike_, other = looked_at(
        "هجوم",
        passage("الطقس معتدل. وقع هجوم."),
        passage("الطقس معتدل. وقعت هجمات."),
        passage("الطقس معتدل. نما الاقتصاد."),
    )
    assert exact["best sentence"] == pytest.approx(1.0, abs=1e-3)
    assert exact["best sentence"] > alike_["best sentence"] > other["best sentence"]


def test_the_passage_that_has_what_is_asked_comes_first() -> None:
    question = read_question("متى وصل السفير إلى بغداد؟")
    candidates = [
        passage("غادر الوزير العاصمة صباح اليوم."),
        passage("وصل السفير إلى بغداد يوم الأحد."),
    ]
    (wrong, _), (right, relevance) = rerank(question, candidates, alike, untranslated, LIKENESS)
    assert wrong < right == 1.0
    assert 0 <= relevance <= 1


def test_every_kind_has_a_weight_for_every_feature() -> None:
    names = {"bias", *FEATURES}
    assert {
        kind: (set(weights.order), set(weights.relevance)) for kind, weights in fitted().items()
    } == {"own": (names, names), "across": (names, names)}


def test_the_order_of_the_features_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    question = read_question("متى وصل السفير إلى بغداد؟")
    candidates = [
        passage("غادر الوزير العاصمة صباح اليوم.", "السفير", words=0.2),
        passage("وصل السفير إلى بغداد يوم الأحد.", meaning=0.7),
        passage("The ambassador came to Baghdad.", language="en"),
    ]
    before = rerank(question, candidates, alike, untranslated, LIKENESS)
    monkeypatch.setattr("vectorstore.reranking.FEATURES", FEATURES[3:] + FEATURES[2::-1])
    after = rerank(question, candidates, alike, untranslated, LIKENESS)
    assert np.array(after) == pytest.approx(np.array(before))


def test_the_trainer_writes_the_weights_by_name() -> None:
    width = 1 + len(FEATURES)
    order = np.arange(2.0 * width)
    written = by_name(order, -order)
    assert written["own"]["order"]["bias"] == 0
    assert written["across"]["order"]["bias"] == width
    assert written["across"]["relevance"]["length"] == 1 - 2 * width
    assert set(written["own"]["order"]) == {"bias", *FEATURES}


@settings(deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.text(max_size=20)),
        max_size=4,
    ),
)
def test_any_texts_have_finite_scores(question: str, texts: list[tuple[str, str]]) -> None:
    candidates = [passage(text, headline) for text, headline in texts]
    read = rerank(read_question(question), candidates, alike, untranslated, LIKENESS)
    assert len(read) == len(texts)
    assert np.isfinite(read).all()
    assert all(0 < score <= 1 and 0 <= relevance <= 1 for score, relevance in read)
