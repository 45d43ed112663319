"""The end: when its server is stopped the process goes, whatever is at work behind the page."""

from __future__ import annotations

import os
import threading
import time
from functools import cache

from streamlit.runtime import Runtime, RuntimeState

_LOOK = 0.3  # seconds between two looks at the server
_GRACE = 1.0  # seconds, for what is nearly done


@cache
def with_the(server: Runtime) -> None:
    """Ends the process a moment after its server is stopped.

    Python would first wait for every pool of threads, and so for all that is being indexed. That
    can be broken off at any point: the index goes on from there at the next start.
    """
    threading.Thread(target=_leave, args=(server,), name="isnad-leaving", daemon=True).start()


def _leave(server: Runtime) -> None:
    while server.state not in (RuntimeState.STOPPING, RuntimeState.STOPPED):
        time.sleep(_LOOK)
    time.sleep(_GRACE)
    os._exit(0)
