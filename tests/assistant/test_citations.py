from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.citations import CitationParser, Cited, Said, SentenceReader, cited_ids

KNOWN = {"a1", "b2", "k47"}


def parse(*chunks):
    parser = CitationParser(KNOWN)
    pieces = [piece for chunk in chunks for piece in parser.feed(chunk)]
    merged = []
    for piece in [*pieces, *parser.close()]:
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        else:
            merged.append(piece)
    return merged


def read(text):
    parser, reader = CitationParser(KNOWN), SentenceReader()
    for piece in [*parser.feed(text), *parser.close()]:
        reader.take(piece)
    return reader.sentences()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("x[a1]", ["x", Cited(("a1",))]),
        ("x [a1, b2].", ["x ", Cited(("a1", "b2")), "."]),
        ("x[a1][b2]", ["x", Cited(("a1",)), Cited(("b2",))]),
        ("【a1】", [Cited(("a1",))]),
        ("［a1］", [Cited(("a1",))]),
        ("[[a1]]", [Cited(("a1",))]),
        ("[A1]", [Cited(("a1",))]),
        ("[a١، k٤٧]", [Cited(("a1", "k47"))]),
        ("**[a1]**", ["**", Cited(("a1",)), "**"]),
        ("[^a1]", [Cited(("a1",))]),
        ("[a1, zz9]", [Cited(("a1",))]),
        ("x[zz9]y", ["xy"]),
        ("x[7]", ["x"]),
        ("[sic] [2020]", ["[sic] [2020]"]),
        ("[a1", ["[a1"]),
        ("[a1\n]", ["[a1\n]"]),
        ("[see [a1]", ["[see ", Cited(("a1",))]),
        ("`x[a1]` [b2]", ["`x[a1]` ", Cited(("b2",))]),
        ("```\n[a1]\n``` [b2]", ["```\n[a1]\n``` ", Cited(("b2",))]),
        ("it`s\n[a1]", ["it`s\n", Cited(("a1",))]),
        ("[](x)", ["[](x)"]),
    ],
)
def test_shapes_that_models_produce(text, pieces):
    assert parse(text) == pieces


pieces = st.sampled_from(
    [
        "[",
        "]",
        "【",
        "］",
        "a1",
        "b2",
        "zz9",
        "k٤٧",
        ", ",
        "`",
        "```",
        "\n",
        "كلمة",
        ". ",
        "**",
        "x" * 130,
    ]
)


@given(st.lists(pieces, max_size=30).map("".join), st.data())
@example("**قال** [a1] ثم [b2].", None)
def test_where_the_stream_is_cut_does_not_matter(text, data):
    cuts = (
        sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
        if data
        else range(len(text))
    )
    places = [0, *cuts, len(text)]
    chunks = [text[a:b] for a, b in pairwise(places)]
    assert parse(*chunks) == parse(text)


@given(st.text(alphabet="[]【】`ab12, \n.", max_size=60))
def test_only_ids_that_were_given_come_out(text):
    for piece in parse(text):
        if isinstance(piece, Cited):
            assert piece.ids
            assert set(piece.ids) <= KNOWN


def test_citations_stand_with_their_sentence_before_its_stop_or_after_it():
    assert read("غادر الوفد [a1]. عاد الوفد. [b2] **وصل** الوفد [a1][k47].") == [
        Said("غادر الوفد.", ("a1",)),
        Said("عاد الوفد.", ("b2",)),
        Said("وصل الوفد.", ("a1", "k47")),
    ]


def test_a_list_gives_one_sentence_a_line():
    assert read("- They left [a1]\n- They came back [b2]\n") == [
        Said("They left", ("a1",)),
        Said("They came back", ("b2",)),
    ]


def test_a_citation_before_all_words_belongs_to_the_first_sentence():
    assert read("[a1] They left. They came.") == [
        Said("They left.", ("a1",)),
        Said("They came.", ()),
    ]


def test_what_is_not_an_id():
    assert cited_ids("see below") is None
    assert cited_ids("") is None
