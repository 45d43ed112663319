import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_spans

NEWS_LETTERS = st.text(alphabet=st.sampled_from("اب د.م؟!؛،…\"»”'(١2.7 \n\tAbU.S。۔\u200f\r\u2028"))


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@given(st.one_of(st.text(), NEWS_LETTERS))
def test_sentences_stand_in_order_and_hold_all_that_is_not_white_space(text: str) -> None:
    spans = sentence_spans(text)
    held = "".join(text[start:end] for start, end in spans)
    assert "".join(held.split()) == "".join(text.split())
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(text[s:e] == text[s:e].strip() for s, e in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوفد. ثم غادر.", ["وصل الوفد.", "ثم غادر."]),
        ("هل وصل الوفد؟ نعم!", ["هل وصل الوفد؟", "نعم!"]),
        ("وصل الوفد.وذكر البيان ذلك", ["وصل الوفد.", "وذكر البيان ذلك"]),
        ("قال “نحن هنا”.وذكر البيان", ["قال “نحن هنا”.", "وذكر البيان"]),
        ('قال: "نحن هنا." ثم غادر.', ['قال: "نحن هنا."', "ثم غادر."]),
        ("بلغت 2.7 مليار دولار. وزادت ٣.٥ بالمئة.", None),
        ("التقى د. أحمد الوزير. ثم غادر.", ["التقى د. أحمد الوزير.", "ثم غادر."]),
        ("التقى د.أحمد الوزير", ["التقى د.أحمد الوزير"]),
        ("وقع ذلك سنة 2011 م. وبعدها هدأ الوضع.", ["وقع ذلك سنة 2011 م.", "وبعدها هدأ الوضع."]),
        ("نشرته العربية.نت أمس", ["نشرته العربية.نت أمس"]),
        ("قالت سي. إن. إن. الأحد إنه عاد", ["قالت سي. إن. إن.", "الأحد إنه عاد"]),
        ("قالت إذاعة أف.أم ذلك", ["قالت إذاعة أف.أم ذلك"]),
        ("بعد غياب.. عودة الفريق", ["بعد غياب.. عودة الفريق"]),
        ("جاء أولاً؛ ثم ذهب", ["جاء أولاً؛ ثم ذهب"]),
        ("The U.S. envoy met Dr. Lane. He left.", ["The U.S. envoy met Dr. Lane.", "He left."]),
        ('"Why?" he asked. Nobody knew.', ['"Why?" he asked.', "Nobody knew."]),
        ("See example.com for more", ["See example.com for more"]),
        ("It ended.The crowd left.", ["It ended.", "The crowd left."]),
        ("He won.[3] She lost.", ["He won.[3]", "She lost."]),
        ("首先。然后。", ["首先。", "然后。"]),
        ("یہ پہلا ہے۔ یہ دوسرا ہے۔", ["یہ پہلا ہے۔", "یہ دوسرا ہے۔"]),
        ("عنوان\nفقرة أولى\n\nفقرة ثانية", ["عنوان", "فقرة أولى", "فقرة ثانية"]),
        ("1. أول البنود\n2. ثاني البنود", ["1. أول البنود", "2. ثاني البنود"]),
        ("... . !", ["... . !"]),
        ("", []),
        (" \n\u3000", []),
    ],
)
def test_sentences_of_known_texts(text: str, expected: list[str] | None) -> None:
    if expected is None:
        expected = ["بلغت 2.7 مليار دولار.", "وزادت ٣.٥ بالمئة."]
    assert sentences(text) == expected


def test_a_line_broken_for_want_of_room_does_not_end_a_sentence() -> None:
    wrapped = (
        "The committee said on Monday that the bridge across\n"
        "the river would stay closed until the spring. Work\n"
        "goes on.\n"
        "- first point of the list which is long enough here\n"
        "- second"
    )
    assert sentences(wrapped) == [
        "The committee said on Monday that the bridge across\n"
        "the river would stay closed until the spring.",
        "Work\ngoes on.",
        "- first point of the list which is long enough here",
        "- second",
    ]


def test_only_a_very_long_sentence_is_cut_at_its_semicolons() -> None:
    clause = "وأكد المتحدث أن الجسر سيبقى مغلقاً " * 8
    text = "؛ ".join([clause.strip()] * 3)
    assert len(sentences(text)) == 3
    assert sentences(text[:500]) == [text[:500].strip()]


def test_a_hundred_thousand_stops_take_no_longer_than_their_number_asks() -> None:
    assert len(sentence_spans(". " * 100_000)) == 1
    assert len(sentence_spans("كلمة. " * 100_000)) == 100_000
