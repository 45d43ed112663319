"""Articles named on a page: each headline leads to its article, its outlet and day beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.answer import ListedArticle
from assistant.messages.wording import Wording
from assistant.views import frame, markup

if TYPE_CHECKING:
    from corpus.article import Article
    from vectorstore.catalog import ArticleSummary


def draw(
    article: Article | ArticleSummary | ListedArticle,
    place: str,
    words: Wording,
    chat: str | None = None,
) -> None:
    """Draws one article's headline, running in its own direction.

    Args:
        article: The article.
        place: Where on the page it stands: an article is named once in each place.
        words: The interface's language.
        chat: The conversation that the article's page leads back to.
    """
    id_ = article.article_id if isinstance(article, ListedArticle) else article.id
    way = markup.direction(article.title or words("untitled"))
    with st.container(key=f"{place}-headline-{way}-{id_}", gap="xxsmall"):
        st.page_link(
            frame.page("article"),
            label=markup.plain(article.title or words("untitled")),
            query_params={"id": id_, "chat": chat} if chat else {"id": id_},
        )
        st.html(f'<div dir="{way}">{markup.facts(article, words)}</div>')
