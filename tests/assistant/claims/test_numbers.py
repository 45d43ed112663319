from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.claims.numbers import Quantity, quantities


def read(text, language):
    return [(str(amount), text[amount.start : amount.end]) for amount in quantities(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "amount", "written"),
    [
        ("أنفقت 23 460 000 درهم", "ar", "23460000 dirham", "23 460 000 درهم"),
        ("أنفقت 23,460,000 درهم", "ar", "23460000 dirham", "23,460,000 درهم"),
        ("أنفقت 52 مليون و300 ألف درهم", "ar", "52300000 dirham", "52 مليون و300 ألف درهم"),
        ("أنفقت 52.3 مليون درهم", "ar", "52300000 dirham", "52.3 مليون درهم"),
        ("٤٧،٥ مليون درهم", "ar", "47500000 dirham", "٤٧،٥ مليون درهم"),
        ("٤٧٫٥ مليون", "ar", "47500000", "٤٧٫٥ مليون"),
        ("ملياران ونصف المليار ريال", "ar", "2500000000 riyal", "ملياران ونصف المليار ريال"),
        ("مليون ونصف", "ar", "1500000", "مليون ونصف"),
        ("ثلث مليون", "ar", "333333.3333333333333333333333", "ثلث مليون"),
        ("نصف مليار ليرة", "ar", "500000000 lira", "نصف مليار ليرة"),
        ("ثلاثة أرباع المليون", "ar", "750000", "ثلاثة أرباع المليون"),
        ("مليونا درهم", "ar", "2000000 dirham", "مليونا درهم"),
        ("مليوني درهم", "ar", "2000000 dirham", "مليوني درهم"),
        ("مليوناً فقط", "ar", "1000000", "مليوناً"),
        ("ستون مليونا", "ar", "60000000", "ستون مليونا"),
        ("اثنا عشر ألف نازح", "ar", "12000", "اثنا عشر ألف"),
        ("ألفي درهم كويتي", "ar", "2000 dirham", "ألفي درهم"),
        ("12 مليون دينار كويتي", "ar", "12000000 KWD", "12 مليون دينار كويتي"),
        ("7 في المئة", "ar", "7 %", "7 في المئة"),
        ("٪٧", "ar", "7 %", "٪٧"),
        ("half a billion dollars", "en", "500000000 USD", "half a billion dollars"),
        ("a quarter of a million", "en", "250000", "quarter of a million"),
        ("three and a half million", "en", "3500000", "three and a half million"),
        ("3½ million", "en", "3500000", "3½ million"),
        ("$7.4m", "en", "7400000 USD", "$7.4m"),
        ("7.4bn people", "en", "7400000000", "7.4bn"),
        ("60 million euros", "en", "60000000 EUR", "60 million euros"),
        ("EUR 60 million", "en", "60000000 EUR", "EUR 60 million"),
        ("£3,000", "en", "3000 GBP", "£3,000"),
        ("8 per cent", "en", "8 %", "8 per cent"),
        ("-5 degrees", "en", "-5 degree", "-5 degrees"),
        ("2.345.678,9 Euro", "de", "2345678.9 EUR", "2.345.678,9 Euro"),
        ("viereinhalb Millionen", "de", "4500000", "viereinhalb Millionen"),
        ("eine halbe Million", "de", "500000", "halbe Million"),
        ("zweihundertfünfundvierzig", "de", "245", "zweihundertfünfundvierzig"),
        ("2 345 678 habitants", "fr", "2345678", "2 345 678"),
        ("quatre-vingt-douze", "fr", "92", "quatre-vingt-douze"),
        ("trois milliards et demi d'euros", "fr", "3500000000 EUR",
         "trois milliards et demi d'euros"),
        ("tres millones y medio de euros", "es", "3500000 EUR", "tres millones y medio de euros"),
        ("üç buçuk milyon", "tr", "3500000", "üç buçuk milyon"),
        ("yarım milyar dolar", "tr", "500000000 USD", "yarım milyar dolar"),
        ("سه و نیم میلیارد تومان", "fa", "3500000000 toman", "سه و نیم میلیارد تومان"),
        ("חצי מיליארד שקל", "he", "500000000 ILS", "חצי מיליארד שקל"),
    ],
)  # fmt: skip
def test_an_amount_is_read_whole(text, language, amount, written):
    assert read(text, language) == [(amount, written)]


