"""Modules of ours run in processes of their own, for work that keeps a processor busy."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path

_PACKAGES = str(Path(__file__).parents[1])


def start_process(module: str, job: object) -> subprocess.Popen[bytes]:
    """Starts a module's ``main`` in a process of its own.

    Python's own multiprocessing would run the script of whoever calls this once more.

    Args:
        module: Its full name.
        job: What it reads from its standard input first, as a line of JSON.

    Returns:
        The process, its standard input and output pipes. It finds our packages where this one has
        them, and imports nothing from the folder that it is started in.
    """
    run = f"sys.path.append({_PACKAGES!r}); runpy.run_module({module!r}, run_name='__main__')"
    process = subprocess.Popen(  # noqa: S603  (our own module)
        [sys.executable, "-P", "-c", f"import runpy, sys; {run}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    tell(process, job)
    return process


def tell(process: subprocess.Popen[bytes], what: object) -> bool:
    """Writes a line of JSON to a process; false where it has ended."""
    assert process.stdin is not None  # noqa: S101  (it is a pipe)
    try:
        process.stdin.write(json.dumps(what).encode() + b"\n")
        process.stdin.flush()
    except OSError:
        return False
    return True


def close_pipes(process: subprocess.Popen[bytes]) -> None:
    """Releases the pipes of a process that has ended."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):  # of what could not be said any more
                pipe.close()
