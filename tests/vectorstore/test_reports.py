import random
from pathlib import Path

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.duplicates import fingerprint, groups
from vectorstore.catalog import Catalog
from vectorstore.index import Index

from .conftest import Open, article

WORDS = [f"كلمة{n}" for n in range(3000)]


def story(seed: int, length: int = 120) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def edited(text: str, *, head: str = "", without_last: int = 0) -> str:
    words = text.split()
    return f"{head} {' '.join(words[: len(words) - without_last])}".strip()


AGENCY = story(1)
NEWSPAPER = edited(AGENCY, head="بغداد - مراسلنا:", without_last=12)
CHANNEL = edited(AGENCY, head="عاجل", without_last=20)
OTHER = story(2)


def names(index: Index, article_id: str) -> list[str]:
    return [summary.id for summary in index.near_copies(article_id)]


def test_a_report_with_small_edits_is_one_report_until_its_articles_go(open_index: Open) -> None:
    index = open_index()
    index.add([article("agency", AGENCY), article("other", OTHER)])
    assert names(index, "agency") == []
    assert index.reports(["agency", "unknown"]) == {"agency": "agency", "unknown": "unknown"}

    index.add([article("newspaper", NEWSPAPER, date=None), article("short", "ثلاث كلمات فقط")])
    assert names(index, "agency") == ["newspaper"]
    assert names(index, "newspaper") == ["agency"]

    index.add([article("channel", CHANNEL)])
    assert names(index, "newspaper") == ["agency", "channel"]  # newest first, undated last
    assert names(index, "agency") == ["channel", "newspaper"]
    assert index.reports(["channel", "newspaper", "agency", "other", "short"]) == {
        "channel": "agency",
        "newspaper": "agency",
        "agency": "agency",
        "other": "other",
        "short": "short",
    }

    index.remove(["agency"])
    assert index.reports(["channel", "newspaper"]) == {"channel": "channel", "newspaper": "channel"}
    index.add([article("channel", OTHER + " وكلمة أخرى")])
    assert names(index, "newspaper") == []
    assert names(index, "channel") == ["other"]


def test_articles_that_only_a_third_holds_together_part_when_it_goes(tmp_path: Path) -> None:
    words = story(1, 200).split()
    texts = {"a": words[:140], "b": words[30:170], "c": words[60:]}
    with Index(tmp_path) as index:
        index.add(article(id_, " ".join(text)) for id_, text in texts.items())
        assert index.reports("abc") == {"a": "a", "b": "a", "c": "a"}
        index.remove(["b"])
        assert index.reports("ac") == {"a": "a", "c": "c"}


def test_what_outlets_write_under_every_article_makes_no_report_of_them(tmp_path: Path) -> None:
    furniture = story(9, 40)
    with Index(tmp_path) as index:
        index.add(article(f"{n}", f"{story(10 + n)} {furniture}") for n in range(4))
        assert len(set(index.reports("0123").values())) == 4


def test_an_older_store_without_sketches_opens(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.add([article("agency", AGENCY)])
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE sketches"))
        connection.execute(sa.text("DROP TABLE bands"))
    engine.dispose()
    with Index(tmp_path) as index:
        assert names(index, "agency") == []
        assert index.reports(["agency"]) == {"agency": "agency"}
        index.add([article("agency", NEWSPAPER), article("channel", CHANNEL)])
        assert names(index, "agency") == ["channel"]


def stories(article_ids: dict[str, str]) -> dict[str, bytes]:
    prints = {id_: fingerprint(Article(id_, text)) for id_, text in article_ids.items()}
    return {id_: found.sketch for id_, found in prints.items() if found.sketch}


@settings(max_examples=60, deadline=None)
@given(
    batches=st.lists(
        st.dictionaries(
            st.sampled_from("abcdefgh"),
            st.none()
            | st.sampled_from([AGENCY, NEWSPAPER, CHANNEL, OTHER, OTHER + " آخر", "قصير"]),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_reports_are_the_same_whatever_came_and_went_before(
    batches: list[dict[str, str | None]],
) -> None:
    catalog = Catalog("sqlite://")
    kept: dict[str, str] = {}
    for batch in batches:
        new = {id_: text for id_, text in batch.items() if text is not None}
        catalog.remove([id_ for id_ in batch if id_ not in new])
        catalog.put([(Article(i, t), fingerprint(Article(i, t)), []) for i, t in new.items()])
        kept = {id_: text for id_, text in (kept | batch).items() if text is not None}
    expected = {id_: id_ for id_ in kept}
    for group in groups(stories(kept)):
        expected |= dict.fromkeys(group, min(group))
    assert catalog.reports(kept) == expected
    for id_ in kept:
        others = {i for i in kept if i != id_ and expected[i] == expected[id_]}
        assert {summary.id for summary in catalog.near_copies(id_)} == others
