"""Files and folders into an index: what is stored, counted, passed over and pruned."""

import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import settings
from assistant.indexing import IndexReport, index_paths
from vectorstore.index import Index

STORIES = {
    "harbour": "افتتح الميناء الجديد صباح أمس أمام السفن الكبيرة.",
    "museum": "يعرض المتحف هذا الشهر مئة لوحة من القرن الماضي.",
    "market": "The market moved to the square while its hall is repaired.",
    "bridge": "Le pont reste fermé aux camions jusqu'à la fin du mois.",
}
HARBOUR, MUSEUM, MARKET, BRIDGE = STORIES.values()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index(tmp_path / "store") as index:
        yield index


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


def markdown(folder: Path, name: str, text: str, id_: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"---\nid: {id_}\nlanguage: ar\n---\n{text}\n", "utf-8")
    return path


def table(folder: Path, name: str, *texts: str) -> Path:
    path = folder / name
    rows = [f'{n},"{text}"' for n, text in enumerate(texts, start=1)]
    path.write_text("\n".join(["id,text", *rows]), "utf-8")
    return path


def lines(folder: Path, name: str, *rows: tuple[str, str]) -> Path:
    path = folder / name
    path.write_text("\n".join(json.dumps({"id": id_, "text": text}) for id_, text in rows))
    return path


def feed(folder: Path, name: str, guid: str, *texts: str) -> Path:
    path = folder / name
    entries = "".join(
        f"<item><title>T</title>{guid}<description>{text}</description></item>" for text in texts
    )
    path.write_text(f'<rss version="2.0"><channel><title>F</title>{entries}</channel></rss>')
    return path


def counts(report: IndexReport) -> dict[str, int]:
    """What became of what was found, where there is any."""
    found = {
        name: getattr(report, name) for name in ("added", "unchanged", "updated", "duplicates")
    }
    found |= {"failed": len(report.failed), "passed over": sum(report.passed_over.values())}
    assert min(found.values()) >= 0
    assert sum(found.values()) == report.found
    return {name: count for name, count in found.items() if count}


def texts(index: Index) -> list[str]:
    stored = index.catalog.articles_by_id([one.id for one in index.articles()])
    return sorted(one.text for one in stored.values())


