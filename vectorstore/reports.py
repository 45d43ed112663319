"""Which articles carry one report: near copies, found as articles come and go.

Two tables beside the catalog's, written in its transactions. One holds each article's sketch and
its report, an id that near copies share: the smallest of their own ids. The other finds the
articles with which a sketch has a key in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from corpus.duplicates import alike, bands, groups
from vectorstore.membership import listed, one_of

metadata = sa.MetaData()
_sketches = sa.Table(
    "sketches",
    metadata,
    sa.Column("article_id", sa.String, primary_key=True),
    sa.Column("report", sa.String, nullable=False, index=True),
    sa.Column("sketch", sa.LargeBinary, nullable=False),
)
_bands = sa.Table(
    "bands",
    metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("article_id", sa.String, primary_key=True),
    sqlite_with_rowid=False,
)
_REPORTS = sa.select(_sketches.c.article_id, _sketches.c.report).where(
    one_of(_sketches.c.article_id, sa.bindparam("ids", type_=sa.Text))
)


class _Sketched(NamedTuple):
    article_id: str
    report: str
    sketch: bytes


def put(connection: sa.Connection, sketches: Mapping[str, bytes]) -> None:
    """Takes in articles that are not there.

    Args:
        connection: In the transaction that writes the articles.
        sketches: Their sketches by id; those without one stand alone.
    """
    sketches = {id_: sketch for id_, sketch in sketches.items() if sketch}
    if not sketches:
        return
    keys = {id_: set(bands(sketch)) for id_, sketch in sketches.items()}
    sharing = _sharing(connection, sorted(set().union(*keys.values())))
    near = {
        row.article_id: row
        for row in _rows(connection, _sketches.c.article_id, set().union(*sharing.values()))
    }
    joined = {row.report: row.report for row in near.values()}

    def head(report: str) -> str:
        while joined[report] != report:
            report = joined[report]
        return report

    for id_, sketch in sketches.items():
        joined[id_] = id_
        others = [near[other] for other in sorted({o for k in keys[id_] for o in sharing[k]})]
        found = alike(sketch, [other.sketch for other in others])
        for other in (other for other, is_near in zip(others, found, strict=True) if is_near):
            first, last = sorted((head(id_), head(other.report)))
            joined[last] = first
        near[id_] = _Sketched(id_, id_, sketch)
        for key in keys[id_]:
            sharing[key].add(id_)
    connection.execute(
        _bands.insert(),
        # In the order of the table: neighbours are written together.
        [
            {"key": key, "article_id": id_}
            for key, id_ in sorted((key, id_) for id_, found in keys.items() for key in found)
        ],
    )
    connection.execute(
        _sketches.insert(),
        [{"article_id": i, "report": head(i), "sketch": sketch} for i, sketch in sketches.items()],
    )
    for old in joined.keys() - sketches.keys():
        if head(old) != old:
            here = _sketches.c.report == old
            connection.execute(_sketches.update().where(here).values(report=head(old)))


def remove(connection: sa.Connection, article_ids: Iterable[str]) -> None:
    """Lets articles go, and parts the reports that only they held together."""
    gone = _rows(connection, _sketches.c.article_id, article_ids)
    for row in gone:
        connection.execute(
            _bands.delete().where(
                _bands.c.key.in_(bands(row.sketch)), _bands.c.article_id == row.article_id
            )
        )
    here = one_of(_sketches.c.article_id, [row.article_id for row in gone])
    connection.execute(_sketches.delete().where(here))
    left: dict[str, dict[str, bytes]] = {}
    for row in _rows(connection, _sketches.c.report, {row.report for row in gone}):
        left.setdefault(row.report, {})[row.article_id] = row.sketch
    for report, sketches in left.items():
        for group in groups(sketches):
            name = min(group)
            if name != report:
                here = one_of(_sketches.c.article_id, group)
                connection.execute(_sketches.update().where(here).values(report=name))


def reports(connection: sa.Connection, article_ids: Iterable[str]) -> dict[str, str]:
    """Gives each article's report: near copies share it, an article alone is its own."""
    ids = list(article_ids)
    found = {id_: id_ for id_ in ids}
    found |= {row[0]: row[1] for row in connection.execute(_REPORTS, {"ids": listed(ids)})}
    return found


def near_copies(article_id: str) -> sa.Select[tuple[str]]:
    """A query for the ids of the other articles that carry an article's report."""
    its = sa.select(_sketches.c.report).where(_sketches.c.article_id == article_id)
    return sa.select(_sketches.c.article_id).where(
        _sketches.c.report == its.scalar_subquery(), _sketches.c.article_id != article_id
    )


def _sharing(connection: sa.Connection, keys: Sequence[int]) -> dict[int, set[str]]:
    """The articles that have each key; of many only two, which share a report with the others."""
    ids = _bands.c.article_id
    query = sa.select(_bands.c.key, sa.func.min(ids), sa.func.max(ids)).group_by(_bands.c.key)
    found: dict[int, set[str]] = {key: set() for key in keys}
    for key, first, last in connection.execute(query.where(one_of(_bands.c.key, keys))):
        found[key] = {first, last}
    return found


def _rows(
    connection: sa.Connection, column: sa.Column[str], values: Iterable[str]
) -> list[_Sketched]:
    query = sa.select(_sketches.c.article_id, _sketches.c.report, _sketches.c.sketch)
    query = query.where(one_of(column, values)).order_by(_sketches.c.article_id)
    return [_Sketched(*row) for row in connection.execute(query)]
