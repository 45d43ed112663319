"""An answer on its way: written on a thread of its own, read by the page as it grows."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.turns import Turn

if TYPE_CHECKING:
    from assistant.settings import Settings
    from vectorstore.index import Index

_log = logging.getLogger(__name__)


class Working:
    """Answers one turn. It goes on when the reader looks at another page.

    Args:
        index: The articles.
        turn: The question.
        earlier: The turns before it, which it may lean on.
        settings: Who writes the answer.

    Attributes:
        asked: The question, self-contained.
        answer: The answer so far.
        error: Why there is none.
    """

    def __init__(
        self, index: Index, turn: Turn, earlier: Sequence[Turn], settings: Settings
    ) -> None:
        self.asked: str | None = None
        self.answer: Answer | None = None
        self.error: Exception | None = None
        self._stopped = False
        self._thread = threading.Thread(
            target=self._work,
            args=(index, turn, list(earlier), settings),
            name="isnad-answer",
            daemon=True,
        )
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Waits for the end, good or bad; tells whether it has come."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Leaves the answer as it is by now."""
        self._stopped = True

    def _work(self, index: Index, turn: Turn, earlier: Sequence[Turn], settings: Settings) -> None:
        try:
            from assistant.engine import answers, understand

            said = [(before.asked or before.question, before.answer) for before in earlier]
            understood = understand(turn.question, said, settings)
            self.asked = understood.question
            for answer in answers(
                index,
                understood.question,
                turn.filters,
                settings=settings,
                turns=said,
                context=understood.context,
            ):
                self.answer = answer
                if self._stopped:
                    return
        except Exception as error:
            _log.exception("The question %r could not be answered.", turn.question)
            self.error = error
