import pytest

from corpus.arabic import normalise
from corpus.sounds import consonants


@pytest.mark.parametrize(
    "spellings",
    [
        ("Blinken", "بلينكن", "بلنكن"),
        ("Gorbachev", "Горбачёв", "غورباتشوف"),
        ("Shamkhani", "شمخاني"),
        ("Putin", "بوتين", "Путин", "פוטין"),
        ("Hussein", "حسين"),
    ],
)
def test_a_name_sounds_alike_in_every_script(spellings: tuple[str, ...]) -> None:
    assert len({consonants(normalise(spelling)) for spelling in spellings}) == 1


def test_a_doubled_consonant_counts_once_and_a_last_h_not() -> None:
    assert consonants("allawi") == consonants("alawi") == "l"
    assert consonants("makkah") == "mk"


def test_what_has_no_consonants_sounds_like_nothing() -> None:
    assert consonants("2021") == consonants("") == ""
