import datetime as dt
import json
import re
from pathlib import Path
from typing import get_args

import pytest

import assistant
from assistant.messages.wording import FOLDER, wording
from corpus import furniture
from corpus.furniture import _PHRASES
from corpus.readers.document import Fault

PACKAGE = Path(assistant.__file__).parent
FORMS = ("zero", "one", "two", "few", "many", "other")


def phrases(language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    return found


def base(key: str) -> str:
    stem, _, form = key.rpartition(".")
    return stem if form in FORMS else key


def test_both_languages_say_the_same_things_with_the_same_values() -> None:
    # Why a file could not be read, or a line was left out, is said by the readers themselves in
    # English, and what widgets say by Streamlit.
    elsewhere = ("unreadable.", "left_out.", "streamlit.")
    arabic, english = (
        {key: text for key, text in phrases(language).items() if not key.startswith(elsewhere)}
        for language in ("ar", "en")
    )
    assert {base(key) for key in arabic} == {base(key) for key in english}
    for key in english.keys() & arabic.keys():
        values = [set(re.findall(r"{(\w+)}", texts[key])) for texts in (arabic, english)]
        assert values[0] - {"n"} == values[1] - {"n"}, key


def test_whatever_is_counted_has_a_form_for_every_number_in_both_languages() -> None:
    for language in ("ar", "en"):
        texts = phrases(language)
        counted = {base(key) for key in texts if base(key) != key}
        for key in counted:
            for n in (0, 1, 2, 3, 11, 100):
                assert wording(language)(key, n=n)


def test_every_phrase_that_is_asked_for_is_there() -> None:
    known = {base(key) for language in ("ar", "en") for key in phrases(language)}
    for file in PACKAGE.rglob("*.py"):
        for key in re.findall(r"""\bwords\(\s*["']([\w .]+)["']""", file.read_text("utf-8")):
            assert key in known, f"{file.name}: {key}"


@pytest.mark.parametrize(
    ("tag", "language", "direction", "day", "number"),
    [
        ("ar-IQ", "ar", "rtl", "١٤ تموز ٢٠٢١", "١٢٬٣٤٥"),
        ("ar", "ar", "rtl", "١٤ يوليو ٢٠٢١", "١٢٬٣٤٥"),
        ("ar-MA", "ar", "rtl", "14 يوليوز 2021", "12.345"),
        ("en-GB", "en", "ltr", "14 July 2021", "12,345"),
        ("en-US", "en", "ltr", "July 14, 2021", "12,345"),
        ("fr-FR", "en", "ltr", "14 July 2021", "12,345"),
        ("not a language", "en", "ltr", "14 July 2021", "12,345"),
        (None, "en", "ltr", "14 July 2021", "12,345"),
    ],
)
def test_dates_and_numbers_are_written_as_the_readers_region_writes_them(
    tag: str | None, language: str, direction: str, day: str, number: str
) -> None:
    words = wording(tag)
    assert (words.language, words.direction) == (language, direction)
    assert words.date(dt.date(2021, 7, 14)) == day
    assert words.number(12345) == number


def test_arabic_counts_in_its_own_forms() -> None:
    words = wording("ar")
    assert words("library.articles", n=2) == "مقالان"
    assert words("library.articles", n=3) == "٣ مقالات"
    assert words("library.articles", n=20) == "٢٠ مقالاً"
    assert words("library.articles", n=100) == "١٠٠ مقال"


def test_every_fault_of_a_file_is_worded_in_arabic() -> None:
    assert {f"unreadable.{fault}" for fault in get_args(Fault)} <= phrases("ar").keys()


def test_every_reason_to_leave_a_line_out_is_worded_in_arabic() -> None:
    reasons = {
        *_PHRASES,
        *re.findall(r'return "([a-z][a-z ]+)"', Path(furniture.__file__).read_text()),
    }
    assert {wording("ar").left_out(reason) for reason in reasons}.isdisjoint(reasons)
    assert wording("en").left_out("share buttons") == "share buttons"
