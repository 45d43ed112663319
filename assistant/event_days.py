"""The day of what a sentence tells, where its words give it."""

from __future__ import annotations

import datetime as dt

from corpus.article import Article
from corpus.dates import DateMention, find_dates
from corpus.relative_days import relative_days
from corpus.words import word_forms, words
from vectorstore.questions import SAYING

_BESIDE = 3  # words between a verb of saying and the day on which it was said
# Before a day that bounds a time: nothing is said to have happened on it.
_BOUNDS = word_forms(
    "since until till before after by from between than بعد قبل منذ حتى لغاية بحلول من بين إلى "
    "depuis jusqu'au jusqu avant après dès d'ici ici entre seit bis vor nach ab zwischen "
    "desde hasta antes después entre tras از تا پیش پس önce sonra"
)
_SMALL = word_forms("the of on day يوم مساء صباح ليلة في le du au den dem el del روز")


def event_day(article: Article, start: int, end: int) -> dt.date | None:
    """The one day on which a sentence says that something happened; None where that is unsure.

    A day that bounds a time ("since 17 October") is none. Where the day on which somebody spoke
    stands beside another day, that other one is meant. Days without a year and days of the week
    are told from the day of publication, where it is known.

    Args:
        article: The article.
        start: Offset of the sentence in its text.
        end: Offset after the sentence.
    """
    found = [day for day in _days(article, start, end) if not _bounds(article.text, start, day)]
    days = {day.date for day in found}
    if len(days) > 1:
        days -= {day.date for day in found if _of_speech(article.text, start, end, day)}
    return days.pop() if len(days) == 1 else None


def _days(article: Article, start: int, end: int) -> list[DateMention]:
    found = [
        DateMention(day.start + start, day.end + start, day.date, day.written)
        for day in find_dates(article.text[start:end])
    ]
    if article.date:
        found += [
            day
            for day in relative_days(article.text, article.date, article.language)
            if start <= day.start and day.end <= end
            and not any(day.start < other.end and other.start < day.end for other in found)
        ]  # fmt: skip
    return found


def _bounds(text: str, start: int, day: DateMention) -> bool:
    before = [word.form for word in words(text[start : day.start])]
    while before and before[-1] in _SMALL:
        before.pop()
    return bool(before) and before[-1] in _BOUNDS


def _of_speech(text: str, start: int, end: int, day: DateMention) -> bool:
    before = words(text[start : day.start])[-_BESIDE:]
    after = words(text[day.end : end])[:_BESIDE]
    return any(word.form.removeprefix("و") in SAYING or word.form in SAYING for word in before) or (
        bool(after) and after[0].form in SAYING
    )
