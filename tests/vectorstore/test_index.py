import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from vectorstore.dense import ChromaUnavailableError
from vectorstore.full_disk import DiskFullError
from vectorstore.index import Added, Index
from vectorstore.query import Filters, Hit

from .conftest import Open, article
from .servers import chroma_server, free_port

ATTACKS = "استهدف أكثر من خمسين هجوماً المصالح الأميركية منذ بداية العام. ولم تعلن جهة مسؤوليتها."
EMBASSY = "قال السفير إن السفارة ستبقى مفتوحة. وأضاف أن العمل الدبلوماسي مستمر."


def ids(hits: list[Hit]) -> list[str]:
    return [hit.article.id for hit in hits]


def state(index: Index) -> tuple[object, ...]:
    """All that is stored, and what the caches hold of it."""
    stored = [index.article(summary.id) for summary in index.articles()]
    return (stored, index.catalog.count(), index.dense.count(), index._lexical.count())


def test_an_article_is_found_by_its_words_and_the_hit_is_verbatim(index: Index) -> None:
    added = index.add([article("attacks", ATTACKS), article("embassy", EMBASSY)])
    assert (added.added, added.passages) == (2, 2)
    hit = index.search("كم هجوما استهدف المصالح الأمريكية؟")[0]
    assert hit.article.id == "attacks"
    assert hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text
    assert 0 <= hit.relevance <= 1


def test_adding_twice_changes_nothing(index: Index) -> None:
    articles = [article("attacks", ATTACKS), article("embassy", EMBASSY)]
    index.add(articles)
    before, revision = state(index), index.revision
    assert index.add(articles) == Added(unchanged=2)
    assert (state(index), index.revision) == (before, revision)


def test_a_changed_article_is_found_by_its_new_words_only(index: Index) -> None:
    index.add([article("a", ATTACKS), article("b", "نص ثالث لا صلة له.")])
    assert index.add([article("a", EMBASSY)]) == Added(updated=1, passages=1)
    hits = index.search("السفارة مفتوحة")
    assert (hits[0].article.id, hits[0].passage.text) == ("a", EMBASSY)
    assert all("خمسين" not in hit.passage.text for hit in index.search("خمسين هجوما"))


def test_a_removed_article_is_gone_everywhere(index: Index) -> None:
    index.add([article("a", ATTACKS), article("b", EMBASSY)])
    assert index.remove(["a", "unknown"]) == 1
    assert index.article("a") is None
    assert ids(index.search("خمسين هجوما استهدف المصالح")) == ["b"]
    assert (index.dense.count(), index._lexical.count()) == (1, 1)


def test_a_copy_is_stored_once_and_listed_with_its_path(index: Index, tmp_path: Path) -> None:
    first, second = str(tmp_path / "1.txt"), str(tmp_path / "2.txt")
    copy = ATTACKS.replace("أ", "ا")
    added = index.add([article("a", ATTACKS, path=first), article("b", copy, path=second)])
    assert (added.added, added.duplicates) == (1, 1)
    assert index.catalog.copies("a") == [second]
    assert index.article("b") is None


def test_two_stories_under_one_id_are_both_stored_and_found(index: Index) -> None:
    articles = [article("7", ATTACKS, path="/1.jsonl"), article("7", EMBASSY, path="/2.jsonl")]
    assert index.add(articles) == Added(added=2, passages=2)
    assert index.catalog.article("7") == articles[0]
    (further,) = {one.id for one in index.articles()} - {"7"}
    assert ids(index.search("هل السفارة مفتوحة؟"))[0] == further
    assert index.add(articles[::-1]) == Added(unchanged=2)


def test_what_becomes_the_only_copy_is_named_to_be_read_again(index: Index) -> None:
    index.add([article("a", ATTACKS, path="/1.txt"), article("b", ATTACKS, path="/2.txt")])
    changed = index.add([article("a", EMBASSY, path="/1.txt")])
    assert (changed.updated, changed.homeless) == (1, ("/2.txt",))
    again = index.add([article("b", ATTACKS, path="/2.txt")])
    assert (again.added, again.homeless) == (1, ())


