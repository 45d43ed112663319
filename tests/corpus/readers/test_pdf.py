import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from corpus.article import Article, LeftOut
from corpus.readers import Unreadable, read
from tests.corpus.readers.layout import shown_lines
from tests.corpus.readers.pdf_files import UNKNOWN, WIDTH, Piece, pdf, pdf_of

RIGHT = [
    "أعلنت بلدية المدينة أن الجسر",
    "سيغلق أمام السيارات في الصيف",
    "وقال الرئيس إن العمل سيكون",
]
LEFT = ["على مرحلتين، وإن الكلفة كلها", "من مال الدولة، وأضاف أن ذلك", "كان مطلب السكان منذ عامين"]
ENGLISH = [
    ["The council said that the", "bridge will be closed to", "cars in the summer, and"],
    ["that the works would take", "two stages, all of it at", "the cost of the state."],
]
STORY = [
    "قررت إدارة المرفأ أن تعيد فتح الرصيف الغربي أمام العبارات في الأسبوع المقبل، بعد توقف دام"
    " ٤٢ يوما بسبب أعمال الصيانة التي كلفت ١٧٫٣ مليون درهم (نحو ١٥٪ من ميزانية العام).",
    "وأوضح المهندس كريم الفاضل في 14/3/2024 أن الحركة تراجعت بنسبة 12% بين 2019-2021، وأن أول"
    " رحلة تنطلق عند الساعة 12:30 من محطة Blue Harbor قبل نهاية الشهر.",
    "وقال إن رقم الهاتف هو ٠٩١١-٢٢٣٣٤٤، وإن الوثيقة «رقم ٤٧/٢٠٢٣» نشرت بقيمة ١٬٢٥٠٬٠٠٠ درهم.",
]
ENGLISH_STORY = [
    "The harbour board decided to reopen the western quay to ferries next week, after a closure"
    " of 42 days for repairs that cost 17.3 million dirhams (about 15% of the budget).",
    "Engineer Karim Fadel said on 14/3/2024 that traffic had fallen by 12% between 2019-2021, and"
    " that the first trip would leave at 12:30 from Blue Harbor.",
    "The document “No. 47/2023” (an annex) is worth 1,250,000 dirhams.",
]


def found(path: Path, data: bytes) -> Article | Unreadable:
    path.write_bytes(data)
    (article,) = read([path])
    return article


def article_of(path: Path, data: bytes) -> Article:
    article = found(path, data)
    assert isinstance(article, Article), article
    return article


def set_in_lines(
    paragraphs: Iterable[str],
    *,
    letters: int,
    leading: float,
    gap: float = 12,
    indent: int = 0,
    left: float = 50,
    top: float = 740,
    right_to_left: bool = True,
) -> list[Piece]:
    """Sets paragraphs in lines of at most so many letters, as a browser does."""
    pieces: list[Piece] = []
    y = top
    for paragraph in paragraphs:
        lines: list[str] = [""]
        for word in paragraph.split():
            room = letters - (indent if len(lines) == 1 else 0)
            if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
                lines.append("")
            lines[-1] += f" {word}" if lines[-1] else word
        for n, look in enumerate(shown_lines(lines, right_to_left)):
            first = indent if n == 0 else 0
            start = letters - first - len(look) if right_to_left else first
            pieces.append((left + 12 * WIDTH * start, y, look))
            y -= leading * 12
        y -= gap
    return pieces


def test_right_to_left_text_of_a_pdf_comes_in_reading_order(tmp_path: Path) -> None:
    logical = ["قال مدير شركة Blue Line في 14 مارس 2022 إن", "الكلفة (مع الضريبة) 18.5 مليون."]
    lines = ["نإ 2022 سرام 14 يف Blue Line ةكرش ريدم لاق", ".نويلم 18.5 (ةبيرضلا عم) ةفلكلا"]
    assert article_of(tmp_path / "a.pdf", pdf(*lines)).text == " ".join(logical)


