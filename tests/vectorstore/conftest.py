"""Articles to index, made on the spot."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.article import Article
from vectorstore.index import Index

from .servers import chroma_server, free_port, postgresql_server

Open = Callable[..., Index]
"""Opens the index of the test, in a store of the given name."""


def article(id_: str = "a", text: str = "بحث السفير الملف الأمني.", **fields: object) -> Article:
    """An article with the given fields."""
    values: dict[str, object] = {"title": "", "language": "ar", "date": dt.date(2021, 7, 31)}
    return Article(id=id_, text=text, **(values | fields))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server."""
    with chroma_server(tmp_path_factory.mktemp("chroma"), free_port()) as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server, to which a database's name is added."""
    with postgresql_server(tmp_path_factory.mktemp("postgresql")) as url:
        yield url


@pytest.fixture(params=["embedded", "servers"])
def open_index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens indexes over one catalog and one Chroma, embedded or on servers."""
    options: dict[str, str] = {}
    if request.param == "servers":
        server = request.getfixturevalue("postgresql_url")
        name = f"isnad_{uuid.uuid4().hex}"
        engine = sa.create_engine(f"{server}postgres", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        options["database_url"] = f"{server}{name}"
        options["chroma_url"] = request.getfixturevalue("chroma_url")
    opened: list[Index] = []

    def open_(store: str = "store", **more: object) -> Index:
        opened.append(Index(tmp_path / store, **(options | more)))  # type: ignore[arg-type]
        return opened[-1]

    yield open_
    if request.param == "servers":
        opened[-1].dense.erase()
    for index in opened:
        index.close()


@pytest.fixture
def index(open_index: Open) -> Index:
    """An empty index."""
    return open_index()


@pytest.fixture(scope="session")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transformer of two layers with chance weights, saved as any downloaded model is."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(7)
    folder = tmp_path_factory.mktemp("models")
    base = folder / "base"
    base.mkdir()
    vocabulary = base / "vocab.txt"
    letters = [*"abcdefghijklmnopqrstuvwxyz:"]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{x}" for x in letters)]
    vocabulary.write_text("\n".join(pieces))
    BertTokenizerFast(str(vocabulary)).save_pretrained(base)
    BertModel(
        BertConfig(
            vocab_size=len(pieces),
            hidden_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=32,
        )
    ).save_pretrained(base)
    words = Transformer(str(base))
    named = folder / "tiny-e5-small"
    SentenceTransformer(modules=[words, Pooling(16)]).save(str(named))
    return named
