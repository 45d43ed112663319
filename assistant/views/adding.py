"""New articles from the page: files dropped or chosen, folders, with progress and what failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.messages.wording import Wording
from assistant.views import faults

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from assistant.indexing import IndexReport, Progress
    from vectorstore.index import Index

_KINDS = 5  # kinds of files that are named among those passed over
_writer = ThreadPoolExecutor(1, thread_name_prefix="isnad-adding")


def keep(files: Sequence[UploadedFile], store: Path) -> list[Path]:
    """Writes uploaded files into the store, where they can be read again later.

    A file of the same name replaces the one before it; a name never leads out of the folder.
    """
    folder = store / "files"
    folder.mkdir(parents=True, exist_ok=True)
    kept = []
    for file in files:
        path = folder / (Path(file.name.replace("\\", "/")).name or "article.txt")
        path.write_bytes(file.getvalue())
        kept.append(path)
    return kept


def add(index: Index, paths: Sequence[Path | str], words: Wording) -> IndexReport:
    """Indexes files, folders and addresses, showing progress; `report` tells the outcome.

    Leaving the page does not stop the work; it is finished on its thread.
    """
    from assistant.indexing import index_paths

    latest: list[Progress] = []
    done = _writer.submit(index_paths, index, paths, latest.append)
    place = st.empty()
    while not done.done():
        now = latest[-1] if latest else None
        text = words("adding.progress", n=now.read if now else 0)
        place.html(f'<p class="hint working" role="status" dir="auto">{escape(text)}</p>')
        wait([done], timeout=0.2)
    place.empty()
    report = done.result()
    st.session_state["report"] = report
    return report


def report(words: Wording) -> None:
    """Shows what became of the files that were added last."""
    last: IndexReport | None = st.session_state.get("report")
    if last is None:
        return
    counts = {
        "added": last.added,
        "updated": last.updated,
        "unchanged": last.unchanged,
        "duplicates": last.duplicates,
    }
    told = [words(f"adding.{name}", n=n) for name, n in counts.items() if n]
    lines = [words.listing(told)] if told else []
    if last.passed_over:
        lines.append(_passed_over(last.passed_over, words))
    failed = "".join(
        f'<li title="{escape(item.reason)}"><bdi class="outlet">{escape(_name(item.path))}</bdi> '
        f'<span dir="auto">{escape(faults.unread(item, words))}</span></li>'
        for item in last.failed
    )
    if failed:
        lines.append(words("adding.failed", n=len(last.failed)))
    text = "".join(f'<p dir="auto">{escape(line)}</p>' for line in lines)
    st.html(f'<div class="report" role="status">{text}<ul>{failed}</ul></div>')


def _passed_over(kinds: Mapping[str, int], words: Wording) -> str:
    """How many files were of kinds that are not read, and the commonest endings of their names."""
    number = sum(kinds.values())
    most = sorted(kinds.items(), key=lambda kind: -kind[1])[:_KINDS]
    named = [
        words(
            "adding.kind",
            count=count,
            ending=f"\u2066{ending}\u2069" if ending else words("adding.no_ending"),
        )
        for ending, count in most
    ]
    if rest := number - sum(count for _, count in most):
        named.append(words("adding.kind", count=rest, ending=words("adding.other_kinds")))
    return f"{words('adding.passed_over', n=number)} {words.listing(named)}"


def _name(place: str) -> str:
    """What a file is called, without its folder; a web address whole."""
    return place if place.startswith("http") else Path(place).name
