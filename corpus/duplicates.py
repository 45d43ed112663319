"""The same story twice."""

from __future__ import annotations

import hashlib

from corpus.article import Article
from corpus.words import words


def fingerprint(article: Article) -> str:
    """A hash of the story's words, the same for copies that differ in spelling or spaces only."""
    forms = " ".join(word.form for word in words(f"{article.title}\n{article.text}"))
    return hashlib.sha256(forms.encode("utf-8", "surrogatepass")).hexdigest()
