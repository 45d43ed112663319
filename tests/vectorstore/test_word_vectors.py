import numpy as np
import pytest

from vectorstore.embeddings import Embedder, load_embedder
from vectorstore.word_vectors import WordVectors


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


def test_words_are_as_alike_as_their_vectors(embedder: Embedder) -> None:
    words, others = ["سفير", "war"], ["سفير", "حرب", "قمح"]
    cosines = embedder.encode_passages(words) @ embedder.encode_passages(others).T
    np.testing.assert_allclose(WordVectors(embedder)(words, others), cosines, atol=2e-3)


def test_what_is_forgotten_is_made_again(embedder: Embedder) -> None:
    remembered, forgetful = WordVectors(embedder), WordVectors(embedder, room=2)
    for words in (["سفير", "حرب"], ["قمح", "سفير", "ميناء"], ["حرب"]):
        again = forgetful(words, ["سفير"])
        np.testing.assert_allclose(again, remembered(words, ["سفير"]), atol=2e-3)
