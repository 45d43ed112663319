"""The charts as Vega-Lite, drawn for the direction, the digits and the months of the interface.

They are plain values: building them imports nothing, and Vega draws them in the browser.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from html import escape
from typing import Any

from assistant.answer import Source
from assistant.views.shelf import OTHERS, OUTLETS, Shelf
from assistant.views.wording import Wording

Spec = dict[str, Any]
"""A chart: https://vega.github.io/vega-lite/docs/spec.html."""

_PALETTE = ["#2a9183", "#c98a45", "#6c93ad", "#a4739c", "#93a651", "#c96f67", "#9a958a"]
_LANGUAGES = 8
_TICKS = 5
_CROWDED = 0.09  # of the axis: two numbers nearer than this would stand in each other


def over_time(held: Shelf, words: Wording) -> Spec:
    """Articles by month, stacked by outlet; a press on a part chooses its month and outlet."""
    named = held.outlets[:OUTLETS]
    rows = [
        {
            "month": f"{month:%Y-%m}",
            "said": words.month(month),
            "outlet": outlet,
            "name": words("chart.others") if outlet == OTHERS else outlet,
            "articles": n,
        }
        for (month, outlet), n in held.by_month.items()
    ]
    months = sorted({str(row["month"]) for row in rows})
    said = {str(row["month"]): row["said"] for row in rows}
    return {
        "data": {"values": rows},
        "mark": {"type": "bar", "cornerRadiusEnd": 2, "cursor": "pointer"},
        "params": [_pressed("bar", ["month", "outlet"])],
        "encoding": {
            "x": {
                "field": "month",
                "type": "ordinal",
                "title": None,
                "sort": months[::-1] if _mirrored(words) else months,
                "axis": _axis(labelExpr=_lookup(said, "datum.value"), labelOverlap=True),
            },
            "y": _count(words, orient="right" if _mirrored(words) else "left"),
            "color": {
                "field": "outlet",
                "type": "nominal",
                "legend": None,
                "scale": {"domain": [*named, OTHERS], "range": _colours(len(named))},
            },
            "opacity": _faint_unless("bar"),
            "tooltip": [
                _tip("name", words("column.outlet")),
                _tip("said", words("column.date")),
                _tip("articles", words("column.articles"), "quantitative"),
            ],
        },
        "height": 200,
        "config": _config(words),
    }


def legend(held: Shelf, words: Wording) -> str:
    """The outlets' colours in `over_time`, as HTML that runs the way the interface does."""
    named = held.outlets[:OUTLETS]
    labels = [*named, words("chart.others")] if len(held.outlets) > OUTLETS else [*named]
    items = "".join(
        f'<li><i style="background:{colour}"></i><bdi>{escape(label)}</bdi></li>'
        for label, colour in zip(labels, _colours(len(named)), strict=False)
    )
    return f'<ul class="legend">{items}</ul>'


def by_language(held: Shelf, words: Wording) -> Spec:
    """Articles by language; a press on a bar chooses its language."""
    rows = [
        {"code": code, "said": words.language_name(code), "articles": n}
        for code, n in list(held.by_language.items())[:_LANGUAGES]
    ]
    codes = [str(row["code"]) for row in rows]
    said = {str(row["code"]): row["said"] for row in rows}
    mirrored = _mirrored(words)
    return {
        "data": {"values": rows},
        "mark": {
            "type": "bar",
            "cornerRadiusEnd": 2,
            "cursor": "pointer",
            "color": _PALETTE[0],
        },
        "params": [_pressed("language", ["code"])],
        "encoding": {
            "y": {
                "field": "code",
                "type": "nominal",
                "title": None,
                "sort": codes,
                "axis": _axis(
                    labelExpr=_lookup(said, "datum.value"), orient="right" if mirrored else "left"
                ),
            },
            "x": _count(words, sort="descending" if mirrored else "ascending"),
            "opacity": _faint_unless("language"),
            "tooltip": [
                _tip("said", words("column.language")),
                _tip("articles", words("column.articles"), "quantitative"),
            ],
        },
        "height": 200,
        "config": _config(words),
    }


