import pytest

from corpus.boilerplate import find_story
from corpus.outlets import outlet

from .test_metadata import HEADLINE, STORY


@pytest.mark.parametrize(
    ("above", "below", "name"),
    [
        (["رووداو ديجيتال"], [], "رووداو ديجيتال"),
        (["بغداد / متابعة وطن برس"], [], "وطن برس"),
        (["MEO"], [], "MEO"),
        ([], ["ليفانت-وكالات"], "ليفانت"),
        (["المصدر: وكالة السهل"], [], "وكالة السهل"),
        ([], [], None),
    ],
)
def test_the_outlet_is_read_from_a_byline_or_a_signature(
    above: list[str], below: list[str], name: str | None
) -> None:
    lines = [HEADLINE, *above, *STORY, *below]
    assert outlet(lines, find_story(lines)) == name


@pytest.mark.parametrize(
    ("dateline", "name"),
    [
        ("مرفأ نيوز :- ", "مرفأ نيوز"),
        ("بغداد / وكالة السهل - ", "وكالة السهل"),
        ("بغداد - ", None),
    ],
)
def test_the_outlet_is_read_from_a_dateline(dateline: str, name: str | None) -> None:
    lines = [HEADLINE, dateline + STORY[0], STORY[1]]
    assert outlet(lines, find_story(lines)) == name


def test_the_outlet_is_read_from_the_pages_title() -> None:
    lines = [f"{HEADLINE} - صحيفة النهر", "القائمة", HEADLINE, *STORY]
    assert outlet(lines, find_story(lines)) == "صحيفة النهر"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("جميع الحقوق محفوظة لصحيفة النهر © 2021", "صحيفة النهر"),
        ('جميع الحقوق © محفوظة لـ "دار السهل" - ويحظر النشر دون إذن', "السهل"),
        ("الحقوق محفوظة للنهر نيوز", "النهر نيوز"),
        ("جميع الحقوق محفوظة لدار النهر للصحافة والطباعة والنشر", "النهر"),
        ("© 2019-2021 مرفأ نيوز. جميع الحقوق محفوظة.", "مرفأ نيوز"),
        (
            "Copyright © 2020 - All Rights Reserved - Harbour Observer - Managed by X",
            "Harbour Observer",
        ),
        ("جميع الحقوق محفوظة", None),
        ("© وكالة السهل", None),  # as under a picture
        ("© 2021 شركة السهل", None),
        ("عدد الزوار في عام 2021: 300", None),
    ],
)
def test_the_outlet_is_read_from_the_line_that_claims_the_rights(
    line: str, name: str | None
) -> None:
    lines = [HEADLINE, *STORY, "التعليقات", line]
    assert outlet(lines, find_story(lines)) == name


ENGLISH = [
    "The stone bridge will close to cars for three months from Monday, the city council said on"
    " Sunday, and people will still be able to cross it on foot during the day.",
    "Works will cost two million dinars, half of which the government will pay, said the mayor.",
]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (
            "Copyright © 2020 - All Rights Reserved - Harbour Observer - Managed by X",
            "Harbour Observer",
        ),
        (
            "© 2024 Harbour Post, a division of Lowland Network Inc. All rights reserved.",
            "Harbour Post",
        ),
        ("Copyright © 2024 Lowland, Plain & Co. Ltd. All rights reserved.", None),
        ("Copyright & Permissions", None),
        ("Copyright © 1997-Tue Apr 09 14:51:03 GMT 2013 The Harbour", "The Harbour"),
    ],
)
def test_a_companys_name_is_no_outlets(line: str, name: str | None) -> None:
    lines = ["Stone bridge closes to cars for three months", *ENGLISH, "Comments", line]
    assert outlet(lines, find_story(lines)) == name


@pytest.mark.parametrize(
    ("dateline", "name"),
    [("LOWTOWN (Reuters) - ", "Reuters"), ("LOWTOWN, Jan 5 - ", None), ("LOWTOWN (AP) — ", "AP")],
)
def test_a_story_without_an_outlet_is_the_agencys_that_its_dateline_names(
    dateline: str, name: str | None
) -> None:
    lines = ["Stone bridge closes to cars for three months", dateline + ENGLISH[0], ENGLISH[1]]
    assert outlet(lines, find_story(lines)) == name


def test_an_arabic_dateline_names_its_agency() -> None:
    lines = [HEADLINE, f"بغداد - الأناضول - {STORY[0]}", STORY[1]]
    assert outlet(lines, find_story(lines)) == "الأناضول"
