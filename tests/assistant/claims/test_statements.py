import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.claims.statements import relation, same_statement

ARABIC = "أكدت الهيئة أن 14 قاربا غادرت مرفأ الشمال يوم الأحد، ولم يعد منها سوى ثلاثة."
ENGLISH = "The board said that 14 boats left North Harbour on Sunday, and only three came back."
WORDS = st.text(alphabet="بتثجحخدذرزسشصضطظعغفقكلمنهـabcdefgh0123456789", min_size=1, max_size=7)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("وصلت الباخرة إلى المرفأ.", "وَصَلَتِ الباخـرة  إلى المرفأ"),
        ("وصلت إلى أسوان.", "وصلت الى اسوان!"),
        ("بلغ العدد ٤٠.", "بلغ العدد 40"),
        ("«The ship» left.", '"The ship" left'),
    ],
)
def test_punctuation_spaces_vowel_signs_and_letter_variants_make_no_difference(one, other):
    assert same_statement(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("زاد السعر 5%.", "زاد السعر 5."),
        ("دفعت 40$.", "دفعت 40€."),
        ("بلغت الحرارة -5.", "بلغت الحرارة 5."),
        ("غادر الوفد.", "غادر الوفد؟"),
        ("Sie fordern Bildung.", "Sie fördern Bildung."),
        ("قَتَلَ رجلا.", "قُتِلَ رجلا."),
    ],
)
def test_signs_accents_and_contradicting_vowels_make_another_statement(one, other):
    assert not same_statement(one, other)


@given(st.sampled_from([ARABIC, ENGLISH]), st.integers(0, 99), WORDS)
def test_another_word_in_any_place_makes_another_statement(sentence, place, word):
    words = sentence.split()
    at = place % len(words)
    changed = " ".join([*words[:at], word, *words[at + 1 :]])
    if not same_statement(words[at], word):
        assert not same_statement(sentence, changed)


@given(st.sampled_from([ARABIC, ENGLISH]), st.integers(0, 99), st.sampled_from(["لم", "not", "7"]))
def test_a_word_more_or_less_makes_another_statement(sentence, place, word):
    words = sentence.split()
    at = place % len(words)
    assert not same_statement(sentence, " ".join([*words[:at], word, *words[at:]]))
    assert not same_statement(sentence, " ".join([*words[:at], *words[at + 1 :]]))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (ARABIC, "same"),
        (ARABIC.replace("14", "41"), "edited"),
        (ARABIC.replace("غادرت", "دخلت"), "edited"),
        (ARABIC.replace("ولم يعد", "وعاد"), "edited"),
        (ARABIC.replace("الأحد", "الاثنين"), "edited"),
        ("هطل المطر في الجبل طوال الليل.", "other"),
    ],
)
def test_an_edited_copy_is_told_from_another_sentence(changed, expected):
    assert relation(ARABIC, changed) == expected


def test_a_foreign_name_with_another_vowel_is_a_copy():
    assert relation("قال السفير ماثيو تولر إن المحادثات مفيدة.",
                    "قال السفير ماثيو تولير إن المحادثات مفيدة.") == "copy"  # fmt: skip
