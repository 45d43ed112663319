"""What an answer says about itself, in words: who agrees and who differs, and what failed."""

from __future__ import annotations

from collections.abc import Sequence

from babel.core import get_global

from assistant.answer import Answer, Failure, Figure, Sentence, Source
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
    own = [[by_number[n] for n in figure.sources] for figure in figures]
    if not figures:
        return None
    if len(figures) == 1:
        outlets = words.listing([_outlet(source) for source in own[0]])
        return words("figures.agree", outlets=outlets, figure=_apart(figures[0].text))
    told = [
        words(
            "figures.newest" if figure.newest else "figures.each",
            figure=_apart(figure.text),
            outlets=words.listing([_dated(source, words) for source in some]),
        )
        for figure, some in zip(figures, own, strict=True)
    ]
    return words("figures.differ", figures=" · ".join(told))


def _dated(source: Source, words: Wording) -> str:
    if source.date is None:
        return _outlet(source)
    return words("figures.dated", outlet=_outlet(source), date=words.date(source.date))


def _outlet(source: Source) -> str:
    return _apart(source.source or source.title)


def _apart(text: str) -> str:
    """Words of an article within ours: in their own direction, whatever stands beside them."""
    return f"\u2068{text}\u2069"


def notice(answer: Answer, words: Wording) -> str | None:
    """All that an answer says about itself, in one line; None where there is nothing to say."""
    lines = [
        failed(answer.failure, words, answer.model) if answer.failure else None,
        compared(answer.figures, answer.sources, words),
    ]
    return " ".join(line for line in lines if line) or None
