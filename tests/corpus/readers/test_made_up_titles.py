import pytest

from corpus.readers.made_up_titles import made_up


@pytest.mark.parametrize(
    "title",
    [
        *("Word Document", "Document1", "Untitled", "untitled-3"),
        *("New Microsoft Word Document (2)", "Sans titre", "Unbenannt 4", "Έγγραφο1", "x.indd"),
        *("مستند1", "مستند ٢", "بدون عنوان", "سند ۱", "מסמך1", "Документ1"),
        *("Microsoft Word - report.doc", "Microsoft PowerPoint - الخطة", "report-final.docx"),
        *("خبر.PDF", "scan_0042", "IMG_2034", "12345", "---", "", "無題", "文档1"),
    ],
)  # fmt: skip
def test_a_title_that_a_program_made_up_is_none(title: str) -> None:
    assert made_up(title)


@pytest.mark.parametrize(
    "title",
    [
        *("مستند سري يكشف كلفة الميناء", "Untitled painting found in an attic", "Windows 11"),
        *("Document leak embarrasses the minister", "Booking.com raises its fees", "زلزال"),
        *("Sans titre de séjour, ils attendent", "Belge futbolcu geldi", "The book", "2021 تقرير"),
    ],
)  # fmt: skip
def test_a_headline_is_kept(title: str) -> None:
    assert not made_up(title)


def test_the_bare_name_of_the_file_is_no_headline_but_a_sentence_is() -> None:
    assert made_up("harbour-2", "/news/harbour-2.docx")
    assert not made_up("Harbour", "/news/other.docx")
    assert not made_up("The harbour grows", "/news/The harbour grows.docx")
