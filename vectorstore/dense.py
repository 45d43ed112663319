"""Meaning: the vectors of passages in Chroma, embedded or on a server.

Each embedding model has a collection of its own, so vectors of two models never mix.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from vectorstore.catalog import Change
from vectorstore.embeddings import Embedder, EmbeddingModelError
from vectorstore.full_disk import DiskFullError, is_full

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_PATIENCE = 5  # seconds for a server to answer
_LONG_PATIENCE = 120  # seconds for a server to store a batch

_PREFIX = "isnad-"  # of the names of our collections

Vectors = npt.NDArray[np.float32]


class ChromaUnavailableError(RuntimeError):
    """Chroma cannot be reached or its files cannot be read; the message says what to do."""


class _Encode(Protocol):
    def __call__(self, texts: Sequence[str], /) -> Vectors: ...


class Dense:
    """A Chroma collection that holds one vector for each passage.

    Args:
        place: A folder for embedded Chroma, or the ``http(s)://host:port`` of a Chroma server.
        model: The embedding model, as `vectorstore.embeddings.load_embedder` takes it.
        embedder: It, loaded.
        token: Sent to a server as a bearer token.
    """

    def __init__(
        self, place: Path | str, model: str, embedder: Embedder, token: str | None = None
    ) -> None:
        self.place = place
        self.model = model
        self._embedder = embedder
        self._token = token
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None
        self._gate = threading.RLock()  # nobody reopens while another thread searches

    @property
    def name(self) -> str:
        """The collection's name, made of the model's."""
        plain = re.sub(r"[^a-zA-Z0-9._-]+", "-", self._embedder.name).strip("._-")
        return f"{_PREFIX}{plain}"[:200].rstrip("._-")

    def _open(self) -> Collection:
        if self._collection is None:
            import chromadb
            import httpx
            from chromadb.config import Settings

            settings = Settings(anonymized_telemetry=False)
            with self._chroma():
                if isinstance(self.place, Path):
                    self.place.mkdir(parents=True, exist_ok=True)
                    self._client = chromadb.PersistentClient(str(self.place), settings=settings)
                else:
                    url = urlsplit(self.place)
                    # Chroma's client waits for ever; a server that is not there is told apart here.
                    httpx.get(f"{self.place.rstrip('/')}/api/v2/heartbeat", timeout=_PATIENCE)
                    self._client = chromadb.HttpClient(
                        host=url.hostname or "localhost",
                        port=url.port or (443 if url.scheme == "https" else 8000),
                        ssl=url.scheme == "https",
                        headers={"Authorization": f"Bearer {self._token}"} if self._token else None,
                        settings=settings,
                    )
                self._wait(_PATIENCE)
                self._collection = self._client.get_or_create_collection(
                    self.name,
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine", "ef_search": 200}},
                )
        return self._collection

    @contextmanager
    def _chroma(self) -> Iterator[None]:
        """Says what is the matter with Chroma. Nothing but calls of Chroma may stand inside."""
        import httpx
        from chromadb.errors import ChromaError

        try:
            yield
        # Its client tells of a server in a ValueError, and when it is opened again after it
        # could not be, it has not all of its attributes.
        except (ChromaError, httpx.HTTPError, OSError, ValueError, AttributeError) as error:
            self.close()  # so that the next question tries anew
            raise self._unavailable(error) from error

    def _unavailable(self, error: Exception) -> ChromaUnavailableError | DiskFullError:
        if is_full(error):
            return DiskFullError(
                f"The disk that holds {self.place} is full. The articles are still there; free "
                "some space and do this again."
            )
        if isinstance(self.place, Path) and isinstance(error, OSError):
            return ChromaUnavailableError(
                f"The folder {self.place} cannot be used ({error.strerror}). See that it is a "
                "folder that you may write to, and do this again."
            )
        if isinstance(self.place, Path):
            advice = "Delete that folder; it is rebuilt from the catalog at the next start."
            return ChromaUnavailableError(
                f"The vectors in {self.place} cannot be read ({error}). {advice}"
            )
        return ChromaUnavailableError(
            f"The Chroma server at {self.place} does not answer ({error}). Start it, or unset "
            "ISNAD_CHROMA_URL to keep the vectors in a folder."
        )

    def reopen(self) -> None:
        """Forgets the open client, so that what another process wrote is found."""
        with self._gate:
            self.close()

    def erase(self) -> None:
        """Deletes the collection; the next use starts an empty one."""
        self._open()
        if self._client is not None:
            self._client.delete_collection(self.name)
        self._collection = None

    def close(self) -> None:
        """Releases the client."""
        if self._client is not None:
            self._client.close()  # type: ignore[attr-defined]
        self._client = self._collection = None

    def count(self) -> int:
        """How many vectors are stored."""
        return self._open().count()

    def revision(self) -> int:
        """The catalog's revision up to which changes have been taken in."""
        return int((self._open().metadata or {}).get("revision", 0))

    def is_whole(self) -> bool:
        """Tells whether every article was embedded once: what is newer is soon taken in."""
        found = self._open().metadata or {}
        return bool(found.get("revision")) and not found.get("partial")

    def others(self) -> list[tuple[str, str]]:
        """Names of the other whole collections and their models, that with most changes first."""
        self._open()
        assert self._client is not None  # noqa: S101  (it was opened)
        found = [
            (int(metadata["revision"]), collection.name, str(metadata["model"]))
            for collection in self._client.list_collections()
            if collection.name.startswith(_PREFIX) and collection.name != self.name
            if (metadata := collection.metadata or {}).get("revision")
            if metadata.get("model") and not metadata.get("partial")
        ]
        return [(name, model) for _, name, model in sorted(found, reverse=True)]

    def _wait(self, seconds: float) -> None:
        """Sets how long a server may take; by itself Chroma's client would wait for ever."""
        session = getattr(getattr(self._client, "_server", None), "_session", None)
        if session is not None:
            session.timeout = seconds

    def apply(self, changes: Sequence[Change], *, partial: bool = False) -> None:
        """Takes in changes: embeds what is new, deletes what is gone. May be done twice.

        Args:
            changes: In the order of their revisions.
            partial: Other changes must follow before the collection is worth searching.
        """
        collection = self._open()
        passages = [
            (passage, change.article.title)
            for change in changes
            if change.article
            for passage in change.passages
        ]
        stale = [stale_id for change in changes for stale_id in change.stale_ids]
        texts = [
            f"{title}\n{passage.text}" if title else passage.text for passage, title in passages
        ]
        vectors = self._encode(self._embedder.encode_passages, texts) if texts else None
        ids = [passage.id for passage, _ in passages]
        with self._chroma():
            self._wait(_LONG_PATIENCE)
            if vectors is not None:
                for start in range(0, len(ids), 2000):
                    some = slice(start, start + 2000)
                    collection.upsert(ids=ids[some], embeddings=vectors[some])
            for start in range(0, len(stale), 500):
                collection.delete(ids=stale[start : start + 500])
            if changes:
                collection.modify(
                    metadata={
                        "revision": changes[-1].revision,
                        "model": self.model,
                        "partial": partial,
                    }
                )
            self._wait(_PATIENCE)

    def _encode(self, encode: _Encode, texts: Sequence[str]) -> Vectors:
        """Embeds texts, and says so when it is the model that fails."""
        try:
            return encode(texts)
        except EmbeddingModelError:
            raise
        except Exception as error:
            raise EmbeddingModelError(
                f"The embedding model {self.model} failed ({type(error).__name__}: {error}). "
                "Articles and vectors are whole, and what is missing is embedded at the next "
                "start; another model can be named with ISNAD_EMBEDDING_MODEL."
            ) from error

    def vectors(self, ids: Sequence[str]) -> tuple[list[str], Vectors]:
        """Those of the given passages that are stored, and their vectors, in the same order."""
        if not ids:
            return [], np.zeros((0, self._embedder.dimensions), np.float32)
        with self._gate:
            collection = self._open()
            with self._chroma():
                found = collection.get(ids=list(ids), include=["embeddings"])
        return found["ids"], np.asarray(found["embeddings"], np.float32)

    def among(
        self, question: str, top: int, ids: Sequence[str], vectors: Vectors
    ) -> list[tuple[str, float]]:
        """As `search`, but among passages whose vectors are at hand: exact, one by one."""
        if not ids:
            return []
        cosines = vectors @ self._encode(self._embedder.encode_queries, [question])[0]
        best = np.argsort(-cosines, kind="stable")[:top]
        spread = self._embedder.spread
        return [(ids[at], 1.0 - float(1.0 - cosines[at]) * spread) for at in best]

    def search(
        self, question: str, top: int, allowed: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """Finds the passages nearest in meaning.

        Args:
            question: The question.
            top: How many passages to find at the most.
            allowed: Ids of the passages among which to look; None for all.

        Returns:
            Passage ids with their cosine similarity, highest first; on the bundled model's scale
            whatever the model.
        """
        if allowed is not None and not allowed:
            return []
        vector = self._encode(self._embedder.encode_queries, [question])
        options: dict[str, Any] = {"ids": list(allowed)} if allowed is not None else {}
        with self._gate:
            collection = self._open()
            with self._chroma():
                result = collection.query(
                    query_embeddings=vector,
                    n_results=top if allowed is None else min(top, len(allowed)),
                    include=["distances"],
                    **options,
                )
        distances = result["distances"]
        if distances is None:
            return []
        return [
            (id_, 1.0 - float(distance) * self._embedder.spread)
            for id_, distance in zip(result["ids"][0], distances[0], strict=True)
        ]
