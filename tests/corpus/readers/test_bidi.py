import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.bidi import Shown, last_strong, reading_order
from tests.corpus.readers.layout import shown


def read_back(text: str, *, right_to_left: bool = True) -> str:
    line = [Shown(character) for character in shown(text, right_to_left)]
    return reading_order(line, right_to_left, "R" if right_to_left else "L")


@pytest.mark.parametrize(
    "text",
    [
        "بلغت الكلفة ٣٨٫٥ مليون، أي ٣٤٬٣٧٥٬٠٠٠ دينار",
        "زادت بنسبة 12% في 12/5/2025 عند 12:30",
        "زادت بنسبة ١٢٪ أو ٪١٢ بين ١٠-١٢ في ١٢/٥/٢٠٢٥",
        "الهاتف ٠٩١٢-٣٤٥٦٧٨ أو +962 6 555 والحرارة -5 أو -٥",
        "الكلفة (مع الضريبة) 18.5 مليون [تقريبا] «كما قال»",
        "قالت شركة Blue Line Ltd. إن COVID-19 وiPhone 15 (Pro) عادا",
        "هزینه ۳۸٫۵ میلیون و ۱۲٪ در ۱۴۰۴/۰۲/۲۲ بین ۱۰-۱۲",
        'מחיר 12% ב-12/5/2025 בין 10-12 או 1,250.75 ש"ח (בערך) $30',
        "المرجع (OECD) صدر عن (البنك) عام 2020",
        "بَلَدِيَّةُ المَدِينَةِ ٤٧/٢٠٢٤",
    ],
)
def test_what_a_right_to_left_line_shows_is_read_back(text: str) -> None:
    assert read_back(text) == text


def test_arabic_words_in_a_left_to_right_line_are_read_back() -> None:
    text = "The word كتاب جديد means a new book, and عام 2020 ميلادي a year."
    assert read_back(text, right_to_left=False) == text


def test_a_number_after_arabic_of_the_line_before_is_read_as_its_browser_showed_it() -> None:
    """A range after Arabic letters turns, one at the beginning of a paragraph does not."""
    assert reading_order([Shown(c) for c in "12-10"], True, "AL") == "10-12"
    assert reading_order([Shown(c) for c in "10-12"], True, "R") == "10-12"


def test_a_hyphen_before_the_rest_of_its_number_belongs_to_the_number() -> None:
    line = [Shown(c) for c in "0911- רפסמ"]
    assert reading_order(line, True, "R", before_number=True) == "מספר 0911-"
    assert reading_order(line, True, "R") == "מספר -0911"


def test_a_telephone_number_that_is_set_from_left_to_right_stays() -> None:
    line = [Shown(c) for c in "وهو +962 6 555-0101"[4:] + " " + "فتاه"]
    assert reading_order(line, True, "R") == "هاتف +962 6 555-0101"
    assert reading_order([Shown(c) for c in "+18 رمعلا"], True, "R") == "العمر 18+"


def test_brackets_that_are_told_by_what_they_mean_are_not_mirrored() -> None:
    line = [Shown(")", logical=True), Shown("ب"), Shown("(", logical=True)]
    assert reading_order(line, True, "R") == "(ب)"


def test_the_last_letter_of_a_text_tells_its_direction() -> None:
    assert [last_strong(text, "R") for text in ("قال 12", "said 12", "12")] == ["AL", "L", "R"]


ARABIC = st.sampled_from(["قالت", "المدينة", "إن", "الجسر،", "سيغلق؛", "ويفتح.", "ثانية"])
PERSIAN = st.sampled_from(["گفت", "که", "پل", "بسته", "می\u200cشود،", "سپس", "باز"])
HEBREW = st.sampled_from(["אמר", "כי", "הגשר,", "ייסגר", "ויפתח.", "שוב"])
DIGITS = {"western": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}


@st.composite
def figures(draw: st.DrawFn) -> str:
    """Whole numbers, decimals, thousands, dates, times, ranges, phones, shares, below zero."""
    digits = DIGITS[draw(st.sampled_from(sorted(DIGITS)))]
    parts = draw(st.lists(st.text(digits, min_size=1, max_size=4), min_size=1, max_size=4))
    separator = draw(st.sampled_from([".", ",", "/", ":", "-"] if digits[0] == "0" else "٫٬/:-"))
    number = separator.join(parts)
    before, after = draw(st.sampled_from([("", "")] * 4 + [("-", ""), ("", "%"), ("", "٪")]))
    return f"{before}{number}{after}"


@given(
    st.sampled_from([ARABIC, PERSIAN, HEBREW]).flatmap(
        lambda words: st.lists(st.tuples(words, figures() | st.none()), min_size=1, max_size=8)
    )
)
def test_every_figure_of_a_right_to_left_line_comes_out_unchanged(
    parts: list[tuple[str, str | None]],
) -> None:
    text = " ".join(part for pair in parts for part in pair if part)
    assert read_back(text) == text


@given(st.lists(ARABIC | HEBREW | figures(), min_size=1, max_size=12))
def test_figures_beside_one_another_keep_their_digits(words: list[str]) -> None:
    text = " ".join(words)
    digits = re.compile(r"\d+")
    assert sorted(digits.findall(read_back(text))) == sorted(digits.findall(text))
