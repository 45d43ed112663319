import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.embeddings import BUNDLED_FOLDER
from vectorstore.static_model import StaticModel

OURS = StaticModel(BUNDLED_FOLDER)


@pytest.fixture(scope="module")
def theirs() -> object:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(BUNDLED_FOLDER), device="cpu")


def assert_same(texts: list[str], theirs: object) -> None:
    expected = theirs.encode(texts, show_progress_bar=False)  # type: ignore[attr-defined]
    # The weights are stored in half precision, in which the other one also adds them up.
    np.testing.assert_allclose(OURS.encode(texts), expected, rtol=1e-2, atol=1e-3)


def test_its_vectors_are_those_of_sentence_transformers(theirs: object) -> None:
    assert_same(
        [
            "من هو السفير الأمريكي في بغداد؟",
            "How did the White House describe US-Iraqi relations?",
            "تعرضت المصالح لـ٤٠ هجمة، في ٢٠٢٣.",
            "",
            "،؛؟",
            "états-unis " * 300,
        ]
        * 60,
        theirs,
    )


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_so_they_are_for_any_text(theirs: object, texts: list[str]) -> None:
    assert_same(texts, theirs)


def test_embedding_with_the_bundled_model_imports_no_pytorch() -> None:
    code = (
        "import sys\nfrom vectorstore.embeddings import load_embedder\n"
        "assert load_embedder().encode_queries(['سؤال']).shape[0] == 1\n"
        "print(sorted({'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
