import itertools

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.passages import passages
from corpus.sentences import sentence_spans


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from(["جملة قصيرة. ", "سطر\n", "أطول " * 60])).map("".join)
    )
)
def test_passages_reproduce_their_spans_and_hold_every_sentence_whole(text: str) -> None:
    article = Article("a", text)
    text = article.text  # without control characters
    found = passages(article)
    assert all(p.text == text[p.start : p.end] for p in found)
    assert [p.number for p in found] == list(range(len(found)))
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for start, end in sentence_spans(text):
        assert sum(p.start <= start and end <= p.end for p in found) == 1
    assert "".join("".join(p.text for p in found).split()) == "".join(text.split())


@given(st.lists(st.integers(1, 400), min_size=1, max_size=30))
def test_no_passage_of_shorter_sentences_passes_the_limit(lengths: list[int]) -> None:
    text = "\n\n".join("س" * n for n in lengths)
    assert all(len(p.text) <= 800 for p in passages(Article("a", text)))


def test_a_sentence_over_the_limit_is_a_passage_alone() -> None:
    text = "قصيرة.\n" + "طويلة " * 300 + "\nقصيرة."
    assert [len(p.text) for p in passages(Article("a", text))] == [6, 1799, 6]


def test_cuts_fall_between_paragraphs() -> None:
    paragraph = "\n".join(["وقال المتحدث إن الجسر مغلق منذ الصباح حتى إشعار آخر. " * 4])
    text = "\n\n".join([paragraph] * 9)
    cuts = [p.end for p in passages(Article("a", text))][:-1]
    assert all(text[end:].startswith(" \n\n") or text[end:].startswith("\n\n") for end in cuts)


def test_ids_name_the_article_and_the_place() -> None:
    (only,) = passages(Article("a1", "جملة واحدة."))
    assert only.id == "a1:0"
