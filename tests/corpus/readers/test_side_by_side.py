"""Files read by several processes."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from corpus.readers import read, side_by_side
from corpus.readers.side_by_side import read_side_by_side


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for n in range(6):
        inner = tmp_path / f"f{n % 2}"
        inner.mkdir(exist_ok=True)
        story = " ".join([f"وصلت القافلة رقم {n} إلى الميناء بعد رحلة طويلة."] * 9)
        (inner / f"{n}.txt").write_text(f"قافلة {n}\n\n{story}\n", "utf-8")
        (inner / f"{n}.html").write_text(
            f"<html><body><nav>menu</nav><h1>T{n}</h1><p>{story}</p></body></html>", "utf-8"
        )
    lines = "\n".join(f'{{"id": "row {n}", "text": "سطر {n} من ملف."}}' for n in range(300))
    (tmp_path / "many.jsonl").write_text(lines, "utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"no pdf")
    (tmp_path / "photo.jpg").write_bytes(b"no photo")
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("Un article.")
    return tmp_path


def watched(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that will be started."""
    started: list[subprocess.Popen[bytes]] = []
    start = side_by_side._start

    def watch(
        paths: Sequence[Path | str], share: int, of: int, private_urls: bool
    ) -> subprocess.Popen[bytes]:
        started.append(start(paths, share, of, private_urls))
        return started[-1]

    monkeypatch.setattr(side_by_side, "_start", watch)
    return started


@pytest.mark.parametrize("processes", [1, 2, 3, 20])
def test_the_same_is_read_in_the_same_order(folder: Path, processes: int) -> None:
    paths: list[Path | str] = [
        folder,
        folder / "missing.txt",
        str(folder / "f0"),
        folder / "no.kind",
    ]
    assert list(read_side_by_side(paths, processes)) == list(read(paths))


def test_what_a_killed_process_did_not_give_is_read_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = watched(monkeypatch)

    def kill_in_the_middle() -> Iterator[object]:
        for number, item in enumerate(read_side_by_side([folder], 2)):
            if number == 40:
                for process in started:
                    process.kill()
            yield item

    assert list(kill_in_the_middle()) == list(read([folder]))


def test_no_process_is_left_when_reading_is_broken_off(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = watched(monkeypatch)
    reading = read_side_by_side([folder], 2)
    next(reading)
    reading.close()
    assert [process.poll() is None for process in started] == [False, False]


def test_few_files_start_no_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_by_side, "_start", None)
    assert list(read_side_by_side([folder])) == list(read([folder]))
