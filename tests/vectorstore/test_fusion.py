from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Passage
from vectorstore.fusion import Found, diversify, fuse
from vectorstore.query import Hit

from .conftest import article

rankings = st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1)).map(
    lambda scores: sorted(scores.items(), key=lambda pair: -pair[1])
)


def ids(found: list[Found]) -> list[str]:
    return [one.id for one in found]


def hit(article_id: str, number: int, text: str) -> Hit:
    one = article(article_id, text)
    return Hit(Passage(article_id, number, 0, len(text), text), one, 0.5, 0.5)


@given(rankings, rankings)
def test_every_passage_of_either_ranking_comes_out_once_best_first(
    words: list[tuple[str, float]], meaning: list[tuple[str, float]]
) -> None:
    fused = fuse(words, meaning)
    assert sorted(ids(fused)) == sorted(dict(words).keys() | dict(meaning).keys())
    scores = [one.score for one in fused]
    assert scores == sorted(scores, reverse=True)


def test_words_decide_where_the_articles_have_them_and_meaning_where_not() -> None:
    assert ids(fuse([("a", 0.9), ("b", 0.2)], [("b", 0.9), ("a", 0.1)])) == ["a", "b"]
    assert ids(fuse([], [("b", 0.9), ("a", 0.1)])) == ["b", "a"]
    assert ids(fuse([("a", 0.5), ("b", 0.5)], [("b", 0.9), ("a", 0.1)])) == ["b", "a"]


def test_more_than_three_passages_of_an_article_stand_behind_the_others() -> None:
    hits = [hit("a", n, f"كلام {n} {'أ' * n}") for n in range(5)] + [hit("b", 0, "شيء آخر تماما")]
    found = diversify(hits, {})
    assert [(h.article.id, h.passage.number) for h in found] == [
        ("a", 0),
        ("a", 1),
        ("a", 2),
        ("b", 0),
        ("a", 3),
        ("a", 4),
    ]


def test_more_than_two_articles_of_one_report_stand_behind_the_others() -> None:
    hits = [hit(f"copy{n}", 0, f"خبر {n}") for n in range(4)] + [hit("other", 0, "خبر آخر")]
    reports = {f"copy{n}": "copy0" for n in range(4)}
    found = [h.article.id for h in diversify(hits, reports)]
    assert found == ["copy0", "copy1", "other", "copy2", "copy3"]
