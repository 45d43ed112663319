"""The model card's tables of figures, written from what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"
_NAMES = {
    "ara": "Arabic",
    "eng": "English",
    "fra": "French",
    "fas": "Persian",
    "tur": "Turkish",
    "heb": "Hebrew",
    "spa": "Spanish",
    "deu": "German",
    "rus": "Russian",
    "urd": "Urdu",
    "ckb": "Sorani Kurdish",
    "kmr": "Kurmanji Kurdish",
}
_COLUMNS = ("words", "meaning", "both", "sentences")


def write(figures: Mapping[str, float], folder: Path) -> None:
    """Puts figures into the model card in a folder, between its marks; makes a bare card if none.

    Args:
        figures: As `vectorstore.training.evaluate.measure` gives them.
        folder: Where the card stands.
    """
    path = folder / "README.md"
    text = path.read_text(encoding="utf-8") if path.exists() else f"{_BEGIN}\n{_END}\n"
    before, _, rest = text.partition(_BEGIN)
    after = rest.partition(_END)[2]
    path.write_text(f"{before}{_BEGIN}\n{table(figures)}{_END}{after}", encoding="utf-8")


def table(figures: Mapping[str, float]) -> str:
    """Writes figures as a Markdown table, a line for each pair of languages."""
    lines = [
        "| question → passage | words, nDCG@10 | meaning | both | sentence accuracy |",
        "|---|---:|---:|---:|---:|",
    ]
    for pair in dict.fromkeys(name.split(", ")[0] for name in figures):
        cells = [figures.get(f"{pair}, {column}") for column in _COLUMNS]
        shown = " | ".join("" if value is None else f"{value:.3f}" for value in cells)
        lines.append(f"| {_title(pair)} | {shown} |")
    return "\n".join(lines) + "\n"


def _title(pair: str) -> str:
    source, _, target = pair.partition(" to ")
    return f"{_NAMES[source]} → {_NAMES[target]}" if target else pair
