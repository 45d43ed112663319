"""Saved pages of many makes: the story in whole paragraphs, the headline apart, no marks."""

import html as entities
import io
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers.document import Document, ReadError
from corpus.readers.html import read_html
from corpus.readers.web_page import read_page, visible_lines

HEADLINE = "متحف السكك الحديدية يفتح أبوابه مجانا في الشتاء"
STORY = [
    "قرر مجلس أمناء متحف السكك الحديدية فتح أبوابه مجانا طوال أشهر الشتاء، بعد تراجع عدد الزوار.",
    "وأوضحت المديرة سلمى الخياط أن القاطرة البخارية عادت إلى العمل، وأنها ستنقل الأطفال كل جمعة.",
    "ويأمل المتحف أن يبلغ عدد زواره أربعين ألفا، أي ضعف ما بلغه في الشتاء الماضي.",
]
SITE = "جريدة المحطة"
NAV = "<nav><a href='/'>الرئيسية</a> <a href='/s'>رياضة</a></nav>"
FOOT = f"<footer><p>جميع الحقوق محفوظة © {SITE}</p></footer>"
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)


def page(body: str, title: str = f"{HEADLINE} | {SITE}", head: str = "") -> str:
    return (
        f"<html lang=ar><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body>{body}</body></html>"
    )


def article(html: str) -> Article:
    return next(read_html(Document(io.BytesIO(html.encode()), "/page.html")))


def is_whole(found: Article) -> bool:
    return found.title == HEADLINE and found.text.split("\n") == STORY


OLD_PAGES = {
    "one break": f"<h1>{HEADLINE}</h1>{'<br>'.join(STORY)}",
    "two breaks": f"<center><font size=5>{HEADLINE}</font></center>{'<br><br>'.join(STORY)}",
    "bold": f"<b>{HEADLINE}</b><br>{'<br>'.join(STORY)}",
    "spans": f"<h1>{HEADLINE}</h1>"
    + "".join(f"<span style='display: block'>{text}</span>" for text in STORY),
    "styled spans": f"<style>p, .x {{display:block}}</style><h1>{HEADLINE}</h1>"
    + "".join(f"<span class='x y'>{text}</span>" for text in STORY),
    "bare spans": f"<h1>{HEADLINE}</h1>" + "".join(f"<span>{text}</span>" for text in STORY),
    "divs": f"<div>{HEADLINE}</div>" + "".join(f"<div>{text}</div>" for text in STORY),
    "open paragraphs": f"<font size=5>{HEADLINE}</font>"
    + "".join(f"<p><font face=Arial>{text}</font>" for text in STORY),
    "rows": f"<table><tr><td><b>{HEADLINE}</b></td></tr>"
    + "".join(f"<tr><td>{text}</td></tr>" for text in STORY)
    + "</table>",
    "layout table": "<table><tr><td><a href='/'>الرئيسية</a> <a href='/b'>الأرشيف</a></td>"
    f"<td><h1>{HEADLINE}</h1>{PARAGRAPHS}</td></tr></table>",
    "preformatted": f"<h1>{HEADLINE}</h1><pre>" + "\n\n".join(STORY) + "</pre>",
    "frame": f'<h1>{HEADLINE}</h1><iframe srcdoc="{entities.escape(PARAGRAPHS)}"></iframe>',
}


@pytest.mark.parametrize("kind", OLD_PAGES)
@pytest.mark.parametrize("around", [("", ""), (NAV, FOOT)])
def test_a_page_of_any_make_gives_its_paragraphs_and_its_headline(
    kind: str, around: tuple[str, str]
) -> None:
    found = article(page(around[0] + OLD_PAGES[kind] + around[1]))
    assert is_whole(found)
    assert not set(STORY) & {line.text for line in found.left_out}


def test_what_stands_in_noframes_is_the_page() -> None:
    frames = "<frameset cols='20%,80%'><frame src=a.html><frame src=b.html><noframes><body>"
    html = f"<html><head><title>{HEADLINE}</title></head>{frames}{PARAGRAPHS}</noframes></frameset>"
    assert is_whole(article(html))


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>{HEADLINE}</h1><iframe src='story.html'></iframe>",
        f"{NAV}<h1>{HEADLINE}</h1><iframe src='story.html'></iframe>{FOOT}",
        "<frameset><frame src='story.html'></frameset>",
    ],
)
def test_a_page_whose_story_is_another_file_is_refused_with_the_reason(body: str) -> None:
    with pytest.raises(ReadError, match="shows other pages in frames"):
        article(page(body))


def test_a_page_with_its_headline_alone_has_no_story() -> None:
    with pytest.raises(ReadError, match=r"No story was found in the page\.$"):
        article(page(f"<h1>{HEADLINE}</h1>"))


@pytest.mark.parametrize(
    "body",
    [
        "\n\n".join(STORY),
        PARAGRAPHS,
        entities.escape("\n".join(STORY)),
        "\n".join(f"<b>{line}</b>" for line in STORY),
    ],
    ids=["lines", "markup", "entities", "lines with markup"],
)
@pytest.mark.parametrize("shown", ["<div id=app></div>", f"{NAV}<h1>{HEADLINE}</h1>{FOOT}"])
def test_a_story_that_a_page_carries_for_programs_alone_is_read(body: str, shown: str) -> None:
    data = {"@graph": [{"@type": "NewsArticle", "headline": HEADLINE, "articleBody": body}]}
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    assert is_whole(article(page(shown, head=script)))


