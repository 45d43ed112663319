import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Figure, Sentence, Source
from assistant.messages.wording import wording
from assistant.views import markup
from corpus.article import Article, LeftOut

EN = wording("en-GB")
NASTY = "<script>alert(1)</script> $x$ **b** [l](javascript:1) &amp; \"'<img src=x onerror=1>"
TAGS = {
    "article", "bdi", "blockquote", "button", "div", "h1", "h2", "h3", "header", "i", "li",
    "mark", "p", "section", "span", "time", "ul", "a",
}  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of some HTML: its text, and its elements in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.marked: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._in_mark = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "mark":
            self._in_mark = True
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._in_mark = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_mark:
            self.marked[-1] += data


def source(text: str = "one two three", **fields: object) -> Source:
    values: dict[str, object] = {
        "n": 1, "article_id": "a", "title": "Title", "source": "Outlet",
        "date": dt.date(2021, 7, 14), "language": "en", "path": None, "url": None,
        "start": 0, "end": len(text), "excerpt": text, "score": 0.9,
    }  # fmt: skip
    return Source(**(values | fields))  # type: ignore[arg-type]


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5)
# HTML parsers normalise carriage returns and drop NUL; a page never shows either.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=60)


@given(text=texts, marks=spans)
def test_a_marked_passage_shows_exactly_its_text(text: str, marks: list[tuple[int, int]]) -> None:
    page = Page(markup.passage(text, [(a, b, 'class="quoted"') for a, b in marks]))
    assert page.text == text
    assert {tag for tag, _ in page.elements} <= {"mark"}


def test_marks_cover_their_words_and_the_earlier_of_two_keeps_what_they_share() -> None:
    marks = [(4, 7, 'class="a"'), (6, 13, 'class="b"')]
    page = Page(markup.passage("one two three", marks))
    assert page.marked == ["two", " three"]


@settings(deadline=None)  # the first question loads what tells languages apart
@given(text=texts)
def test_nothing_from_an_article_becomes_an_element(text: str) -> None:
    nasty = NASTY + text
    given_source = source(nasty, title=nasty, source=nasty, url=nasty)
    quoted = Citation(1, 0, len(nasty), nasty)
    answer = Answer(
        nasty, False, "quote", (Sentence(nasty, (quoted,), "weak"),), (given_source,), notice=nasty
    )
    story = Article("a", nasty, nasty, nasty, url=nasty, date_origin=nasty, language='"><b>',
                    left_out=(LeftOut(1, nasty, nasty),))  # fmt: skip
    html = "".join(
        [
            markup.question(nasty, 0),
            markup.answer(answer, 0, EN),
            markup.source_card(given_source, 0, [quoted], EN),
            markup.story(story, (0, 5), [(2, 9)], EN),
            markup.left_out(story, EN),
            markup.copy_button(nasty, "Copy", EN),
        ]
    )
    page = Page(html)
    assert {tag for tag, _ in page.elements} <= TAGS
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert all(
        (attributes.get("href") or "#").startswith("#")
        for tag, attributes in page.elements
        if tag == "a"
    )


def test_an_address_is_a_link_only_over_http() -> None:
    web = Article("a", "t", url="https://example.org/x?a=1&b=2")
    links = [a["href"] for tag, a in Page(markup.story(web, None, [], EN)).elements if tag == "a"]
    assert links == ["https://example.org/x?a=1&b=2"]
    script = Article("a", "t", url="javascript:alert(1)")
    page = Page(markup.story(script, None, [], EN))
    assert not [tag for tag, _ in page.elements if tag == "a"]
    assert "javascript:alert(1)" in page.text


def test_a_story_marks_the_quoted_words_where_they_stand_even_across_paragraphs() -> None:
    text = "First line.\n\nSecond line here.\nThird."
    start, end = text.index("line."), text.index(" here")
    page = Page(markup.story(Article("a", text), (start, end), [], EN))
    assert page.marked == ["line.", "Second line"]
    ids = [attributes.get("id") for tag, attributes in page.elements if tag == "mark"]
    assert ids == ["quoted-now", None]


def test_a_card_shows_the_words_around_the_quoted_ones() -> None:
    text = "word " * 200 + "quoted words " + "after " * 200
    start = text.index("quoted")
    quoted = Citation(1, start, start + len("quoted words"), "quoted words")
    page = Page(markup.source_card(source(text), 0, [quoted], EN))
    assert page.marked == ["quoted words"]
    assert "… word" in page.text
    assert "after …" in page.text
    assert len(page.text) < 600


def test_relative_days_are_explained_where_the_day_of_publication_is_known() -> None:
    told = source("وصل الوزير أمس الأحد إلى بغداد.", date=dt.date(2021, 4, 12))
    page = Page(markup.source_card(told, 0, [], EN))
    times = [attributes["datetime"] for tag, attributes in page.elements if tag == "time"]
    assert times == ["2021-04-12", "2021-04-11"]
    assert "أمس الأحد" in page.text
    undated = Page(markup.source_card(replace(told, date=None), 0, [], EN))
    assert not [tag for tag, _ in undated.elements if tag == "time"]


