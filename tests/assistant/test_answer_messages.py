import datetime as dt
import json
import re
from dataclasses import replace
from typing import get_args

import pytest

from assistant.answer import Answer, Failure, Figure, Source
from assistant.messages.answer_messages import askers_wording, notice, silent
from assistant.messages.wording import FOLDER, wording

ARABIC, ENGLISH = askers_wording("كم هزة؟"), askers_wording("How many quakes?")


def source(n, outlet, day):
    date = dt.date(2021, 8, day) if day else None
    return Source(n, f"a{n}", f"Headline {n}", outlet, date, "ar", None, None, 0, 1, "x", 1.0)


def answer(figures, failure=None):
    sources = (source(1, "الوادي", 1), source(2, "السهل", 5), source(3, None, None))
    return Answer("كم؟", False, "quote", (), sources, failure=failure, figures=figures)


def said(differing, words):
    """A notice without the marks that keep mixed directions apart."""
    return re.sub("[\u2068\u2069]", "", notice(differing, words))


def test_words_of_articles_keep_their_own_direction_within_ours():
    differing = answer((Figure("خمسين", (1,)), Figure("47", (2,), newest=True)))
    assert notice(differing, ENGLISH) == (
        "Sources differ: \u2068خمسين\u2069 (\u2068الوادي\u2069, 1 August 2021) "
        "· \u206847\u2069 (newest: \u2068السهل\u2069, 5 August 2021)."
    )


def test_who_agrees_is_said():
    agreed = answer((Figure("40", (1, 2), label="هزة"),))
    assert said(agreed, ARABIC) == (
        "تتفق على ذلك الوادي، ١ أغسطس ٢٠٢١ والسهل، ٥ أغسطس ٢٠٢١ (هزة): 40."
    )
    assert said(agreed, ENGLISH) == (
        "الوادي, 1 August 2021 and السهل, 5 August 2021 agree (هزة): 40."
    )


def test_who_differs_is_said_with_the_day_as_the_language_writes_it():
    differing = answer((Figure("40", (1, 3)), Figure("50", (2,), newest=True)))
    assert said(differing, ENGLISH) == (
        "Sources differ: 40 (الوادي, 1 August 2021) · 50 (newest: السهل, 5 August 2021)."
    )
    assert said(differing, ARABIC) == (
        "المصادر تختلف: 40 (الوادي، ١ أغسطس ٢٠٢١) · 50 (الأحدث: السهل، ٥ أغسطس ٢٠٢١)."
    )


def test_a_bound_that_stands_apart_in_its_sentence_is_said():
    bounded = answer((Figure("خمسين", (1,), bound=">", label="سفينة"), Figure("47", (2,))))
    assert said(bounded, ENGLISH).startswith("Sources differ (سفينة): more than خمسين (")
    assert said(bounded, ARABIC).startswith("المصادر تختلف (سفينة): أكثر من خمسين (")


def test_what_was_searched_for_in_place_of_slips_is_said():
    corrected = replace(answer(()), corrections=("مسقط", "محادثات"))
    assert notice(corrected, ARABIC) == "بحثتُ عن: \u2068مسقط\u2069 · \u2068محادثات\u2069."
    assert notice(corrected, ENGLISH) == "Searched for: \u2068مسقط\u2069 · \u2068محادثات\u2069."


def test_nothing_to_say_is_no_notice():
    assert notice(answer(()), ARABIC) is None


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_failure_is_worded(language):
    words = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    worded = {key.removeprefix("failure.") for key in words if key.startswith("failure.")}
    assert worded == set(get_args(Failure))


def test_what_failed_comes_before_who_agrees():
    both = answer((Figure("40", (1, 2)),), failure="slow")
    assert said(both, ENGLISH) == (
        "Quoted instead of written: the language model took too long. "
        "الوادي, 1 August 2021 and السهل, 5 August 2021 agree: 40."
    )


def test_silence_speaks_the_askers_language():
    assert silent("ما عاصمة اليابان؟") == "المقالات المتاحة لا تجيب عن هذا السؤال."
    assert silent("Quelle est la capitale du Japon ?") == (
        "The articles here do not answer this question."
    )


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("متى افتتح الجسر الجديد؟", "ar"),
        ("پل تازه را چه کسی افتتاح کرد؟", "ar"),  # Persian
        ("نیا پل کب کھولا گیا ہے؟", "ar"),  # Urdu
        ("کەی پردی نوێ کرایەوە لە هەولێر؟", "ar"),  # Sorani
        ("نوی پل کله پرانیستل شو؟", "ar"),  # Pashto
        ("ماذا قال مدير NATO عن الجسر؟", "ar"),
        ("When was the new bridge opened?", "en"),
        ("What does «سلام» mean to the people who cross the bridge?", "en"),
        ("Quand le pont a-t-il été ouvert ?", "en"),
        ("Köprü ne zaman açıldı?", "en"),
        ("Когда открыли новый мост?", "en"),
        ("מתי נפתח הגשר החדש?", "en"),
        ("1948?", "en"),
        ("", "en"),
    ],
)
def test_whoever_asks_in_arabic_letters_is_spoken_to_in_arabic(question, language):
    assert askers_wording(question).language == language


def test_the_readers_own_wording_is_taken_where_its_language_is_the_right_one():
    iraqi = wording("ar-IQ")
    assert askers_wording("متى افتتح الجسر؟", iraqi) is iraqi
    assert askers_wording("When was it opened?", iraqi).language == "en"
