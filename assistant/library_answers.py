"""Answers that rest on the catalog: small talk, and questions about the library itself."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel import Locale

from assistant.answer import Answer, ListedArticle
from assistant.messages.answer_messages import askers_wording
from assistant.messages.wording import Wording
from assistant.periods import named_period
from assistant.routing import Route
from assistant.suggestions import suggestions
from corpus.arabic import normalise
from corpus.words import stem, words
from vectorstore.matching import coverage, read_text, read_wanted
from vectorstore.query import Filters
from vectorstore.questions import is_function_word, read_question

if TYPE_CHECKING:
    from corpus.article import Article
    from vectorstore.catalog import ArticleSummary
    from vectorstore.index import Index

_LISTED_ARTICLES = 5
_LISTED_OUTLETS = 12
_FOUND_ARTICLES = 10
_SEARCHED_PASSAGES = 400  # among which articles about a topic are looked for
_HAS_WORD = 0.99  # coverage from which a text has a word itself, not one that resembles it
_NEAR = 0.3  # relevance from which an article is shown as near a topic


@dataclass(frozen=True, slots=True)
class _Scope:
    """The articles that are asked about, and how they are named ("from Reuters")."""

    filters: Filters
    name: str


def help_answer(index: Index, asked: Route, filters: Filters | None = None) -> Answer:
    """Greets, thanks, or tells what the program is and can do, with questions to ask.

    Args:
        index: The articles.
        asked: A route to "help".
        filters: Which articles may answer the questions that are offered.
    """
    say = askers_wording(asked.question)
    held = len(index.articles(filters))
    if not held:
        return _said(asked, say("help.empty"), mode="help")
    statement = say(f"help.{asked.talk}", articles=say("filters.articles", n=held))
    offered = suggestions(index, say, filters)
    return dataclasses.replace(_said(asked, statement, mode="help"), suggestions=offered)


def library_answer(index: Index, asked: Route, filters: Filters | None = None) -> Answer | None:
    """Tells what the library holds.

    Args:
        index: The articles.
        asked: A route to "library".
        filters: Which articles are looked at.

    Returns:
        None where the question names articles by something that is neither an outlet, a language
        nor a time: the articles may answer it.
    """
    say = askers_wording(asked.question)
    if asked.inquiry == "about":
        return _about(index, asked, filters or Filters(), say)
    articles = index.articles(filters)
    scope = _scope(asked, articles, filters or Filters(), say)
    if scope is None:
        return None
    if asked.topic:
        articles = index.articles(scope.filters)
    if not articles:
        nothing = say("library.none_of", scope=scope.name) if scope.name else say("help.empty")
        return _said(asked, nothing)
    match asked.inquiry:
        case "outlets":
            return _said(asked, _outlets(articles, say))
        case "languages":
            return _said(asked, _languages(articles, say))
        case "span":
            return _said(asked, _span(articles, say))
        case "newest" | "oldest":
            return _by_date(asked, articles, say)
        case "overview":
            parts = (_count(articles, scope, say), _span(articles, say), _outlets(articles, say))
            return _said(asked, " ".join(parts))
        case _:
            return _said(asked, _count(articles, scope, say))


def _said(
    asked: Route, statement: str, articles: Iterable[ArticleSummary | Article] = (), mode: str = ""
) -> Answer:
    listed = tuple(
        ListedArticle(article.id, article.title, article.source, article.date, article.language)
        for article in articles
    )
    return Answer(
        asked.question,
        abstained=False,
        mode="help" if mode == "help" else "library",
        sentences=(),
        sources=(),
        statement=statement,
        articles=listed,
    )


def _count(articles: Sequence[ArticleSummary], scope: _Scope, say: Wording) -> str:
    held = say("filters.articles", n=len(articles))
    if scope.name:
        return say("library.count_of", articles=held, scope=scope.name)
    return say("library.count", articles=held)


def _outlets(articles: Sequence[ArticleSummary], say: Wording) -> str:
    counted = Counter(article.source for article in articles)
    unnamed = counted.pop(None, 0)
    if not counted:
        return say("library.no_outlets")
    shown = [
        say("library.counted", name=_apart(outlet or ""), n=n)
        for outlet, n in counted.most_common(_LISTED_OUTLETS)
    ]
    if rest := len(counted) - len(shown):
        shown.append(say("library.more_outlets", n=rest))
    count = say("library.outlet_count", n=len(counted))
    told = say("library.outlets", count=count, outlets=say.listing(shown))
    return f"{told} {say('library.unnamed', n=unnamed)}" if unnamed else told


def _languages(articles: Sequence[ArticleSummary], say: Wording) -> str:
    counted = Counter(article.language for article in articles)
    unknown = counted.pop(None, 0)
    shown = [
        say("library.counted", name=say.language_name(code or ""), n=n)
        for code, n in counted.most_common()
    ]
    if unknown:
        shown.append(say("library.counted", name=say("library.language_unknown"), n=unknown))
    return say("library.languages", languages=say.listing(shown))


def _span(articles: Sequence[ArticleSummary], say: Wording) -> str:
    days = sorted(article.date for article in articles if article.date)
    if not days:
        return say("library.no_dates")
    undated = len(articles) - len(days)
    told = say("library.span", first=say.date(days[0]), last=say.date(days[-1]))
    return f"{told} {say('library.undated', n=undated)}" if undated else told


def _by_date(asked: Route, articles: Sequence[ArticleSummary], say: Wording) -> Answer:
    dated = [article for article in articles if article.date]  # newest first
    if not dated:
        return _said(asked, say("library.no_dates"))
    shown = dated if asked.inquiry == "newest" else dated[::-1]
    return _said(asked, say(f"library.{asked.inquiry}"), shown[:_LISTED_ARTICLES])


def _about(index: Index, asked: Route, filters: Filters, say: Wording) -> Answer:
    """Lists the articles that have every word of a topic; where none has, those near it."""
    topic = read_question(asked.topic)
    found = index.by_words(asked.topic, _SEARCHED_PASSAGES, filters)
    ids = list(dict.fromkeys(passage_id.rpartition(":")[0] for passage_id, _ in found))
    stored = index.catalog.articles_by_id(ids)
    wanted = read_wanted(topic, topic.language, index.rarity)
    holding = []
    for id_ in ids:
        article = stored.get(id_)
        if article is None or (article.language or topic.language) != topic.language:
            continue
        text = read_text(f"{article.title}\n{article.text}", topic.language)
        if all(share >= _HAS_WORD for share in coverage(wanted, text)):
            holding.append(article)
    name = _apart(asked.topic)
    if holding:
        key = "library.about" if len(found) < _SEARCHED_PASSAGES else "library.about_at_least"
        told = say(key, articles=say("filters.articles", n=len(holding)), topic=name)
        return _said(asked, told, holding[:_FOUND_ARTICLES])
    near = {
        hit.article.id: hit.article
        for hit in index.search(asked.topic, _LISTED_ARTICLES, filters)
        if hit.relevance >= _NEAR
    }
    key = "library.near" if near else "library.none_about"
    return _said(asked, say(key, topic=name), near.values())


def _scope(
    asked: Route, articles: Sequence[ArticleSummary], filters: Filters, say: Wording
) -> _Scope | None:
    """The outlet, language or time that a question narrows the articles to; None for others."""
    topic = asked.topic
    if not topic:
        return _Scope(filters, "")
    stems = _stems(topic)
    for outlet in sorted({article.source for article in articles if article.source}):
        # «وكالة» and «الخبر» of a name are words that speak of libraries, and not in the topic.
        whole = normalise(topic) in normalise(outlet) and normalise(outlet) in normalise(
            asked.question
        )
        if whole or (stems and stems == _stems(outlet)):
            narrowed = dataclasses.replace(filters, sources=frozenset({outlet}))
            return _Scope(narrowed, _apart(outlet))
    for code in sorted(_language_codes()):
        names = {say.language_name(code), Locale("en").languages.get(code, code)}
        if any(stems and stems == _stems(name) for name in names):
            narrowed = dataclasses.replace(filters, languages=frozenset({code}))
            return _Scope(narrowed, say.language_name(code))
    if period := named_period(topic):
        narrowed = dataclasses.replace(filters, since=period[0], until=period[1])
        between = say("filters.between", since=say.date(period[0]), until=say.date(period[1]))
        return _Scope(narrowed, between)
    return None


def _language_codes() -> Iterable[str]:
    known = map(str, Locale("en").languages)
    return (code for code in known if len(code) == 2 or code == "ckb")


def _stems(text: str) -> frozenset[str]:
    """The stems of a name; of «بالعربية», that of the language."""
    return frozenset(
        stem(word.form.removeprefix("ب")) for word in words(text) if not is_function_word(word.form)
    )


def _apart(text: str) -> str:
    """Words of an article or a question within ours, in their own direction."""
    return f"\u2068{text}\u2069"
