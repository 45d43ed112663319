from hypothesis import given
from hypothesis import strategies as st

from corpus.boilerplate import find_story

PROSE = [
    "أعلنت بلدية المدينة صباح أمس أن الجسر الحجري سيغلق أمام السيارات ثلاثة أشهر، وأن المشاة"
    " يستطيعون عبوره في النهار.",
    "وقال رئيس البلدية إن الأعمال ستكلف مليوني دينار، تدفع الحكومة نصفها، وإن السكان سيبلغون بكل"
    " تغيير قبل أسبوع.",
    "وطالب التجار بفتح طريق بديل قبل بدء الأعمال، لأن زبائنهم يصلون إلى السوق عبر الجسر.",
]
HEADLINE = "إغلاق الجسر الحجري أمام السيارات ثلاثة أشهر"

LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(["", HEADLINE, "شارك", "التعليقات", "اقرأ أيضاً", "12/3/2020", *PROSE]),
    ),
    max_size=40,
)


def kept(lines: list[str]) -> list[str]:
    return [lines[number] for number in find_story(lines).lines]


@given(LINES)
def test_every_line_is_kept_or_left_out_with_a_reason_and_none_twice(lines: list[str]) -> None:
    story = find_story(lines)
    places = [*story.lines, *(line.line - 1 for line in story.left_out)]
    if story.headline is not None:
        places.append(story.headline)
    assert sorted(places) == [n for n, line in enumerate(lines) if line.strip()]
    assert all(line.text == lines[line.line - 1] and line.reason for line in story.left_out)
    assert list(story.lines) == sorted(story.lines)


@given(st.lists(st.sampled_from(PROSE), min_size=1, max_size=12))
def test_an_article_without_a_page_around_it_is_kept_whole(lines: list[str]) -> None:
    assert kept(lines) == lines


def test_the_headline_is_not_part_of_the_story() -> None:
    story = find_story([HEADLINE, *PROSE])
    assert (story.headline, story.lines, story.left_out) == (0, (1, 2, 3), ())


def test_a_link_to_another_story_with_its_day_is_left_out() -> None:
    story = find_story([HEADLINE, *PROSE, "اقرأ أيضا: ترميم المئذنة 3 آذار 2021"])
    assert [line.reason for line in story.left_out] == ["link to another story"]


def test_links_to_other_stories_are_left_out_of_the_middle() -> None:
    box = ["اقرأ أيضاً", "ترميم المئذنة القديمة", "حريق في سوق الخشب"]
    story = find_story([HEADLINE, PROSE[0], *box, *PROSE[1:]])
    assert [line.text for line in story.left_out] == box
    assert {line.reason for line in story.left_out} == {"link to another story"}


def test_another_story_after_the_end_is_left_out() -> None:
    other = (
        "بدأ عمال النظافة إضراباً مفتوحاً للمطالبة برواتبهم المتأخرة منذ شهرين، وتكدست القمامة في"
        " الشوارع الرئيسية."
    )
    for heading in ("آخر الأخبار", "مقالات ذات صلة", "Related articles", "پربیننده‌ترین"):
        lines = [HEADLINE, *PROSE, heading, "عنوان خبر آخر", other]
        assert kept(lines) == PROSE


def test_paragraphs_that_are_wrapped_by_hand_are_prose() -> None:
    wrapped = [
        "The committee said on Monday that the bridge across the",
        "river would stay closed until the spring, and that people",
        "on foot could still cross it by day while the work goes",
        "on below them.",
    ]
    assert kept(["Home", "News", "Sport", *wrapped, "Comments", "Share"]) == wrapped


def test_short_lines_that_are_all_there_is_are_kept() -> None:
    poem = ["يا نهر", "مهلاً", "خذنا معك"]
    assert kept(poem) == poem
    assert kept(["0"]) == ["0"]


def test_a_word_that_a_page_says_again_and_again_is_not_the_storys() -> None:
    lines = [HEADLINE]
    for line in PROSE:
        lines += [line, "لا تريد هذا؟"]
    assert kept([*lines, "التعليقات"]) == PROSE
