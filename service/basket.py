"""The basket: a memo in the making. It lives in the address of the page and nowhere else."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from service.memo import Wish

# Longer addresses are cut off or refused by browsers, mail programs and servers.
MAX_ADDRESS = 6000
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
    """Read a basket from the fields of an address or a form: `n` and `c` belong to the last `p` before them.

    A passage that is named twice counts once. Too many are kept, so that whoever makes the memo can say so.
    """
    wishes: dict[str, Wish] = {}
    words = {"titel": "", "auteur": "", "inleiding": ""}
    current = ""
    for name, value in pairs:
        if name == "p" and value.strip():
            current = value.strip()
            wishes.setdefault(current, Wish(current))
        elif name == "n" and current:
            wishes[current] = replace(wishes[current], note=value)
        elif name == "c" and current:
            wishes[current] = replace(wishes[current], quote=value)
        elif name in words:
            words[name] = value
    return Basket(tuple(wishes.values()), words["titel"], words["auteur"], words["inleiding"])


def write_basket(basket: Basket) -> list[tuple[str, str]]:
    """The fields that `read_basket` reads back; what is empty is left out."""
    pairs = [("titel", basket.title), ("auteur", basket.author), ("inleiding", basket.introduction)]
    for wish in basket.wishes:
        pairs += [("p", wish.passage_id), ("n", wish.note), ("c", wish.quote)]
    return [(name, value) for name, value in pairs if value.strip()]


def address(basket: Basket) -> str:
    """The address of a memo in the making; '' when it would be too long to share."""
    query = urlencode(write_basket(basket))
    whole = f"/memo?{query}" if query else "/memo"
    return whole if len(whole) <= MAX_ADDRESS else ""


def memo_address(ids: Sequence[str]) -> str:
    """The address of the memo with these passages."""
    return f"/memo?{urlencode([('p', name) for name in ids])}" if ids else "/memo"


def change(basket: Basket, action: str) -> Basket:
    """Do what a button says: 'up-3' moves the third passage (0-based) up, 'drop-3' takes it out; else nothing."""
    found = _ACTION.fullmatch(action)
    wishes = list(basket.wishes)
    if not found or int(found[2]) >= len(wishes):
        return basket
    at = int(found[2])
    wish = wishes.pop(at)
    if found[1] != "drop":
        wishes.insert(max(at - 1, 0) if found[1] == "up" else at + 1, wish)
    return replace(basket, wishes=tuple(wishes))