def archive(folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as packed:
        packed.writestr("story.md", MARKET)
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr("story.md", BRIDGE)


@pytest.mark.parametrize("kind", ["tables", "markdown", "lines", "guid", "link", "neither", "zip"])
def test_two_stories_under_one_id_are_both_stored_on_every_run(
    index: Index, folder: Path, kind: str
) -> None:
    if kind == "tables":
        table(folder, "may.csv", MARKET)
        table(folder, "june.csv", BRIDGE)
    elif kind == "markdown":
        markdown(folder, "a.md", MARKET, "n1")
        markdown(folder, "b.md", BRIDGE, "n1")
    elif kind == "lines":
        lines(folder, "a.jsonl", ("n1", MARKET), ("n1", BRIDGE))
    elif kind == "zip":
        archive(folder)
    else:
        guid = {
            "guid": "<guid>tag:e.org,2021:1</guid>",
            "link": "<link>https://e.org/</link>",
            "neither": "",
        }
        feed(folder, "feed.xml", guid[kind], MARKET, BRIDGE)
    assert counts(index_paths(index, [folder])) == {"added": 2}
    stored = index.articles()
    assert texts(index) == sorted([MARKET, BRIDGE])
    for paths in ([folder], sorted(folder.iterdir(), reverse=True), [folder, folder]):
        report = index_paths(index, paths, prune=True)
        assert (counts(report), report.removed) == ({"unchanged": 2}, 0)
        assert index.articles() == stored


def test_a_file_that_is_named_twice_is_read_once(index: Index, folder: Path) -> None:
    path = lines(folder, "a.jsonl", ("1", MARKET))
    paths = [path, folder, str(folder / ".." / "articles" / "a.jsonl"), path]
    assert counts(index_paths(index, paths)) == {"added": 1}


def test_a_copy_in_another_file_takes_the_place_of_a_story_that_changed(
    index: Index, folder: Path
) -> None:
    first = lines(folder, "a.jsonl", ("1", MARKET))
    lines(folder, "b.jsonl", ("9", MARKET))
    assert counts(index_paths(index, [folder])) == {"added": 1, "duplicates": 1}
    lines(folder, "a.jsonl", ("1", MUSEUM))
    # Whether or not the file with the copy is read, and before or after the one that changed.
    assert counts(index_paths(index, [first])) == {"updated": 1, "added": 1}
    assert texts(index) == sorted([MARKET, MUSEUM])
    assert counts(index_paths(index, [folder])) == {"unchanged": 2}


def test_a_duplicate_whose_original_changes_later_in_the_run_is_added(
    index: Index, folder: Path
) -> None:
    lines(folder, "z.jsonl", ("1", MARKET))
    index_paths(index, [folder])
    lines(folder, "a.jsonl", ("9", MARKET))
    rows = [(f"n{n}", f"سطر {n} من الملف الطويل") for n in range(300)]
    lines(folder, "b.jsonl", *rows)  # more than are decided on at once
    lines(folder, "z.jsonl", ("1", MUSEUM))
    report = index_paths(index, [folder])
    assert counts(report) == {"added": 301, "updated": 1}
    assert {MARKET, MUSEUM} <= set(texts(index))
    assert counts(index_paths(index, [folder])) == {"unchanged": 302}


NOT_UTF_8 = b"caf\xe9"


@pytest.mark.parametrize("where", ["file", "folder", "given"])
def test_a_name_that_is_not_utf_8_is_a_name(index: Index, folder: Path, where: str) -> None:
    strange = folder / os.fsdecode(NOT_UTF_8)
    markdown(folder, "plain.md", MARKET)
    if where == "file":
        strange.write_text(json.dumps({"text": BRIDGE}) + "\nno JSON")
        strange.rename(path := folder / (strange.name + ".jsonl"))
    else:
        path = markdown(strange, "a.md", BRIDGE)
    paths = [folder, path] if where == "given" else [folder]
    report = index_paths(index, paths)
    assert report.added == 2
    assert [failed.path for failed in report.failed] == (
        [f"{folder}/caf\uf7e9.jsonl:2"] if where == "file" else []
    )
    assert sorted(texts(index)) == sorted([MARKET, BRIDGE])
    json.dumps([one.path for one in index.articles()], ensure_ascii=False).encode()
    assert index_paths(index, paths, prune=True).unchanged == 2
    path.unlink()
    (path.parent / "other.txt").write_text("سطر واحد.")
    assert index_paths(index, [folder], prune=True).removed == 1


def test_what_is_not_read_is_counted_by_its_ending(index: Index, folder: Path) -> None:
    markdown(folder, "a.md", MARKET)
    for name in ("b.epub", "inner/c.EPUB", "inner/d.pages", "notes", "e.2021", "f.tar.gz"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"x")
    for name in (".DS_Store", "Thumbs.db", "~$report.docx", ".git/config.md", "__MACOSX/x.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"x")
    with zipfile.ZipFile(folder / "g.zip", "w") as packed:
        packed.writestr("h.epub", "x")
        packed.writestr("i.md", BRIDGE)
        packed.writestr("__MACOSX/._i.md", "x")
    (folder / "empty.txt").touch()
    report = index_paths(index, [folder])
    assert dict(report.passed_over) == {".epub": 3, "": 2, ".tar.gz": 1, ".pages": 1}
    assert list(report.passed_over)[:2] == [".epub", ""]
    assert [Path(failed.path).name for failed in report.failed] == ["empty.txt"]
    assert counts(report) == {"added": 2, "failed": 1, "passed over": 7}


def test_a_file_of_an_unread_kind_that_is_named_is_told_with_a_remedy(
    index: Index, folder: Path
) -> None:
    paths = [folder / name for name in ("a.pages", "b.xyz", "c")]
    for path in paths:
        path.write_bytes(b"x")
    failed = index_paths(index, paths).failed
    assert [(one.fault, one.reason) for one in failed] == [
        ("format", "Documents (.pages) cannot be read: save them as .docx."),
        (
            "format",
            "Files that end in .xyz cannot be read: save the text as .txt, .html, .docx or .pdf.",
        ),
        (
            "format",
            "Its name has no ending that tells what it is: save the text as .txt, .html, .docx or"
            " .pdf.",
        ),
    ]


@pytest.mark.parametrize("allowed", [False, True])
def test_an_address_inside_a_private_network_is_read_when_the_settings_say_so(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f"ISNAD_ALLOW_PRIVATE_URLS = {str(allowed).lower()}")
    monkeypatch.setattr(settings, "SECRETS", secrets)
    (failed,) = index_paths(index, ["http://127.0.0.1:9/"]).failed  # where nothing listens
    assert failed.fault == ("unreachable" if allowed else "private")


# Pruning


@pytest.fixture
def indexed(index: Index, folder: Path) -> Index:
    markdown(folder, "a.md", MARKET)
    markdown(folder / "inner", "b.md", BRIDGE)
    table(folder, "c.csv", HARBOUR, MUSEUM)
    index_paths(index, [folder])
    assert len(index) == 4
    return index


def test_a_folder_that_is_missing_removes_nothing(indexed: Index, folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    for paths in ([folder], [folder / "a.md", folder / "inner"]):
        report = index_paths(indexed, paths, prune=True, prune_empty=True)
        assert {failed.fault for failed in report.failed} == {"missing"}
        assert (report.removed, report.missing) == (0, ())
    assert index_paths(indexed, [folder]).missing == ()
    assert len(indexed) == 4


def test_an_empty_folder_removes_nothing_until_it_is_said_to_be_empty(
    indexed: Index, folder: Path
) -> None:
    (folder / "inner" / "b.md").unlink()
    report = index_paths(indexed, [folder], prune=True)
    (refused,) = report.failed
    assert (refused.path, refused.fault) == (str(folder / "inner"), "empty")
    assert "1 stored articles came from it" in refused.reason
    assert "--prune-empty" in refused.reason
    assert (report.removed, len(indexed)) == (0, 4)
    (folder / "a.md").unlink()  # this one is gone for certain: others stand beside it
    report = index_paths(indexed, [folder], prune=True)
    assert (report.removed, len(report.failed), len(indexed)) == (1, 1, 3)
    report = index_paths(indexed, [folder], prune=True, prune_empty=True)
    assert (report.removed, report.failed, len(indexed)) == (1, (), 2)


def test_a_folder_that_is_gone_from_one_that_is_not_empty_is_gone(
    indexed: Index, folder: Path
) -> None:
    (folder / "inner" / "b.md").unlink()
    (folder / "inner").rmdir()
    assert index_paths(indexed, [folder], prune=True).removed == 1


def test_what_cannot_be_opened_removes_nothing(
    indexed: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def closed(path: str) -> object:
        if Path(path).name == "inner":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    (folder / "inner" / "b.md").unlink()
    monkeypatch.setattr(os, "scandir", closed)
    report = index_paths(indexed, [folder], prune=True)
    assert [(one.path, one.fault) for one in report.failed] == [(str(folder / "inner"), "closed")]
    assert (report.removed, len(indexed)) == (0, 4)


def test_a_file_that_can_no_longer_be_read_keeps_its_articles(indexed: Index, folder: Path) -> None:
    (folder / "c.csv").write_text("id;words\n1;x\n")  # no column of texts
    report = index_paths(indexed, [folder], prune=True)
    assert (len(report.failed), report.removed, len(indexed)) == (1, 0, 4)
    (folder / "c.csv").write_bytes(b"")
    assert index_paths(indexed, [folder], prune=True).removed == 0
    table(folder, "c.csv", HARBOUR)
    assert index_paths(indexed, [folder], prune=True).removed == 1


def test_a_failure_counts_for_its_own_file_alone(index: Index, folder: Path) -> None:
    lines(folder, "a.jsonl", ("1", MARKET), ("2", BRIDGE))
    index_paths(index, [folder])
    lines(folder, "a.jsonl", ("1", MARKET))
    (folder / "a.jsonl.gz").write_bytes(b"not packed")
    report = index_paths(index, [folder])
    assert (len(report.failed), report.missing) == (1, ("2",))


def test_a_copy_that_outlives_its_original_is_counted_once(index: Index, folder: Path) -> None:
    markdown(folder, "a.md", MARKET)
    markdown(folder, "b.md", BRIDGE)
    index_paths(index, [folder])
    (folder / "a.md").rename(folder / "moved.md")
    report = index_paths(index, [folder], prune=True)
    assert (counts(report), report.removed) == ({"added": 1, "unchanged": 1}, 1)
