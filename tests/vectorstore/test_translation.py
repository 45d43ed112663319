from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.translation import Translations, TranslationTable, write_table

_TABLES: dict[tuple[str, str], dict[str, Translations]] = {
    ("en", "ar"): {
        "secur": [("امن", 0.75), ("ضمان", 0.25)],
        "secur council": [("مجلس امن", 1.0)],
        "blinken": [("بلينكن", 1.0)],
    },
    ("ar", "en"): {"امن": [("secur", 1.0)], "بلينكن": [("blinken", 1.0)]},
}


@pytest.fixture
def table(tmp_path: Path) -> TranslationTable:
    write_table(_TABLES, tmp_path)
    return TranslationTable.load(tmp_path)


def test_a_stem_has_its_translations_likeliest_first(table: TranslationTable) -> None:
    assert [word for word, _ in table.translate("secur", "en", "ar")] == ["امن", "ضمان"]
    assert table.translate("secur", "en", "ar")[0][1] == pytest.approx(0.75, abs=0.01)
    assert table.translate("امن", "ar", "en") == [("secur", 1.0)]


def test_an_expression_is_translated_whole(table: TranslationTable) -> None:
    assert table.translate("secur council", "en", "ar") == [("مجلس امن", 1.0)]


def test_numbers_are_the_same_in_every_language(table: TranslationTable) -> None:
    assert table.translate("2019", "en", "ar") == [("2019", 1.0)]
    assert table.translate("2019", "he", "ar") == [("2019", 1.0)]


def test_unknown_words_and_languages_have_no_translation(table: TranslationTable) -> None:
    assert table.translate("qqq", "en", "ar") == []
    assert table.translate("secur", "en", "fr") == []
    assert table.languages == {("en", "ar"), ("ar", "en")}


def test_a_missing_table_is_an_error_that_names_its_place(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"translation\.npz"):
        TranslationTable.load(tmp_path)


_WORD = st.text("abcابت", min_size=1, max_size=5)


@given(
    st.dictionaries(
        _WORD,
        st.dictionaries(_WORD, st.floats(0.1, 1.0), min_size=1, max_size=5),
        min_size=1,
        max_size=8,
    )
)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, entries: dict[str, dict[str, float]]
) -> None:
    wanted = {
        word: [(other, weight / sum(some.values())) for other, weight in some.items()]
        for word, some in entries.items()
    }
    folder = tmp_path_factory.mktemp("table")
    write_table({("xx", "yy"): wanted}, folder)
    table = TranslationTable.load(folder)
    for word, translations in wanted.items():
        read = table.translate(word, "xx", "yy")
        assert [other for other, _ in read] == [other for other, _ in translations]
        for (_, probability), (_, right) in zip(read, translations, strict=True):
            assert probability == pytest.approx(right, abs=0.02)


@pytest.mark.parametrize(
    ("word", "source", "target", "wanted"),
    [
        ("council", "en", "ar", "مجلس"),
        ("war", "en", "ar", "حرب"),
        ("الحرب", "ar", "en", "war"),
        ("January", "en", "ar", "يناير"),
        ("Netanyahu", "en", "ar", "نتنياهو"),
        ("guerre", "fr", "ar", "حرب"),
        ("guerre", "fr", "en", "war"),
        ("savaş", "tr", "ar", "حرب"),
        ("война", "ru", "en", "war"),
        ("Krieg", "de", "ar", "حرب"),
        ("guerra", "es", "ar", "حرب"),
        ("מלחמה", "he", "en", "war"),
        ("جنگ", "fa", "en", "war"),
        ("جنگ", "ur", "en", "war"),
        ("war", "en", "fr", "guerr"),
        ("حرب", "ar", "fr", "guerr"),
    ],
)
def test_the_bundled_table_knows_common_words(
    word: str, source: str, target: str, wanted: str
) -> None:
    from corpus.words import stem, words

    [found] = words(word)
    translations = TranslationTable.load().translate(stem(found.form, source), source, target)
    assert wanted in [translation for translation, _ in translations[:3]]
    assert sum(probability for _, probability in translations) == pytest.approx(1.0)


def test_a_name_that_the_table_lacks_is_found_by_its_consonants(tmp_path: Path) -> None:
    names: dict[str, Translations] = {"karlson": [("كارلسون", 0.6), ("كرلسن", 0.4)]}
    write_table({("en", "ar"): names}, tmp_path)
    found = TranslationTable.load(tmp_path).translate("carlsen", "en", "ar")
    assert found == [("كارلسون", 0.5), ("كرلسن", 0.5)]


def test_all_languages_together_take_less_than_sixty_megabytes() -> None:
    import tracemalloc

    tracemalloc.start()
    try:
        table = TranslationTable.load()
        for source, target in table.languages:
            table.translate("war", source, target)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken < 60e6


def test_an_expression_does_not_stand_for_its_first_word(tmp_path: Path) -> None:
    write_table({("en", "ar"): {"secur council": [("مجلس امن", 1.0)]}}, tmp_path)
    table = TranslationTable.load(tmp_path)
    assert table.translate("secur council", "en", "ar") == [("مجلس امن", 1.0)]
    assert table.translate("secur", "en", "ar") == []
