import datetime as dt
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import find_calendar_dates, find_dates, parse_date


@pytest.mark.parametrize(
    ("text", "written", "date"),
    [
        ("السبت 31 يوليو 2021 - 10:30", "31 يوليو 2021", "2021-07-31"),
        ("اليوم الأربعاء (8 تشرين الثاني 2023)", "8 تشرين الثاني 2023", "2023-11-08"),
        ("08-11-2023", "08-11-2023", "2023-11-08"),
        ("الإثنين ٢٣ / ديسمبر / ٢٠٢٤", "٢٣ / ديسمبر / ٢٠٢٤", "2024-12-23"),
        ("24 نيسان / أبريل 2020", "24 نيسان / أبريل 2020", "2020-04-24"),
        ("24 نَيْسان 2020", "24 نَيْسان 2020", "2020-04-24"),
        ("الجمعة 8 فيفري 2019", "8 فيفري 2019", "2019-02-08"),
        ("12 غشت 2020", "12 غشت 2020", "2020-08-12"),
        ("3 دجنبر 2019", "3 دجنبر 2019", "2019-12-03"),
        ("31 من كانون الأول عام 2021", "31 من كانون الأول عام 2021", "2021-12-31"),
        ("15 رمضان 1442 هـ", "15 رمضان 1442", "2021-04-27"),
        ("1442/9/15", "1442/9/15", "2021-04-27"),
        ("٥ ربيع الآخر ١٤٤٥", "٥ ربيع الآخر ١٤٤٥", "2023-10-20"),
        ("سه‌شنبه ۲۹ بهمن ۱۳۹۸", "۲۹ بهمن ۱۳۹۸", "2020-02-18"),
        ("۱۳۹۹/۰۴/۱۲", "۱۳۹۹/۰۴/۱۲", "2020-07-02"),
        ("November 9, 2020", "November 9, 2020", "2020-11-09"),
        ("9 Nov. 2020", "9 Nov. 2020", "2020-11-09"),
        ("March 3rd, 2021", "March 3rd, 2021", "2021-03-03"),
        ("Publié le 1er août 2021", "1er août 2021", "2021-08-01"),
        ("5 Mayıs 2022", "5 Mayıs 2022", "2022-05-05"),
        ("29. März 2021", "29. März 2021", "2021-03-29"),
        ("29 марта 2021", "29 марта 2021", "2021-03-29"),
        ("2020年3月17日", "2020年3月17", "2020-03-17"),
        ("GMT 17:27 17.03.2020(", "17.03.2020", "2020-03-17"),
        ("12/31/2020", "12/31/2020", "2020-12-31"),
        ("2020-11-09T10:00", "2020-11-09", "2020-11-09"),
    ],
)
def test_dates_are_read_as_they_are_written(text: str, written: str, date: str) -> None:
    (mention,) = find_dates(text)
    assert (mention.written, str(mention.date)) == (written, date)


@pytest.mark.parametrize(
    "text",
    ["24 ديسمبر", "في 3 مباريات 2020", "192.168.2010.1", "32/13/2020", "30 فبراير 2021",
     "من 2019 إلى 2021", "31-11-2020", "1.2.3", "May 2020"],
)  # fmt: skip
def test_what_is_no_full_date_is_not_read_as_one(text: str) -> None:
    assert find_dates(text) == []


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.sampled_from(["/", "-", "."]))
def test_a_numeric_date_is_read_day_first(date: dt.date, mark: str) -> None:
    written = f"{date.day:02}{mark}{date.month:02}{mark}{date.year}"
    (mention,) = find_dates(f"نشر في {written} مساء")
    assert (mention.date, mention.written) == (date, written)


@given(st.one_of(st.text(), st.text(alphabet="0123٤٥/.- يناير1من")))
def test_mentions_stand_in_order_and_quote_the_text(text: str) -> None:
    mentions = [*find_dates(text), *find_calendar_dates(text), *find_calendar_dates(text, "fa")]
    assert all(text[m.start : m.end] == m.written for m in mentions)
    for found in (find_dates(text), find_calendar_dates(text)):
        assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))  # noqa: RUF007


def test_fields_are_read_as_iso_dates_first() -> None:
    assert parse_date(" 2021-07-31T10:00:00Z") == dt.date(2021, 7, 31)
    assert parse_date("31 يوليو 2021") == dt.date(2021, 7, 31)
    assert parse_date("soon") is None


def test_an_hour_behind_it_tells_a_year_of_two_figures() -> None:
    assert parse_date("Thu, 06 Jun 19 23:40:00 -0500") == dt.date(2019, 6, 6)
    assert parse_date("6 Jun 98 10:00 GMT") == dt.date(1998, 6, 6)
    assert parse_date("6 Jun 19") is None


_MONTHS = {
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "he": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
    " dezembro",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ku": "rêbendana sibata adara nîsana gulana hezîrana tîrmeha tebaxa îlona cotmeha mijdara"
    " berfanbara",
}
_DIGITS = {"western": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}
_DAYS = st.dates(dt.date(1974, 1, 1), dt.date(2090, 12, 31))
_OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timedelta(minutes=minutes))


def _figures(text: str, digits: str) -> str:
    return text.translate(str.maketrans(_DIGITS["western"], _DIGITS[digits]))


