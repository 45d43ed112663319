"""The command line: ``isnad index · embed · search · ask · articles · evaluate · chat``."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.answer import Answer, ListedArticle, Period, Sentence
    from assistant.indexing import IndexReport
    from assistant.messages.wording import Wording
    from assistant.settings import Settings
    from vectorstore.index import Index
    from vectorstore.query import Filters, Hit

app = typer.Typer(
    help="Ask your own articles, and see the exact words that each answer rests on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_articles = typer.Typer(help="Look at the stored articles.", invoke_without_command=True)
app.add_typer(_articles, name="articles")

_ENDINGS = 8  # of files passed over, that are told by themselves
Store = Annotated[
    Path | None, typer.Option(help="Folder that holds the index.", envvar="ISNAD_STORE")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Batch = Annotated[
    Path | None,
    typer.Option(
        help='Questions from a file, one {"id", "question"} a line; JSON lines out. For `ask`, '
        '"after" names the line whose answer a question follows.'
    ),
]
Since = Annotated[str | None, typer.Option(help="First day of publication, YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option(help="Last day of publication, YYYY-MM-DD.")]
Source = Annotated[list[str] | None, typer.Option(help="Outlet; may be given several times.")]
Today = Annotated[
    str | None,
    typer.Option(help='The day of asking, from which "last week" is told, YYYY-MM-DD.'),
]
Language = Annotated[
    list[str] | None, typer.Option(help="Language code; may be given several times.")
]


@app.callback()
def _any_terminal() -> None:
    # What a terminal cannot show is shown as \\uXXXX.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@app.command()
def index(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders, web addresses; the sample articles if none."),
    ] = None,
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Remove articles that are gone from the files and folders."),
    ] = False,
    prune_empty: Annotated[
        bool,
        typer.Option("--prune-empty", help="The same, also where a folder is empty now."),
    ] = False,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Read articles into the index; what is there and has not changed is left alone."""
    from assistant.indexing import SAMPLE_ARTICLES, Progress, index_paths

    console = _console()
    settings = _settings(store)
    with _open(settings) as opened, console.status("Reading articles…") as status:

        def show(progress: Progress) -> None:
            status.update(f"{progress.read} articles read, {progress.stored} stored")

        report = index_paths(
            opened,
            paths or [str(SAMPLE_ARTICLES)],
            None if as_json else show,
            prune=prune or prune_empty,
            prune_empty=prune_empty,
            private_urls=settings.allow_private_urls,
        )
    if as_json:
        _print_json(_report_record(report))
    else:
        _print_report(console, report)
    if report.failed:
        raise typer.Exit(1)