def test_copies_stay_known_when_only_the_headline_changes(index: Index) -> None:
    index.add([article("a", ATTACKS, path="/1.txt"), article("b", ATTACKS, path="/2.txt")])
    assert index.add([article("a", ATTACKS, title="عنوان", path="/1.txt")]).updated == 1
    assert index.catalog.copies("a") == ["/2.txt"]


def test_a_file_that_moved_updates_its_article(index: Index, tmp_path: Path) -> None:
    gone, here = str(tmp_path / "gone.jsonl"), str(tmp_path / "here.jsonl")
    index.add([article("7", ATTACKS, path=gone)])
    assert index.add([article("7", ATTACKS, path=here)]) == Added(updated=1, passages=1)
    # Another story under its id loses nothing, even where the file that held it is away.
    assert index.add([article("7", EMBASSY, path=str(tmp_path / "other.jsonl"))]).added == 1
    assert index.catalog.article("7") == article("7", ATTACKS, path=here)


def test_filters_hold_in_both_rankings_and_lose_no_depth(index: Index) -> None:
    day = dt.date(2021, 1, 1)
    crowd = [article(f"x{n}", f"{ATTACKS} رقم {n}", source="x", date=day) for n in range(150)]
    few = [
        article(
            f"y{n}", f"{EMBASSY} رقم {n}", source="y", date=day + dt.timedelta(n), language="fa"
        )
        for n in range(20)
    ]
    index.add(crowd + few)
    question = "كم هجوما استهدف المصالح الأميركية؟"

    def found(**fields: object) -> set[str]:
        return set(ids(index.search(question, 50, Filters(**fields))))  # type: ignore[arg-type]

    every = {f"y{n}" for n in range(20)}
    assert found(sources=frozenset({"y"})) == every
    assert found(languages=frozenset({"fa"})) == every
    assert found(since=day + dt.timedelta(10)) == {f"y{n}" for n in range(10, 20)}
    assert found(article_ids=frozenset({"x3", "y3"})) == {"x3", "y3"}
    assert found(sources=frozenset({"nobody"})) == set()


@pytest.mark.parametrize(
    ("few", "listed", "most"),
    [(100, 100, 4), (0, 100, 4), (0, 100, 1000), (0, 0, 4)],
    ids=["one by one", "listed", "after the search, or listed", "after the search"],
)
@pytest.mark.parametrize("outlet", ["seldom", "often"])
def test_however_a_filter_is_applied_to_vectors_the_same_is_found(
    index: Index, monkeypatch: pytest.MonkeyPatch, outlet: str, few: int, listed: int, most: int
) -> None:
    index.add(
        article(
            f"{n}",
            f"وصلت القافلة {n} إلى الميناء." if n % 9 else f"افتتح المعرض {n} في المدينة.",
            source="often" if n % 9 else "seldom",
        )
        for n in range(60)
    )
    of_outlet = [n for n in range(60) if bool(n % 9) == (outlet == "often")]
    filters = Filters(sources=frozenset({outlet}))
    for name, value in {"_FEW": few, "_LISTED": listed, "_MOST": most}.items():
        monkeypatch.setattr(f"vectorstore.index.{name}", value)
    # The outlet that writes of the caravans, and the one that does not.
    found = index.by_meaning("متى وصلت القافلة إلى الميناء؟", 5, filters)
    dense = index.dense
    vectors = dense.vectors([f"{n}:0" for n in of_outlet])
    expected = dense.among("متى وصلت القافلة إلى الميناء؟", 5, *vectors)
    assert [score for _, score in found] == pytest.approx([s for _, s in expected], abs=1e-5)
    assert {int(id_.split(":")[0]) for id_, _ in found} <= set(of_outlet)


def test_an_empty_index_finds_nothing(index: Index) -> None:
    assert index.search("من هو السفير؟") == []


