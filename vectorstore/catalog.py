"""The catalog: every article, its passages, and the ledger of changes. The source of truth.

Vectors and words are caches of the catalog. Each article's last change is one ledger row under
a revision that only grows, written in the same transaction as the article; a cache remembers
the last revision that it has taken in, and whatever is newer is what it still has to do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

from corpus.article import Article, LeftOut, Passage
from corpus.duplicates import Fingerprint
from vectorstore import reports
from vectorstore.membership import listed, one_of
from vectorstore.query import Filters

_metadata = sa.MetaData()
_articles = sa.Table(
    "articles",
    _metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("source", sa.Text, index=True),
    sa.Column("date", sa.Date, index=True),
    sa.Column("date_origin", sa.Text),
    sa.Column("language", sa.String, index=True),
    sa.Column("path", sa.Text, index=True),
    sa.Column("url", sa.Text),
    sa.Column("left_out", sa.JSON, nullable=False),
    sa.Column("digest", sa.String, nullable=False),
    sa.Column("fingerprint", sa.String, nullable=False, index=True),
    sa.Column("passages", sa.Integer, nullable=False),
)
_passages = sa.Table(
    "passages",
    _metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
)
_copies = sa.Table(
    "copies",
    _metadata,
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("path", sa.Text, primary_key=True),
)
_ledger = sa.Table(
    "ledger",
    _metadata,
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("article_id", sa.String, nullable=False, unique=True),
    sa.Column("most_passages", sa.Integer, nullable=False),
    sqlite_autoincrement=True,
)
# What every question asks, put together once.
_IDS = sa.bindparam("ids", type_=sa.Text)
_LAST_REVISION = sa.select(sa.func.max(_ledger.c.revision))
_SPANS = (
    sa.select(_passages).where(one_of(_passages.c.article_id, _IDS)).order_by(_passages.c.number)
)
_ARTICLES = sa.select(*(_articles.c[name] for name in Article.__slots__)).where(
    one_of(_articles.c.id, _IDS)
)
_PATIENCE = 5  # seconds for a database to answer
_LONG_PATIENCE = 120  # seconds for it to write
_REMOTE = {
    "connect_timeout": _PATIENCE,
    "options": f"-c statement_timeout={_PATIENCE}s",
    "tcp_user_timeout": 1000 * _PATIENCE,  # milliseconds until a network that is gone is an error
}
_LOCK = 0x15AD  # any number, the same in every process


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article without its text.

    Attributes:
        passages: How many passages it was cut into.
    """

    id: str
    title: str
    source: str | None
    date: date | None
    language: str | None
    path: str | None
    url: str | None
    passages: int


