"""HTML for what articles, questions and answers say: the only place that writes any.

Article text is never Markdown and never markup. Everything that reaches the page goes through
`escape` (in HTML of our own) or `plain` (in a label that Streamlit would read as Markdown).
Every run of text decides its own direction by its own letters (``dir="auto"``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, ListedArticle, Sentence, Source
from assistant.messages.answer_messages import askers_wording, day_of, notice, written_by
from assistant.messages.wording import Wording
from corpus.article import Article
from corpus.relative_days import relative_days

if TYPE_CHECKING:
    from vectorstore.catalog import ArticleSummary

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")

_DOT = '<i aria-hidden="true">·</i>'
_DAYS = 3  # relative days explained on a card
_AROUND = 180  # characters shown before and after the quoted words on a card

Span = tuple[int, int]


def plain(text: str) -> str:
    """Makes a text safe as a Streamlit label: shown as typed, never read as Markdown.

    Streamlit replaces emoji names, icons and arrows after it has parsed the Markdown, where a
    backslash no longer protects them, so an invisible word joiner parts each mark from its
    neighbours too.
    """
    return _PUNCTUATION.sub("\\\\\\1\u2060", " ".join(text.split()))


def direction(text: str) -> str:
    """The way a text runs, by its first letter: ``rtl``, ``ltr``, or ``auto`` for none."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "auto"


def passage(text: str, marks: Iterable[tuple[int, int, str]] = ()) -> str:
    """Writes a text with some spans of it marked.

    Args:
        text: The words, as they stand in the article.
        marks: ``(start, end, attributes)``: offsets into ``text``, and the attributes of the
            ``<mark>`` around them, already escaped. Where two overlap the earlier one keeps
            the shared words.

    Returns:
        Escaped HTML, one element a line of the text left as it was.
    """
    pieces: list[str] = []
    at = 0
    for start, end, attributes in sorted(marks):
        start, end = max(start, at), min(end, len(text))
        if start < end:
            pieces += [escape(text[at:start]), f"<mark {attributes}>"]
            pieces += [escape(text[start:end]), "</mark>"]
            at = end
    return "".join([*pieces, escape(text[at:])])


def language_attribute(code: str | None) -> str:
    """The ``lang`` attribute for a text in that language, if its language is known."""
    return f' lang="{escape(code)}"' if code else ""


def anchor(turn: int, n: int) -> str:
    """The id of a source's card on the page."""
    return f"source-{turn}-{n}"


def question(text: str, turn: int) -> str:
    """The question of a turn."""
    return f'<h2 class="question" dir="auto" id="question-{turn}" tabindex="-1">{escape(text)}</h2>'


def asked(text: str, words: Wording) -> str:
    """What was asked in place of a question that leaned on those before it."""
    return (
        f'<p class="asked"><span>{escape(words("chat.asked"))}</span> '
        f'<bdi dir="auto">{escape(text)}</bdi></p>'
    )


def sentence(said: Sentence, turn: int, sources: dict[int, Source], words: Wording) -> str:
    """One sentence of an answer with its numbered citations.

    A citation is a link to its source's card; its excerpt appears when the pointer or the
    keyboard rests on it.
    """
    facts = [(start, end, 'class="fact"') for start, end in said.marks]
    links = _links(said.citations, turn, sources, words)
    if others := _links(said.also, turn, sources, words):
        links += f' <span class="also">{escape(words("citation.also"))}{others}</span>'
    doubt = ""
    if said.support in ("weak", "unsupported"):
        label = words(f"support.{said.support}")
        doubt = (
            f' <span class="doubt" title="{escape(words("support.why"))}">{escape(label)}</span>'
        )
    text = passage(said.text, facts)
    kind = said.support or "quoted"
    return f'<p class="sentence {kind}" dir="auto">{text}{links}{doubt}</p>'


def _links(
    citations: Iterable[Citation], turn: int, sources: dict[int, Source], words: Wording
) -> str:
    return "".join(
        _citation(citation, turn, sources[citation.n], words)
        for citation in _one_each(citations)
        if citation.n in sources
    )


def numbers(said: Sentence, words: Wording) -> str:
    """The numbers of a sentence's sources in plain text: «[١] كذلك: [٢][٣]»."""
    own, others = (
        "".join(f"[{words.number(citation.n)}]" for citation in _one_each(citations))
        for citations in (said.citations, said.also)
    )
    return f"{own} {words('citation.also')} {others}" if others else own


def _one_each(citations: Iterable[Citation]) -> list[Citation]:
    return list({citation.n: citation for citation in citations}.values())


def _citation(citation: Citation, turn: int, source: Source, words: Wording) -> str:
    name = words("citation.name", n=citation.n, title=source.title or source.source or "")
    peek = (
        f'<span class="peek" role="tooltip"><span class="peek-from" dir="auto">'
        f"{escape(source.source or source.title)}</span>"
        f'<span class="peek-words" dir="auto">{escape(citation.text)}</span></span>'
    )
    return (
        f'<span class="cited"><a class="cite" href="#{anchor(turn, citation.n)}" '
        f'data-goto="{anchor(turn, citation.n)}" '
        f'aria-label="{escape(name)}">{escape(words.number(citation.n))}</a>{peek}</span>'
    )