def test_what_another_process_writes_is_found_at_the_next_question(
    index: Index, open_index: Open
) -> None:
    index.add([article("a", ATTACKS)])
    index.search("هجوم")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from corpus.article import Article\n"
        "from vectorstore.index import Index\n"
        "with Index(Path(sys.argv[1]), database_url=sys.argv[2] or None,\n"
        "           chroma_url=sys.argv[3] or None) as index:\n"
        f"    index.add([Article('b', {EMBASSY!r}, language='ar')])\n"
        "    index.remove(['a'])\n"
    )
    engine = index.catalog.engine
    remote = engine.dialect.name == "postgresql"
    place = engine.url.render_as_string(hide_password=False) if remote else ""
    chroma = str(index.dense.place) if remote else ""
    subprocess.run([sys.executable, "-c", code, str(index.store), place, chroma], check=True)
    assert ids(index.search("هل السفارة مفتوحة؟")) == ["b"]
    assert index.dense.count() == 1
    index.add([article("c", ATTACKS)])
    assert set(ids(index.search("المصالح الأميركية"))) == {"b", "c"}
    assert index.dense.count() == 2


@pytest.mark.parametrize("lost", ["chroma", "words"])
def test_a_lost_cache_is_rebuilt_from_the_catalog(tmp_path: Path, lost: str) -> None:
    with Index(tmp_path) as index:
        index.add([article("a", ATTACKS), article("b", EMBASSY)])
    shutil.rmtree(tmp_path / lost)
    with Index(tmp_path) as index:
        assert index.pending() == 2
        assert ids(index.search("هل السفارة مفتوحة؟"))[0] == "b"
        assert (index.dense.count(), index._lexical.count(), index.pending()) == (2, 2, 0)


class _Crash(BaseException):
    pass


@pytest.mark.parametrize("step", ["words before", "words after", "dense before", "dense after"])
@pytest.mark.parametrize("action", ["add", "update", "remove"])
def test_a_crash_between_any_two_steps_is_mended_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, action: str
) -> None:
    from vectorstore.dense import Dense
    from vectorstore.lexical import Writer

    long = " ".join(f"{EMBASSY} الجملة {n}." for n in range(40))
    with Index(tmp_path) as index:
        index.add([article("a", ATTACKS), article("b", long)])

    where, when = step.split()
    target, name = {"words": (Writer, "commit"), "dense": (Dense, "apply")}[where]
    real = getattr(target, name)

    def crash(*arguments: object) -> None:
        if when == "after":
            real(*arguments)
        raise _Crash

    with monkeypatch.context() as patch, Index(tmp_path) as index:
        patch.setattr(target, name, crash)
        new = article("b" if action == "update" else "c", "نص جديد قصير جدا.")
        with pytest.raises(_Crash):
            index.remove(["b"]) if action == "remove" else index.add([new])

    with Index(tmp_path) as index:
        index.search("أي سؤال")
        passages = index.catalog.count()[1]
        assert (index.dense.count(), index._lexical.count()) == (passages, passages)
        stored = [summary.id for summary in index.articles()]
        assert stored == {"add": ["a", "b", "c"], "update": ["a", "b"], "remove": ["a"]}[action]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    actions=st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from([None, ATTACKS, EMBASSY, "قصير."])),
        max_size=6,
    )
)
def test_after_any_changes_the_index_is_what_a_fresh_one_would_be(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, str | None]]
) -> None:
    kept: dict[str, Article] = {}
    with Index(tmp_path_factory.mktemp("store")) as index:
        for n, (id_, text) in enumerate(actions):
            if text is None:
                index.remove([id_])
                kept.pop(id_, None)
            else:
                one = article(id_, f"{text} {n}")
                index.add([one])
                kept[id_] = one
        with Index(tmp_path_factory.mktemp("fresh")) as fresh:
            fresh.add(kept.values())
            assert state(index) == state(fresh)


@pytest.mark.parametrize("open_index", ["servers"], indirect=True)
def test_two_hosts_over_one_database_and_one_chroma_see_each_others_articles(
    open_index: Open,
) -> None:
    one, two = open_index("one"), open_index("two")
    one.add([article("a", ATTACKS)])
    assert ids(two.search("كم هجوما استهدف المصالح؟")) == ["a"]
    two.add([article("b", EMBASSY)])
    two.remove(["a"])
    assert ids(one.search("كم هجوما استهدف المصالح؟")) == ["b"]


