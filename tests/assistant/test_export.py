import datetime as dt
import io
from dataclasses import replace

from docx import Document

from assistant import export
from assistant.answer import Answer, Citation, Sentence, Source
from assistant.turns import Conversation, Turn

NASTY = "<script>alert(1)</script> $x$ **b** {y} [l](javascript:1)"
EXCERPT = f"قبل ذلك. وصل الوزير يوم الأحد. {NASTY}"
QUOTED = "وصل الوزير يوم الأحد."
START = 100


def source(n: int = 1, **fields: object) -> Source:
    values: dict[str, object] = {
        "n": n, "article_id": "a", "title": NASTY, "source": "وكالة نخيل الخبر",
        "date": dt.date(2021, 4, 12), "language": "ar", "path": None,
        "url": "https://example.org/1?a=1&b=2", "start": START, "end": START + len(EXCERPT),
        "excerpt": EXCERPT, "score": 0.9,
    }  # fmt: skip
    return Source(**(values | fields))  # type: ignore[arg-type]


def cite(n: int = 1) -> Citation:
    start = START + EXCERPT.index(QUOTED)
    return Citation(n, start, start + len(QUOTED), QUOTED)


def conversation() -> Conversation:
    other = source(1, article_id="b", title="Other", url="javascript:alert(1)", date=None)
    first = Answer("متى؟", False, "quote", (Sentence(QUOTED, (cite(),), "supported"),), (source(),))
    second = Answer(
        "Who?", False, "written",
        (Sentence("He came.", (cite(2), cite(1)), "weak"),), (other, source(2)),
    )  # fmt: skip
    silent = Answer("Why?", True, "quote", (), (source(),))
    turns = [Turn(a.question, answer=a) for a in (first, second, silent)]
    return Conversation(title=NASTY, turns=[*turns, Turn("open?")])


def test_a_source_keeps_its_number_through_the_conversation() -> None:
    text = export.markdown(conversation())
    assert f"> {QUOTED.replace('.', chr(92) + '.')}[^1]" in text
    assert "\n\nHe came\\.[^1][^2] *(weakly supported)*" in text
    assert text.count("[^1]: ") == text.count("[^2]: ") == 1
    assert "[^3]" not in text


def test_nothing_from_an_article_is_markup_in_an_export() -> None:
    page = export.html(conversation())
    assert "<script" not in page
    assert "javascript:alert(1)" not in page.replace("&", "")
    assert f"<mark>{QUOTED}</mark>" in page
    assert "<script" not in export.markdown(conversation()).replace("\\<", "")
    assert "**b**" not in export.markdown(conversation())


def test_the_html_opens_without_the_network_and_every_link_leads_somewhere() -> None:
    page = export.html(conversation())
    assert "src=" not in page
    assert "<link" not in page
    assert "url(" not in page
    for n in (1, 2):
        assert f'href="#source-{n}"' in page
        assert f'id="source-{n}"' in page


def test_the_word_document_holds_the_questions_answers_and_marked_sources() -> None:
    document = Document(io.BytesIO(export.docx(conversation())))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert f"{QUOTED} [1]" in texts
    assert "The articles here do not answer this question." in texts
    marked = [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color
    ]
    assert marked == [QUOTED, QUOTED]
    arabic = next(p for p in document.paragraphs if p.text == f"{QUOTED} [1]")
    assert "w:bidi" in arabic._p.xml


def test_a_word_document_can_hold_control_characters() -> None:
    chat = conversation()
    answer = chat.turns[0].answer
    assert answer is not None
    said = replace(answer.sentences[0], text="a\x0bb\x00c")
    chat.turns[0].answer = replace(answer, sentences=(said,))
    assert "abc [1]" in [p.text for p in Document(io.BytesIO(export.docx(chat))).paragraphs]


def test_references_are_one_for_each_article() -> None:
    bibtex = export.bibtex(conversation())
    assert bibtex.count("@article{") == 2
    assert r"alert(1)</script> \$x\$ **b** \{y\}" in bibtex
    assert "date = {2021-04-12}" in bibtex
    records = export.ris(conversation()).split("\r\n\r\n")
    assert len(records) == 2
    assert records[0].splitlines()[0] == "TY  - NEWS"
    assert "DA  - 2021/04/12" in records[0].splitlines()
    assert "UR  - https://example.org/1?a=1&b=2" in records[0].splitlines()
    assert records[0].splitlines()[-1] == "ER  - "


def test_what_only_bears_out_a_figure_stands_apart_from_what_has_the_words():
    from assistant.messages.wording import wording
    from assistant.views.markup import numbers

    said = Sentence(
        "40.", (Citation(1, 0, 3, "40."),), "supported", (), (Citation(2, 0, 3, "40."),)
    )
    assert [citation.n for citation in said.references] == [1, 2]
    assert numbers(said, wording("en")) == "[1] also: [2]"
