import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from corpus.article import Article, LeftOut, Passage
from corpus.duplicates import Fingerprint
from vectorstore import catalog as catalog_module
from vectorstore.catalog import Catalog, Change
from vectorstore.membership import one_of
from vectorstore.query import Filters

from .conftest import article


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog(tmp_path / "catalog.sqlite")


def put(catalog: Catalog, *articles: Article, passages: int = 1) -> None:
    catalog.put(
        [
            (
                one,
                Fingerprint(f"print of {one.text}", b""),
                [Passage(one.id, n, 0, 3, one.text[:3]) for n in range(passages)],
            )
            for one in articles
        ]
    )


def changes(catalog: Catalog, since: int = 0) -> list[Change]:
    return [change for batch in catalog.changes(since, batch=2) for change in batch]


@settings(deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    title=st.text(st.characters(exclude_categories=["Cs"])),
    date=st.none() | st.dates(),
)
def test_an_article_comes_back_as_it_was_put(text: str, title: str, date: dt.date | None) -> None:
    catalog = Catalog("sqlite://")
    one = article(text=text, title=title, date=date, left_out=(LeftOut(1, title, "menu"),))
    put(catalog, one)
    assert catalog.article("a") == one
    catalog.close()


def test_each_change_has_a_higher_revision_and_an_article_only_its_last(catalog: Catalog) -> None:
    assert catalog.revision() == 0
    put(catalog, article("a"), article("b"), article("c"))
    assert catalog.revision() == 3
    put(catalog, article("b", "نص جديد."))
    assert [(c.revision, c.article_id) for c in changes(catalog)] == [(1, "a"), (3, "c"), (4, "b")]
    assert [c.article_id for c in changes(catalog, since=3)] == ["b"]
    assert catalog.pending(1) == 2


def test_a_removed_article_leaves_a_change_that_names_its_old_passages(catalog: Catalog) -> None:
    put(catalog, article("a"), passages=3)
    assert catalog.remove(["a", "unknown"]) == ["a"]
    (change,) = changes(catalog)
    assert (change.article, change.passages) == (None, ())
    assert change.stale_ids == ["a:0", "a:1", "a:2"]
    assert catalog.article("a") is None
    assert catalog.count() == (0, 0)


def test_the_revision_grows_when_the_last_article_is_removed(catalog: Catalog) -> None:
    put(catalog, article("a"))
    catalog.remove(["a"])
    put(catalog, article("b"))
    assert catalog.revision() == 3


def test_an_article_that_shrank_names_the_passages_that_are_gone(catalog: Catalog) -> None:
    put(catalog, article("a"), passages=4)
    put(catalog, article("a", "أقصر."), passages=2)
    (change,) = changes(catalog)
    assert [p.id for p in change.passages] == ["a:0", "a:1"]
    assert change.stale_ids == ["a:2", "a:3"]


def test_articles_are_put_all_or_none(catalog: Catalog) -> None:
    bad = article("b", path=object())
    with pytest.raises(Exception, match="object"):
        put(catalog, article("a"), bad)
    assert (catalog.count(), catalog.revision()) == ((0, 0), 0)


def test_filters_choose_articles_by_day_outlet_language_and_id(catalog: Catalog) -> None:
    put(
        catalog,
        article("old", "١", date=dt.date(2020, 1, 1), source="وطن"),
        article("new", "٢", date=dt.date(2021, 1, 1), source="وطن", language="fr"),
        article("undated", "٣", date=None, source="Zed"),
    )

    def ids(**fields: object) -> list[str]:
        return [s.id for s in catalog.summaries(Filters(**fields))]  # type: ignore[arg-type]

    assert ids() == ["new", "old", "undated"]
    assert ids(since=dt.date(2021, 1, 1)) == ["new"]
    assert ids(until=dt.date(2020, 1, 1)) == ["old"]
    assert ids(sources=frozenset({"وطن"})) == ["new", "old"]
    assert ids(languages=frozenset({"fr"})) == ["new"]
    assert ids(article_ids=frozenset({"undated", "old"})) == ["old", "undated"]
    assert ids(sources=frozenset({"وطن"}), languages=frozenset({"ar"})) == ["old"]
    assert catalog.passage_ids(Filters(languages=frozenset({"fr"}))) == ["new:0"]


def test_more_ids_than_a_statement_takes_are_looked_up(catalog: Catalog) -> None:
    put(catalog, *[article(str(n)) for n in range(1200)])
    assert len(catalog.articles_by_id(str(n) for n in range(1200))) == 1200
    assert len(catalog.remove([str(n) for n in range(1200)])) == 1200


def test_copies_are_noted_once_and_gone_with_their_article(catalog: Catalog) -> None:
    put(catalog, article("a"))
    for path in ("/two", "/one", "/two"):
        catalog.record_copies([("a", path)])
    assert catalog.copies("a") == ["/one", "/two"]
    catalog.remove(["a"])
    assert catalog.copies("a") == []


def test_a_database_that_does_not_answer_is_an_error_after_a_while(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = sa.create_engine(f"{postgresql_url}postgres", isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE isnad_patience"))
    remote = catalog_module._REMOTE | {"options": "-c statement_timeout=200ms"}
    monkeypatch.setattr(catalog_module, "_REMOTE", remote)
    catalog = Catalog(f"{postgresql_url}isnad_patience")
    put(catalog, article("a"))
    with catalog.engine.begin() as other:
        other.execute(sa.text("LOCK TABLE articles IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(OperationalError, match="statement timeout"):
            catalog.article("a")
    assert catalog.article("a") == article("a")
    catalog.close()


@pytest.mark.parametrize("place", ["sqlite", "postgresql"])
def test_one_of_any_number_of_values(
    place: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    if place == "postgresql":
        url = f"{request.getfixturevalue('postgresql_url')}postgres"
    table = sa.Table("pairs", sa.MetaData(), sa.Column("n", sa.BigInteger), sa.Column("s", sa.Text))
    rows = [{"n": n << 40, "s": f"‏«{n}» ' \"\\ é"} for n in range(-3, 3)]
    with sa.create_engine(url).begin() as connection:
        table.create(connection)
        connection.execute(table.insert(), rows)
        for wanted in ([], rows[:1], rows[2:]):
            found = sa.select(table).where(one_of(table.c.n, [row["n"] for row in wanted]))
            assert [row._asdict() for row in connection.execute(found)] == wanted
            found = sa.select(table).where(one_of(table.c.s, [row["s"] for row in wanted] * 2000))
            assert [row._asdict() for row in connection.execute(found)] == wanted
        connection.execute(table.delete().where(one_of(table.c.s, [rows[0]["s"]])))
        assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 5
        table.drop(connection)