@app.command()
def search(
    question: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    top: Annotated[int, typer.Option(min=1, help="How many passages at the most.")] = 10,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    language: Language = None,
    batch: Batch = None,
    run: Annotated[
        Path | None, typer.Option(help="With --batch: write a TREC run over article ids.")
    ] = None,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Find the passages that bear on a question, best first."""
    filters = _filters(since, until, source, language)
    with _open(_settings(store)) as opened:
        _tell_unembedded(opened)
        if batch is None:
            asked = _required(question)
            record = _search_record(asked, opened.search(asked, top, filters))
            if as_json:
                _print_json(record)
            else:
                _print_passages(record["passages"])
            return
        lines: list[str] = []
        depth = top if run is None else max(100, top * 10)  # a run ranks articles, not passages
        for line in _questions(batch):
            hits = opened.search(line.question, depth, filters)
            _print_json({"id": line.id, **_search_record(line.question, hits[:top])})
            if run is not None:
                lines += _run_lines(line.id, hits, top)
        if run is not None:
            run.write_text("".join(lines), encoding="utf-8")


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    language: Language = None,
    today: Today = None,
    batch: Batch = None,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Answer a question from the articles, every sentence with the words that it rests on."""
    filters = _filters(since, until, source, language)
    settings = _settings(store)
    day = _day(today)
    with _open(settings) as opened:
        _tell_unembedded(opened)
        if batch is not None:
            _answer_batch(batch, opened, filters, settings, day)
            return
        record = _answer_record(_ask(_required(question), opened, filters, settings, day))
        if as_json:
            _print_json(record)
        else:
            _print_answer(record)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def chat(context: typer.Context, store: Store = None) -> None:
    """Open the app in the browser; further options are those of `streamlit run`."""
    from streamlit.web import cli as streamlit

    if store is not None:
        os.environ["ISNAD_STORE"] = str(store)
    page = Path(__file__).with_name("app.py")
    streamlit.main(["run", str(page), *context.args], prog_name="isnad chat")


@app.command()
def embed(store: Store = None) -> None:
    """Embed all articles with the chosen embedding model, which answers from then on."""
    with _open(_settings(store)) as opened:
        if not (left := opened.unembedded()):
            typer.echo(f"Every article is embedded with {opened.answering_model}.")
            return
        with _console().status(f"0 of {left} passages embedded") as status:
            opened.embed(lambda done, all_: status.update(f"{done} of {all_} passages embedded"))
        typer.echo(f"{left} passages embedded; {opened.answering_model} answers from now on.")


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(help="corpus.jsonl, queries*.jsonl and qrels/*.tsv.")],
    corpus: Annotated[str, typer.Option(help="The file of articles.")] = "corpus.jsonl",
    queries: Annotated[
        str | None, typer.Option(help="The file of questions, where there are several.")
    ] = None,
    part: Annotated[
        str | None, typer.Option(help="Which of qrels/*.tsv, where there are several.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Score search and answers on a collection in BEIR's layout, in an index of its own."""
    import tempfile

    from assistant.engine import ask as answer_to
    from assistant.engine import open_index
    from assistant.evaluation import EvaluationError
    from assistant.evaluation import evaluate as score

    with tempfile.TemporaryDirectory() as scratch, _console().status("Reading articles…") as status:
        opened = open_index(_settings(Path(scratch)))
        try:
            figures = score(
                folder,
                opened,
                answer_to,
                part=part,
                corpus=corpus,
                queries=queries,
                progress=lambda done, all_: status.update(f"{done} of {all_} questions asked"),
            )
        except EvaluationError as error:
            _fail(str(error))
        finally:
            opened.close()
    record = {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in dataclasses.asdict(figures).items()
    }
    if as_json:
        _print_json(record)
        return
    for name, value in record.items():
        typer.echo(f"{name.replace('_', ' '):24} {_plain(value)}")


@_articles.callback()
def articles(context: typer.Context, as_json: AsJson = False, store: Store = None) -> None:
    """List the stored articles, or show or remove one."""
    if context.invoked_subcommand is None:
        list_articles(as_json, store)


@_articles.command("list")
def list_articles(as_json: AsJson = False, store: Store = None) -> None:
    """List all articles, newest first."""
    with _open(_settings(store)) as opened:
        records = [
            {
                "id": article.id,
                "title": article.title,
                "source": article.source,
                "date": article.date.isoformat() if article.date else None,
                "language": article.language,
                "path": article.path,
                "passages": article.passages,
            }
            for article in opened.articles()
        ]
    if as_json:
        _print_json(records)
        return
    from rich.table import Table

    table = Table("id", "date", "outlet", "language", "headline", "passages")
    for record in records:
        names = ("id", "date", "source", "language", "title", "passages")
        table.add_row(*(_plain(record[name]) for name in names))
    _console(error=False).print(table)


@_articles.command("show")
def show_article(article_id: str, as_json: AsJson = False, store: Store = None) -> None:
    """Show one article and what was left out of its page."""
    with _open(_settings(store)) as opened:
        article = opened.article(article_id)
        if article is None:
            _fail(f"There is no article with the id {article_id!r}; `isnad articles list` has all.")
        copies = opened.catalog.copies(article_id)
        near = opened.near_copies(article_id)
    record = {
        **{name: getattr(article, name) for name in ("id", "title", "source")},
        "date": article.date.isoformat() if article.date else None,
        "date_origin": article.date_origin,
        "language": article.language,
        "path": article.path,
        "copies": copies,
        "near_copies": [
            {
                "id": other.id,
                "source": other.source,
                "date": other.date.isoformat() if other.date else None,
                "title": other.title,
            }
            for other in near
        ],
        "url": article.url,
        "text": article.text,
        "left_out": [dataclasses.asdict(line) for line in article.left_out],
    }
    if as_json:
        _print_json(record)
        return
    for name in ("title", "source", "date", "date_origin", "language", "path", "url"):
        typer.echo(f"{name}: {_plain(record[name])}")
    for path in copies:
        typer.echo(f"the same in: {path}")
    for other in near:
        told = " · ".join(str(part) for part in (other.source, other.date) if part)
        typer.echo(f"nearly the same: {other.id}  {other.title}  ({told or 'no outlet, no date'})")
    typer.echo(f"\n{article.text}\n")
    if article.left_out:
        typer.echo("Left out of the page:")
        for line in article.left_out:
            typer.echo(f"{line.line:>5}  [{line.reason}] {line.text}")


@_articles.command("remove")
def remove_article(article_id: str, as_json: AsJson = False, store: Store = None) -> None:
    """Remove one article from the index; its file stays."""
    with _open(_settings(store)) as opened:
        removed = opened.remove([article_id])
    if as_json:
        _print_json({"removed": removed})
    if not removed:
        _fail(f"There is no article with the id {article_id!r}; `isnad articles list` has all.")


# What the commands share


def _settings(store: Path | None) -> Settings:
    from pydantic import ValidationError

    from assistant.settings import Settings

    try:
        return Settings() if store is None else Settings(store=store)
    except (ValidationError, ValueError, OSError) as error:
        _fail(f"The settings cannot be read: {error}")


@contextmanager
def _open(settings: Settings) -> Iterator[Index]:
    from sqlalchemy.exc import DatabaseError

    from assistant.engine import open_index
    from corpus.paths import path_text
    from vectorstore.cross_encoder import RerankerError
    from vectorstore.dense import ChromaUnavailableError
    from vectorstore.embeddings import EmbeddingModelError
    from vectorstore.full_disk import DiskFullError

    waiting = "Another process is writing to this index; waiting until it is done."
    where = path_text(settings.store)
    other = "choose another with --store or ISNAD_STORE"
    try:
        with open_index(settings, lambda: typer.echo(waiting, err=True)) as opened:
            yield opened
    except (ChromaUnavailableError, DiskFullError, EmbeddingModelError, RerankerError) as error:
        _fail(str(error))
    except DatabaseError as error:
        _fail(f"The database of {where} cannot be used ({error.orig}). Mend that, or {other}.")
    except UnicodeEncodeError:
        _fail(f"The folder {where} has a name that is not UTF-8: {other}.")
    except OSError as error:
        named = path_text(error.filename) if error.filename else where
        what = error.strerror or type(error).__name__
        _fail(f"{named} cannot be used: {what}. If it is the folder of the index, {other}.")


def _tell_unembedded(opened: Index) -> None:
    if left := opened.unembedded():
        typer.echo(
            f"{left} passages are not yet embedded with the chosen model; "
            f"{opened.answering_model} answers until `isnad embed` has done it.",
            err=True,
        )


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)


def _required(question: str | None) -> str:
    if not question or not question.strip():
        raise typer.BadParameter("Give a question, or questions in a file with --batch.")
    return question


@dataclasses.dataclass(frozen=True, slots=True)
class _Line:
    """A question of a batch: the day on which it is asked, and the id of the one it follows."""

    id: str
    question: str
    after: str | None = None
    today: dt.date | None = None


def _questions(batch: Path) -> Iterator[_Line]:
    try:
        lines = batch.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        _fail(f"The questions in {batch} cannot be read: {error}")
    asked: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            id_, question, after = str(record["id"]), str(record["question"]), record.get("after")
            day = record.get("today")
            today = None if day is None else dt.date.fromisoformat(day)
        except (ValueError, KeyError, TypeError, AttributeError):
            _fail(
                f'{batch}:{number} is not a JSON object with "id" and "question" (and "today" as '
                "YYYY-MM-DD, if it is given)."
            )
        if after is not None and str(after) not in asked:
            _fail(
                f'{batch}:{number} follows the question "{after}", but no line before it has that '
                'id. Put the line that "after" names first.'
            )
        asked.add(id_)
        yield _Line(id_, question, None if after is None else str(after), today)


def _answer_batch(
    batch: Path, opened: Index, filters: Filters, settings: Settings, today: dt.date | None
) -> None:
    """Answers the questions of a file; each after the turns of the conversation before it."""
    from assistant.engine import ask as answer_to
    from assistant.engine import understand

    lines = list(_questions(batch))
    followed = {line.after for line in lines}
    turns_to: dict[str, list[tuple[str, Answer | None]]] = {}
    for line in lines:
        turns = turns_to[line.after] if line.after is not None else []
        asked = understand(line.question, turns, settings)
        answer = answer_to(
            opened,
            asked.question,
            filters,
            settings=settings,
            turns=turns,
            today=line.today or today,
            context=asked.context,
        )
        record = {"id": line.id, **_answer_record(answer), "question": line.question}
        if asked.question != line.question:
            record["asked"] = asked.question
        _print_json(record)
        if line.id in followed:
            turns_to[line.id] = [*turns, (asked.question, answer)]


def _filters(
    since: str | None, until: str | None, source: list[str] | None, language: list[str] | None
) -> Filters:
    from vectorstore.query import Filters

    return Filters(
        since=_day(since),
        until=_day(until),
        sources=frozenset(source or ()),
        languages=frozenset(language or ()),
    )


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a day written YYYY-MM-DD.") from error


# Records, as printed with --json


def _report_record(report: IndexReport) -> dict[str, Any]:
    record = {"found": report.found, **dataclasses.asdict(report)}
    record["missing"] = len(report.missing)
    record["seconds"] = round(report.seconds, 3)
    return record


def _search_record(question: str, hits: Sequence[Hit]) -> dict[str, Any]:
    return {
        "question": question,
        "passages": [
            {
                "rank": rank,
                "article_id": hit.article.id,
                "title": hit.article.title,
                "source": hit.article.source,
                "date": hit.article.date.isoformat() if hit.article.date else None,
                "language": hit.article.language,
                "path": hit.article.path,
                "url": hit.article.url,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": round(hit.relevance, 4),
                "excerpt": hit.passage.text,
            }
            for rank, hit in enumerate(hits, start=1)
        ],
    }


def _ask(
    question: str,
    opened: Index,
    filters: Filters,
    settings: Settings,
    today: dt.date | None,
) -> Answer:
    from assistant.engine import ask as answer_to

    return answer_to(opened, question, filters, settings=settings, today=today)


def _answer_record(answer: Answer) -> dict[str, Any]:
    sources = []
    for source in answer.sources:
        record = dataclasses.asdict(source)
        record["date"] = source.date.isoformat() if source.date else None
        record["score"] = round(source.score, 4)
        sources.append(record)
    return {
        "question": answer.question,
        "abstained": answer.abstained,
        "mode": answer.mode,
        "model": answer.model,
        "statement": answer.statement,
        "articles": [_listed_record(article) for article in answer.articles],
        "suggestions": list(answer.suggestions),
        "answer": [_sentence_record(sentence, answer) for sentence in answer.sentences],
        "quotations": [_sentence_record(sentence, answer) for sentence in answer.quotations],
        "sources": sources,
        "notice": answer.notice,
        "untold": answer.untold,
        "period": _period_record(answer.period) if answer.period else None,
        "corrections": list(answer.corrections),
        "failure": answer.failure,
        "figures": [dataclasses.asdict(figure) for figure in answer.figures],
        "seconds": {name: round(value, 4) for name, value in answer.seconds.items()},
    }


def _period_record(period: Period) -> dict[str, Any]:
    since, until = (day.isoformat() if day else None for day in (period.since, period.until))
    return {"since": since, "until": until, "outcome": period.outcome}


def _listed_record(article: ListedArticle) -> dict[str, Any]:
    day = article.date.isoformat() if article.date else None
    return {**dataclasses.asdict(article), "date": day}


def _sentence_record(sentence: Sentence, answer: Answer) -> dict[str, Any]:
    published = answer.published(sentence)
    return {
        "text": sentence.text,
        "citations": list(dict.fromkeys(c.n for c in sentence.citations)),
        "also": list(dict.fromkeys(c.n for c in sentence.also)),
        "marks": [list(mark) for mark in sentence.marks],
        "support": sentence.support,
        "heading": sentence.heading,
        "day": sentence.day.isoformat() if sentence.day else None,
        "published": published.isoformat() if published else None,
    }


def _run_lines(id_: str, hits: list[Hit], top: int) -> list[str]:
    # Tools that read runs order by score: near copies stand behind others that score less.
    articles = list(dict.fromkeys(hit.article.id for hit in hits))[:top]
    return [
        f"{id_} Q0 {article_id} {rank} {1 / rank:.6f} isnad\n"
        for rank, article_id in enumerate(articles, start=1)
    ]


# Printing


def _console(*, error: bool = True) -> Console:
    from rich.console import Console

    return Console(stderr=error, markup=False, highlight=False)


def _print_json(value: object) -> None:
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        line = json.dumps(value)
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _plain(value: object) -> str:
    return "–" if value is None else str(value)


def _print_report(console: Console, report: IndexReport) -> None:
    for failure in report.failed:
        console.print(f"{failure.path}: {failure.reason}", soft_wrap=True)
    counts = ("added", "updated", "unchanged", "duplicates")
    told = ", ".join(f"{getattr(report, name)} {name}" for name in counts)
    typer.echo(
        f"{report.found} found: {told}, {len(report.failed)} failed, "
        f"{sum(report.passed_over.values())} passed over; {report.removed} removed; "
        f"{report.passages} passages in {report.seconds:.1f} s."
    )
    _print_passed_over(report)
    if report.left_out:
        typer.echo(
            f"{report.left_out} lines of pages are not part of a story and were set aside; "
            "`isnad articles show ID` lists them."
        )
    if report.missing:
        typer.echo(
            f"{len(report.missing)} articles are gone from their files or folders; --prune removes"
            " them from the index."
        )


def _print_passed_over(report: IndexReport) -> None:
    if not report.passed_over:
        return
    from corpus.readers.unread import remedies

    number = sum(report.passed_over.values())
    most = list(report.passed_over.items())[:_ENDINGS]
    told = [f"{count} {ending or 'without an ending'}" for ending, count in most]
    if rest := number - sum(count for _, count in most):
        told.append(f"{rest} of other kinds")
    files = "file is of a kind" if number == 1 else "files are of kinds"
    typer.echo(f"{number} {files} that cannot be read, and passed over: {', '.join(told)}.")
    for remedy in remedies([ending for ending, _ in most]):
        typer.echo(f"  {remedy}")


def _print_passages(passages: list[dict[str, Any]]) -> None:
    if not passages:
        typer.echo("No passage has any of these words or anything near them in meaning.")
    for passage in passages:
        typer.echo(
            f"{passage['rank']}. {passage['title']}  ({_about(passage)})  {passage['score']:.2f}"
        )
        typer.echo(f"   {passage['excerpt'].strip()}")
        place = passage["path"] or passage["url"] or ""
        typer.echo(f"   [{passage['article_id']} {passage['start']}–{passage['end']}] {place}\n")


def _about(record: dict[str, Any]) -> str:
    return " · ".join(str(record[name]) for name in ("source", "date", "language") if record[name])


def _print_answer(record: dict[str, Any]) -> None:
    from assistant.messages.answer_messages import askers_wording

    if record["notice"]:
        typer.echo(f"({record['notice']})")
    words = askers_wording(record["question"])
    if record["abstained"]:
        near = words("sources.near", n=len(record["sources"]))
        typer.echo(words("answer.silent") + (f"\n{near}:\n" if record["sources"] else ""))
    if record["statement"] and not record["answer"]:
        typer.echo(record["statement"])
    for article in record["articles"]:
        typer.echo(f"  {article['title']}  ({_about(article)})  {article['article_id']}")
    for question in record["suggestions"]:
        typer.echo(f"  {question}")
    heading = ""
    for sentence in record["answer"]:
        if sentence["heading"] != heading:
            heading = sentence["heading"]
            typer.echo(f"\n{heading}:")
        support = sentence["support"]
        doubt = f" ({words(f'support.{support}')})" if support in ("weak", "unsupported") else ""
        day = f"{_day_of(sentence, words)} – " if record["mode"] == "timeline" else ""
        typer.echo(f"{day}{sentence['text']} {_numbers(sentence, words)}{doubt}")
    if record["statement"] and record["answer"]:
        typer.echo(f"\n{record['statement']}")
    if record["mode"] == "written" and record["answer"]:
        seconds = words.seconds(record["seconds"]["model"])
        typer.echo(words("answer.written", model=record["model"], seconds=seconds))
    if record["quotations"]:
        typer.echo(f"\n{words('answer.quotations')}:")
    for sentence in record["quotations"]:
        if sentence["heading"] != heading:
            heading = sentence["heading"]
            typer.echo(f"\n{heading}:")
        typer.echo(f"{sentence['text']} {_numbers(sentence, words)}")
    typer.echo("")
    for source in record["sources"]:
        typer.echo(f"[{source['n']}] {source['title']}  ({_about(source)})")
        typer.echo(f"    {source['excerpt'].strip()}")
        place = source["path"] or source["url"] or ""
        typer.echo(f"    {source['article_id']} {source['start']}–{source['end']} {place}\n")


def _day_of(sentence: dict[str, Any], words: Wording) -> str:
    if sentence["day"]:
        return str(sentence["day"])
    published = sentence["published"]
    return words("timeline.published", date=published) if published else words("undated")


def _numbers(sentence: dict[str, Any], words: Wording) -> str:
    numbers = "".join(f"[{n}]" for n in sentence["citations"])
    if sentence["also"]:
        also = "".join(f"[{n}]" for n in sentence["also"])
        numbers += f" ({words('citation.also')} {also})"
    return numbers


if __name__ == "__main__":
    app()
