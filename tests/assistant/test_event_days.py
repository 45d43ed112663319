import datetime as dt

import pytest

from assistant.event_days import event_day
from corpus.article import Article

PUBLISHED = dt.date(2021, 5, 12)  # a Wednesday


def told(text, published=PUBLISHED, language="en"):
    article = Article("a", text, "Title", "Outlet", published, language=language)
    return event_day(article, 0, len(text))


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("The bridge fell on 3 May 2021.", "en", dt.date(2021, 5, 3)),
        ("انهار الجسر في 3 أيار 2021.", "ar", dt.date(2021, 5, 3)),
        ("Le pont est tombé le 3 mai 2021.", "fr", dt.date(2021, 5, 3)),
        ("انهار الجسر أمس الثلاثاء.", "ar", dt.date(2021, 5, 11)),
        ("The bridge has been closed since 3 May 2021.", "en", None),
        ("يجب أن يفتح الجسر قبل 3 أيار 2021.", "ar", None),
        ("The bridge fell on 3 May 2021 and was raised on 9 May 2021.", "en", None),
        ("The mayor said on 9 May 2021 that the bridge fell on 3 May 2021.", "en",
         dt.date(2021, 5, 3)),
        ("The bridge fell.", "en", None),
    ],
)  # fmt: skip
def test_a_sentence_tells_one_day_or_none(text, language, day):
    assert told(text, language=language) == day


def test_without_a_day_of_publication_only_a_whole_date_is_told():
    assert told("The bridge fell on 3 May 2021.", published=None) == dt.date(2021, 5, 3)
    assert told("The bridge fell yesterday.", published=None) is None
