"""What every writer returns and every view shows: an answer, its sentences and their sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Support = Literal["supported", "weak", "unsupported"]
Failure = Literal[
    "unreachable",
    "slow",
    "refused",
    "no_model",
    "wrong_address",
    "busy",
    "server",
    "cut",
    "empty",
    "nonsense",
    "unsupported",
    "too_long",
    "missing",
    "failed",
    "judge",
]
"""What was the matter with a language model, or with the model that judges support."""


Mode = Literal["quote", "list", "comparison", "summary", "timeline", "written", "help", "library"]
"""How an answer came about: sentences quoted, as a plain answer, a list, a comparison, a summary
or in order of time, or written by a language model; a line of help; or what the catalog tells of
the library."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words of an article: ``article.text[start:end] == text``.

    Attributes:
        n: The number of the source whose excerpt holds the words.
        start: Offset of the first character in the article's text.
        end: Offset after the last character.
        text: The words.
    """

    n: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer.

    Attributes:
        text: Its words. In a quoted answer they are those of its first citation.
        citations: What it rests on: in a quoted answer, articles that have these very words.
        support: Whether the cited words bear a written sentence out; None for a quotation, which
            is those words.
        marks: Spans of ``text`` that answer the question itself (a number, a date, a name).
        also: Other articles that give the same figure, name or day, in other words.
        heading: What it stands under: of things that are compared, the one that it tells of.
        day: The day of what it tells, where its words give one.
    """

    text: str
    citations: tuple[Citation, ...]
    support: Support | None = None
    marks: tuple[tuple[int, int], ...] = ()
    also: tuple[Citation, ...] = ()
    heading: str = ""
    day: dt.date | None = None

    @property
    def references(self) -> tuple[Citation, ...]:
        """Everything that it points to: what has its words, then what only bears out its figure."""
        return self.citations + self.also


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered excerpt of an article: ``article.text[start:end] == excerpt``.

    Attributes:
        n: Its number in the answer, from 1.
        article_id: The article.
        title: The article's headline.
        source: Its outlet.
        date: Its day of publication.
        language: Its language code.
        path: The file that it was read from.
        url: Its address.
        start: Offset of the excerpt in the article's text.
        end: Offset after the excerpt.
        excerpt: The words around the quoted ones, whole sentences.
        score: Relevance to the question, in [0, 1].
    """

    n: int
    article_id: str
    title: str
    source: str | None
    date: dt.date | None
    language: str | None
    path: str | None
    url: str | None
    start: int
    end: int
    excerpt: str
    score: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, a date or a name with which sources answer.

    Attributes:
        text: As the first of them writes it.
        sources: Their numbers. Near copies of one report count once, and so does an outlet.
        newest: The newest of reports that differ gives it; never said where days do not differ.
        bound: How far a number binds, where that stands apart from it in its sentence («تجاوز عدد
            السفن خمسين»): ">", "<", "<=".
        label: What is counted or measured, in the question's words; empty for a name or a day.
    """

    text: str
    sources: tuple[int, ...]
    newest: bool = False
    label: str = ""
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """What became of the time that a question asks about.

    Attributes:
        since: First day of publication of the articles that were searched; None where open.
        until: Last day; None where open.
        outcome: "searched": articles of those days were searched. "empty": there are none.
            "elsewhere": they do not answer, and what does is from other articles. "newest": the
            newest articles were asked for; both days are that of the newest one quoted.
    """

    since: dt.date | None
    until: dt.date | None
    outcome: Literal["searched", "empty", "elsewhere", "newest"]


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article that an answer about the library names.

    Attributes:
        article_id: The article.
        title: Its headline.
        source: Its outlet.
        date: Its day of publication.
        language: Its language code.
    """

    article_id: str
    title: str
    source: str | None
    date: dt.date | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and the sources that it cites.

    Attributes:
        question: As asked.
        abstained: The articles do not answer; ``sources`` then holds the nearest passages and
            ``sentences`` is empty.
        mode: How it came about.
        sentences: In reading order.
        sources: In the order of their numbers.
        notice: A line for the reader in the asker's language: why a language model was not used,
            or which sources agree and differ.
        seconds: How long each step took.
        failure: Why a language model was not used, or not believed.
        figures: What several independent sources answer: one figure where they agree, more where
            they differ; none where there is but one source, or no figure is asked for.
        statement: What the program itself says, in the asker's language, of itself or the library,
            or of which thing to be compared the articles do not tell.
        articles: Those that the statement speaks of.
        suggestions: Questions that the library answers, offered with a line of help.
        model: The language model that was to write the answer, as ``provider:model``.
        quotations: Sentences that stand quoted beside those that a language model wrote.
        untold: The question's word for an event that it takes for granted and no article that
            was found tells of; empty where there is none.
        period: What became of the time that the question asks about; None where it names none.
        corrections: What was searched for in place of words of the question that are known
            nowhere: slips of the pen, and Arabic in Latin letters.
    """

    question: str
    abstained: bool
    mode: Mode
    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    notice: str | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    failure: Failure | None = None
    figures: tuple[Figure, ...] = ()
    statement: str = ""
    articles: tuple[ListedArticle, ...] = ()
    suggestions: tuple[str, ...] = ()
    model: str | None = None
    quotations: tuple[Sentence, ...] = ()
    untold: str = ""
    period: Period | None = None
    corrections: tuple[str, ...] = ()

    def published(self, sentence: Sentence) -> dt.date | None:
        """The day of publication of the article that a sentence quotes first."""
        numbers = {citation.n for citation in sentence.citations[:1]}
        return next((source.date for source in self.sources if source.n in numbers), None)

    @property
    def written(self) -> tuple[Sentence, ...]:
        """The sentences that a language model wrote."""
        return self.sentences if self.mode == "written" else ()

    @property
    def quoted(self) -> tuple[Sentence, ...]:
        """The sentences that are the articles' own."""
        return self.quotations if self.mode == "written" else self.sentences

    @property
    def cited(self) -> tuple[Sentence, ...]:
        """All sentences with citations: what was written, then what is quoted."""
        return (*self.written, *self.quoted)
