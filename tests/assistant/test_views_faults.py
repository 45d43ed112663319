"""What went wrong, in the reader's language."""

import pytest
from babel import Locale
from sqlalchemy.exc import OperationalError

from assistant.messages.wording import Wording
from assistant.views import faults
from vectorstore.dense import ChromaUnavailableError
from vectorstore.embeddings import EmbeddingModelError
from vectorstore.full_disk import DiskFullError


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (ChromaUnavailableError("x"), "fault.chroma"),
        (OperationalError("x", {}, OSError("x")), "fault.database"),
        (EmbeddingModelError("x"), "fault.model"),
        (DiskFullError("x"), "fault.disk"),
        (PermissionError("x"), "fault.disk"),
        (KeyError("x"), "fault.unknown"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value,
)
def test_each_kind_of_fault_has_a_sentence_of_its_own(error: Exception, key: str) -> None:
    arabic = Wording(Locale("ar"))
    assert faults.told(error, arabic) == arabic(key, where=f"\u2066{error}\u2069")


def test_what_is_written_for_the_reader_is_said_as_it_is() -> None:
    full = DiskFullError("The disk is full. Free some space and do this again.")
    assert faults.told(full, Wording(Locale("en"))) == str(full)