@given(_DAYS, st.sampled_from(sorted(_MONTHS)), st.sampled_from(sorted(_DIGITS)))
def test_a_field_is_read_in_every_language_and_digit_system(
    day: dt.date, language: str, digits: str
) -> None:
    name = _MONTHS[language].split()[day.month - 1]
    assert parse_date(_figures(f"{day.day} {name} {day.year}", digits)) == day
    assert parse_date(_figures(f"{day.day:02} {name} {day.year} 23:45", digits)) == day


@given(_DAYS, st.sampled_from(sorted(_DIGITS)))
def test_a_field_of_figures_is_read_in_every_digit_system(day: dt.date, digits: str) -> None:
    for form in (
        "%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y %H:%M", "%Y%m%d",
        "%Y%m%dT%H%M%S", "%Y年%m月%d日", "%Y년 %m월 %d일",
    ):  # fmt: skip
        assert parse_date(_figures(day.strftime(form), digits)) == day


@given(_DAYS, st.times(), _OFFSETS)
def test_a_day_is_the_one_that_is_written_in_whatever_zone(
    day: dt.date, time: dt.time, offset: dt.timedelta
) -> None:
    moment = dt.datetime.combine(day, time, dt.timezone(offset))
    assert parse_date(moment) == day
    assert parse_date(moment.isoformat()) == day
    assert parse_date(moment.isoformat(" ", "seconds")) == day
    assert parse_date(format_datetime(moment)) == day
    assert parse_date(moment.strftime("%a %b %d %H:%M:%S %Y")) == day
    assert parse_date(moment.strftime("%b %d, %Y %I:%M %p")) == day


@given(_DAYS, st.times())
def test_a_number_is_an_instant_and_its_day_is_that_of_utc(day: dt.date, time: dt.time) -> None:
    seconds = int(dt.datetime.combine(day, time, dt.UTC).timestamp())
    for number in (seconds, seconds + 0.5, seconds * 1000, str(seconds), str(seconds * 1000)):
        assert parse_date(number) == day


@pytest.mark.parametrize(
    "value",
    ["2025-05", "2023/07", "2025", 2025, 202505, "05/2025", "May 2025", "12 May", "2025-05 - 12:30",
     "2025-13-45", "2025-02-30", 45789, True, None, "", "soon", float("nan"), float("inf"),
     "1404-02-22"],
)  # fmt: skip
def test_what_is_no_whole_day_is_not_filled_up(value: object) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("۱۴۰۴/۰۲/۲۲", "2025-05-12"), ("1404/02/22 به گزارش", "2025-05-12"),
     ("1446-11-14", "2025-05-12"), ("1404/5/22 هـ", "1984-02-23")],
)  # fmt: skip
def test_a_year_of_two_calendars_is_told_by_letters_and_digits(text: str, day: str) -> None:
    assert str(parse_date(text)) == day


@pytest.mark.parametrize(
    ("language", "text", "keys"),
    [
        ("ar", "في 15 رمضان 1442 هـ", ["2021-04-27"]),
        ("fa", "سه‌شنبه ۲۹ بهمن ۱۳۹۸", ["day-2", "2020-02-18"]),
        ("ar", "في 27 أبريل 2021", ["2021-04-27"]),
        ("ar", "صدر في رمضان 1442", ["hijri:1442-09"]),
        ("ar", "بين نيسان وأيار 2021", ["--04", "2021-05"]),
        ("ar", "الاثنين 12 مايو", ["day-1", "--05-12"]),
        ("ar", "15 رمضان", ["hijri:--09-15"]),
        ("ar", "عام 1442", ["hijri:1442"]),
        ("ar", "سنة 1979", ["1979"]),
        ("ar", "في تشرين الأول/أكتوبر 2023", ["2023-10"]),
        ("fa", "۱۲ اردیبهشت", ["persian:--02-12"]),
        ("fa", "بهمن ۱۳۹۸", ["persian:1398-11"]),
        ("en", "on Monday, May 12", ["day-1", "--05-12"]),
        ("en", "in May 2025 and in 1998", ["2025-05", "1998"]),
        ("en", "June 3rd", ["--06-03"]),
        ("fr", "le 3 mars et le mercredi", ["--03-03", "day-3"]),
        ("de", "am Montag, dem 12. Mai 2025", ["day-1", "2025-05-12"]),
        ("es", "el 2 de mayo de 2024, jueves", ["2024-05-02", "day-4"]),
        ("tr", "29 Ekim 1923", ["1923-10-29"]),
        ("ru", "12 мая в среду", ["--05-12", "day-3"]),
        ("en", "12/05/2025", ["2025-05-12"]),
        ("en", "from 2019 to 2021", ["2019", "2021"]),
        ("ar", "كانون الأول", ["--12"]),
    ],
)
def test_full_and_partial_dates_are_found_in_a_text(
    language: str, text: str, keys: list[str]
) -> None:
    assert [date.key for date in find_calendar_dates(text, language)] == keys


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It may rain in the march of the 5 may riders"),
        ("en", "2,021 people and 1998.5 tons"),
        ("en", "2019% more, $2000 less"),
        ("ar", "فاز الفريق 3 صفر"),
        ("ar", "فتح باب المدرسة"),
        ("ar", "لم يصل أحد من اثنين"),
        ("ar", "سباق 1500 م"),
        ("fa", "آب شهر قطع شد"),
        ("fr", "les planètes Mars et Vénus"),
        ("de", "im Montagewerk"),
        ("en", "lundi"),
    ],
)
def test_words_and_numbers_that_are_no_dates_are_left_alone(language: str, text: str) -> None:
    assert find_calendar_dates(text, language) == []
