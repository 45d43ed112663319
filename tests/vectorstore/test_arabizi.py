import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.arabic import normalise
from corpus.words import stem
from vectorstore.arabizi import by_sound, is_arabizi, to_arabic

LIBRARY = (
    "القواعد", "الأميركية", "مخيم", "الهول", "هجمة", "بغداد", "تولر", "بلينكن", "زار", "المساعدات",
)  # fmt: skip
SOUNDS = by_sound((stem(normalise(word)), 2) for word in LIBRARY)


def spell(wanted):
    return [word for word in LIBRARY if stem(normalise(word)) == wanted]


def arabic(question):
    return to_arabic(question, SOUNDS, spell)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("wen mo5ayyam el hol?", "أين مخيم الهول؟"),
        ("kam 3omr Tueller?", "كم عمر تولر؟"),
        ("imta zar Blinken baghdad?", "متى زار بلينكن بغداد؟"),
        (
            "kam hajma 3ala el qawa3ed el amrikiyya men 17 tishreen?",
            "كم هجمة على القواعد الأميركية من 17 تشرين؟",
        ),
        ("shu 2al Blinken 3an Zorblax?", "ماذا قال بلينكن عن Zorblax؟"),
    ],
)
def test_a_question_is_written_as_the_library_spells_it(question, expected):
    assert arabic(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Wen traf Blinken in Bagdad?",
        "Wein aus Franken",
        "Shu Qi was born when?",
        "What did the G7 say about the F35?",
        "Kam Fong",
        "the 2nd and 3rd round",
        "Où est Mascate ?",
        "متى زار بلينكن بغداد؟",
        "",
    ],
)
def test_another_language_is_left_alone(question):
    assert not is_arabizi(question)
    assert arabic(question) is None


def test_where_no_word_can_be_told_nothing_is_written():
    assert is_arabizi("meen Zorblax?")
    assert arabic("meen Zorblax?") is None


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    assert arabic(text) is None or is_arabizi(text)
