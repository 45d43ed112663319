import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.encoding import decode
from corpus.readers.mojibake import repair
from tests.corpus.readers.test_encoding import TEXTS

NATIVE = {
    "ar": "cp1256", "he": "cp1255", "ru": "cp1251",
    "uk": "cp1251", "el": "cp1253", "tr": "cp1254", "pl": "cp1250",
}  # fmt: skip
WRONG = ("latin-1", "cp1252", "cp1256", "cp1255", "cp1251", "cp1253", "cp1254", "mac_roman")


def misread(text: str, right: str, wrong: str) -> str | None:
    """The text as a program shows it that takes one encoding for another; None where it cannot."""
    try:
        return text.encode(right).decode(wrong)
    except UnicodeError:
        return None


PAIRS = [
    (language, right, wrong)
    for language in TEXTS
    for right in ("utf-8", *filter(None, [NATIVE.get(language)]))
    for wrong in WRONG
    if wrong != right and misread(TEXTS[language], right, wrong) not in (None, TEXTS[language])
]


@pytest.mark.parametrize(("language", "right", "wrong"), PAIRS)
def test_every_misreading_that_loses_nothing_is_undone(
    language: str, right: str, wrong: str
) -> None:
    shown = misread(TEXTS[language], right, wrong)
    assert shown is not None
    assert repair(shown) == TEXTS[language]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_words_of_any_language_stay_as_they_are(data: st.DataObject) -> None:
    words = TEXTS[data.draw(st.sampled_from(sorted(TEXTS)))].split()
    chosen = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=30))
    text = data.draw(st.sampled_from([" ", "\n", " «", " – ", "… "])).join(chosen)
    assert repair(text) == text


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_words_that_were_misread_are_put_right(data: st.DataObject) -> None:
    language, right, wrong = data.draw(
        st.sampled_from([pair for pair in PAIRS if pair[0] in ("ar", "fa", "he", "ru", "el")])
    )
    words = TEXTS[language].split()
    text = " ".join(data.draw(st.lists(st.sampled_from(words), min_size=8, unique=True)))
    shown = misread(text, right, wrong)
    assert shown is None or repair(shown) == text


def test_only_the_lines_that_were_misread_are_changed() -> None:
    spoiled = misread(TEXTS["ar"], "utf-8", "cp1256")
    assert repair(f"{TEXTS['he']}\n{spoiled}\n{TEXTS['fr']}") == "\n".join(
        TEXTS[language] for language in ("he", "ar", "fr")
    )


def test_a_text_that_was_misread_twice_is_put_right() -> None:
    once = misread(TEXTS["ru"], "utf-8", "latin-1")
    assert repair(str(misread(str(once), "utf-8", "latin-1"))) == TEXTS["ru"]


def test_a_misreading_that_was_saved_with_a_mark_is_put_right() -> None:
    spoiled = str(misread(TEXTS["ar"], "utf-8", "cp1256"))
    for encoding in ("utf-8-sig", "utf-16"):
        assert decode(spoiled.encode(encoding)) == TEXTS["ar"]


@pytest.mark.parametrize(
    "text",
    [
        "CAFÉ… “RÉSUMÉ” «DÉJÀ VU»", "Ångström, Æsir, ØRSTED", "Þetta er íslenska, það er gott.",
        "½ cup at 20 °C ± 2", "ФСБ, МВД и США", "Ω ≈ 5 Ω", "© 2021 naïve™", "E = mc² × 10³",
    ],
)  # fmt: skip
def test_unusual_signs_of_sound_texts_stay(text: str) -> None:
    assert repair(text) == text
