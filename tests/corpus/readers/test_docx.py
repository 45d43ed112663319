import io
import zipfile
from collections.abc import Mapping

import pytest

from corpus.article import Article
from corpus.readers import read_document
from corpus.readers.document import Document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = (
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:other"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(*pieces: str) -> str:
    return f"<w:p>{''.join(pieces)}</w:p>"


def document(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A Word file of this body, with other parts by the names of their relations."""
    related = "".join(
        f'<Relationship Id="r{kind}" Type="{RELATION}/{kind}" Target="{kind}.xml"/>'
        for kind in parts or ()
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(
            "word/document.xml", f"<w:document {W} {MORE}><w:body>{body}</w:body></w:document>"
        )
        packed.writestr("word/_rels/document.xml.rels", f"<Relationships>{related}</Relationships>")
        for kind, xml in (parts or {}).items():
            packed.writestr(f"word/{kind}.xml", f"<w:{kind} {W}>{xml}</w:{kind}>")
    return out.getvalue()


def article(data: bytes) -> Article:
    (found,) = read_document(Document(io.BytesIO(data), "/a.docx"), "a.docx")
    assert isinstance(found, Article), found
    return found


def text_of(*pieces: str, parts: Mapping[str, str] | None = None) -> str:
    """The text that is read from a paragraph of these pieces, below another one."""
    found = article(document(paragraph(run("The harbour")) + "".join(pieces), parts))
    assert found.title == "The harbour"
    return found.text


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>9</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>ten</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        ("<w:ins>" + run("ten") + "</w:ins><w:del><w:r><w:delText>two</w:delText></w:r></w:del>",
         "ten"),
        ("<w:moveFrom>" + run("two") + "</w:moveFrom><w:moveTo>" + run("ten") + "</w:moveTo>",
         "ten"),
        ("<w:ins><w:del>" + run("two") + "</w:del></w:ins>" + run("ten"), "ten"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("ten") + "</w:sdtContent></w:sdt>", "ten"),
        ("<w:smartTag><w:smartTag>" + run("ten") + "</w:smartTag></w:smartTag>", "ten"),
        ("<w:customXml>" + run("ten") + "</w:customXml>", "ten"),
        ("<x:anything>" + run("ten") + "</x:anything>", "ten"),
        ('<w:fldSimple w:instr=" DATE ">' + run("ten") + "</w:fldSimple>", "ten"),
        (FIELD, "ten"),
        ("<w:hyperlink>" + run("ten") + "</w:hyperlink>", "ten"),
        ('<w:dir w:val="rtl"><w:bdo w:val="rtl">' + run("ten") + "</w:bdo></w:dir>", "ten"),
        ("<m:oMath><m:r><m:t>x=5</m:t></m:r></m:oMath>", "x=5"),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r>"
         "</m:den></m:f></m:oMath>", "1/2"),
        ("<w:r><w:ruby><w:rt>" + run("up") + "</w:rt><w:rubyBase>" + run("ten")
         + "</w:rubyBase></w:ruby></w:r>", "ten"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/>"
         "<w:t>d</w:t></w:r>", "a\tb-cd"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "α"),
        ('<w:r><w:sym w:font="Arial" w:char="20AC"/></w:r>', "€"),
        ("<!-- a comment -->" + run("ten"), "ten"),
    ],
)  # fmt: skip
def test_what_word_shows_is_text_whatever_wraps_it(pieces: str, shown: str) -> None:
    assert text_of(paragraph(run("It costs "), pieces, run(" a day."))) == (
        f"It costs {shown} a day."
    )


def test_content_controls_hold_paragraphs_rows_and_cells() -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    cell = f"<w:tc>{paragraph(run('left'))}</w:tc>"
    row = f"<w:tr>{cell}{control(cell.replace('left', 'right'))}</w:tr>"
    table = f"<w:tbl>{control(row)}</w:tbl>"
    assert text_of(control(paragraph(run("A block.")) + table)) == "A block.\nleft | right"


def test_a_merged_cell_is_said_once_and_a_deleted_row_not_at_all() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"

    rows = (
        cell("cost", '<w:gridSpan w:val="2"/>'),
        cell("item", '<w:vMerge w:val="restart"/>') + cell("quay"),
        cell("", "<w:vMerge/>") + cell("lights"),
        cell("") + cell("an empty neighbour"),
    )
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('gone')}</w:tr>"
    assert text_of(f"<w:tbl>{table}{gone}</w:tbl>") == (
        "cost\nitem | quay\nlights\n| an empty neighbour"
    )


def test_a_table_in_a_table_keeps_its_place() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph(run('inner'))}</w:tc></w:tr></w:tbl>"
    cell = f"<w:tc>{paragraph(run('above'))}{inner}{paragraph()}</w:tc>"
    assert text_of(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>", paragraph(run("Below."))) == (
        "above\ninner\nBelow."
    )


@pytest.mark.parametrize("choice", [True, False])
def test_a_text_box_is_read_once_after_its_paragraph(choice: bool) -> None:
    box = f"<w:txbxContent>{paragraph(run('In the box.'))}</w:txbxContent>"
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )
    anchored = paragraph(run("Be"), f"<w:r>{both if choice else old}</w:r>", run("side it."))
    assert text_of(anchored, paragraph(run("Below."))) == "Beside it.\nIn the box.\nBelow."


def test_notes_follow_the_text_in_the_order_of_their_calls() -> None:
    call = '<w:r><w:{}Reference w:id="{}"/></w:r>'.format
    notes = '<w:footnote w:id="-1">{}</w:footnote><w:footnote w:id="1">{}</w:footnote>'.format(
        paragraph(run("separator")), paragraph(run("Of the minutes."))
    )
    assert (
        text_of(
            paragraph(run("It was agreed"), call("endnote", 4), call("footnote", 1), run(".")),
            parts={
                "footnotes": notes,
                "endnotes": f'<w:endnote w:id="4">{paragraph(run("Of the archive."))}</w:endnote>',
                "header": paragraph(run("The page's head")),
            },
        )
        == "It was agreed.\nOf the minutes.\nOf the archive."
    )


def test_hidden_text_is_left_out_and_listed() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = "".join(
        (
            paragraph(run("The harbour")),
            paragraph(run("Seen. "), "<w:r><w:rPr><w:vanish/></w:rPr><w:t>One.</w:t></w:r>"),
            paragraph('<w:r><w:rPr><w:rStyle w:val="b"/></w:rPr><w:t>Two.</w:t></w:r>'),
            paragraph('<w:pPr><w:pStyle w:val="c"/></w:pPr>', run("Three.")),
            paragraph('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Seen too.</w:t></w:r>'),
        )
    )
    found = article(document(body, {"styles": styles}))
    assert found.text.split("\n\n") == ["Seen.", "Seen too."]
    assert "".join(line.text for line in found.left_out) == "One.Two.Three."
    assert {line.reason for line in found.left_out} == {"hidden text"}


def test_a_paragraph_whose_mark_was_deleted_runs_on() -> None:
    deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert text_of(paragraph(deleted, run("It was ")), paragraph(run("agreed."))) == (
        "It was agreed."
    )


def test_a_field_that_never_ends_hides_no_other_paragraph() -> None:
    open_field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert text_of(paragraph(open_field, run("PAGE")), paragraph(run("Below."))) == "Below."


def test_the_strict_format_is_read_as_the_usual_one() -> None:
    data = document(paragraph(run("The harbour")) + paragraph(run("It grows.")))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, text.replace(W[9:-1], "http://purl.oclc.org/ooxml/x/main"))
    assert article(strict.getvalue()).text == "It grows."
