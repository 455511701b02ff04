"""A bounded memory of what was made before; what was not used for longest goes first."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Keep(Generic[Made]):
    """Keeps made things up to a total size; safe with threads.

    In memory and not on disk: a page image takes a tenth of a second to make again, which is less trouble than a cache
    folder that must be bounded, cleaned and written to by a service that otherwise only reads.
    """

    def __init__(self, limit: int, size: Callable[[Made], int]) -> None:
        self._limit = limit
        self._measure = size
        self._size = 0
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """The size of all that is kept now."""
        return self._size

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is kept under a key, or make and keep it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        # Made outside the lock: what is kept already need not wait for it.
        made = make()
        with self._lock:
            self._drop(key)
            self._kept[key] = made
            self._size += self._measure(made)
            while self._size > self._limit:
                self._drop(next(iter(self._kept)))
        return made

    def _drop(self, key: Hashable) -> None:
        if key in self._kept:
            self._size -= self._measure(self._kept.pop(key))