def answer(given: Answer, turn: int, words: Wording, shown: int | None = None) -> str:
    """An answer: its sentences, or that the articles do not say; then those quoted beside it.

    Args:
        given: The answer.
        turn: Its place in the conversation, which makes its anchors unique.
        words: The interface's language.
        shown: How many sentences to show while it is being read out; all by default.
    """
    sources = {source.n: source for source in given.sources}
    if given.abstained:
        body = f'<p class="silent" dir="auto">{escape(silence(given.question, words))}</p>'
    else:
        body = _under_headings(given.sentences[:shown], turn, sources, words)
        if given.statement:
            body += f'<p class="statement" dir="auto">{escape(given.statement)}</p>'
    if writer := written_by(given, words):
        body += f'<p class="hint writer" dir="auto">{escape(writer)}</p>'
    if given.notice:
        body += f'<p class="hint" dir="auto">{escape(_notice(given, words))}</p>'
    quotations = _quotations(given, turn, sources, words)
    return f'<div class="answer {given.mode}">{body}</div>{quotations}'


def _quotations(given: Answer, turn: int, sources: dict[int, Source], words: Wording) -> str:
    """The sentences that stand quoted beside a written answer, under a title."""
    if not given.quotations:
        return ""
    body = _under_headings(given.quotations, turn, sources, words)
    title = f'<h3 class="quotations-title" dir="auto">{escape(words("answer.quotations"))}</h3>'
    return f'{title}<div class="answer quote">{body}</div>'


def _under_headings(
    told: Iterable[Sentence], turn: int, sources: dict[int, Source], words: Wording
) -> str:
    """Sentences, each that begins another heading's behind it."""
    body, heading = "", ""
    for said in told:
        if said.heading != heading:
            heading = said.heading
            body += f'<h3 class="side" dir="auto">{escape(heading)}</h3>'
        body += sentence(said, turn, sources, words)
    return body


def _notice(given: Answer, words: Wording) -> str:
    """What an answer says about itself, its months and digits those of the reader's region."""
    return notice(given, askers_wording(given.question, words)) or given.notice or ""


def in_order(given: Answer, turn: int, words: Wording) -> str:
    """An answer that tells what happened in order: each sentence beside its day."""
    sources = {source.n: source for source in given.sources}
    items = []
    for said in given.sentences:
        source = sources[said.citations[0].n]
        told = [f"<bdi>{escape(part)}</bdi>" for part in (day_of(given, said, words), source.source)
                if part]  # fmt: skip
        items.append(
            f'<li dir="{direction(said.text)}"><p class="day">{_DOT.join(told)}</p>'
            f"{sentence(said, turn, sources, words)}</li>"
        )
    hint = f'<p class="hint" dir="auto">{escape(_notice(given, words))}</p>' if given.notice else ""
    return f'{hint}<ol class="answer in-order">{"".join(items)}</ol>'


def silence(asked: str, words: Wording) -> str:
    """Says that the articles do not answer, in the asker's language where we speak it."""
    return askers_wording(asked, words)("answer.silent")


def source_card(source: Source, turn: int, quoted: Iterable[Citation], words: Wording) -> str:
    """The card of a source: headline, where and when, how relevant, and the excerpt."""
    marks = [
        (citation.start - source.start, citation.end - source.start, 'class="quoted"')
        for citation in quoted
        if citation.n == source.n and source.start <= citation.start and citation.end <= source.end
    ]
    return (
        f'<article class="card" dir="auto" id="{anchor(turn, source.n)}" tabindex="-1" '
        f'aria-label="{escape(words("citation.name", n=source.n, title=source.title))}">'
        f'<header><span class="number">{escape(words.number(source.n))}</span>'
        f"<h3{language_attribute(source.language)}>{escape(headline(source, words))}</h3>"
        f"</header>{facts(source, words)}{_relevance(source.score, words)}"
        f'<blockquote dir="auto"{language_attribute(source.language)}>'
        f"{_glimpse(source.excerpt, marks)}</blockquote>{_days(source, words)}</article>"
    )


def _days(source: Source, words: Wording) -> str:
    """Which days an excerpt means by "yesterday" or "last Thursday", where that is known."""
    if source.date is None:
        return ""
    days = relative_days(source.excerpt, source.date, source.language)
    told = {day.written: day.date for day in days}
    items = [
        f"<bdi>{escape(written)}</bdi> = "
        f'<time dir="auto" datetime="{day.isoformat()}">{escape(words.date(day))}</time>'
        for written, day in list(told.items())[:_DAYS]
    ]
    return f'<p class="facts days">{_DOT.join(items)}</p>' if items else ""


def _glimpse(excerpt: str, marks: list[tuple[int, int, str]]) -> str:
    """An excerpt cut down to what stands around its marked words; the article has the rest."""
    first = min((start for start, _, _ in marks), default=0)
    last = max((end for _, end, _ in marks), default=_AROUND)
    start = 0 if first <= _AROUND else excerpt.rfind(" ", 0, first - _AROUND) + 1
    end = excerpt.find(" ", last + _AROUND)
    end = len(excerpt) if end < 0 or len(excerpt) - end < _AROUND // 4 else end
    shown = passage(
        excerpt[start:end], [(a - start, b - start, attributes) for a, b, attributes in marks]
    )
    return f"{'… ' if start else ''}{shown}{' …' if end < len(excerpt) else ''}"


