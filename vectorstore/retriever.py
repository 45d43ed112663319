"""Search as a LangChain retriever, for other people's chains."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from vectorstore.index import Index
from vectorstore.query import Filters


class IsnadRetriever(BaseRetriever):
    """Finds passages and gives them as documents.

    A document's ``id`` is the passage's, its content the passage's words, and its metadata say
    where they stand: ``article_id``, ``start``, ``end``, ``title``, ``source``, ``date`` (ISO),
    ``language``, ``path``, ``url`` and ``relevance``.

    Example:
        >>> retriever = IsnadRetriever(index=Index(Path(".isnad")), k=4)  # doctest: +SKIP
        >>> retriever.invoke("من هو السفير الأمريكي في بغداد؟")  # doctest: +SKIP

    Attributes:
        index: Where to search.
        k: How many passages to give at the most.
        filters: Which articles may answer.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    k: int = 10
    filters: Filters = Filters()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **options: Any
    ) -> list[Document]:
        hits = self.index.search(
            query, options.get("k", self.k), options.get("filters", self.filters)
        )
        return [
            Document(
                id=hit.passage.id,
                page_content=hit.passage.text,
                metadata={
                    "article_id": hit.article.id,
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "title": hit.article.title,
                    "source": hit.article.source,
                    "date": hit.article.date.isoformat() if hit.article.date else None,
                    "language": hit.article.language,
                    "path": hit.article.path,
                    "url": hit.article.url,
                    "relevance": hit.relevance,
                },
            )
            for hit in hits
        ]
