import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts import facts


def found(text, kind):
    return [(text[fact.start : fact.end], fact.value) for fact in facts(text) if fact.kind == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("خمسة وعشرون هجوماً", [("خمسة وعشرون", "25")]),
        ("ثلاثمئة ألف نازح", [("ثلاثمئة ألف", "300000")]),
        ("خمسة عشر ألف جندي", [("خمسة عشر ألف", "15000")]),
        ("لـ40 هجمة ولأربعين هجمة", [("40", "40"), ("أربعين", "40")]),
        ("٢٫٧ مليار دولار", [("٢٫٧ مليار دولار", "2700000000 USD")]),
        ("1,234.5 km", [("1,234.5 km", "1234.5 kilometre")]),
        ("two hundred and fifty thousand people", [("two hundred and fifty thousand", "250000")]),
        ("sixty-one votes", [("sixty-one", "61")]),
        ("vingt soldats", [("vingt", "20")]),
        ("one of them, and hundreds more", []),
        ("مئات القتلى", []),
    ],
)
def test_numbers_by_value(text, expected):
    assert found(text, "number") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في 13 أكتوبر 1958", [("13 أكتوبر 1958", "1958-10-13")]),
        ("تشرين الأول/أكتوبر 2020", [("تشرين الأول/أكتوبر 2020", "2020-10")]),
        ("منذ 17 تشرين الأول", [("17 تشرين الأول", "--10-17")]),
        ("on October 22, 2020", [("October 22, 2020", "2020-10-22")]),
        ("le 1er mai 2021", [("1er mai 2021", "2021-05-01")]),
        ("٢٠٢٠/١٠/٢٢", [("٢٠٢٠/١٠/٢٢", "2020-10-22")]),
        ("عام 2014", [("2014", "2014")]),
        ("يوم الثلاثاء", [("الثلاثاء", "day-2")]),
        ("They may march.", []),
        ("في 10 محرم 1445", [("10 محرم 1445", "2023-07-28")]),
        ("۷ تیر ۱۴۰۱", [("۷ تیر ۱۴۰۱", "2022-06-28")]),
    ],
)
def test_dates_by_value(text, expected):
    assert found(text, "date") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نفى السفير الأميركي لدى العراق ماثيو تولر أن", "ماثيو تولر"),
        ("السفير في بغداد، ماثيو تولر، اليوم", "ماثيو تولر"),
        ("وزير الخارجية الأميركي أنتوني بلينكن", "أنتوني بلينكن"),
        ("قال محمد بن سلمان", "محمد بن سلمان"),
        ("She met President Joe Biden there", "President Joe Biden"),
        ("The Dragons Den star left", "Dragons"),
    ],
)
def test_names(text, expected):
    assert expected in [words for words, _ in found(text, "name")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("BAGHDAD — The envoy Matthew Tueller left.", ["Matthew Tueller"]),
        ("Baghdad (Palm News) - Matthew Tueller left.", ["Matthew Tueller"]),
        ("واشنطن (نخيل) - غادر السفير ماثيو تولر.", ["ماثيو تولر"]),
        ("Matthew Tueller — who left — said so.", ["Matthew Tueller"]),
    ],
)
def test_where_a_report_was_filed_is_no_name(text, names):
    assert [words for words, _ in found(text, "name")] == names


def test_german_nouns_are_no_names():
    text = "Die Gespräche führte Ministerin Clara Vogt Ende August mit Fischern aus Norwegen."
    assert [name for name, _ in found(text, "name")] == ["Clara Vogt"]


def test_a_quotation_is_what_stands_between_the_marks():
    assert [words for words, _ in found("وصفها بأنها «صريحة للغاية».", "quotation")] == [
        "صريحة للغاية"
    ]


@given(st.text(alphabet='مئةوألف ثلاث٣3,.-/ay 2020«»"بنلـ', max_size=80))
def test_every_fact_is_a_span_of_its_text(text):
    for fact in facts(text):
        assert 0 <= fact.start < fact.end <= len(text)
