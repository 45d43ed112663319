"""Which of a page's dates is the day of publication of its story."""

import io
import json

import pytest

from corpus.readers.document import Document
from corpus.readers.html import read_html
from corpus.readers.html_date import alike
from corpus.readers.text import read_text

TITLE = "Harbour library opens its reading room at night"
STORY = (
    "The harbour library will keep its reading room open until midnight from next winter, the "
    "director Mona Saleh said, after students had asked for longer hours for two years.",
    "Two guards and a cook will be hired for the new hours, she added, and the costs will be "
    "shared by the city and by the friends of the library.",
)
PUBLISHED = "2024-03-07"
OTHER = "2019-11-02"


def page(head: str = "", before: str = "", byline: str = "", after: str = "") -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    return (
        f"<html><head><title>{TITLE} | The Quay</title>{head}</head><body>{before}"
        f"<article><h1>{TITLE}</h1>{byline}{paragraphs}</article>{after}"
        "<footer><p>All rights reserved © The Quay 2026</p></footer></body></html>"
    )


def ld(*values: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values
    )


def day(html: str, url: str | None = None) -> str | None:
    article = next(read_html(Document(io.BytesIO(html.encode()), "/a.html", url=url)))
    return str(article.date) if article.date else None


NEWS = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": f"{PUBLISHED}T00:30:00+03:00",
    "dateModified": OTHER,
}
ELSEWHERE = {"@type": "NewsArticle", "headline": "Old ferry sold", "datePublished": OTHER}


@pytest.mark.parametrize(
    "head",
    [
        ld(NEWS),
        ld([ELSEWHERE, NEWS]),
        ld({"@graph": [{"@type": "WebSite", "datePublished": OTHER}, NEWS]}),
        ld({"@type": "WebPage", "datePublished": OTHER, "mainEntity": NEWS}),
        ld({"@type": "Organization", "name": TITLE, "datePublished": OTHER}, NEWS),
        ld({"@type": "ItemList", "itemListElement": [{"item": ELSEWHERE}]}, NEWS),
        ld({"@type": "VideoObject", "name": TITLE, "datePublished": OTHER}, NEWS),
        ld({"@type": "Comment", "datePublished": OTHER}, NEWS),
        ld({"comment": [{"datePublished": OTHER}], "isPartOf": ELSEWHERE, **NEWS}),
        ld({"hasPart": [ELSEWHERE], **NEWS}),
        ld({**NEWS, "@type": ["Thing", "http://schema.org/ReportageNewsArticle"]}),
        ld({**NEWS, "headline": f"{TITLE} &ndash; The Quay"}),
        ld({"@type": "BlogPosting", "datePublished": PUBLISHED}),
        ld({"@type": "Article", "mainEntityOfPage": "https://q.example/n/7", "headline": "Longer",
            "datePublished": {"@value": PUBLISHED}})
        + '<link rel="canonical" href="https://q.example/n/7/">',
        f'<script type="application/ld+json">{{"@type": "Article", "headline": "{TITLE}",'
        f'"datePublished": "{PUBLISHED}",}}</script>',
        ld({**NEWS, "datePublished": "2024-03", "dateCreated": PUBLISHED}),
        ld(ELSEWHERE) + f'<meta property="article:published_time" content="{PUBLISHED}">',
        f'<meta name="date" content="{OTHER}">'
        f'<meta itemprop="datePublished" content="{PUBLISHED}">',
        f'<meta property="article:modified_time" content="{OTHER}">'
        '<meta name="pubdate" content="2024-03">'
        '<meta name="DC.date.issued" content="7 March 2024">',
    ],
)  # fmt: skip
def test_the_entry_of_the_story_itself_states_its_day(head: str) -> None:
    assert day(page(head)) == PUBLISHED


@pytest.mark.parametrize(
    "head",
    [
        ld({"@type": "WebSite", "datePublished": OTHER}),
        ld({"@type": "ItemList", "itemListElement": [ELSEWHERE]}),
        ld(ELSEWHERE),
        ld([{"@type": "Article", "datePublished": OTHER},
            {"@type": "Article", "datePublished": "2018-01-01"}]),
        ld({"@type": "NewsArticle", "headline": TITLE, "dateModified": OTHER}),
        ld({**NEWS, "datePublished": "2024-03"}),
        ld({**NEWS, "datePublished": 2024}),
        '<meta property="article:published_time" content="2024">',
        f'<meta property="article:modified_time" content="{OTHER}">',
        f'<meta property="og:updated_time" content="{OTHER}">',
        f'<meta http-equiv="last-modified" content="{OTHER}">',
        '<script type="application/ld+json">{"@type": "Article", "datePublished": </script>',
    ],
)  # fmt: skip
def test_what_states_another_day_or_none_leaves_the_story_without(head: str) -> None:
    assert day(page(head)) is None


