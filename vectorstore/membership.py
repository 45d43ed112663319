"""Whether a column's value is one of many, as one parameter of a statement.

SQLAlchemy's ``in_`` writes a parameter for each value: the statement is put together anew for
each number of values, which takes longer than to execute it, and databases bound that number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_Value = TypeVar("_Value", str, int)


class _Listed(FunctionElement[Any]):
    """The values of a JSON list, as rows."""

    inherit_cache = True


# The linter takes what follows for queries with values in them; there are parameters.
@compiles(_Listed)
def _in_sqlite(element: _Listed, compiler: SQLCompiler, **options: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **options)}))"  # noqa: S608


@compiles(_Listed, "postgresql")
def _in_postgresql(element: _Listed, compiler: SQLCompiler, **options: Any) -> str:
    of = compiler.dialect.type_compiler_instance.process(element.type)
    (given,) = element.clauses
    values = f"json_array_elements_text(CAST({compiler.process(given, **options)} AS json))"
    return f"(SELECT CAST(value AS {of}) FROM {values})"  # noqa: S608


def one_of(
    column: sa.ColumnElement[_Value], values: Iterable[_Value] | sa.BindParameter[str]
) -> sa.ColumnElement[bool]:
    """The condition that a column's value is one of some, in any number.

    Args:
        column: The column.
        values: The values; or, in a statement that is made once and executed often, a parameter
            that then gets them as `listed`.
    """
    if not isinstance(values, sa.BindParameter):
        values = sa.literal(listed(values), sa.Text)
    several = _Listed(values)
    several.type = column.type
    return column.op("IN", is_comparison=True)(several)


def listed(values: Iterable[str] | Iterable[int]) -> str:
    """Some values as one parameter."""
    return json.dumps(list(values))