@pytest.mark.parametrize(
    ("text", "language", "amount"),
    [
        ("أقل من 60 مليون درهم", "ar", "<60000000 dirham"),
        ("بأكثر من ستين هجوما", "ar", ">60"),
        ("نحو 60 طنا", "ar", "~60 tonne"),
        ("ما لا يقل عن 60 قتيلا", "ar", ">=60"),
        ("60 قتيلا على الأقل", "ar", ">=60"),
        ("لا تتجاوز 60 درهما", "ar", "<=60 dirham"),
        ("لم تبلغ كلفة الطريق 60 مليون درهم", "ar", "<60000000 dirham"),
        ("وتجاوز عدد السفن في المرفأ ستين سفينة", "ar", ">60"),
        ("at least 60", "en", ">=60"),
        ("no fewer than 60", "en", ">=60"),
        ("nearly 60", "en", "~60"),
        ("up to $60", "en", "<=60 USD"),
        ("mehr als 60", "de", ">60"),
        ("près de 60", "fr", "~60"),
        ("60 مليون درهم سنويا", "ar", "60000000 dirham per year"),
        ("60 مليون درهم في الشهر", "ar", "60000000 dirham per month"),
        ("60 مليون درهم في الشهر الماضي", "ar", "60000000 dirham"),
        ("خمسة دراهم لكل تذكرة", "ar", "5 dirham per تذكره"),
        ("60 مليون درهم لكل من البلدين", "ar", "60000000 dirham per البلدين"),
        ("$60 for each ticket", "en", "60 USD per ticket"),
        ("90 دولارا للبرميل", "ar", "90 USD per barrel"),
        ("$60m a year", "en", "60000000 USD per year"),
        ("60 barrels a day", "en", "60 barrel per day"),
        ("60 Euro pro Monat", "de", "60 EUR per month"),
        ("60 euros par an", "fr", "60 EUR per year"),
    ],
)
def test_a_bound_and_per_what_belong_to_an_amount(text, language, amount):
    assert [str(one) for one in quantities(text, language)] == [amount]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("وأثنى الحاضرون على المبادرة", "ar"),
        ("في القرن العشرين", "ar"),
        ("المادة 140 من الدستور", "ar"),
        ("عند الساعة 7 مساء", "ar"),
        ("الدورة الـ13", "ar"),
        ("مئات الآلاف من الناس", "ar"),
        ("the 21st race", "en"),
        ("at 7:30 in article 5", "en"),
        ("an F16 and one of them", "en"),
        ("once upon a time on the bin", "en"),
        ("le 1er rang, la 2e place", "fr"),
        ("hundreds of thousands", "en"),
    ],
)
def test_ordinals_times_names_and_vague_words_are_no_amounts(text, language):
    assert quantities(text, language) == ()


def test_two_amounts_side_by_side_stay_two():
    assert [str(a) for a in quantities("4 million voted and 20 died", "en")] == ["4000000", "20"]
    assert [str(a) for a in quantities("قتل ثلاثة وأصيب خمسة", "ar")] == ["3", "5"]
    assert [str(a) for a in quantities("between 40 and 50", "en")] == ["range40", "range50"]


def test_amounts_are_equal_only_where_value_unit_bound_and_per_are():
    amount = Quantity(Decimal(40), "USD", "", "year", 0, 1)
    assert amount.equals(Quantity(Decimal("40.0"), "USD", "", "year", 5, 9))
    for other in (
        Quantity(Decimal(41), "USD", "", "year", 0, 1),
        Quantity(Decimal(40), "EUR", "", "year", 0, 1),
        Quantity(Decimal(40), None, "", "year", 0, 1),
        Quantity(Decimal(40), "USD", "<", "year", 0, 1),
        Quantity(Decimal(40), "USD", "", "month", 0, 1),
    ):
        assert not amount.equals(other)


@given(st.integers(0, 999_999_999), st.sampled_from(",.  '٬"))
def test_grouping_does_not_change_the_value(value, mark):
    grouped = f"{value:,}".replace(",", mark)
    assert [amount.value for amount in quantities(f"x {grouped} y", "en")] == [value]


@given(st.text(alphabet="٣5 ½.,،:-$€%مليونألف ونصفربعa halfmbn", max_size=60))
def test_every_amount_is_a_span_of_its_text_in_order(text):
    end = 0
    for amount in quantities(text, "ar"):
        assert end <= amount.start < amount.end <= len(text)
        end = amount.end
