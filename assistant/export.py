"""A conversation to take away: Markdown, HTML and Word with numbered sources; BibTeX and RIS.

Sources are numbered through the whole conversation: a source that two answers cite keeps one
number. Article text is escaped for each format, so that it reads there as it was typed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, Sentence, Source
from assistant.messages.answer_messages import (
    askers_wording,
    day_of,
    looked_for,
    searched_for,
    silent,
    written_by,
)
from assistant.turns import Conversation
from corpus.arabic import is_arabic

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_Place = tuple[str, int, int]

_STYLE = """
:root {
  color-scheme: light dark;
  --mark: light-dark(#ffe59a, #5c4a10);
  --soft: light-dark(#5f5b52, #aaa497);
}
body { max-width: 46rem; margin: 3rem auto; padding: 0 1rem; }
body { font: 1.1rem/1.8 Georgia, "Noto Naskh Arabic", serif; }
[dir=auto] { unicode-bidi: plaintext; text-align: start; }
a.cite { text-decoration: none; font: .75em sans-serif; vertical-align: .3em; padding: 0 .25em; }
.about, .doubt { color: var(--soft); font-size: .85em; }
.quoted { padding-inline-start: 1rem; border-inline-start: 2px solid #8884; }
.source { margin: 1.5rem 0; padding-top: 1rem; border-top: 1px solid #8884; }
.source:target { outline: 2px solid; outline-offset: .5rem; }
mark { background: var(--mark); color: inherit; }
"""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A source under its number in the whole conversation, and what was quoted from it."""

    n: int
    source: Source
    quoted: tuple[Citation, ...]


def _numbered(conversation: Conversation) -> dict[_Place, _Numbered]:
    found: dict[_Place, _Numbered] = {}
    for answer in _answers(conversation):
        for source in answer.sources:
            quoted = tuple(
                citation
                for said in answer.cited
                for citation in said.references
                if citation.n == source.n
            )
            if not quoted:
                continue
            known = found.get(_place(source))
            n, before = (known.n, known.quoted) if known else (len(found) + 1, ())
            found[_place(source)] = _Numbered(n, source, (*before, *quoted))
    return found


def _answers(conversation: Conversation) -> Iterator[Answer]:
    return (turn.answer for turn in conversation.turns if turn.answer)


def _place(source: Source) -> _Place:
    return source.article_id, source.start, source.end


def _cited(
    citations: tuple[Citation, ...], answer: Answer, numbered: dict[_Place, _Numbered]
) -> list[int]:
    """Citations by the conversation's numbers of their sources, each once."""
    own = {source.n: numbered[_place(source)].n for source in answer.sources
           if _place(source) in numbered}  # fmt: skip
    return list(dict.fromkeys(own[citation.n] for citation in citations if citation.n in own))


def _also(question: str) -> str:
    """What stands before the numbers of sources that only bear out a figure."""
    return askers_wording(question)("citation.also")


def _doubt(said: Sentence, question: str) -> str:
    """How far a written sentence falls short of what it cites, in the asker's language."""
    doubted = said.support in ("weak", "unsupported")
    return askers_wording(question)(f"support.{said.support}") if doubted else ""


def _writer(answer: Answer, question: str) -> str | None:
    """Which language model wrote an answer, in the asker's language."""
    return written_by(answer, askers_wording(question))


def _statement(answer: Answer, question: str) -> str:
    """What the program says itself: what it searched for, silence, where it looked, the library."""
    say = askers_wording(question)
    statement = silent(question) if answer.abstained else answer.statement
    said = [searched_for(answer, say), statement, looked_for(answer, say)]
    return " ".join(line for line in said if line)


def _quotations(answer: Answer, question: str) -> Iterator[tuple[str, str, Sentence]]:
    """Each quotation with the heading that it begins and, in a timeline, its day; else empty."""
    words, heading = askers_wording(question), ""
    for said in answer.quoted:
        begun = said.heading if said.heading != heading else ""
        heading = said.heading
        yield begun, day_of(answer, said, words) if answer.mode == "timeline" else "", said


def _about(source: Source) -> str:
    """Outlet, headline and day on one line."""
    day = source.date.isoformat() if source.date else None
    return " — ".join(part for part in (source.source, source.title, day) if part)


# Markdown


def markdown(conversation: Conversation) -> str:
    """The conversation as Markdown, its citations as footnotes."""
    numbered = _numbered(conversation)
    lines = [f"# {_plain(conversation.title)}"]
    for turn in conversation.turns:
        lines.append(f"## {_plain(turn.question)}")
        if turn.answer is None:
            continue
        if statement := _statement(turn.answer, turn.question):
            lines.append(_plain(statement))
        for said in turn.answer.written:
            doubt = _doubt(said, turn.question)
            told = f" *({doubt})*" if doubt else ""
            lines.append(f"{_plain(said.text)}{_notes(said, turn.answer, numbered)}{told}")
        if writer := _writer(turn.answer, turn.question):
            lines.append(f"*{_plain(writer)}*")
        for heading, day, said in _quotations(turn.answer, turn.question):
            lines += [f"### {_plain(heading)}"] if heading else []
            dated = f"**{_plain(day)}** " if day else ""
            lines.append(f"> {dated}{_plain(said.text)}{_notes(said, turn.answer, numbered)}")
    for one in numbered.values():
        address = f" <{one.source.url}>" if _web(one.source.url) else ""
        lines.append(f"[^{one.n}]: {_plain(_about(one.source))}: "
                     f"«{_plain(one.source.excerpt)}»{address}")  # fmt: skip
    return "\n\n".join(lines) + "\n"


def _notes(said: Sentence, answer: Answer, numbered: dict[_Place, _Numbered]) -> str:
    notes = "".join(f"[^{n}]" for n in _cited(said.citations, answer, numbered))
    if others := _cited(said.also, answer, numbered):
        notes += f" {_also(answer.question)} " + "".join(f"[^{n}]" for n in others)
    return notes


def _plain(text: str) -> str:
    """A text that Markdown shows as typed, on one line."""
    return re.sub(r"([\\`*_{}\[\]()<>#+.!|~$&:-])", r"\\\1", " ".join(text.split()))


def _web(url: str | None) -> bool:
    return bool(url) and re.fullmatch(r"https?://[^\s<>\"]+", url or "") is not None


# HTML


def html(conversation: Conversation) -> str:
    """The conversation as one HTML file that needs nothing else, its quotations marked."""
    numbered = _numbered(conversation)
    body = [f'<h1 dir="auto">{escape(conversation.title)}</h1>']
    for turn in conversation.turns:
        body.append(f'<h2 dir="auto">{escape(turn.question)}</h2>')
        if turn.answer is None:
            continue
        if statement := _statement(turn.answer, turn.question):
            body.append(f'<p dir="auto">{escape(statement)}</p>')
        for said in turn.answer.written:
            doubt = _doubt(said, turn.question)
            told = f' <span class="doubt">({escape(doubt)})</span>' if doubt else ""
            links = _links(said, turn.answer, numbered)
            body.append(f'<p dir="auto">{escape(said.text)}{links}{told}</p>')
        if writer := _writer(turn.answer, turn.question):
            body.append(f'<p class="about" dir="auto">{escape(writer)}</p>')
        for heading, day, said in _quotations(turn.answer, turn.question):
            body += [f'<h3 dir="auto">{escape(heading)}</h3>'] if heading else []
            body += [f'<p class="about" dir="auto">{escape(day)}</p>'] if day else []
            links = _links(said, turn.answer, numbered)
            body.append(f'<p class="quoted" dir="auto">{escape(said.text)}{links}</p>')
    body += [_source_html(one) for one in numbered.values()]
    return (
        '<!doctype html>\n<html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(conversation.title)}</title><style>{_STYLE}</style></head>\n"
        f"<body>\n{chr(10).join(body)}\n</body></html>\n"
    )


def _links(said: Sentence, answer: Answer, numbered: dict[_Place, _Numbered]) -> str:
    links = _anchors(_cited(said.citations, answer, numbered))
    if others := _cited(said.also, answer, numbered):
        also = escape(_also(answer.question))
        links += f' <span class="doubt">{also}{_anchors(others)}</span>'
    return links


def _anchors(numbers: list[int]) -> str:
    return "".join(f'<a class="cite" href="#source-{n}">{n}</a>' for n in numbers)


def _source_html(one: _Numbered) -> str:
    source = one.source
    address = ""
    if source.url and _web(source.url):
        address = f' <a href="{escape(source.url)}">{escape(source.url)}</a>'
    return (
        f'<section class="source" id="source-{one.n}"><p class="about" dir="auto">{one.n}. '
        f"{escape(_about(source))}{address}</p>"
        f'<blockquote dir="auto">{"".join(_marked(one))}</blockquote></section>'
    )


def _marked(one: _Numbered) -> Iterator[str]:
    for text, quoted in _pieces(one):
        yield f"<mark>{escape(text)}</mark>" if quoted else escape(text)


def _pieces(one: _Numbered) -> Iterator[tuple[str, bool]]:
    """The excerpt in runs, and whether each was quoted."""
    text, at = one.source.excerpt, 0
    for start, end in sorted(
        (citation.start - one.source.start, citation.end - one.source.start)
        for citation in one.quoted
    ):
        start, end = max(start, at), min(end, len(text))
        if start < end:
            if at < start:
                yield text[at:start], False
            yield text[start:end], True
            at = end
    if at < len(text):
        yield text[at:], False


# Word


def docx(conversation: Conversation) -> bytes:
    """The conversation as a Word document, right to left where its text is."""
    import docx as word
    from docx.enum.text import WD_COLOR_INDEX

    numbered = _numbered(conversation)
    document = word.Document()
    _paragraph(document, conversation.title, "Title")
    for turn in conversation.turns:
        _paragraph(document, turn.question, "Heading 1")
        if turn.answer is None:
            continue
        if statement := _statement(turn.answer, turn.question):
            _paragraph(document, statement)
        for said in turn.answer.written:
            doubt = _doubt(said, turn.question)
            told = f" ({doubt})" if doubt else ""
            numbers = _numbers(said, turn.answer, numbered)
            _paragraph(document, f"{_clean(said.text)} {numbers}{told}")
        if writer := _writer(turn.answer, turn.question):
            _paragraph(document, writer)
        for heading, day, said in _quotations(turn.answer, turn.question):
            for line, style in ((heading, "Heading 2"), (day, "Heading 4")):
                if line:
                    _paragraph(document, line, style)
            numbers = _numbers(said, turn.answer, numbered)
            _paragraph(document, f"{_clean(said.text)} {numbers}")
    for one in numbered.values():
        _paragraph(document, f"[{one.n}] {_about(one.source)} {one.source.url or ''}", "Heading 3")
        paragraph = _paragraph(document, "", direction_of=one.source.excerpt)
        for text, quoted in _pieces(one):
            run = paragraph.add_run(_clean(text))
            run.font.rtl = is_arabic(one.source.excerpt)
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW if quoted else None
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _numbers(said: Sentence, answer: Answer, numbered: dict[_Place, _Numbered]) -> str:
    numbers = f"[{', '.join(map(str, _cited(said.citations, answer, numbered)))}]"
    if others := _cited(said.also, answer, numbered):
        numbers += f" {_also(answer.question)} [{', '.join(map(str, others))}]"
    return numbers


def _paragraph(
    document: Document, text: str, style: str | None = None, direction_of: str = ""
) -> Paragraph:
    """Adds a paragraph that runs the way its text does."""
    from docx.oxml import OxmlElement

    paragraph = document.add_paragraph(style=style)
    if is_arabic(direction_of or text):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    if text:
        paragraph.add_run(_clean(text)).font.rtl = is_arabic(text)
    return paragraph


def _clean(text: str) -> str:
    """Without the control characters that a Word file cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


# Reference managers


def bibtex(conversation: Conversation) -> str:
    """The articles that were quoted, as BibTeX entries in UTF-8."""
    entries = []
    for n, source in enumerate(_articles(conversation), start=1):
        fields = {
            "title": source.title,
            "journal": source.source,
            "date": source.date.isoformat() if source.date else None,
            "year": str(source.date.year) if source.date else None,
            "url": source.url,
            "language": source.language,
        }
        lines = [f"  {name} = {{{_braced(value)}}}" for name, value in fields.items() if value]
        joined = ",\n".join(lines)
        entries.append(f"@article{{isnad{n},\n{joined}\n}}")
    return "\n\n".join(entries) + "\n"


def _braced(text: str) -> str:
    escapes = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    line = " ".join(text.split())
    return "".join(escapes.get(c, f"\\{c}" if c in "{}$&#_%" else c) for c in line)


def ris(conversation: Conversation) -> str:
    """The articles that were quoted, as RIS records."""
    records = []
    for source in _articles(conversation):
        fields = [
            ("TY", "NEWS"),
            ("TI", source.title),
            ("T2", source.source),
            ("DA", f"{source.date:%Y/%m/%d}" if source.date else None),
            ("PY", f"{source.date:%Y}" if source.date else None),
            ("UR", source.url),
            ("LA", source.language),
        ]
        lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
        records.append("\r\n".join([*lines, "ER  - "]))
    return "\r\n\r\n".join(records) + "\r\n"


def _articles(conversation: Conversation) -> list[Source]:
    """One source of each article that was quoted, in order."""
    first: dict[str, Source] = {}
    for one in _numbered(conversation).values():
        first.setdefault(one.source.article_id, one.source)
    return list(first.values())