@pytest.mark.parametrize(
    "byline",
    [
        "<div>7 March 2024</div>",
        "<div>By Mona | Thursday, March 7, 2024 9:15 am</div>",
        "<p>Published: 7 March 2024</p><p>Updated: 9 March 2024</p>",
        "<p>Updated: 9 March 2024</p><p>Published: 7 March 2024</p>",
        "<p>Last updated 9 March 2024 - First published 7 March 2024</p>",
        "<p>7 March 2024 (published), 9 March 2024 (updated)</p>",
        "<p>Published</p><p>7 March 2024</p><p>Last updated</p><p>9 March 2024</p>",
        "<p>Last updated</p><p>9 March 2024</p><p>Published</p><p>7 March 2024</p>",
        "<p>آخر تحديث: 9 مارس 2024</p><p>نُشر في: 7 مارس 2024</p>",
        "<p>به‌روزرسانی: ۱۹ اسفند ۱۴۰۲</p><p>تاریخ انتشار: ۱۷ اسفند ۱۴۰۲</p>",
        "<p>Mis à jour le 9 mars 2024 - Publié le 7 mars 2024</p>",
        "<p>Aktualisiert am 9. März 2024, veröffentlicht am 7. März 2024</p>",
        "<p>Actualizado: 9 de marzo de 2024. Publicado: 7 de marzo de 2024</p>",
        "<p>Aggiornato il 9 marzo 2024, pubblicato il 7 marzo 2024</p>",
        "<p>Atualizado em 9 de março de 2024; publicado em 7 de março de 2024</p>",
        "<p>Güncelleme: 9 Mart 2024 Yayınlanma: 7 Mart 2024</p>",
        "<p>Обновлено 9 марта 2024, опубликовано 7 марта 2024</p>",
        "<p>עודכן 9 במרץ 2024 | פורסם 7 במרץ 2024</p>",
        "<p>اپ ڈیٹ: 9 مارچ 2024 شائع: 7 مارچ 2024</p>",
        "<time datetime='2024-03-07T23:10:00-08:00'>3 hours ago</time>",
        "<p>Updated <time datetime='2024-03-09'>today</time>, published "
        "<time datetime='2024-03-07'>Thursday</time></p>",
        "<footer><span property='dc:date' content='2024-03-07T00:00:00+01:00'>then</span></footer>",
        "<div itemprop='datePublished' content='2024-03-07'></div>",
        "<figcaption>The quay, seen from the north on a bright winter morning, 2 November 2019. "
        "Picture: R. Amin</figcaption><div>7 March 2024</div>",
    ],
)
def test_the_day_called_publication_comes_before_another(byline: str) -> None:
    assert day(page(byline=byline)) == PUBLISHED


@pytest.mark.parametrize(
    "parts",
    [
        {"byline": "<p>Updated: 9 March 2024</p>"},
        {"byline": "<p>آخر تحديث: 9 مارس 2024</p>"},
        {"byline": "<p>Mis à jour le 9 mars 2024</p>"},
        {"byline": "<p>March 2024</p>"},
        {"before": "<div class='clock'><time datetime='2026-01-08'>8 January 2026</time></div>"},
        {"before": "<header><p>Thursday, 8 January 2026</p></header>"},
        {"before": "<aside><a href='/x'>Old ferry</a> <time>2 November 2019</time></aside>"},
        {"before": "<div class='related'><time datetime='2019-11-02'>2 Nov</time></div>"},
        {"after": "<section id='comments'><h3>Comments</h3><p>Rana, 30 June 2024</p></section>"},
        {"after": "<h3>Comments</h3><div>Rana: posted 30 June 2024</div>"},
        {"after": "<div class='most-read'><p>Published 2 November 2019</p></div>"},
        {"after": "<div itemscope itemtype='https://schema.org/Comment'>"
                  "<span itemprop='dateCreated'>2024-06-30</span></div>"},
        {"after": "<h3>Related</h3><p>Published 2 Nov 2019</p><p>Published 3 Nov 2019</p>"},
        {"after": "<p>The site was last updated on 8 January 2026</p>"},
        {"after": "<p>Prayer times for 8 January 2026: 5:10, 12:20, 15:05</p>"},
        {"after": "<p>مواقيت الصلاة ليوم 8 يناير 2026</p>"},
        {"after": "<p>آخر تحديث للموقع 8 يناير 2026</p>"},
        {"after": "<p>© The Quay, 8 January 2026</p>"},
        {"byline": "<p>The room first opened on <time datetime='1998-05-04'>4 May 1998</time>, "
                   "when the quay was rebuilt and the library moved to the old customs house.</p>"},
    ],
)  # fmt: skip
def test_a_date_of_something_else_is_not_the_storys(parts: dict[str, str]) -> None:
    assert day(page(**parts)) is None


def test_the_storys_own_time_counts_beside_those_of_other_stories() -> None:
    other = "<aside><a href='/x'>Old ferry</a> <time datetime='2019-11-02'>2019</time></aside>"
    own = "<time datetime='2024-03-07'>Thursday</time>"
    assert day(page(before=other, byline=own, after=other)) == PUBLISHED


def test_a_page_of_a_few_words_has_its_day_too() -> None:
    meta = f'<meta property="article:published_time" content="{PUBLISHED}">'
    assert (
        day(f"<html><head>{meta}</head><body><p>The quay is open.</p></body></html>") == PUBLISHED
    )


def test_the_address_tells_the_day_where_the_page_does_not() -> None:
    assert day(page(), "https://q.example/2024/03/07/library") == PUBLISHED
    assert day(page(), "https://q.example/2024/03/library") is None


@pytest.mark.parametrize(
    ("foot", "date"),
    [
        ("Last updated: 8 January 2026", None),
        ("مواقيت الصلاة ليوم 8 يناير 2026", None),
        ("Weather in the city, 8 January 2026", None),
        ("Thursday 7 March 2024, 10:30", "2024-03-07"),
    ],
)
def test_a_line_below_a_text_is_its_day_only_if_it_says_no_more(
    foot: str, date: str | None
) -> None:
    text = "\n\n".join((TITLE, *STORY, foot))
    article = next(read_text(Document(io.BytesIO(text.encode()), "/a.txt")))
    assert (str(article.date) if article.date else None) == date


def test_headlines_are_alike_despite_a_sites_name_or_a_shortened_end() -> None:
    assert alike(TITLE, f"{TITLE} | The Quay")
    assert alike(TITLE, "Harbour library opens its reading room…")
    assert alike("Fire!", "Fire")
    assert not alike(TITLE, "Harbour ferry sold at auction")
    assert not alike("", TITLE)
    assert not alike("The Quay", f"{TITLE} | The Quay")