@dataclass(frozen=True, slots=True)
class Stored:
    """What tells whether an article has changed.

    Attributes:
        digest: `digest` of the article as it is stored.
        fingerprint: The same for all copies of one story.
        path: The file that it was read from.
    """

    digest: str
    fingerprint: str
    path: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What a cache has to do to take in one article's last change.

    Attributes:
        revision: The change's revision.
        article_id: The article.
        article: It as it stands now; None when it was removed.
        passages: Its passages now; empty when it was removed.
        most_passages: The most passages that it has ever had: every id from
            ``len(passages)`` up to this may be stale.
    """

    revision: int
    article_id: str
    article: Article | None
    passages: tuple[Passage, ...]
    most_passages: int

    @property
    def stale_ids(self) -> list[str]:
        """Ids of passages that must no longer be found."""
        return [f"{self.article_id}:{n}" for n in range(len(self.passages), self.most_passages)]


def digest(article: Article) -> str:
    """A hash of all that is stored of an article; equal digests mean nothing to update."""
    return hashlib.sha256(
        json.dumps([*_row(article).values()], ensure_ascii=True, default=str).encode()
    ).hexdigest()


class Catalog:
    """Articles, passages and ledger in one database.

    Args:
        url: A SQLAlchemy URL, or the path of an SQLite file.
    """

    def __init__(self, url: str | Path) -> None:
        if isinstance(url, Path):
            url.parent.mkdir(parents=True, exist_ok=True)
            url = f"sqlite:///{url}"
        remote = _REMOTE if url.startswith("postgresql") else {}
        self._engine = sa.create_engine(
            url, json_serializer=_ascii_json, pool_pre_ping=bool(remote), connect_args=remote
        )
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", _configure_sqlite)
        _metadata.create_all(self._engine)
        reports.metadata.create_all(self._engine)

    @property
    def engine(self) -> sa.Engine:
        """The database's engine, for tables that other modules keep beside these."""
        return self._engine

    def close(self) -> None:
        """Releases the database."""
        self._engine.dispose()

    @contextmanager
    def exclusive(self, waiting: Callable[[], None] | None = None) -> Iterator[None]:
        """Lets one process at a time write, wherever it runs.

        A PostgreSQL advisory lock, so that revisions are committed in their order. SQLite has one
        writer anyway, and the store's own lock stands before it.

        Args:
            waiting: Called once when another process holds the lock.
        """
        if self._engine.dialect.name != "postgresql":
            yield
            return
        with self._engine.connect() as connection:
            if not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_LOCK))):
                if waiting:
                    waiting()
                # As long as it takes.
                connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
                connection.execute(sa.select(sa.func.pg_advisory_lock(_LOCK)))
            connection.commit()
            try:
                yield
            finally:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_LOCK)))
                connection.commit()

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction that may take longer than a question."""
        with self._engine.begin() as connection:
            if self._engine.dialect.name == "postgresql":
                connection.execute(sa.text(f"SET LOCAL statement_timeout = '{_LONG_PATIENCE}s'"))
            yield connection

    def revision(self) -> int:
        """The last change's revision; 0 for a catalog that was never written."""
        with self._engine.connect() as connection:
            return connection.scalar(_LAST_REVISION) or 0

    def put(self, entries: Sequence[tuple[Article, Fingerprint, Sequence[Passage]]]) -> None:
        """Writes articles, whole or not at all, replacing those of the same ids.

        Args:
            entries: Article, its fingerprint, and its passages.
        """
        articles = [
            _row(article)
            | {"digest": digest(article), "fingerprint": print_.exact, "passages": len(passages)}
            for article, print_, passages in entries
        ]
        spans = [
            {"article_id": p.article_id, "number": p.number, "start": p.start, "end": p.end}
            for _, _, passages in entries
            for p in passages
        ]
        with self._writing() as connection:
            before = self._forget(connection, [row["id"] for row in articles])
            if articles:
                connection.execute(_articles.insert(), articles)
            if spans:
                connection.execute(_passages.insert(), spans)
            _log(
                connection,
                {row["id"]: max(row["passages"], before.get(row["id"], 0)) for row in articles},
            )
            reports.put(connection, {article.id: print_.sketch for article, print_, _ in entries})

    def remove(self, article_ids: Sequence[str]) -> list[str]:
        """Removes articles and returns the ids of those that were there."""
        with self._writing() as connection:
            query = sa.select(_articles.c.id).where(one_of(_articles.c.id, article_ids))
            known = list(connection.scalars(query))
            before = self._forget(connection, known)
            _log(connection, {article_id: before.get(article_id, 0) for article_id in known})
        return known

    @staticmethod
    def _forget(connection: sa.Connection, article_ids: Sequence[str]) -> dict[str, int]:
        reports.remove(connection, article_ids)
        query = sa.select(_ledger.c.article_id, _ledger.c.most_passages)
        rows = connection.execute(query.where(one_of(_ledger.c.article_id, article_ids)))
        before: dict[str, int] = {row.article_id: row.most_passages for row in rows}
        for table, column in (
            (_ledger, _ledger.c.article_id),
            (_passages, _passages.c.article_id),
            (_articles, _articles.c.id),
        ):
            connection.execute(table.delete().where(one_of(column, article_ids)))
        return before

    def record_copies(self, copies: Iterable[tuple[str, str]]) -> None:
        """Notes that files hold the same stories as stored articles.

        Args:
            copies: The article's id and the file's path, of each.
        """
        wanted = set(copies)
        with self._writing() as connection:
            query = sa.select(_copies).where(
                one_of(_copies.c.article_id, {id_ for id_, _ in wanted})
            )
            known = {(row.article_id, row.path) for row in connection.execute(query)}
            rows = [{"article_id": id_, "path": path} for id_, path in sorted(wanted - known)]
            if rows:
                connection.execute(_copies.insert(), rows)

    def copies(self, article_id: str) -> list[str]:
        """Paths of further files that hold the same story."""
        return self.copies_of([article_id]).get(article_id, [])

    def copies_of(self, article_ids: Iterable[str]) -> dict[str, list[str]]:
        """Paths of further files that hold the same stories as some articles, by article."""
        query = sa.select(_copies).where(one_of(_copies.c.article_id, article_ids))
        found: dict[str, list[str]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(query.order_by(_copies.c.path)):
                found.setdefault(row.article_id, []).append(row.path)
        return found

    def reports(self, article_ids: Iterable[str]) -> dict[str, str]:
        """Each article's report: near copies share it, an article that stands alone is its own."""
        with self._engine.connect() as connection:
            return reports.reports(connection, article_ids)

    def near_copies(self, article_id: str) -> list[ArticleSummary]:
        """The other articles that carry an article's report, newest first."""
        return self._summaries(_articles.c.id.in_(reports.near_copies(article_id)))

    def stored(self, article_ids: Iterable[str]) -> dict[str, Stored]:
        """What is known of those of the given articles that are stored."""
        columns = [_articles.c[name] for name in Stored.__slots__]
        query = sa.select(_articles.c.id, *columns).where(one_of(_articles.c.id, article_ids))
        with self._engine.connect() as connection:
            return {row[0]: Stored(*row[1:]) for row in connection.execute(query)}

    def holders(self, fingerprints: Iterable[str]) -> dict[str, dict[str, str | None]]:
        """For each fingerprint, the articles stored with it, by id, and the file of each."""
        key = _articles.c.fingerprint
        query = sa.select(key, _articles.c.id, _articles.c.path).where(one_of(key, fingerprints))
        found: dict[str, dict[str, str | None]] = {}
        with self._engine.connect() as connection:
            for text, id_, path in connection.execute(query.order_by(_articles.c.id)):
                found.setdefault(text, {})[id_] = path
        return found

    def article(self, article_id: str) -> Article | None:
        """One article, or None where there is none of that id."""
        return next(iter(self.articles_by_id([article_id]).values()), None)

    def articles_by_id(self, article_ids: Iterable[str]) -> dict[str, Article]:
        """Those of the given articles that are stored."""
        with self._engine.connect() as connection:
            rows = connection.execute(_ARTICLES, {"ids": listed(article_ids)})
            return {row[0]: _article(row) for row in rows}

    def spans(self, article_ids: Iterable[str]) -> dict[tuple[str, int], tuple[int, int]]:
        """Start and end of every passage of the given articles, by article id and number."""
        with self._engine.connect() as connection:
            rows = connection.execute(_SPANS, {"ids": listed(article_ids)})
            return {(row[0], row[1]): (row[2], row[3]) for row in rows}

    def summaries(self, filters: Filters | None = None) -> list[ArticleSummary]:
        """All articles that pass the filters, newest first, undated last."""
        return self._summaries(*_conditions(filters or Filters()))

    def _summaries(self, *conditions: sa.ColumnElement[bool]) -> list[ArticleSummary]:
        columns = [_articles.c[name] for name in ArticleSummary.__slots__]
        order = (_articles.c.date.is_(None), _articles.c.date.desc(), _articles.c.id)
        query = sa.select(*columns).where(*conditions).order_by(*order)
        with self._engine.connect() as connection:
            return [ArticleSummary(*row) for row in connection.execute(query)]

    def passing(self, article_ids: Iterable[str], filters: Filters) -> set[str]:
        """Those of the given articles that pass the filters."""
        query = sa.select(_articles.c.id).where(one_of(_articles.c.id, article_ids))
        with self._engine.connect() as connection:
            return set(connection.scalars(query.where(*_conditions(filters))))

    def passage_ids(self, filters: Filters) -> list[str]:
        """Ids of all passages of the articles that pass the filters."""
        query = sa.select(_articles.c.id, _articles.c.passages).where(*_conditions(filters))
        with self._engine.connect() as connection:
            return [f"{id_}:{n}" for id_, count in connection.execute(query) for n in range(count)]

    def languages(self) -> dict[str | None, int]:
        """How many passages there are in each language."""
        query = sa.select(_articles.c.language, sa.func.sum(_articles.c.passages))
        with self._engine.connect() as connection:
            rows = connection.execute(query.group_by(_articles.c.language))
            return {row[0]: int(row[1]) for row in rows}

    def count(self, filters: Filters | None = None) -> tuple[int, int]:
        """How many articles pass the filters, and how many passages they have."""
        passages = sa.func.coalesce(sa.func.sum(_articles.c.passages), 0)
        query = sa.select(sa.func.count(_articles.c.id), passages)
        query = query.where(*_conditions(filters or Filters()))
        with self._engine.connect() as connection:
            articles, passages = connection.execute(query).one()
            return int(articles), int(passages)

    def changes(self, since: int, batch: int = 256) -> Iterator[list[Change]]:
        """The last change of every article that changed after a revision, oldest first.

        Args:
            since: The last revision that is already taken in.
            batch: How many changes to give at a time.
        """
        while True:
            with self._engine.connect() as connection:
                newer = sa.select(_ledger).where(_ledger.c.revision > since)
                rows = connection.execute(newer.order_by(_ledger.c.revision).limit(batch)).all()
            if not rows:
                return
            ids = [row.article_id for row in rows]
            articles = self.articles_by_id(ids)
            passages: dict[str, list[Passage]] = {}
            for (article_id, number), (start, end) in self.spans(ids).items():
                if article := articles.get(article_id):
                    passages.setdefault(article_id, []).append(
                        Passage(article_id, number, start, end, article.text[start:end])
                    )
            yield [
                Change(
                    row.revision,
                    row.article_id,
                    articles.get(row.article_id),
                    tuple(passages.get(row.article_id, ())),
                    row.most_passages,
                )
                for row in rows
            ]
            since = rows[-1].revision

    def passages_since(self, since: int) -> int:
        """How many passages the articles have that changed after a revision."""
        query = sa.select(sa.func.coalesce(sa.func.sum(_articles.c.passages), 0))
        query = query.join_from(_articles, _ledger, _articles.c.id == _ledger.c.article_id)
        with self._engine.connect() as connection:
            return int(connection.scalar(query.where(_ledger.c.revision > since)) or 0)

    def pending(self, since: int) -> int:
        """How many articles changed after a revision."""
        query = sa.select(sa.func.count()).where(_ledger.c.revision > since)
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0


def _log(connection: sa.Connection, most_passages: dict[str, int]) -> None:
    """Gives each of some articles, in their order, a new last change."""
    rows = [{"article_id": id_, "most_passages": most} for id_, most in most_passages.items()]
    if rows:
        connection.execute(_ledger.insert(), rows)


def _row(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "source": article.source,
        "date": article.date,
        "date_origin": article.date_origin,
        "language": article.language,
        "path": article.path,
        "url": article.url,
        "left_out": [[line.line, line.text, line.reason] for line in article.left_out],
    }


def _article(row: sa.Row[Any]) -> Article:
    fields = list(row)  # in the order of the article's own
    fields[-1] = tuple(LeftOut(*line) for line in fields[-1])
    return Article(*fields)


def _conditions(filters: Filters) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if filters.since:
        conditions.append(_articles.c.date >= filters.since)
    if filters.until:
        conditions.append(_articles.c.date <= filters.until)
    for column, allowed in (
        (_articles.c.source, filters.sources),
        (_articles.c.language, filters.languages),
        (_articles.c.id, filters.article_ids),
    ):
        if allowed:
            conditions.append(one_of(column, sorted(allowed)))
    return conditions


def _ascii_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True)


def _configure_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "cache_size=-65536",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
