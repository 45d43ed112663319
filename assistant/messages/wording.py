"""The interface's words, numbers and dates, in Arabic and in English.

The words themselves lie in ``assistant/messages/locale/``, one file a language; what every
language does its own way (plurals, lists, month names, digits, names of languages) comes from the
Unicode CLDR through Babel.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

FOLDER = Path(__file__).parent / "locale"
LANGUAGES = ("ar", "en")
_WIDGETS = "streamlit."
_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@lru_cache
def _texts(language: str) -> dict[str, str]:
    loaded: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    return loaded


@dataclass(frozen=True, slots=True)
class Wording:
    """How one interface language says things.

    Attributes:
        locale: The language and, where the browser names one, its region: an Iraqi reader gets
            تموز and ٢٠٢١, a Moroccan يوليوز and 2021.
    """

    locale: Locale

    @property
    def language(self) -> str:
        """The language of the words, one of `LANGUAGES`."""
        return str(self.locale.language)

    @property
    def tag(self) -> str:
        """The language tag that `wording` makes these words from again."""
        return str(self.locale).replace("_", "-")

    @property
    def direction(self) -> str:
        """The way its lines run, ``rtl`` or ``ltr``."""
        return str(self.locale.text_direction)

    def __call__(self, key: str, /, **values: object) -> str:
        """Looks a phrase up and fills it in.

        A phrase that counts has a form for each plural category of the language, under
        ``key.one``, ``key.few``, ``key.other``…; the number is the value named ``n``.

        Raises:
            KeyError: There is no such phrase.
        """
        texts = _texts(self.language)
        n = values.get("n")
        if key not in texts and isinstance(n, int):
            form = f"{key}.{self.locale.plural_form(n)}"
            key = form if form in texts else f"{key}.other"
        shown = {
            name: self.number(value) if isinstance(value, int | float) else value
            for name, value in values.items()
        }
        return texts[key].format(**shown)

    def left_out(self, reason: str) -> str:
        """Says why a line of a page is no part of its story; the readers say it in English."""
        return _texts(self.language).get(f"left_out.{reason}", reason)

    def of_streamlit(self) -> dict[str, str]:
        """What the widgets say in English and have no setting for, with how it is said here."""
        return {
            key.removeprefix(_WIDGETS): text
            for key, text in _texts(self.language).items()
            if key.startswith(_WIDGETS)
        }

    def number(self, value: float) -> str:
        """Writes a number with the language's digits and separators."""
        return self.digits(
            str(format_decimal(value, locale=self.locale, numbering_system="default"))
        )

    def percent(self, share: float) -> str:
        """Writes a share in [0, 1] as whole per cent."""
        return self("percent", share=round(100 * share))

    def date(self, day: dt.date, form: str = "long") -> str:
        """Writes a day in full ("14 July 2021") or in another CLDR ``form``."""
        return self.digits(str(format_date(day, form, locale=self.locale)))

    def day(self, day: dt.date) -> str:
        """Writes a day for a table, the year first: such texts sort as their days do.

        Arabic parts its figures by strokes: around hyphens they would change places.
        """
        return self.digits(f"{day:%Y/%m/%d}" if self.language == "ar" else day.isoformat())

    def size(self, bytes_: int) -> str:
        """Writes an amount of storage in the unit that suits it ("12 MB")."""
        units = ("kilobyte", "megabyte", "gigabyte")
        power = min(max(len(str(bytes_)) - 1, 3) // 3, len(units))
        amount = bytes_ / 1000**power
        amount = round(amount) if amount >= 10 else round(amount, 1)
        unit = units[power - 1]
        return self.digits(
            format_unit(amount, unit, "short", locale=self.locale, numbering_system="default")
        )

    def seconds(self, seconds: float) -> str:
        """Writes a length of time ("3.2 sec"); from ten seconds on, whole ones."""
        amount = round(seconds) if seconds >= 10 else round(seconds, 1)
        return self.digits(
            format_unit(amount, "second", "short", locale=self.locale, numbering_system="default")
        )

    def month(self, day: dt.date) -> str:
        """Names the month of a day ("Jul 2021")."""
        return self.digits(str(format_skeleton("yMMM", day, locale=self.locale)))

    def year(self, day: dt.date) -> str:
        """Names the year of a day."""
        return self.digits(str(day.year))

    def day_of_month(self, day: dt.date) -> str:
        """Names a day without its year ("14 Jul")."""
        return self.digits(str(format_skeleton("MMMd", day, locale=self.locale)))

    def digits(self, text: str) -> str:
        """Writes the digits of a text as the language does."""
        eastern = self.locale.default_numbering_system == "arab"
        return text.translate(_EASTERN) if eastern else text

    def listing(self, items: Sequence[str]) -> str:
        """Joins items as a list in a sentence."""
        return str(format_list(list(items), locale=self.locale))

    def language_name(self, code: str) -> str:
        """Names a language by its code; the code itself where the language is unknown."""
        return str(self.locale.languages.get(code, code))


@lru_cache
def wording(tag: str | None) -> Wording:
    """Chooses the interface language for a browser's language tag ("ar-IQ", "en", "fr-CA").

    Any Arabic gets Arabic, everything else English. Arabic without a region is written as in
    Egypt, and English without one as in Britain, day before month.
    """
    if tag:
        try:
            locale = Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            locale = Locale("en")
        if locale.language == "ar":
            return Wording(locale if locale.territory else Locale("ar", "EG"))
        if locale.language == "en" and locale.territory:
            return Wording(locale)
    return Wording(Locale("en", "GB"))
