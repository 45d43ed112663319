"""The end: when its server is stopped the process goes, whatever is at work behind the page."""

from __future__ import annotations

import os
import threading
import time
from functools import cache

_GRACE = 1.0  # seconds, for what is nearly done


@cache
def at_once() -> None:
    """Ends the process a moment after its main thread from now on.

    Python would wait for every pool of threads first, and so for all that is being indexed. That
    can be broken off at any point: the index takes up where it was at the next start.
    """
    threading.Thread(target=_leave, name="isnad-leaving", daemon=True).start()


def _leave() -> None:
    threading.main_thread().join()
    time.sleep(_GRACE)
    os._exit(0)
