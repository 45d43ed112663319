"""What an answer says about itself, in words: who agrees and who differs, and what failed."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Failure, Figure, Source
from assistant.views.wording import Wording, wording
from vectorstore.questions import language_of


def askers_wording(question: str) -> Wording:
    """The language of a question, as far as we speak it: Arabic for its neighbours too."""
    return wording("ar" if language_of(question) in ("ar", "fa", "ur") else "en")


def silent(question: str) -> str:
    """Says in the asker's language that the articles do not answer."""
    return askers_wording(question)("answer.silent")


def failed(failure: Failure, words: Wording) -> str:
    """Says why a language model was not used."""
    return words(f"failure.{failure}")


def compared(figures: Sequence[Figure], sources: Sequence[Source], words: Wording) -> str | None:
    """Says which sources agree, and which give another figure on what day.

    Args:
        figures: As an answer has them.
        sources: Of the same answer.
        words: The language to say it in.
    """
    by_number = {source.n: source for source in sources}
    # A headline is no outlet: what has none is left unnamed.
    own = [[by_number[n] for n in figure.sources if by_number[n].source] for figure in figures]
    if not figures:
        return None
    if len(figures) == 1:
        outlets = words.listing([_dated(source, words) for source in own[0]])
        return words(
            "figures.agree", outlets=outlets, of=_of(figures[0]), figure=_bounded(figures[0], words)
        )
    told = [
        words(
            "figures.newest" if figure.newest else "figures.each",
            figure=_bounded(figure, words),
            outlets=words.listing([_dated(source, words) for source in some]),
        )
        for figure, some in zip(figures, own, strict=True)
    ]
    return words("figures.differ", of=_of(figures[0]), figures=" · ".join(told))


def _of(figure: Figure) -> str:
    """What is counted, in brackets; nothing where that goes without saying."""
    return f" ({_apart(figure.label)})" if figure.label else ""


def _dated(source: Source, words: Wording) -> str:
    if source.date is None:
        return _outlet(source)
    return words("figures.dated", outlet=_outlet(source), date=words.date(source.date))


def _bounded(figure: Figure, words: Wording) -> str:
    """A figure, with its bound in our words where its own sentence says that elsewhere."""
    text = _apart(figure.text)
    return words(f"figures.bound.{figure.bound}", figure=text) if figure.bound else text


def _outlet(source: Source) -> str:
    return _apart(source.source or "")


def _apart(text: str) -> str:
    """Words of an article within ours: in their own direction, whatever stands beside them."""
    return f"\u2068{text}\u2069"


def notice(answer: Answer, words: Wording) -> str | None:
    """All that an answer says about itself, in one line; None where there is nothing to say."""
    lines = [
        failed(answer.failure, words) if answer.failure else None,
        compared(answer.figures, answer.sources, words),
    ]
    return " ".join(line for line in lines if line) or None
