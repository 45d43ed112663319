from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.arabic import is_arabic, normalise
from corpus.words import stem, words
from vectorstore.training.tokenizer import CONTINUES, UNKNOWN, character_table, new_tokenizer

_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآؤئىةء" + "\u064b\u0651\u0640" + "٠١٢۳"
_LATIN = "abcxyzABCXYZéÉçüß019"


def _words(text: str) -> list[str]:
    tokenizer = new_tokenizer({UNKNOWN: 0})
    normal = tokenizer.normalizer.normalize_str(text)
    return [word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal)]


@settings(deadline=None)  # the first example also builds the table
@given(st.text(_ARABIC + _LATIN + "\u200f\ufefb ", max_size=30))
def test_letters_are_normalised_as_everywhere_else(text: str) -> None:
    from tokenizers import normalizers

    assert normalizers.Precompiled(character_table()).normalize_str(text) == normalise(text)


@settings(deadline=None)
@given(st.text("ابتجحدرسشعفقكلمنهويأإةى ", max_size=40))
def test_arabic_words_are_stemmed_as_everywhere_else(text: str) -> None:
    assert _words(text) == [stem(word.form) for word in words(text)]


def test_clitics_and_endings_are_taken_off() -> None:
    assert _words("والمسلمون بالقاهرة، وكتابها") == ["مسلم", "قاهر", "كتاب"]
    assert all(is_arabic(word) for word in _words("«المجلس»"))


def test_latin_words_and_numbers_are_only_normalised() -> None:
    assert _words("It's Élysée, ٢٫٥ or 3.5!") == ["it's", "elysee", "2٫5", "or", "3.5"]


def test_an_unknown_word_is_cut_into_the_longest_known_pieces() -> None:
    vocabulary = {UNKNOWN: 0, "blin": 1, CONTINUES + "ken": 2, CONTINUES + "k": 3}
    tokenizer = new_tokenizer(vocabulary)
    assert tokenizer.encode("Blinken", add_special_tokens=False).tokens == ["blin", "##ken"]
    assert tokenizer.encode("Q", add_special_tokens=False).tokens == [UNKNOWN]
