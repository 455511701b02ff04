"""The basket: a memo in the making. It lives in the address of the page and nowhere else."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from service.memo import MAX_LINE, Wish

# Longer addresses are cut off or refused by browsers, mail programs and servers.
MAX_ADDRESS = 6000
# While searching on, every link on the page holds the basket.
MAX_CARRIED = 2000
_ACTION = re.compile(r"(up|down|drop)-(\d{1,4})")

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Basket:
    """What a reader has gathered.

    Attributes:
        wishes: the passages in order, with notes.
        title, author, introduction: the reader's own words.
    """

    wishes: tuple[Wish, ...] = field(default=())
    title: str = ""
    author: str = ""
    introduction: str = ""

    @property
    def ids(self) -> list[str]:
        """The passages in order."""
        return [wish.passage_id for wish in self.wishes]


def read_basket(pairs: Iterable[tuple[str, str]]) -> Basket:
    """Read a basket from the fields of an address or a form.

    `n` and `c` belong to the last `p` before them, and each `p` to the last `v` before it: the question it answers.
    A passage that is named twice counts once. Too many are kept, so that whoever makes the memo can say so.
    """
    wishes: dict[str, Wish] = {}
    words = {"titel": "", "auteur": "", "inleiding": ""}
    current = question = ""
    for name, value in pairs:
        if name == "v":
            question = " ".join(value.split())[:MAX_LINE]
        elif name == "p" and value.strip():
            current = value.strip()
            wishes.setdefault(current, Wish(current, question=question))
        elif name == "n" and current:
            wishes[current] = replace(wishes[current], note=value)
        elif name == "c" and current:
            wishes[current] = replace(wishes[current], quote=value)
        elif name in words:
            words[name] = value
    return Basket(gather(wishes.values()), words["titel"], words["auteur"], words["inleiding"])


def gather(wishes: Iterable[Wish]) -> tuple[Wish, ...]:
    """Put passages that answer one question together, those without a question first; else in their own order."""
    groups: dict[str, list[Wish]] = {"": []}
    for wish in wishes:
        groups.setdefault(wish.question, []).append(wish)
    return tuple(wish for group in groups.values() for wish in group)


def write_basket(basket: Basket) -> list[tuple[str, str]]:
    """The fields that `read_basket` reads back; what is empty is left out."""
    words = [("titel", basket.title), ("auteur", basket.author), ("inleiding", basket.introduction)]
    pairs = [pair for pair in words if pair[1].strip()]
    question = ""
    for wish in basket.wishes:
        pairs += [("v", wish.question)] if wish.question != question else []
        pairs += [("p", wish.passage_id)]
        pairs += [pair for pair in (("n", wish.note), ("c", wish.quote)) if pair[1].strip()]
        question = wish.question
    return pairs


def address(basket: Basket) -> str:
    """The address of a memo in the making; '' when it would be too long to share."""
    query = urlencode(write_basket(basket))
    whole = f"/memo?{query}" if query else "/memo"
    return whole if len(whole) <= MAX_ADDRESS else ""


def carried(basket: Basket) -> Basket:
    """What goes along while searching on: all of it, or the passages alone when the words are too long for links."""
    if len(urlencode(write_basket(basket))) <= MAX_CARRIED:
        return basket
    return Basket(tuple(Wish(wish.passage_id, question=wish.question) for wish in basket.wishes))


def change(basket: Basket, action: str) -> Basket:
    """Do what a button says: 'up-3' moves the third passage (0-based) up, 'drop-3' takes it out; else nothing.

    A passage moves within its question; at the edge of it the whole question moves.
    """
    found = _ACTION.fullmatch(action)
    wishes = list(basket.wishes)
    if not found or int(found[2]) >= len(wishes):
        return basket
    at = int(found[2])
    if found[1] == "drop":
        return replace(basket, wishes=tuple(wishes[:at] + wishes[at + 1 :]))
    other = at - 1 if found[1] == "up" else at + 1
    if not 0 <= other < len(wishes):
        return basket
    if wishes[at].question == wishes[other].question:
        wishes[at], wishes[other] = wishes[other], wishes[at]
        return replace(basket, wishes=tuple(wishes))
    return replace(basket, wishes=_swap_groups(wishes, wishes[at].question, wishes[other].question))


def _swap_groups(wishes: Sequence[Wish], first: str, second: str) -> tuple[Wish, ...]:
    """The passages with two questions in each other's place."""
    order = list(dict.fromkeys(wish.question for wish in wishes))
    one, two = order.index(first), order.index(second)
    order[one], order[two] = second, first
    return gather(wish for question in order for wish in wishes if wish.question == question)
