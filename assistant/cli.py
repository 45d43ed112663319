"""The command line: ``isnad index · embed · search · ask · articles · evaluate · chat``."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.answer import Answer, ListedArticle, Sentence
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

Store = Annotated[
    Path | None, typer.Option(help="Folder that holds the index.", envvar="ISNAD_STORE")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Batch = Annotated[
    Path | None,
    typer.Option(help='Questions from a file, one {"id", "question"} a line; JSON lines out.'),
]
Since = Annotated[str | None, typer.Option(help="First day of publication, YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option(help="Last day of publication, YYYY-MM-DD.")]
Source = Annotated[list[str] | None, typer.Option(help="Outlet; may be given several times.")]
Language = Annotated[
    list[str] | None, typer.Option(help="Language code; may be given several times.")
]


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
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Read articles into the index; what is there and has not changed is left alone."""
    from assistant.indexing import SAMPLE_ARTICLES, Progress, index_paths

    console = _console()
    with _open(store) as opened, console.status("Reading articles…") as status:

        def show(progress: Progress) -> None:
            status.update(f"{progress.read} articles read, {progress.stored} stored")

        report = index_paths(
            opened, paths or [str(SAMPLE_ARTICLES)], None if as_json else show, prune=prune
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
    with _open(store) as opened:
        _tell_unembedded(opened)
        if batch is None:
            record = _search_record(_required(question), opened, top, filters)
            if as_json:
                _print_json(record)
            else:
                _print_passages(record["passages"])
            return
        lines: list[str] = []
        for id_, text in _questions(batch):
            record = _search_record(text, opened, top, filters)
            _print_json({"id": id_, **record})
            if run is not None:
                lines += _run_lines(id_, opened.search(text, max(100, top * 10), filters), top)
        if run is not None:
            run.write_text("".join(lines), encoding="utf-8")


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    language: Language = None,
    batch: Batch = None,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Answer a question from the articles, every sentence with the words that it rests on."""
    filters = _filters(since, until, source, language)
    settings = _settings(store)
    with _open(store) as opened:
        _tell_unembedded(opened)
        if batch is not None:
            for id_, text in _questions(batch):
                _print_json({"id": id_, **_answer_record(text, opened, filters, settings)})
            return
        record = _answer_record(_required(question), opened, filters, settings)
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
    with _open(store) as opened:
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
    with _open(store) as opened:
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
    with _open(store) as opened:
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
    with _open(store) as opened:
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
    except (ValidationError, ValueError) as error:
        _fail(f"The settings cannot be read: {error}")


@contextmanager
def _open(store: Path | None) -> Iterator[Index]:
    from sqlalchemy.exc import OperationalError

    from assistant.engine import open_index
    from vectorstore.cross_encoder import RerankerError
    from vectorstore.dense import ChromaUnavailableError
    from vectorstore.embeddings import EmbeddingModelError
    from vectorstore.index import DiskFullError

    waiting = "Another process is writing to this index; waiting until it is done."
    settings = _settings(store)
    opened = open_index(settings, lambda: typer.echo(waiting, err=True))
    try:
        yield opened
    except (ChromaUnavailableError, DiskFullError, EmbeddingModelError, RerankerError) as error:
        _fail(str(error))
    except OperationalError as error:
        _fail(f"The database of {opened.store} cannot be used: {error.orig}")
    finally:
        opened.close()


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


def _questions(batch: Path) -> Iterator[tuple[str, str]]:
    try:
        lines = batch.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        _fail(f"The questions in {batch} cannot be read: {error}")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            yield str(record["id"]), str(record["question"])
        except (ValueError, KeyError, TypeError):
            _fail(f'{batch}:{number} is not a JSON object with "id" and "question".')


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
    record = dataclasses.asdict(report)
    record["missing"] = len(report.missing)
    record["seconds"] = round(report.seconds, 3)
    return record


def _search_record(question: str, opened: Index, top: int, filters: Filters) -> dict[str, Any]:
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
            for rank, hit in enumerate(opened.search(question, top, filters), start=1)
        ],
    }


def _answer_record(
    question: str, opened: Index, filters: Filters, settings: Settings
) -> dict[str, Any]:
    from assistant.engine import ask as answer_to

    answer = answer_to(opened, question, filters, settings=settings)
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
        "failure": answer.failure,
        "figures": [dataclasses.asdict(figure) for figure in answer.figures],
        "seconds": {name: round(value, 4) for name, value in answer.seconds.items()},
    }


def _listed_record(article: ListedArticle) -> dict[str, Any]:
    day = article.date.isoformat() if article.date else None
    return {**dataclasses.asdict(article), "date": day}


def _sentence_record(sentence: Sentence, answer: Answer) -> dict[str, Any]:
    published = answer.published(sentence)
    return {
        "text": sentence.text,
        "citations": list(dict.fromkeys(c.n for c in sentence.citations)),
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
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _plain(value: object) -> str:
    return "–" if value is None else str(value)


def _print_report(console: Console, report: IndexReport) -> None:
    for failure in report.failed:
        console.print(f"{failure.path}: {failure.reason}", soft_wrap=True)
    counts = ("added", "updated", "unchanged", "removed", "duplicates")
    told = ", ".join(f"{getattr(report, name)} {name}" for name in counts)
    typer.echo(
        f"{told}, {len(report.failed)} failed; {report.passages} passages in "
        f"{report.seconds:.1f} s."
    )
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
        typer.echo(f"{day}{sentence['text']} {_numbers(sentence)}{doubt}")
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
        typer.echo(f"{sentence['text']} {_numbers(sentence)}")
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


def _numbers(sentence: dict[str, Any]) -> str:
    return "".join(f"[{n}]" for n in sentence["citations"])


if __name__ == "__main__":
    app()
