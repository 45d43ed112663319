"""The charts as Vega-Lite, drawn for the direction, the digits and the months of the interface.

They are plain values: building them imports nothing, and Vega draws them in the browser.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from assistant.answer import Answer, Source
from assistant.messages.wording import Wording
from assistant.views import axis
from assistant.views.shelf import OTHERS, OUTLETS, Shelf

Spec = dict[str, Any]
"""A chart: https://vega.github.io/vega-lite/docs/spec.html."""

_PALETTE = ["#2a9183", "#c98a45", "#6c93ad", "#a4739c", "#93a651", "#c96f67", "#9a958a"]
_LANGUAGES = 8
_CROWDED = 0.09  # of the axis: two numbers nearer than this would stand in each other


def over_time(held: Shelf, words: Wording) -> Spec:
    """Articles along time, stacked by outlet; a press on a part chooses its time and outlet.

    The axis is that of the calendar: where there are no articles it is empty.
    """
    named = held.outlets[:OUTLETS]
    rows = [
        {
            "day": day.isoformat(),
            "time": f"{day:{axis.FORMATS[held.step]}}",
            "said": _said(held.step, words)(day),
            "outlet": outlet,
            "name": words("chart.others") if outlet == OTHERS else outlet,
            "articles": n,
        }
        for (day, outlet), n in held.by_time.items()
    ]
    unit = {"day": "utcyearmonthdate", "month": "utcyearmonth", "year": "utcyear"}[held.step]
    return {
        "data": {"values": rows},
        "mark": {"type": "bar", "binSpacing": 0.5, "cursor": "pointer"},
        "params": [_pressed("bar", ["time", "outlet"])],
        "encoding": {
            "x": _time(held.first, held.last, words) | {"timeUnit": unit},
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


def along_time(answer: Answer, words: Wording, *, dark: bool = False) -> Spec:
    """Quotations along time: a circle for each day or month, under the numbers of its sources.

    It is filled where the quotations tell the day, and a ring where it is that of publication.
    """
    told = [
        (day, said.day is None, answer.sources[said.citations[0].n - 1])
        for said in answer.sentences
        if (day := said.day or answer.published(said))
    ]
    days = [day for day, _, _ in told]
    step = axis.step(min(days), max(days))
    found: dict[tuple[dt.date, bool], list[Source]] = {}
    for day, published, source in told:
        found.setdefault((axis.beginning(day, step), published), []).append(source)
    rows = [
        {
            "day": day.isoformat(),
            "numbers": _numbers({source.n for source in own}, words),
            "said": _said_of(step, words, published)(day),
            "published": published,
            "outlets": words.listing(sorted({source.source or "" for source in own})),
            "articles": len({source.article_id for source in own}),
            "raised": raised,
        }
        for ((day, published), own), raised in zip(
            sorted(found.items()), _raised([day for day, _ in sorted(found)]), strict=True
        )
    ]
    x = _time(axis.beginning(min(days), step), axis.beginning(max(days), step), words)
    x["scale"] = x["scale"] | {"padding": 28}
    x["axis"] = x["axis"] | {"domain": True, "domainColor": "#8e887c", "labelPadding": 16}
    tooltip = [
        _tip("said", words("column.date")),
        _tip("outlets", words("column.outlet")),
        _tip("articles", words("column.articles"), "quantitative"),
    ]
    ground = "#151513" if dark else "#fcfbf8"  # parts circles that overlap
    numbers: Spec = {"type": "text", "color": "#cfc9bd" if dark else "#5f5b52"}
    return {
        "data": {"values": rows},
        "encoding": {"x": x, "y": {"value": "height"}, "tooltip": tooltip},
        "layer": [
            {
                "mark": {"type": "circle", "opacity": 1},
                "encoding": {
                    "color": _ringed(ground, _PALETTE[0]),
                    "stroke": _ringed(_PALETTE[0], ground),
                    "size": {
                        "field": "articles",
                        "type": "quantitative",
                        "legend": None,
                        "scale": {"range": [110, 420]},
                    },
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
        "height": 108,
        "config": _config(words),
    }


def _ringed(published: str, told: str) -> Spec:
    """A colour for days of publication and another for days that are told."""
    return {"condition": {"test": "datum.published", "value": published}, "value": told}


def _numbers(numbers: set[int], words: Wording) -> str:
    first, last = min(numbers), max(numbers)
    if len(numbers) > 1 and last - first + 1 == len(numbers):
        return f"{words.number(first)}–{words.number(last)}"
    return ", ".join(map(words.number, sorted(numbers)))


def _said_of(step: axis.Step, words: Wording, published: bool) -> Callable[[dt.date], str]:
    say = _said(step, words)
    return (lambda day: words("timeline.published", date=say(day))) if published else say


def _said(step: axis.Step, words: Wording) -> Callable[[dt.date], str]:
    """How a step of time is named, by its first day."""
    return {"day": words.date, "month": words.month, "year": words.year}[step]


def _raised(days: Sequence[dt.date]) -> list[bool]:
    """Which numbers stand a line higher, so that neighbours do not overlap."""
    span = (days[-1] - days[0]).days or 1
    found: list[bool] = []
    for n, day in enumerate(days):
        near = n > 0 and (day - days[n - 1]).days / span < _CROWDED
        found.append(near and not found[-1])
    return found


def _time(first: dt.date | None, last: dt.date | None, words: Wording) -> Spec:
    """An axis of time, later days further along the way the interface is read."""
    labels = axis.labels(first, last, words) if first and last else {}
    said = {day.isoformat(): label for day, label in labels.items()}
    return {
        "field": "day",
        "type": "temporal",
        # Days are read as midnight in Greenwich: west of it local time would show the day before.
        "timeUnit": "utcyearmonthdate",
        "title": None,
        "scale": {"type": "utc", "reverse": _mirrored(words)},
        "axis": _axis(
            values=list(said),
            labelExpr=_lookup(said, "utcFormat(datum.value, '%Y-%m-%d')"),
            labelOverlap=True,
            grid=False,
        ),
    }


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
    axis = {"tickMinStep": 1, "format": ",d", "tickCount": 4, "labelBound": False}
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
