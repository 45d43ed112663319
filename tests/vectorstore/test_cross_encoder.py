from pathlib import Path

import pytest

from vectorstore.cross_encoder import RerankerError, load_cross_encoder
from vectorstore.index import Index

from .conftest import article


def saved(transformer: Path, folder: Path, labels: int) -> str:
    """A cross-encoder with chance weights, saved as any downloaded model is."""
    from sentence_transformers import CrossEncoder

    CrossEncoder(str(transformer), num_labels=labels).save_pretrained(str(folder))
    return str(folder)


def test_a_cross_encoder_orders_the_first_hits_and_loses_none(
    transformer: Path, tmp_path: Path
) -> None:
    judge = saved(transformer, tmp_path / "judge", 1)
    texts = {"a": "the envoy came", "b": "the envoy left", "c": "envoys meet in the city"}
    articles = [article(id_, text, language="en") for id_, text in texts.items()]
    with Index(tmp_path / "store", reranker=judge) as index:
        index.add(articles)
        hits = index.search("Where is the envoy?")
    judged = load_cross_encoder(judge)("Where is the envoy?", [f"\n{t}" for t in texts.values()])
    scores = dict(zip(texts, judged, strict=True))
    assert [hit.article.id for hit in hits] == sorted(texts, key=lambda id_: -scores[id_])
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_model_that_cannot_be_had_is_named_with_the_way_out(
    transformer: Path, tmp_path: Path
) -> None:
    with pytest.raises(RerankerError, match=r"nowhere” cannot be loaded .*ISNAD_RERANKER"):
        load_cross_encoder(str(tmp_path / "nowhere"))
    with pytest.raises(RerankerError, match=r"gives 3 scores .* not one.*ISNAD_RERANKER"):
        load_cross_encoder(saved(transformer, tmp_path / "judge", 3))
