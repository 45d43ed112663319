"""A second look at the first hits by a cross-encoder, for those who name one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Judge = Callable[[str, Sequence[str]], list[float]]
"""A question and passages give a score for each passage; higher is better."""


class RerankerError(RuntimeError):
    """A re-ranking model cannot be had; the message says why and what to do."""


def load_cross_encoder(name: str) -> Judge:
    """Loads a sentence-transformers `CrossEncoder` that scores passages for a question.

    Args:
        name: Its name on Hugging Face, such as ``BAAI/bge-reranker-v2-m3``, or its folder.

    Raises:
        RerankerError: It cannot be reached or read, or gives more than one score for a pair.
    """
    from sentence_transformers import CrossEncoder

    advice = "Set ISNAD_RERANKER to a cross-encoder's name or folder, or take it out."
    try:
        model = CrossEncoder(name)
    except Exception as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise RerankerError(
            f"The re-ranking model “{name}” cannot be loaded ({reason}). {advice}"
        ) from error
    if model.num_labels != 1:
        raise RerankerError(
            f"“{name}” gives {model.num_labels} scores for a question and a passage, not one. "
            f"{advice}"
        )

    def judge(question: str, passages: Sequence[str]) -> list[float]:
        pairs = [(question, passage) for passage in passages]
        return [float(score) for score in model.predict(pairs)]

    return judge
