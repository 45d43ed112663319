"""Questions that the library can answer, to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.messages.wording import Wording

if TYPE_CHECKING:
    from vectorstore.index import Index
    from vectorstore.query import Filters

_TRIED_ARTICLES = 12


def suggestions(
    index: Index, say: Wording, filters: Filters | None = None, most: int = 3
) -> tuple[str, ...]:
    """Questions about the newest articles, each from another outlet where there are several.

    Only such are given as are answered from the article that they are about.

    Args:
        index: The articles.
        say: The language to ask in; articles in it come first.
        filters: Which articles may answer.
        most: How many questions to give at the most.
    """
    from assistant.engine import ask

    titled = [article for article in index.articles(filters) if article.title]
    titled.sort(key=lambda article: article.language != say.language)  # newest first within each
    offered: dict[str | None, str] = {}
    for article in titled[:_TRIED_ARTICLES]:
        if article.source in offered:
            continue
        question = say("starter", title=article.title.rstrip(" .؟?!"))
        answer = ask(index, question, filters)
        cited = {answer.sources[c.n - 1].article_id for s in answer.sentences for c in s.citations}
        if article.id in cited:
            offered[article.source] = question
        if len(offered) == most:
            break
    return tuple(offered.values())
