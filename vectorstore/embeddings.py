"""Meaning as vectors: the bundled sentence model, or any sentence-transformers model by name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.static_model import StaticModel

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer


BUNDLED = "bundled"
BUNDLED_FOLDER = Path(__file__).parent / "bundled"


class EmbeddingModelError(RuntimeError):
    """An embedding model cannot be had; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """What a model wants written before a question and before a passage."""

    query: str = ""
    passage: str = ""


# What the authors' model cards prescribe, for models whose own settings do not carry it. The first
# pattern found in the model's name (or its folder's) holds.
_FAMILIES: tuple[tuple[str, Prompts], ...] = (
    (
        r"e5.*(instruct|mistral)",
        Prompts(
            "Instruct: Given a web search query, retrieve relevant passages that answer the query\n"
            "Query: "
        ),
    ),
    (r"\be5\b", Prompts("query: ", "passage: ")),
    (r"embedding-?gemma", Prompts("task: search result | query: ", "title: none | text: ")),
    (r"bge-m3", Prompts()),
    (r"bge-.*\bzh\b", Prompts("为这个句子生成表示以用于检索相关文章：")),
    (
        r"bge-.*\ben\b|mxbai-embed|arctic-embed-(xs|s|m|l)$",
        Prompts("Represent this sentence for searching relevant passages: "),
    ),
    (r"arctic-embed", Prompts("query: ")),
    (r"nomic-embed", Prompts("search_query: ", "search_document: ")),
)


# Questions and passages of which only those side by side have to do with each other.
_UNRELATED = (
    ("متى افتتح الميناء الجديد؟", "دشنت الحكومة أمس رصيفا ثانيا لاستقبال سفن الحاويات."),
    ("من فاز بكأس البطولة؟", "حسم المنتخب المباراة النهائية بركلات الترجيح أمام جمهوره."),
    ("كم بلغ سعر القمح؟", "ارتفعت أسعار الحبوب في الأسواق العالمية عشرة في المئة."),
    ("What did the doctors advise?", "Older people should drink more water when it is hot."),
    ("Who designed the museum?", "The architect drew the hall as a tent of white stone."),
    ("Pourquoi les trains sont-ils en retard ?", "Une panne de signal bloque la ligne du nord."),
)


class Embedder(Embeddings):
    """A sentence-transformers model that knows questions from passages.

    It is a LangChain `Embeddings` as well.

    Attributes:
        name: Identifies the vectors: two embedders of one name give one text the same vector.
            Letters, digits, dots, dashes and underscores only.
        dimensions: Length of a vector.
        prompts: What is written before questions and passages.
    """

    def __init__(
        self, name: str, model: SentenceTransformer | StaticModel, prompts: Prompts
    ) -> None:
        self.name = name
        self.prompts = prompts
        self._model = model
        self.dimensions = cast(int, model.get_embedding_dimension())

    @cached_property
    def spread(self) -> float:
        """How many times further apart vectors must be for unrelated texts to be at distance 1.

        Some models give any two texts a cosine of .7 and more, which the bundled one gives only
        to those that say much the same (to unrelated ones it gives .00). With distances
        multiplied by this, a relevance fitted on the one holds for the others too.
        """
        if isinstance(self._model, StaticModel):
            return 1.0
        questions = self.encode_queries([question for question, _ in _UNRELATED])
        passages = self.encode_passages([passage for _, passage in _UNRELATED])
        cosines = questions @ passages.T
        unrelated = float(cosines[~np.eye(len(_UNRELATED), dtype=bool)].mean())
        return 1 / max(1 - unrelated, 1e-3)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Gives each passage its vector: shape ``(len(texts), dimensions)``, of length 1."""
        return self._encode(texts, self.prompts.passage)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Gives each question its vector: shape ``(len(texts), dimensions)``, of length 1."""
        return self._encode(texts, self.prompts.query)

    def _encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = self._model.encode(list(texts), prompt=prompt).astype(np.float32)
        # A text without a known word has no direction; it stays zero and is like nothing.
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return cast("NDArray[np.float32]", vectors / np.maximum(lengths, 1e-12))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embeds passages, as LangChain asks for them."""
        return cast("list[list[float]]", self.encode_passages(texts).tolist())

    def embed_query(self, text: str) -> list[float]:
        """Embeds a question, as LangChain asks for it."""
        return cast("list[float]", self.encode_queries([text])[0].tolist())


def load_embedder(
    name: str = BUNDLED, *, query_prompt: str | None = None, passage_prompt: str | None = None
) -> Embedder:
    """Loads an embedding model.

    Args:
        name: ``"bundled"``; the id of a model on Hugging Face, such as
            ``intfloat/multilingual-e5-small``; or a folder that holds a model.
        query_prompt: Written before every question, instead of what the model or its family asks.
        passage_prompt: Written before every passage, likewise.

    Raises:
        EmbeddingModelError: The model cannot be reached or read. No other model takes its place.
    """
    folder = BUNDLED_FOLDER if name == BUNDLED else Path(name).expanduser()
    try:
        model = StaticModel(folder) if name == BUNDLED else _by_name(name, folder)
    except Exception as error:
        raise EmbeddingModelError(_explanation(name, folder, error)) from error
    prompts = _prompts(model, name, query_prompt, passage_prompt)
    identity = f"{folder.resolve().name}-{_fingerprint(folder)}" if folder.is_dir() else name
    if query_prompt is not None or passage_prompt is not None:
        identity += "-" + hashlib.sha256(repr(prompts).encode()).hexdigest()[:8]
    return Embedder(re.sub(r"[^A-Za-z0-9._-]+", "-", identity).strip("._-"), model, prompts)


def _by_name(name: str, folder: Path) -> SentenceTransformer:
    # Slow to import, and not needed before the first question.
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder) if folder.is_dir() else name)


def _prompts(
    model: SentenceTransformer | StaticModel, name: str, query: str | None, passage: str | None
) -> Prompts:
    own = {key: text for key, text in model.prompts.items() if text}
    family = next(
        (
            prompts
            for pattern, prompts in _FAMILIES
            if re.search(pattern, Path(name).name, re.IGNORECASE)
        ),
        Prompts(),
    )
    own_passage = own.get("document") or own.get("passage")
    if own.get("query") or own_passage:  # a model that says one of the two has said both
        family = Prompts(own.get("query", ""), own_passage or "")
    return Prompts(
        family.query if query is None else query, family.passage if passage is None else passage
    )


def _fingerprint(folder: Path) -> str:
    """Twelve hex digits that change with the model's files.

    Of large files only the size, the first and the last mebibyte are read.
    """
    digest = hashlib.sha256()
    edge = 1 << 20
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".json", ".safetensors", ".bin", ".txt", ".model"}:
            continue
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
        with path.open("rb") as file:
            digest.update(file.read(edge))
            if size > edge:
                file.seek(max(edge, size - edge))
                digest.update(file.read())
    return digest.hexdigest()[:12]


def _explanation(name: str, folder: Path, error: Exception) -> str:
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if name == BUNDLED:
        return (
            f"The bundled embedding model in {folder} cannot be read ({reason}). "
            "Install Isnad again to restore its files."
        )
    if folder.is_dir():
        return (
            f"The embedding model in {folder} cannot be read ({reason}). Save it there again with "
            "sentence-transformers, or set ISNAD_EMBEDDING_MODEL=bundled to use the model in "
            "the box."
        )
    return (
        f"The embedding model “{name}” cannot be reached ({reason}). Connect to the network and "
        "check its name, so that it is downloaded once, or set ISNAD_EMBEDDING_MODEL=bundled to "
        "use the model in the box, which needs no network."
    )
