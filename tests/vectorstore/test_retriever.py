from collections.abc import Iterator

import pytest
from langchain_tests.integration_tests import RetrieversIntegrationTests

from vectorstore.index import Index
from vectorstore.query import Filters
from vectorstore.retriever import IsnadRetriever

from .conftest import article


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("store")) as index:
        index.add(
            article(f"a{n}", f"هجوم على قاعدة عسكرية، الخبر {n}.", title="هجوم") for n in range(20)
        )
        yield index


class TestLangChainsOwn(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _index(self, filled: Index) -> None:
        type(self).index = filled  # type: ignore[attr-defined]

    @property
    def retriever_constructor(self) -> type[IsnadRetriever]:
        return IsnadRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, object]:
        return {"index": self.index}  # type: ignore[attr-defined]

    @property
    def retriever_query_example(self) -> str:
        return "كم هجوما على القواعد؟"


def test_a_document_says_exactly_where_its_words_stand(filled: Index) -> None:
    document = IsnadRetriever(index=filled, k=1).invoke("الخبر 7")[0]
    one = filled.article(document.metadata["article_id"])
    assert one is not None
    assert one.text[document.metadata["start"] : document.metadata["end"]] == document.page_content
    assert (document.metadata["date"], document.metadata["title"]) == ("2021-07-31", "هجوم")


def test_filters_are_kept(filled: Index) -> None:
    only = Filters(article_ids=frozenset({"a3"}))
    found = IsnadRetriever(index=filled, filters=only).invoke("هجوم")
    assert {document.metadata["article_id"] for document in found} == {"a3"}
