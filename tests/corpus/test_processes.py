"""Modules run in processes of their own."""

from pathlib import Path

import pytest

from corpus.processes import close_pipes, start_process, tell


def test_a_module_reads_its_job_and_nothing_from_the_folder_it_is_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('not this one')")
    monkeypatch.chdir(tmp_path)
    process = start_process("json.tool", ["بغداد", 7])
    output, _ = process.communicate(timeout=60)
    assert output.decode().split() == ["[", '"\\u0628\\u063a\\u062f\\u0627\\u062f",', "7", "]"]
    assert process.returncode == 0


def test_a_process_that_has_ended_is_told_nothing() -> None:
    process = start_process("no.such.module", None)  # says so on the error stream
    process.wait(timeout=60)
    assert not tell(process, "more")
    close_pipes(process)