def test_a_story_on_the_page_goes_before_the_one_for_programs() -> None:
    data = {"@type": "NewsArticle", "articleBody": " ".join(STORY)}
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    assert is_whole(article(page(f"<h1>{HEADLINE}</h1>{PARAGRAPHS}", head=script)))


ENDS = {
    "quotation": ("<blockquote>القطار لا ينتظر</blockquote>", ["القطار لا ينتظر"]),
    "list": ("<ul><li>تذكرة</li><li>كتيب</li></ul>", ["تذكرة", "كتيب"]),
    "table": (
        "<table><tr><th>اليوم</th><th>الزوار</th></tr><tr><td>الجمعة</td><td>900</td></tr></table>",
        ["اليوم\tالزوار", "الجمعة\t900"],
    ),
    "tweet": (
        "<blockquote class=twitter-tweet><p>نلتقي الجمعة</p>&mdash; سلمى (@salma)"
        " <a href='https://example.org/1'>May 3, 2024</a></blockquote>",
        ["نلتقي الجمعة", "— سلمى (@salma) May 3, 2024"],
    ),
    "interview": ("<p>س: متى؟</p><p>ج: غدا.</p>", ["س: متى؟", "ج: غدا."]),
    "sentence": ("<p>ورحب الزوار.</p>", ["ورحب الزوار."]),
}


@pytest.mark.parametrize("element", ["article", "div", "main", "section"])
@pytest.mark.parametrize("kind", ENDS)
def test_short_lines_within_and_below_a_story_are_the_storys(element: str, kind: str) -> None:
    markup, lines = ENDS[kind]
    first, second, _ = PARAGRAPHS.split("</p><p>")
    for body, story in (
        (f"{first}</p><p>{second}</p>{markup}", [*STORY[:2], *lines]),
        (f"{first}</p>{markup}<p>{second}</p>", [STORY[0], *lines, STORY[1]]),
    ):
        html = page(f"{NAV}<{element}><h1>{HEADLINE}</h1>{body}</{element}>{FOOT}")
        assert article(html).text.split("\n") == story


@pytest.mark.parametrize(
    "separator",
    [" | ", " - ", " – ", " — ", " : ", ": ", " :: ", " » ", " / ", " · ", " • ", "|", "-", "/"],
)
@pytest.mark.parametrize("tag", ["h1", "h2", "h3", "b", "div"])
def test_the_headline_is_the_part_of_the_title_that_the_page_shows(
    separator: str, tag: str
) -> None:
    body = f"{NAV}<div><{tag}>{HEADLINE}</{tag}>{PARAGRAPHS}</div>{FOOT}"
    for parts in ((SITE, HEADLINE), (HEADLINE, SITE), (SITE, "رياضة", HEADLINE)):
        assert article(page(body, separator.join(parts))).title == HEADLINE


@pytest.mark.parametrize("title", [SITE, "المحطة", f"{SITE} | الرئيسية", ""])
@pytest.mark.parametrize("tag", ["h1", "h2", "b"])
@pytest.mark.parametrize("logo", ["", f"<h1><a href='/'>{SITE}</a></h1>", "<h1>المحطة</h1>"])
def test_a_title_that_is_the_sites_name_is_no_headline(title: str, tag: str, logo: str) -> None:
    body = f"{logo}{NAV}<div><{tag}>{HEADLINE}</{tag}>{PARAGRAPHS}</div>{FOOT}"
    assert article(page(body, title)).title == HEADLINE


def test_where_the_page_shows_no_part_of_its_title_the_site_is_taken_off() -> None:
    assert article(page(f"<div>{PARAGRAPHS}</div>", f"{SITE} | {HEADLINE}")).title == HEADLINE
    assert article(page(f"<div>{PARAGRAPHS}</div>", SITE)).title == ""


INLINE = ("<b>", "</b>"), ("<i>", "</i>"), ("<a href='/'>", "</a>"), ("<span>", "</span>")
BLOCK = ("<p>", "</p>"), ("<div>", "</div>"), ("<li>", "</li>"), ("<h3>", "</h3>"), ("", "<br>")
CELLS = st.lists(
    st.tuples(st.sampled_from(BLOCK), st.lists(st.sampled_from(["alpha", "نهر", "βήτα", "7"]))),
    max_size=8,
)


@settings(max_examples=50, deadline=None)
@given(CELLS, st.sampled_from(INLINE))
def test_the_end_of_a_block_parts_words_and_markup_is_never_text(
    blocks: list[tuple[tuple[str, str], list[str]]], inline: tuple[str, str]
) -> None:
    html = "".join(
        f"{start}{' '.join(f'{inline[0]}{word}{inline[1]}' for word in words)}{end}"
        for (start, end), words in blocks
    )
    seen = Counter(" ".join(visible_lines(f"<body>{html}</body>")).split())
    assert seen == Counter(word for _, words in blocks for word in words)


def test_letters_marked_within_a_word_do_not_part_it() -> None:
    assert visible_lines("<p>120 <i>دينار</i>ا و<b>نصف</b></p>") == ["120 دينارا ونصف"]


def test_links_side_by_side_are_parted() -> None:
    assert visible_lines("<p><a href=/>one</a><a href=/>two</a></p>") == ["one two"]


def test_blocks_know_links_headings_and_what_stands_around_a_story() -> None:
    blocks = read_page(page(f"{NAV}<article><h2>{HEADLINE}</h2>{PARAGRAPHS}</article>")).blocks
    assert [(b.linked, b.is_heading, b.article, b.is_around) for b in blocks[:3]] == [
        (1.0, False, 0, True),
        (0.0, True, 1, False),
        (0.0, False, 1, False),
    ]
