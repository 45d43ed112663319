from pathlib import Path

import pytest

from vectorstore.background import BackgroundFrequencies, write_frequencies


@pytest.fixture
def frequencies(tmp_path: Path) -> BackgroundFrequencies:
    write_frequencies(
        {"en": {"war": 30, "the": 99}, "ar": {"حرب": 4}}, {"en": 99, "ar": 9}, tmp_path
    )
    return BackgroundFrequencies.load(tmp_path)


def test_a_stem_has_its_share_of_paragraphs(frequencies: BackgroundFrequencies) -> None:
    assert frequencies.document_frequency("war", "en") == pytest.approx(30.5 / 100)
    assert frequencies.document_frequency("حرب", "ar") == pytest.approx(4.5 / 10)


def test_a_stem_never_seen_counts_half_a_time(frequencies: BackgroundFrequencies) -> None:
    assert frequencies.document_frequency("xyz", "en") == pytest.approx(0.5 / 100)


def test_even_a_stem_in_every_paragraph_is_below_one(frequencies: BackgroundFrequencies) -> None:
    assert frequencies.document_frequency("the", "en") < 1.0


def test_every_stem_of_an_unknown_language_is_rare(frequencies: BackgroundFrequencies) -> None:
    assert frequencies.document_frequency("war", "xx") == 1e-4


def test_missing_frequencies_are_an_error_that_names_their_place(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"frequencies\.npz"):
        BackgroundFrequencies.load(tmp_path)


@pytest.mark.parametrize(
    ("common", "rare", "language"), [("في", "زلزال", "ar"), ("the", "earthquak", "en")]
)
def test_the_bundled_frequencies_know_common_from_rare(
    common: str, rare: str, language: str
) -> None:
    frequencies = BackgroundFrequencies.load()
    assert frequencies.document_frequency(common, language) > 0.5
    assert frequencies.document_frequency(rare, language) < 0.02
