import re
from pathlib import Path

import numpy as np
import pytest

from vectorstore.embeddings import (
    BUNDLED_FOLDER,
    EmbeddingModelError,
    load_embedder,
)
from vectorstore.static_model import WordCache


def test_a_transformer_is_loaded_from_its_folder(transformer: Path) -> None:
    embedder = load_embedder(str(transformer))
    vectors = embedder.encode_passages(["one passage", "another"])
    assert embedder.dimensions == 16
    assert vectors.shape == (2, 16)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, rtol=1e-5)


def test_a_known_family_gets_its_prompts(transformer: Path) -> None:
    embedder = load_embedder(str(transformer))
    bare = load_embedder(str(transformer), query_prompt="", passage_prompt="")
    assert (embedder.prompts.query, embedder.prompts.passage) == ("query: ", "passage: ")
    np.testing.assert_allclose(
        embedder.encode_queries(["who"]), bare.encode_queries(["query: who"]), atol=1e-6
    )
    np.testing.assert_allclose(
        embedder.encode_passages(["he"]), bare.encode_passages(["passage: he"]), atol=1e-6
    )
    assert not np.allclose(embedder.encode_queries(["who"]), bare.encode_queries(["who"]))


def test_prompts_saved_with_a_model_go_before_its_family(transformer: Path, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(transformer))
    model.prompts = {"query": "ask: ", "document": "tell: "}
    model.save(str(tmp_path / "own-e5"))
    prompts = load_embedder(str(tmp_path / "own-e5")).prompts
    assert (prompts.query, prompts.passage) == ("ask: ", "tell: ")


def test_other_prompts_are_another_name(transformer: Path) -> None:
    plain = load_embedder(str(transformer))
    assert plain.name == load_embedder(str(transformer)).name
    assert plain.name != load_embedder(str(transformer), query_prompt="q: ").name
    assert re.fullmatch(r"tiny-e5-small-[0-9a-f]{12}", plain.name)


def test_changed_weights_are_another_name(transformer: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / transformer.name
    shutil.copytree(transformer, copy)
    assert load_embedder(str(copy)).name == load_embedder(str(transformer)).name
    weights = copy / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert load_embedder(str(copy)).name != load_embedder(str(transformer)).name


def test_no_texts_give_no_vectors(transformer: Path) -> None:
    assert load_embedder(str(transformer)).encode_passages([]).shape == (0, 16)


def test_langchain_gets_the_same_vectors(transformer: Path) -> None:
    embedder = load_embedder(str(transformer))
    assert embedder.embed_query("who") == embedder.encode_queries(["who"])[0].tolist()
    assert embedder.embed_documents(["he"]) == embedder.encode_passages(["he"]).tolist()


def test_a_model_out_of_reach_names_both_ways_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EmbeddingModelError) as caught:
        load_embedder("nobody/no-such-model")
    message = str(caught.value)
    assert "nobody/no-such-model" in message
    assert "network" in message
    assert "ISNAD_EMBEDDING_MODEL=bundled" in message


def test_a_broken_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("{")
    with pytest.raises(EmbeddingModelError, match=re.escape(str(tmp_path))):
        load_embedder(str(tmp_path))


def test_the_bundled_model_is_plain_sentence_transformers() -> None:
    from sentence_transformers import SentenceTransformer

    texts = [
        "وصل وزير الخارجية إلى القاهرة، أمس الثلاثاء.",
        "The foreign minister arrived in Cairo\u00a0on Tuesday.",
        "Le ministre est arrivé",
        "",
        "\u200f«المجلس»",
    ]
    plain = SentenceTransformer(str(BUNDLED_FOLDER)).encode(texts).astype(np.float32)
    plain /= np.maximum(np.linalg.norm(plain, axis=1, keepdims=True), 1e-12)
    np.testing.assert_allclose(load_embedder().encode_passages(texts), plain, atol=2e-3)


def test_the_bundled_model_brings_translations_together() -> None:
    embedder = load_embedder()
    arabic = embedder.encode_passages(
        ["ارتفعت أسعار النفط في الأسواق العالمية", "فاز الفريق بكأس العالم لكرة القدم"]
    )
    english = embedder.encode_queries(["the team won the football world cup", "oil prices rose"])
    assert (english @ arabic.T).argmax(axis=1).tolist() == [1, 0]


def test_spelling_variants_are_one_text_to_the_bundled_model() -> None:
    vectors = load_embedder().encode_passages(["إعلان الحكومة", "اعلانُ الحكومه"])
    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-3)


def test_a_remembered_word_has_the_tokenizers_tokens() -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(BUNDLED_FOLDER / "tokenizer.json"))
    texts = ["قالت «وكالة» الأنباء، إنّ 3.5 ملايين", "It's an old-fashioned test… ", "北京市长", ""]
    cache = WordCache(tokenizer, room=3)
    for _ in range(2):
        for text in texts:
            assert (
                cache.encode_batch([text])[0]
                == tokenizer.encode(text, add_special_tokens=False).ids
            )


def test_unrelated_texts_are_as_far_apart_by_any_model(transformer: Path) -> None:
    assert load_embedder().spread == 1.0
    embedder = load_embedder(str(transformer))
    texts = ["rain in the north", "a new king", "prices fell", "the team lost"]
    cosines = embedder.encode_queries(texts) @ embedder.encode_passages(texts[::-1]).T
    assert cosines.mean() > 0.8  # weights by chance tell little apart
    assert 1 - (1 - cosines.mean()) * embedder.spread < cosines.mean() - 0.1
