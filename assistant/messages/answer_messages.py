"""What an answer says about itself, in words: who agrees and who differs, and what failed."""

from __future__ import annotations

from collections.abc import Sequence

from babel.core import get_global

from assistant.answer import Answer, Failure, Figure, Period, Sentence, Source
from assistant.messages.wording import Wording, wording
from corpus.arabic import is_arabic
from vectorstore.questions import language_of


def askers_wording(question: str, reader: Wording | None = None) -> Wording:
    """How to speak to whoever asked: Arabic where the question is in Arabic letters, else English.

    There are no other wordings: whoever writes Persian, Urdu or Sorani reads Arabic letters, so
    gets Arabic.

    Args:
        question: As asked.
        reader: The page's wording, which is taken where its language is the right one: its
            months and digits are those of the reader's region.
    """
    arabic = is_arabic(question) and _script(language_of(question)) == "Arab"
    language = "ar" if arabic else "en"
    return reader if reader and reader.language == language else wording(language)


def _script(language: str) -> str:
    """The script that a language is written in, by its ISO 15924 code; empty if unknown."""
    likely = get_global("likely_subtags").get(language, "")
    return next((part for part in likely.split("_") if len(part) == 4), "")


def silent(question: str) -> str:
    """Says in the asker's language that the articles do not answer."""
    return askers_wording(question)("answer.silent")


def day_of(answer: Answer, sentence: Sentence, words: Wording) -> str:
    """The day at which a timeline shows a sentence, and whether it is only that of publication.

    Args:
        answer: The timeline.
        sentence: One of its sentences.
        words: The language to say it in.
    """
    if sentence.day:
        return words.date(sentence.day)
    published = answer.published(sentence)
    return (
        words("timeline.published", date=words.date(published)) if published else words("undated")
    )


def failed(failure: Failure, words: Wording, model: str | None = None) -> str:
    """Says why a language model was not used.

    Args:
        failure: What was the matter.
        words: The language to say it in.
        model: The language model, as ``provider:model``.
    """
    provider, _, name = (model or "").partition(":")
    if provider == "ollama":
        remedy = words("remedy.pull", command=f"\u2066ollama pull {name}\u2069")
    else:
        remedy = words("remedy.name")
    return words(f"failure.{failure}", model=_apart(name), remedy=remedy)


def searched_for(answer: Answer, words: Wording) -> str | None:
    """Says what was searched for in place of words that are known nowhere; None if nothing was."""
    if not answer.corrections:
        return None
    return words("answer.searched_for", words=" · ".join(map(_apart, answer.corrections)))


def written_by(answer: Answer, words: Wording) -> str | None:
    """Says which language model wrote an answer and how long it took; None where none did."""
    if answer.mode != "written" or answer.abstained or not answer.model:
        return None
    seconds = words.seconds(answer.seconds.get("model", 0.0))
    return words("answer.written", model=_apart(model_name(answer.model)), seconds=seconds)


def model_name(model: str) -> str:
    """A language model's own name, without its provider's."""
    return model.partition(":")[2] or model


def compared(figures: Sequence[Figure], sources: Sequence[Source], words: Wording) -> str | None:
    """Says which sources agree, and which give another figure on what day.

    Args:
        figures: As an answer has them.
        sources: Of the same answer.
        words: The language to say it in.
    """
    by_number = {source.n: source for source in sources}
    # A headline is no outlet: a report whose outlet is not known is not spoken of.
    told_by = [[by_number[n] for n in figure.sources if by_number[n].source] for figure in figures]
    if not figures or not all(told_by):
        return None
    if len(figures) == 1:
        outlets = words.listing([_dated(source, words) for source in told_by[0]])
        return words(
            "figures.agree", outlets=outlets, of=_of(figures[0]), figure=_bounded(figures[0], words)
        )
    told = [
        words(
            "figures.newest" if figure.newest else "figures.each",
            figure=_bounded(figure, words),
            outlets=words.listing([_dated(source, words) for source in some]),
        )
        for figure, some in zip(figures, told_by, strict=True)
    ]
    return words("figures.differ", of=_of(figures[0]), figures=" · ".join(told))


def _of(figure: Figure) -> str:
    """What is counted, in brackets; nothing where that goes without saying."""
    return f" ({_apart(figure.label)})" if figure.label else ""


def looked_for(answer: Answer, words: Wording) -> str:
    """Says of what days the articles were that were searched, and what none of them tells.

    Empty where the question names no time, and no event that is not told.
    """
    said = [
        _of_period(answer.period, words) if answer.period else "",
        words("answer.untold", event=_apart(answer.untold)) if answer.untold else "",
    ]
    return " ".join(line for line in said if line)


def _of_period(period: Period, words: Wording) -> str:
    since = words.date(period.since) if period.since else ""
    until = words.date(period.until) if period.until else ""
    if period.outcome == "newest":
        return words("period.newest", date=since)
    if not until:
        days = words("period.since", since=since)
    elif not since:
        days = words("period.until", until=until)
    elif since == until:
        days = words("period.on", date=since)
    else:
        days = words("period.between", since=since, until=until)
    return words(f"period.{period.outcome}", days=days)


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
        searched_for(answer, words),
        failed(answer.failure, words, answer.model) if answer.failure else None,
        looked_for(answer, words),
        compared(answer.figures, answer.sources, words),
    ]
    return " ".join(line for line in lines if line) or None
