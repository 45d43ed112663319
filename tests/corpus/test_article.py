import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, LeftOut


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_only_control_characters_of_a_text_turn_into_blanks(text: str) -> None:
    article = Article(id="1", text=text)
    assert len(article.text) == len(text)
    for kept, given_character in zip(article.text, text, strict=True):
        control = given_character < " " and given_character not in "\t\n\r"
        control |= "\x7f" <= given_character <= "\x9f"
        assert kept == (" " if control else given_character)


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x0b", "\x0c", "\x1f", "\x7f", "\x9d", "\ud800"])
def test_what_is_no_text_is_stored_nowhere(sign: str) -> None:
    article = Article(
        id="1",
        text=f"a{sign}b\r\n\tc",
        title=f"t{sign}",
        source=f"s{sign}",
        url=f"u{sign}",
        left_out=(LeftOut(1, f"l{sign}", "menu"),),
    )
    assert (article.text, article.title, article.source) == ("a b\r\n\tc", "t ", "s ")
    assert (article.url, article.left_out[0].text) == ("u ", "l ")
