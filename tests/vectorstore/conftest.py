"""Articles to index, made on the spot."""

from __future__ import annotations

import datetime as dt

from corpus.article import Article


def article(id_: str = "a", text: str = "بحث السفير الملف الأمني.", **fields: object) -> Article:
    """An article with the given fields."""
    values: dict[str, object] = {"title": "", "language": "ar", "date": dt.date(2021, 7, 31)}
    return Article(id=id_, text=text, **(values | fields))  # type: ignore[arg-type]
