"""The charts, drawn for the direction that the interface reads in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.answer import Source
from assistant.views.shelf import Shelf
from assistant.views.wording import Wording

if TYPE_CHECKING:
    import altair as alt

OUTLETS = 6  # named in a chart; the others stand together
OTHERS = "…"
_PALETTE = ["#2a9183", "#c98a45", "#6c93ad", "#a4739c", "#93a651", "#c96f67", "#9a958a"]


def over_time(held: Shelf, words: Wording) -> alt.Chart:
    """Articles by month, stacked by outlet; a press on a part chooses its month and outlet."""
    import altair as alt

    named = held.outlets[:OUTLETS]
    counts = Counter(
        (article.date.replace(day=1), article.source if article.source in named else OTHERS)
        for article in held.articles
        if article.date
    )
    rows = [
        {
            "month": f"{month:%Y-%m}",
            words("column.date"): words.month(month),
            words("column.outlet"): outlet,
            words("column.articles"): n,
        }
        for (month, outlet), n in sorted(counts.items())
    ]
    months = [words.month(month) for month in sorted({month for month, _ in counts})]
    right_to_left = words.direction == "rtl"
    date, outlet, articles = (words(f"column.{name}") for name in ("date", "outlet", "articles"))
    pressed = alt.selection_point(name="bar", fields=["month", outlet], on="click")
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(rows))
        .mark_bar(cornerRadiusEnd=2, cursor="pointer")
        .encode(
            x=alt.X(
                f"{date}:O",
                title=None,
                sort=months[::-1] if right_to_left else months,
                axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False),
            ),
            y=_count_axis(alt.Y, articles, "right" if right_to_left else "left"),
            color=alt.Color(
                f"{outlet}:N",
                title=None,
                scale=alt.Scale(domain=[*named, OTHERS][: OUTLETS + 1], range=_PALETTE),
                legend=alt.Legend(orient="bottom", columns=2, labelLimit=140),
            ),
            opacity=alt.condition(pressed, alt.value(1), alt.value(0.35)),
            tooltip=[f"{outlet}:N", f"{date}:O", f"{articles}:Q"],
        )
        .add_params(pressed)
        .properties(height=280)
    )
    return chart


def _count_axis(channel: Any, field: str, orient: Any, sort: str = "ascending") -> Any:
    """An axis that counts articles, in whole numbers."""
    import altair as alt

    axis = alt.Axis(orient=orient, tickMinStep=1, format="d", tickCount=4)
    return channel(f"{field}:Q", title=None, sort=sort, axis=axis)


def by_language(held: Shelf, words: Wording) -> alt.Chart:
    """Articles by language; a press on a bar chooses its language."""
    import altair as alt

    counts = Counter(article.language for article in held.articles if article.language)
    language, articles = words("column.language"), words("column.articles")
    rows = [
        {"code": code, language: words.language_name(code), articles: n}
        for code, n in counts.most_common(8)
    ]
    right_to_left = words.direction == "rtl"
    pressed = alt.selection_point(name="language", fields=["code"], on="click")
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(rows))
        .mark_bar(cornerRadiusEnd=2, cursor="pointer", color=_PALETTE[0])
        .encode(
            y=alt.Y(
                f"{language}:N",
                title=None,
                sort=[str(row[language]) for row in rows],
                axis=alt.Axis(orient="right" if right_to_left else "left", ticks=False),
            ),
            x=_count_axis(
                alt.X, articles, "bottom", "descending" if right_to_left else "ascending"
            ),
            opacity=alt.condition(pressed, alt.value(1), alt.value(0.35)),
            tooltip=[f"{language}:N", f"{articles}:Q"],
        )
        .add_params(pressed)
        .properties(height=200)
    )
    return chart


def along_time(sources: Sequence[Source], words: Wording) -> alt.Chart:
    """Quotations along time: a circle for each month, under the numbers of its sources."""
    import altair as alt

    date, outlets, articles = (words(f"column.{name}") for name in ("date", "outlet", "articles"))
    months: dict[dt.date, list[Source]] = {}
    for source in sources:
        if source.date:
            months.setdefault(source.date.replace(day=1), []).append(source)
    rows = [
        {
            "day": month.isoformat(),
            "n": "–".join(words.number(n) for n in sorted({own[0].n, own[-1].n})),
            date: words.month(month),
            outlets: words.listing(sorted({source.source or "" for source in own})),
            articles: len(own),
        }
        for month, own in months.items()
    ]
    scale = alt.Scale(reverse=words.direction == "rtl", padding=28)
    axis = alt.Axis(format="%Y-%m", tickCount=6, labelOverlap=True, grid=False)
    base = alt.Chart(alt.InlineData(rows)).encode(
        x=alt.X("yearmonthdate(day):T", title=None, scale=scale, axis=axis),
        tooltip=[f"{date}:N", f"{outlets}:N", f"{articles}:Q"],
    )
    size = alt.Size(f"{articles}:Q", legend=None, scale=alt.Scale(range=[110, 420]))
    circles = base.mark_circle(color=_PALETTE[0], opacity=0.9).encode(size=size)
    numbers = base.mark_text(dy=-20, color=_PALETTE[-1]).encode(text="n:N")
    chart: alt.Chart = (circles + numbers).properties(height=100)
    return chart