def headline(source: Source | Article, words: Wording) -> str:
    """The headline, or a word in its place."""
    return source.title or words("untitled")


def facts(source: Source | Article | ArticleSummary | ListedArticle, words: Wording) -> str:
    """Outlet, date and language on one line, each in its own direction."""
    items = []
    if source.source:
        items.append(f'<bdi class="outlet">{escape(source.source)}</bdi>')
    if source.date:
        day = escape(words.date(source.date))
        items.append(f'<time dir="auto" datetime="{source.date.isoformat()}">{day}</time>')
    else:
        items.append(f"<bdi>{escape(words('undated'))}</bdi>")
    if source.language:
        items.append(f"<bdi>{escape(words.language_name(source.language))}</bdi>")
    return f'<p class="facts">{_DOT.join(items)}</p>'


def _relevance(score: float, words: Wording) -> str:
    # How often such a passage holds the answer: more often than not, now and then, hardly ever.
    level = "high" if score >= 0.5 else "middle" if score >= 0.1 else "low"
    label = words(f"relevance.{level}")
    width = round(100 * min(max(score, 0.0), 1.0))
    return (
        f'<p class="relevance {level}" title="{escape(words.percent(score))}">'
        f'<span class="bar" aria-hidden="true"><i style="width:{width}%"></i></span>'
        f"<bdi>{escape(label)}</bdi></p>"
    )


def copy_button(text: str, label: str, words: Wording) -> str:
    """A button that puts a text on the clipboard."""
    return (
        f'<button type="button" class="copy" data-copy="{escape(text)}" '
        f'data-copied="{escape(words("copied"))}"><i aria-hidden="true">content_copy</i>'
        f"<span>{escape(label)}</span></button>"
    )


def story(article: Article, at: Span | None, quoted: Iterable[Span], words: Wording) -> str:
    """A whole article, its quoted words marked.

    Args:
        article: The article.
        at: The span to show first.
        quoted: Spans that a conversation quoted.
        words: The interface's language.
    """
    marks = [(*span, 'class="quoted"') for span in quoted if span != at]
    now = [(*at, 'class="quoted now"')] if at else []
    paragraphs = []
    for start, end in _paragraphs(article.text):
        here = _within(now, start, end)
        if here and at and start <= at[0]:
            here = [(here[0][0], here[0][1], 'class="quoted now" id="quoted-now" tabindex="-1"')]
        others = [m for m in _within(marks, start, end) if not _overlap(m, here)]
        text = passage(article.text[start:end], [*here, *others])
        paragraphs.append(f'<p dir="auto">{text}</p>')
    origin = ""
    if article.date_origin:
        told = words("reader.date_origin", origin=_origin(article.date_origin, words))
        origin = f'<p class="origin"><bdi>{escape(told)}</bdi></p>'
    return (
        f'<article class="story" dir="auto"{language_attribute(article.language)}>'
        f"<h1>{escape(headline(article, words))}</h1>{facts(article, words)}{origin}"
        f'{_address(article.url)}<div class="body">{"".join(paragraphs)}</div></article>'
    )


def _origin(origin: str, words: Wording) -> str:
    """Where a date was found, in the interface's language, and the words as written."""
    for place in ("front matter", "byline", "metadata", "address"):
        if origin.startswith(place):
            return words(f"origin.{place}") + origin.removeprefix(place)
    return origin


def _address(url: str | None) -> str:
    """A link to the web for an http address, plain text for anything else."""
    if not url:
        return ""
    shown = f'<bdi dir="ltr">{escape(url)}</bdi>'
    if url.startswith(("https://", "http://")):
        shown = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{shown}</a>'
    return f'<p class="address">{shown}</p>'


def left_out(article: Article, words: Wording) -> str:
    """What the page carried besides the story, line by line, and why it was left out."""
    rows = "".join(
        f'<span class="why">{escape(words.number(line.line))}</span>'
        f'<span dir="auto">{escape(line.text)}</span>'
        f'<span class="why" dir="auto">{escape(words.left_out(line.reason))}</span>'
        for line in article.left_out
    )
    return f'<div class="left-out">{rows}</div>'


def _overlap(mark: tuple[int, int, str], others: Iterable[tuple[int, int, str]]) -> bool:
    return any(mark[0] < end and start < mark[1] for start, end, _ in others)


def _paragraphs(text: str) -> list[Span]:
    return [match.span() for match in re.finditer(r"[^\n]+", text) if match.group().strip()]


def _within(
    marks: Iterable[tuple[int, int, str]], start: int, end: int
) -> list[tuple[int, int, str]]:
    """The marks that fall on ``text[start:end]``, as offsets into it."""
    return [
        (max(first, start) - start, min(last, end) - start, attributes)
        for first, last, attributes in marks
        if first < end and last > start
    ]
