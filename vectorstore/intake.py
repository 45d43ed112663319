"""What becomes of each article that is read: it is new, unchanged, changed, or a copy.

An article is known by its place: the file that it was read from and the id that it has there.
Ids are given by other people's files, so two stories may have the same one: in two exports that
both count from 1, in a feed that gives all its entries one address, in an archive with two members
of one name. The first keeps the id as given; each further story gets an id of its own, made of its
place, which is the same on every run. A copy is an article whose text is stored already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal, Protocol

from corpus.article import Article
from corpus.duplicates import Fingerprint, fingerprint
from corpus.paths import is_gone
from vectorstore.catalog import Stored, digest

Outcome = Literal["added", "unchanged", "updated", "duplicate"]
_Place = tuple[str | None, str]  # the file, and the id in it


class Shelf(Protocol):
    """What is stored, as far as the intake has to know."""

    def stored(self, article_ids: Iterable[str]) -> Mapping[str, Stored]:
        """Those of the given articles that are stored."""
        ...

    def holders(self, fingerprints: Iterable[str]) -> Mapping[str, Mapping[str, str | None]]:
        """For each fingerprint, the articles stored with it, by id, and the file of each."""
        ...


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one article.

    Attributes:
        outcome: Only an article that is added or updated has to be written.
        article: It, under the id that it is stored under; a duplicate's is its own.
        print: Its fingerprint.
        holder: The id under which its text is stored.
        replaced: The fingerprint of the different text that was stored under the id until now.
    """

    outcome: Outcome
    article: Article
    print: Fingerprint
    holder: str
    replaced: str | None = None


class Intake:
    """Decides over the articles of one run, batch after batch.

    Whatever it decides, no text is lost and none is stored twice when the run is over: an article
    is overwritten only by a later state of itself, and is a duplicate only of what is stored.

    Args:
        shelf: What is stored. The caller writes each batch before the next.

    Attributes:
        seen: Ids of the stored articles that were read in this run.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.seen: set[str] = set()
        self._renamed: set[str] = set()

    def superseded(self) -> list[str]:
        """Ids that their file no longer gives, of texts that it gives under another id."""
        return sorted(self._renamed - self.seen)

    def decide(self, batch: Sequence[Article]) -> list[Decision]:
        """Decides over the next articles of the run, in their order."""
        prints = [fingerprint(article) for article in batch]
        stored, slots = self._slots(batch)
        holders = {
            text: dict(ids)
            for text, ids in self._shelf.holders({one.exact for one in prints}).items()
        }
        decisions: dict[int, Decision] = {}
        # First what did not change its text, wherever in the batch it stands.
        for at, (article, print_) in enumerate(zip(batch, prints, strict=True)):
            if self._seen_holder(holders.get(print_.exact, {})):
                continue
            for id_ in slots[_place(article)]:
                if stored[id_].fingerprint == print_.exact:
                    here = replace(article, id=id_)
                    same = stored[id_].digest == digest(here)
                    outcome: Outcome = "unchanged" if same else "updated"
                    decisions[at] = Decision(outcome, here, print_, id_)
                    self.seen.add(id_)
                    break
        free = {
            place: [id_ for id_ in ids if id_ not in self.seen and stored[id_].path == place[0]]
            for place, ids in slots.items()
        }
        rest = [at for at in range(len(batch)) if at not in decisions]
        changing = self._changing([(batch[at], prints[at]) for at in rest], free, holders)
        for at in rest:
            article, print_ = batch[at], prints[at]
            holding = holders.setdefault(print_.exact, {})
            holder = self._holder(article, holding, changing)
            if holder is not None:
                decisions[at] = Decision("duplicate", article, print_, holder)
                continue
            self._renamed.update(holding)
            if left := free[_place(article)]:
                id_ = left.pop(0)
                replaced = stored[id_].fingerprint
                holders.get(replaced, {}).pop(id_, None)
                decision = Decision("updated", replace(article, id=id_), print_, id_, replaced)
            else:
                id_ = self._new_id(article, stored)
                decision = Decision("added", replace(article, id=id_), print_, id_)
            decisions[at] = decision
            self.seen.add(id_)
            holding[id_] = article.path
        return [decisions[at] for at in range(len(batch))]

    def _seen_holder(self, holding: Mapping[str, str | None]) -> str | None:
        """The article of this run that has a text."""
        return next((id_ for id_ in holding if id_ in self.seen), None)

    def _changing(
        self,
        rest: Sequence[tuple[Article, Fingerprint]],
        free: Mapping[_Place, Sequence[str]],
        holders: Mapping[str, Mapping[str, str | None]],
    ) -> set[str]:
        """The stored articles whose texts are about to be replaced by others of this batch.

        An article replaces another only if its text is not held by one that stays. So all are
        taken to change at first, and those that stay after all are taken out until all are told.
        """
        changing = set(chain.from_iterable(free.values()))
        while True:
            left = {place: iter(ids) for place, ids in free.items()}
            replaced = {
                next(left[_place(article)], "")
                for article, print_ in rest
                if self._holder(article, holders.get(print_.exact, {}), changing) is None
            }
            if replaced >= changing:
                return changing
            changing &= replaced

    def _holder(
        self, article: Article, holding: Mapping[str, str | None], changing: Collection[str]
    ) -> str | None:
        """The stored article that has an article's text and goes on having it."""
        staying = (
            id_
            for id_, path in holding.items()
            if id_ not in changing and (path is None or path != article.path)
        )
        return self._seen_holder(holding) or next(staying, None)

    def _slots(self, batch: Sequence[Article]) -> tuple[dict[str, Stored], dict[_Place, list[str]]]:
        """The stored articles that may be those of a batch, and their ids for each place."""
        slots: dict[_Place, list[str]] = {_place(article): [] for article in batch}
        stored = dict(self._shelf.stored({id_ for _, id_ in slots}))
        for place, ids in slots.items():
            path, id_ = place
            if (known := stored.get(id_)) and (known.path == path or _moved(known.path)):
                ids.append(id_)
        # Further stories of one place are numbered; of most places there is none.
        start, places = 1, list(slots)
        while places:
            numbered = {
                place: [_numbered_id(place, number) for number in range(start, 2 * start)]
                for place in places
            }
            found = self._shelf.stored(id_ for ids in numbered.values() for id_ in ids)
            stored.update(found)
            places = []
            for place, ids in numbered.items():
                own = [id_ for id_ in ids if id_ in found and found[id_].path == place[0]]
                slots[place] += own
                if any(id_ in found for id_ in ids):
                    places.append(place)
            start *= 2
        return stored, slots

    def _new_id(self, article: Article, stored: Mapping[str, Stored]) -> str:
        number, id_ = 0, article.id
        while id_ in stored or id_ in self.seen:
            number += 1
            id_ = _numbered_id(_place(article), number)
        return id_


def _place(article: Article) -> _Place:
    return article.path, article.id


def _numbered_id(place: _Place, number: int) -> str:
    path, id_ = place
    name = "\0".join((path or "", id_, str(number)))
    return f"{id_}~{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _moved(path: str | None) -> bool:
    """Tells whether a file is no longer where it was: its article may have moved with it."""
    return path is not None and is_gone(path)