def along_time(sources: Sequence[Source], words: Wording, *, dark: bool = False) -> Spec:
    """Quotations along time: a circle for each month, under the numbers of its sources."""
    months: dict[dt.date, list[Source]] = {}
    for source in sorted((one for one in sources if one.date), key=lambda one: one.n):
        if source.date:
            months.setdefault(source.date.replace(day=1), []).append(source)
    rows = [
        {
            "day": month.isoformat(),
            "numbers": "–".join(words.number(n) for n in sorted({own[0].n, own[-1].n})),
            "said": words.month(month),
            "outlets": words.listing(sorted({source.source or "" for source in own})),
            "articles": len(own),
            "raised": raised,
        }
        for (month, own), raised in zip(
            sorted(months.items()), _raised(sorted(months)), strict=True
        )
    ]
    ticks = _ticks(min(months), max(months))
    said = {f"{tick:%Y-%m}": words.month(tick) for tick in ticks}
    x: Spec = {
        "field": "day",
        "type": "temporal",
        # Days are read as midnight in Greenwich: west of it local time would show the day before.
        "timeUnit": "utcyearmonthdate",
        "title": None,
        "scale": {"type": "utc", "reverse": _mirrored(words), "padding": 28},
        "axis": _axis(
            values=[tick.isoformat() for tick in ticks],
            labelExpr=_lookup(said, "utcFormat(datum.value, '%Y-%m')"),
            labelOverlap=True,
            grid=False,
        ),
    }
    tooltip = [
        _tip("said", words("column.date")),
        _tip("outlets", words("column.outlet")),
        _tip("articles", words("column.articles"), "quantitative"),
    ]
    numbers: Spec = {"type": "text", "color": "#cfc9bd" if dark else "#5f5b52"}
    return {
        "data": {"values": rows},
        "encoding": {"x": x, "tooltip": tooltip},
        "layer": [
            {
                "mark": {"type": "circle", "color": _PALETTE[0], "opacity": 0.9},
                "encoding": {
                    "size": {
                        "field": "articles",
                        "type": "quantitative",
                        "legend": None,
                        "scale": {"range": [110, 420]},
                    }
                },
            },
            *(
                {
                    "transform": [{"filter": f"datum.raised === {str(raised).lower()}"}],
                    "mark": numbers | {"dy": -32 if raised else -19},
                    "encoding": {"text": {"field": "numbers", "type": "nominal"}},
                }
                for raised in (False, True)
            ),
        ],
        "height": 132,
        "config": _config(words),
    }


def _raised(months: Sequence[dt.date]) -> list[bool]:
    """Which numbers stand a line higher, so that neighbours do not overlap."""
    span = (months[-1] - months[0]).days or 1
    found: list[bool] = []
    for n, month in enumerate(months):
        near = n > 0 and (month - months[n - 1]).days / span < _CROWDED
        found.append(near and not found[-1])
    return found


def _ticks(first: dt.date, last: dt.date) -> list[dt.date]:
    """A few months from the first to the last, evenly spaced."""
    start, months = first.year * 12 + first.month - 1, (last.year - first.year) * 12
    months += last.month - first.month
    count = min(_TICKS, months + 1)
    places = {start + round(months * n / max(count - 1, 1)) for n in range(count)}
    return [dt.date(place // 12, place % 12 + 1, 1) for place in sorted(places)]


def _mirrored(words: Wording) -> bool:
    return words.direction == "rtl"


def _colours(named: int) -> list[str]:
    """A colour for each named outlet, and the last for all others."""
    return [*_PALETTE[:named], _PALETTE[-1]]


def _pressed(name: str, fields: list[str]) -> Spec:
    return {"name": name, "select": {"type": "point", "fields": fields, "on": "click"}}


def _faint_unless(name: str) -> Spec:
    return {"condition": {"param": name, "value": 1}, "value": 0.35}


def _axis(**settings: object) -> Spec:
    return {"ticks": False, "labelAngle": 0, **settings}


def _count(words: Wording, sort: str | None = None, orient: str | None = None) -> Spec:
    """An axis that counts articles, in whole numbers and the language's digits."""
    axis = {"tickMinStep": 1, "format": ",d", "tickCount": 4, "labelBound": True}
    return {
        "field": "articles",
        "type": "quantitative",
        "title": None,
        **({"sort": sort} if sort else {}),
        "axis": axis | ({"orient": orient} if orient else {}),
    }


def _tip(field: str, title: str, kind: str = "nominal") -> Spec:
    number = {"format": ",d"} if kind == "quantitative" else {}
    return {"field": field, "type": kind, "title": title, **number}


def _lookup(labels: dict[str, Any], key: str) -> str:
    """A Vega expression that gives the label of a value."""
    return f"{json.dumps(labels, ensure_ascii=True)}[{key}] || ''"


def _config(words: Wording) -> Spec:
    """Numbers as the language writes them: https://github.com/d3/d3-format#formatLocale."""
    digits = [words.digits(str(n)) for n in range(10)]
    thousands = words.number(1000)[1:-3]
    number = {
        "decimal": words.number(0.5)[1:-1],
        "thousands": thousands,
        "grouping": [3],
        "currency": ["", ""],
        "numerals": digits,
    }
    return {"locale": {"number": number}}
