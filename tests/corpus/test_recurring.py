from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers import read
from corpus.recurring import recurring_lines

BRIDGES = ("الحجري", "الحديدي", "الخشبي", "القديم")
BOX = "صحيفة النهر في خمس دقائق كل صباح على هاتفك"
PROMISE = (
    "نحن في صحيفة النهر نؤمن بأن الصحافة الحرة تستحق دعم قرائها، ولذلك نفتح أبوابنا لكل من يريد أن"
    " يسهم في بقائها مستقلة."
)


def story(bridge: str) -> list[str]:
    return [
        f"إغلاق الجسر {bridge} أمام السيارات ثلاثة أشهر",
        f"أعلنت بلدية المدينة صباح أمس أن الجسر {bridge} سيغلق أمام السيارات ثلاثة أشهر، وأن المشاة"
        " يستطيعون عبوره في النهار.",
        f"وقال رئيس البلدية إن أعمال الجسر {bridge} ستكلف مليوني دينار، تدفع الحكومة نصفها، وإن"
        " السكان سيبلغون بكل تغيير.",
    ]


def page(bridge: str) -> list[str]:
    headline, first, second = story(bridge)
    return [headline, first, BOX, second, PROMISE]


def test_what_three_stories_pages_have_in_common_recurs() -> None:
    assert recurring_lines(map(page, BRIDGES[:3])) == {BOX, PROMISE}
    assert recurring_lines(map(page, BRIDGES[:2])) == frozenset()


def test_copies_of_one_page_are_one_page() -> None:
    assert recurring_lines([page("الحجري")] * 5) == frozenset()
    edited = [["مراسلنا", *page("الحجري")], page("الحجري")[:4], page("الحجري")]
    assert recurring_lines(edited) == frozenset()


def test_background_that_an_outlet_repeats_under_some_stories_is_no_furniture() -> None:
    background = "ويذكر أن الجسور الأربعة بنيت قبل مئة عام، وأن آخر صيانة لها كانت في عام 1998."
    other = [
        [*story(f"رقم {n}"), f"سطر {n} ليس في غيره من الصفحات، وفيه كلام كثير."] for n in range(9)
    ]
    pages = [*([*story(bridge), background] for bridge in BRIDGES[:3]), *other]
    assert recurring_lines(pages) == frozenset()


@given(st.lists(st.lists(st.text(max_size=8) | st.sampled_from([BOX, PROMISE])), max_size=8))
def test_recurring_lines_are_lines_of_the_pages(pages: list[list[str]]) -> None:
    assert recurring_lines(pages) <= {line.strip() for page in pages for line in page}


def test_a_folders_pages_are_read_without_what_they_have_in_common(tmp_path: Path) -> None:
    for number, bridge in enumerate(BRIDGES):
        (tmp_path / f"{number}.txt").write_text("\n".join(page(bridge)))
    (tmp_path / "broken.txt").write_bytes(b"\x00\x01\x02")
    articles = [found for found in read([tmp_path]) if isinstance(found, Article)]
    assert [article.text for article in articles] == [
        "\n".join(story(bridge)[1:]) for bridge in BRIDGES
    ]
    assert {(line.text, line.reason) for line in articles[0].left_out} == {
        (BOX, "on several pages"),
        (PROMISE, "on several pages"),
    }
    alone = next(iter(read([tmp_path / "0.txt"])))
    assert isinstance(alone, Article)
    assert BOX in alone.text