def test_every_citation_leads_to_the_card_of_its_source() -> None:
    said = Sentence(
        "two", (Citation(1, 4, 7, "two"), Citation(9, 0, 1, "x")), "supported", ((0, 3),)
    )
    answer = Answer("q", False, "quote", (said,), (source(),))
    page = Page(markup.answer(answer, 3, EN) + markup.source_card(source(), 3, said.citations, EN))
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    ids = {attributes.get("id") for _, attributes in page.elements}
    assert links == ["#source-3-1"]  # a number without a source is not shown
    assert "source-3-1" in ids
    assert page.marked == ["two", "two"]  # the fact in the answer, the words on the card


def test_doubt_is_said_in_words() -> None:
    for support, shown in (("supported", False), ("weak", True), ("unsupported", True)):
        said = Sentence("x", (), support)  # type: ignore[arg-type]
        html = markup.sentence(said, 0, {}, EN)
        assert ('class="doubt"' in html) is shown


def test_quotations_stand_apart_from_what_a_language_model_wrote() -> None:
    cite = (Citation(1, 0, 4, "said"),)
    given = Answer(
        "Who?", False, "written", (Sentence("He said it.", cite, "supported"),), (source(),),
        seconds={"model": 3.21}, model="ollama:small:1b", quotations=(Sentence("said", cite),),
    )  # fmt: skip
    html = markup.answer(given, 0, EN)
    written, quoted = html.split('<h3 class="quotations-title"')
    assert written.startswith('<div class="answer written"><p class="sentence supported"')
    assert "Written by \u2068small:1b\u2069 in 3.2 secs, from these articles." in written
    assert '<div class="answer quote"><p class="sentence quoted"' in quoted
    assert "support" not in quoted


def test_what_is_compared_stands_under_its_name() -> None:
    cited = (Citation(1, 0, 3, "one"),)
    told = [Sentence("one", cite, heading=name) for name, cite in (("<A>", cited), ("<A>", cited),
                                                                    ("B", cited))]  # fmt: skip
    given = Answer("Compare", False, "comparison", tuple(told), (source(),), statement="Not <C>.")
    page = markup.answer(given, 0, wording("en"))
    assert page.count('<h3 class="side" dir="auto">&lt;A&gt;</h3>') == 1
    assert page.index("&lt;A&gt;") < page.index(">B</h3>") < page.index("Not &lt;C&gt;.")


def test_a_timeline_tells_the_day_of_an_event_from_that_of_publication() -> None:
    cited = (Citation(1, 0, 3, "one"),)
    told = (Sentence("one", cited, day=dt.date(2020, 1, 2)), Sentence("one", cited))
    given = Answer("?", False, "timeline", told, (source(date=dt.date(2020, 3, 4)),))
    page = markup.in_order(given, 0, wording("en"))
    assert "<bdi>2 January 2020</bdi>" in page
    assert "<bdi>Published 4 March 2020</bdi>" in page


def test_silence_speaks_the_askers_language() -> None:
    assert markup.silence("ما عاصمة اليابان؟", EN) == "المقالات المتاحة لا تجيب عن هذا السؤال."
    assert (
        markup.silence("Which?", wording("ar")) == "The articles here do not answer this question."
    )


@given(text=texts)
def test_a_label_keeps_every_character_but_none_that_markdown_reads(text: str) -> None:
    label = markup.plain(text)
    assert re.sub(r"\\([!-/:-@\[-`{-~])\u2060", r"\1", label) == " ".join(text.split())
    assert not re.search(r"(?<!\\)[*_`$<\[\]:~#]", re.sub(r"\\.", "", label))


def test_the_direction_of_a_text_is_that_of_its_first_letter() -> None:
    assert markup.direction("«بغداد» says") == "rtl"
    assert markup.direction("2021: Baghdad قال") == "ltr"
    assert markup.direction("2021 — 22") == "auto"


def test_a_notice_names_months_as_the_reader_does_and_in_the_askers_language() -> None:
    sources = (source(), source(n=2, source="Second", date=dt.date(2021, 8, 1)))
    figures = (Figure("45", (1,)), Figure("50", (2,), newest=True))
    arabic = Answer("كم هجوماً؟", False, "quote", (), sources, figures=figures, notice="…")
    assert "١ آب ٢٠٢١" in markup.answer(arabic, 0, wording("ar-IQ"))
    assert "١ أغسطس ٢٠٢١" in markup.answer(arabic, 0, EN)
    assert "1 August 2021" in markup.answer(replace(arabic, question="How many?"), 0, EN)