@pytest.mark.parametrize("leading", [1.2, 1.5, 1.8, 2.1, 2.4])
@pytest.mark.parametrize("story", [STORY, ENGLISH_STORY])
def test_lines_join_by_the_usual_distance_between_them(
    tmp_path: Path, leading: float, story: Sequence[str]
) -> None:
    pieces = set_in_lines(story, letters=66, leading=leading, right_to_left=story is STORY)
    article = article_of(tmp_path / "a.pdf", pdf_of(pieces))
    assert article.title == ""
    assert article.text == "\n\n".join(story)


@pytest.mark.parametrize("leading", [1.2, 1.8, 2.4])
@pytest.mark.parametrize("story", [STORY, ENGLISH_STORY])
def test_lines_of_two_columns_join(tmp_path: Path, leading: float, story: Sequence[str]) -> None:
    rtl = story is STORY
    sides = [
        set_in_lines(story[part], letters=32, leading=leading, gap=12, left=left, right_to_left=rtl)
        for part, left in ((slice(0, 1), 310 if rtl else 50), (slice(1, 3), 50 if rtl else 310))
    ]
    article = article_of(tmp_path / "a.pdf", pdf_of([*sides[0], *sides[1]]))
    assert article.title == ""
    assert article.text == "\n\n".join(story)


@pytest.mark.parametrize("story", [STORY, ENGLISH_STORY])
def test_paragraphs_are_told_by_indentation_and_short_last_lines(
    tmp_path: Path, story: Sequence[str]
) -> None:
    rtl = story is STORY
    pieces = set_in_lines(story, letters=66, leading=1.5, gap=0, indent=3, right_to_left=rtl)
    assert article_of(tmp_path / "a.pdf", pdf_of(pieces)).text == "\n".join(story)


def test_lines_of_columns_at_different_heights_are_not_mixed(tmp_path: Path) -> None:
    left = set_in_lines(ENGLISH_STORY[:1], letters=32, leading=1.5, right_to_left=False)
    right = set_in_lines(
        ENGLISH_STORY[1:], letters=32, leading=1.2, left=310, top=734, right_to_left=False
    )
    article = article_of(tmp_path / "a.pdf", pdf_of([*left, *right]))
    assert article.text == "\n\n".join(ENGLISH_STORY)


def test_a_list_whose_signs_hang_is_read_item_by_item(tmp_path: Path) -> None:
    pieces: list[Piece] = [
        (50, 700, "* The board decided to reopen the western"),
        (64.4, 682, "quay to ferries next week."),
        (50, 664, "* It said that traffic had fallen by half"),
        (64.4, 646, "in the last two years."),
    ]
    assert article_of(tmp_path / "a.pdf", pdf_of(pieces)).text == (
        "* The board decided to reopen the western quay to ferries next week.\n"
        "* It said that traffic had fallen by half in the last two years."
    )


def test_a_paragraph_goes_on_over_the_end_of_a_page(tmp_path: Path) -> None:
    pieces = set_in_lines(STORY[:2], letters=66, leading=1.8)
    cut = [piece for piece in pieces if piece[1] < pieces[3][1]]
    pages = [pieces[: -len(cut)], [(x, y + 300, *rest) for x, y, *rest in cut]]
    article = article_of(tmp_path / "a.pdf", pdf_of(*pages))
    assert article.text == "\n\n".join(STORY[:2])


def test_a_raised_number_breaks_no_line(tmp_path: Path) -> None:
    pieces = set_in_lines(ENGLISH_STORY, letters=66, leading=1.5, right_to_left=False)
    x, y, text = pieces[1][:3]
    pieces.insert(2, (x + 12 * WIDTH * len(text), y + 5, "7", 8))
    article = article_of(tmp_path / "a.pdf", pdf_of(pieces))
    assert article.title == ""
    assert article.text.split() == [
        f"{word}7" if word == text.split()[-1] else word for word in " ".join(ENGLISH_STORY).split()
    ]
    assert article.text.count("\n\n") == 2