def test_a_server_that_is_down_is_named_and_the_next_question_tries_anew(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    (tmp_path / "chroma").mkdir()
    with Index(tmp_path / "store", chroma_url=url) as index:
        with pytest.raises(ChromaUnavailableError, match=f"{url} does not answer.*CHROMA_URL"):
            index.add([article("a", ATTACKS)])
        with chroma_server(tmp_path / "chroma", port):
            assert ids(index.search("كم هجوما؟")) == []
            index.add([article("a", ATTACKS)])
            assert ids(index.search("كم هجوما؟")) == ["a"]
        with pytest.raises(ChromaUnavailableError, match=f"{url} does not answer"):
            index.search("كم هجوما؟")
        with chroma_server(tmp_path / "chroma", port):
            assert ids(index.search("كم هجوما؟")) == ["a"]


def test_a_server_that_stops_answering_is_named_and_recovers_by_itself(tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "chroma").mkdir()
    with (
        chroma_server(tmp_path / "chroma", port) as url,
        Index(tmp_path / "store", chroma_url=url) as index,
    ):
        index.add([article("a", ATTACKS)])
        assert ids(index.search("كم هجوما؟")) == ["a"]
        subprocess.run(["pkill", "-STOP", "-f", f"[p]ort {port} "], check=True)
        try:
            with pytest.raises(ChromaUnavailableError, match=f"{url} does not answer"):
                index.search("كم هجوما؟")
        finally:
            subprocess.run(["pkill", "-CONT", "-f", f"[p]ort {port} "], check=True)
        assert ids(index.search("كم هجوما؟")) == ["a"]


def test_a_new_model_waits_until_it_is_asked_for_and_the_old_one_answers(
    open_index: Open, transformer: Path
) -> None:
    old = open_index()
    old.add([article("a", ATTACKS), article("b", EMBASSY)])
    new = open_index(model=str(transformer))
    assert ids(new.search("كم هجوما استهدف المصالح؟"))[0] == "a"
    assert (new.answering_model, new.unembedded()) == ("bundled", 2)
    new.add([article("c", "نص ثالث لا صلة له.")])
    assert (new.answering_model, new.unembedded(), new.dense.count()) == ("bundled", 3, 3)

    told: list[tuple[int, int]] = []
    new.embed(lambda done, all_: told.append((done, all_)))
    assert told[-1] == (3, 3)
    assert (new.answering_model, new.unembedded()) == (str(transformer), 0)
    assert (new.dense.count(), old.dense.count()) == (3, 3)
    new.add([article("d", "نص رابع.")])
    assert (new.dense.count(), new.unembedded()) == (4, 0)
    # The old model has its own vectors still, and takes in what it missed.
    assert (ids(old.search("نص رابع"))[0], old.dense.count()) == ("d", 4)
    new.dense.erase()


def test_embedding_that_is_broken_off_goes_on_where_it_was(
    tmp_path: Path, transformer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.index._EMBEDDED", 1)

    def stop(done: int, all_: int) -> None:
        raise KeyboardInterrupt

    with Index(tmp_path) as old:
        old.add([article("a", ATTACKS), article("b", EMBASSY), article("c", "نص ثالث.")])
    with Index(tmp_path, model=str(transformer)) as new:
        with pytest.raises(KeyboardInterrupt):
            new.embed(stop)
        assert (new.answering_model, new.unembedded()) == ("bundled", 2)
    with Index(tmp_path, model=str(transformer)) as new:
        assert (new.answering_model, new.unembedded()) == ("bundled", 2)
        new.embed()
        assert (new.answering_model, new.unembedded()) == (str(transformer), 0)


def test_a_full_disk_is_one_clear_error_and_the_old_index_answers(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(small)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("A small disk cannot be mounted here: that takes more rights.")
    try:
        with Index(small / "store") as index:
            index.add([article("a", ATTACKS)])
            many = (article(f"n{n}", f"{EMBASSY} رقم {n}. " * 50) for n in range(3000))
            with pytest.raises(DiskFullError, match=r"disk that .*store is full"):
                index.add(many)
            assert index.article("a") is not None
            assert "a" in ids(index.search("كم هجوما استهدف المصالح الأمريكية؟", top=50))
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)