def test_a_headline_of_two_lines_is_one(tmp_path: Path) -> None:
    headline = ["Western quay reopens", "to ferries"]
    large: list[Piece] = [(50, 770, headline[0], 24), (50, 740, headline[1], 24)]
    body = set_in_lines(ENGLISH_STORY, letters=66, leading=1.5, top=700, right_to_left=False)
    article = article_of(tmp_path / "a.pdf", pdf_of([*large, *body]))
    assert (article.title, article.text) == (" ".join(headline), "\n\n".join(ENGLISH_STORY))


@pytest.mark.parametrize("by_rows", [False, True])
def test_columns_of_a_pdf_are_read_one_after_the_other(tmp_path: Path, by_rows: bool) -> None:
    right = [(310.0, 640.0 - 14 * n, line[::-1]) for n, line in enumerate(RIGHT * 2)]
    left = [(50.0, 640.0 - 14 * n, line[::-1]) for n, line in enumerate(LEFT * 2)]
    headline = (60.0, 700.0, "إغلاق الجسر الحجري أمام السيارات في الصيف القادم كله"[::-1])
    pairs = zip(right, left, strict=True)
    body = [piece for pair in pairs for piece in pair] if by_rows else [*right, *left]
    article = article_of(tmp_path / "a.pdf", pdf_of([headline, *body]))
    assert article.title == "إغلاق الجسر الحجري أمام السيارات في الصيف القادم كله"
    assert article.text.split() == " ".join(RIGHT * 2 + LEFT * 2).split()


@pytest.mark.parametrize("by_rows", [False, True])
def test_columns_of_an_english_pdf_are_read_from_the_left(tmp_path: Path, by_rows: bool) -> None:
    left, right = (
        [(x, 640.0 - 14 * n, line) for n, line in enumerate(column * 3)]
        for x, column in zip((50.0, 310.0), ENGLISH, strict=True)
    )
    pairs = zip(left, right, strict=True)
    body = [piece for pair in pairs for piece in pair] if by_rows else [*left, *right]
    article = article_of(tmp_path / "a.pdf", pdf_of(body))
    assert article.text.split() == " ".join(ENGLISH[0] * 3 + ENGLISH[1] * 3).split()


def test_words_of_a_pdf_are_told_by_the_gaps_between_them(tmp_path: Path) -> None:
    pieces = []
    for n, line in enumerate(RIGHT):
        x = 500.0
        for word in line.split():  # from right to left, as some programs draw them
            x -= 7.2 * (len(word) + 1)
            pieces.append((x, 700.0 - 14 * n, word[::-1]))
    assert article_of(tmp_path / "a.pdf", pdf_of(pieces)).text == " ".join(RIGHT)


CELL_ROWS = [
    ["نوع الحبوب", "الكمية", "يوم الوصول"],
    ["قمح الشمال", "١٢٫٥", "2025-05-12"],
    ["شعير", "14.75", "10:30"],
    ["Blue Line", "9", "12/05/2025"],
]


def cells_of(rows: Sequence[Sequence[str]], width: float, right_to_left: bool) -> list[Piece]:
    """Sets each cell of a table as a paragraph of its own, under the first line of the page."""
    pieces: list[Piece] = []
    for n, row in enumerate(rows):
        for place, cell in enumerate(row):
            look = shown_lines([cell], right_to_left)[0]
            start = 50 + width * place
            if right_to_left:
                start = 530 - width * place - 12 * WIDTH * len(look)
            pieces.append((start, 700 - 20 * n, look))
    return pieces


@pytest.mark.parametrize("width", [96, 110, 150])
def test_each_cell_of_a_table_is_read_by_itself(tmp_path: Path, width: float) -> None:
    before = set_in_lines(STORY[:1], letters=66, leading=1.5)
    article = article_of(
        tmp_path / "a.pdf", pdf_of([*before, *cells_of(CELL_ROWS[:2], width, True)])
    )
    assert article.text.split("\n")[-2:] == [" ".join(row) for row in CELL_ROWS[:2]]


@pytest.mark.parametrize("width", [96, 110, 150])
def test_dates_in_the_column_of_a_table_stay_as_shown(tmp_path: Path, width: float) -> None:
    article = article_of(tmp_path / "a.pdf", pdf_of(cells_of(CELL_ROWS * 2, width, True)))
    lines = " ".join(article.text.split())
    for cell in ("2025-05-12", "10:30", "12/05/2025", "١٢٫٥", "14.75"):
        assert lines.split().count(cell) == 2


def test_arabic_cells_of_an_english_table_are_read_from_the_left(tmp_path: Path) -> None:
    rows = [["Market", "Item", "Opened"], ["سوق", "قمح", "2025-05-12"]]
    before = set_in_lines(ENGLISH_STORY[:1], letters=66, leading=1.5, right_to_left=False)
    article = article_of(tmp_path / "a.pdf", pdf_of([*before, *cells_of(rows, 120, False)]))
    assert article.text.endswith("Market Item Opened\nسوق قمح 2025-05-12")


@pytest.mark.parametrize("gap", [6, 10, 14])
def test_wide_gaps_of_a_justified_line_part_no_cells(tmp_path: Path, gap: int) -> None:
    story = "افتتحت شركة Blue Harbor فرعا سنة 2021."
    pieces: list[Piece] = []
    x = 50.0
    for word in shown_lines([story], True)[0].split():
        pieces.append((x, 700, f"{word} "))
        x += 12 * WIDTH * (len(word) + 1) + gap
    assert article_of(tmp_path / "a.pdf", pdf_of(pieces)).text == story


def test_a_word_that_is_drawn_in_two_steps_stays_one(tmp_path: Path) -> None:
    line = RIGHT[0][::-1]
    pieces = [(50.0, 700.0, line[:10]), (50.0 + 7.2 * 10 + 4, 700.0, line[10:])]
    assert article_of(tmp_path / "a.pdf", pdf_of(pieces)).text == RIGHT[0]


def test_letters_that_are_drawn_twice_to_look_bold_are_read_once(tmp_path: Path) -> None:
    pieces = [(50.0, 700.0, "Bookkeeper"), (50.3, 700.0, "Bookkeeper")]
    assert article_of(tmp_path / "a.pdf", pdf_of(pieces)).text == "Bookkeeper"


def test_lines_that_are_laid_out_from_left_to_right_are_read_so(tmp_path: Path) -> None:
    line = "قال المدير إن العمل في المدينة"
    assert article_of(tmp_path / "a.pdf", pdf(line)).text == line


def test_a_word_that_is_parted_at_the_end_of_a_line_is_made_whole(tmp_path: Path) -> None:
    lines = [
        "Badr a rencontré aux États-",
        "Unis le ministre du govern-",
        "ment entre les années 2019-",
        "2021 puis il est parti.",
    ]
    assert article_of(tmp_path / "a.pdf", pdf(*lines)).text == (
        "Badr a rencontré aux États-Unis le ministre du government entre les années 2019-2021"
        " puis il est parti."
    )


def test_lines_that_most_pages_begin_or_end_with_are_set_apart(tmp_path: Path) -> None:
    body = ["The bridge is closed.", "Nobody may cross.", "Work goes on.", "It is long."]
    texts = [body[n:] + body[:n] for n in range(4)]
    pages: list[list[Piece]] = [
        [
            (50, 780, "The River Daily"),
            *((50, 700 - 40 * m, line) for m, line in enumerate(text)),
            (50, 40, f"Page {n}"),
        ]
        for n, text in enumerate(texts)
    ]
    article = article_of(tmp_path / "a.pdf", pdf_of(*pages))
    assert article.text.split("\n\n") == [line for text in texts for line in text]
    assert {line.text for line in article.left_out} == {
        "The River Daily",
        *(f"Page {number}" for number in range(4)),
    }


def test_pages_of_shapes_without_letters_are_said_to_be_unreadable(tmp_path: Path) -> None:
    line = UNKNOWN * 12 + "ab " + UNKNOWN * 9
    unreadable = found(tmp_path / "a.pdf", pdf(line, line))
    assert isinstance(unreadable, Unreadable)
    assert unreadable.fault == "glyphs"
    assert unreadable.reason == (
        "Most glyphs on its pages have no letters, only shapes; recognise the text first (OCR,"
        " with a program such as OCRmyPDF and its option --force-ocr)."
    )


def test_a_page_of_shapes_among_others_is_left_out_and_reported(tmp_path: Path) -> None:
    shapes: list[Piece] = [(50, 700, f"no {UNKNOWN * 9} way")]
    words: list[list[Piece]] = [[(50, 700, "The bridge is closed.")], [(50, 700, "Work goes on.")]]
    article = article_of(tmp_path / "a.pdf", pdf_of(words[0], shapes, words[1]))
    assert article.text == "The bridge is closed.\n\nWork goes on."
    assert article.left_out == (LeftOut(2, "no " + "\ufffd" * 9 + " way", "no letters"),)


def test_a_shape_without_letters_is_a_gap_that_is_reported(tmp_path: Path) -> None:
    article = article_of(tmp_path / "a.pdf", pdf(f"The br{UNKNOWN}dge is closed.", "Go on."))
    assert article.text == "The br dge is closed. Go on."
    assert article.left_out == (LeftOut(1, "The br\ufffddge is closed.", "no letters"),)


def test_vowel_signs_part_no_word(tmp_path: Path) -> None:
    """Drawn by themselves over their letters, as marks or as shapes of marks."""
    line = "ةنيدم روطت"
    marks = [("\u0651", 8), ("\ufc60", 7), ("\u064e", 1)]
    pieces = [(50.0, 700.0, line), *((50 + 7.2 * place, 704.0, mark) for mark, place in marks)]
    article = article_of(tmp_path / "a.pdf", pdf_of(pieces))
    assert article.text == "تط\u0651و\u064e\u0651ر مدين\u064eة"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "vowels",
            "أَعَادَتِ البَلَدِيَّةُ فَتْحَ السُّوقِ القَدِيمِ، وَقَالَ التُّجَّارُ إِنَّ الحَرَكَةَ (مُمْتَازَةٌ) مُنْذُ يَوْمِ ١٢/٥/٢٠٢٤.",
        ),
        (
            "nastaliq",
            "بلدیہ نے پرانا بازار ۱۲ دن بعد دوبارہ کھول دیا، تاجروں نے کہا کہ کاروبار"
            " ۱۵٪ بڑھ گیا ہے۔",
        ),
        (
            "persian",
            "شهرداری بازار قدیمی را پس از ۱۲ روز باز کرد و فروشندگان گفتند که کار"
            " «۱۵٪ بهتر» می‌شود.",
        ),
    ],
)
def test_what_a_browser_printed_is_read_as_its_page_had_it(name: str, text: str) -> None:
    (article,) = read([Path(__file__).with_name("printed") / f"{name}.pdf"])
    assert isinstance(article, Article)
    assert article.text == text


def test_a_pdf_without_text_and_a_damaged_one_say_so(tmp_path: Path) -> None:
    nothing = found(tmp_path / "a.pdf", pdf(" "))
    assert isinstance(nothing, Unreadable)
    assert "hold no text" in nothing.reason
    damaged = found(tmp_path / "a.pdf", pdf("abc")[:300])
    assert isinstance(damaged, Unreadable)
    assert "damaged PDF" in damaged.reason


def test_a_pdf_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    page = zlib.compress(b"BT /F 12 Tf (a) Tj ET\n" * (8 << 20))
    sound = pdf("abc")
    start = sound.index(b"7 0 obj")
    bomb = (
        sound[:start]
        + b"7 0 obj\n<< /Filter /FlateDecode /Length %d >> stream\n" % len(page)
        + page
        + sound[sound.index(b"\nendstream", start) :]
    )
    unreadable = found(tmp_path / "a.pdf", bomb)
    assert isinstance(unreadable, Unreadable)
    assert "damaged PDF" in unreadable.reason
