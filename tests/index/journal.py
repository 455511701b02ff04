"""What a program does to a folder, written down step by step, and what a crash may leave of it.

The model is that of ALICE (Pillai and others, OSDI 2014) with little promised: until its own `fsync`, what was written
to a file may be lost, torn or zeroed, and each change of a folder's names may be lost on its own, whatever came after
it. A rename is one change. What libraries write themselves is seen too: the folder is compared before every step.
"""

import os
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

STEPS = ("fsync", "rename", "replace", "mkdir", "unlink", "rmdir")
"""The functions of `os` at which the folder is compared."""
MODES: tuple[Literal["kept", "lost", "torn", "zeroed"], ...] = ("kept", "lost", "torn", "zeroed")
Entry = tuple[int, str]
"""A folder's number and a name in it."""


@dataclass(frozen=True, slots=True)
class Names:
    """A change of the names in one folder, all of it or nothing.

    Attributes:
        folder: its number.
        gone: names that vanish.
        come: names that appear or lead elsewhere, with the number of what they lead to.
    """

    folder: int
    gone: tuple[str, ...]
    come: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Write:
    """A file that holds something else.

    Attributes:
        file: its number.
        content: all of it.
    """

    file: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Sync:
    """A file or folder that was flushed.

    Attributes:
        number: which.
    """

    number: int


Step = Names | Write | Sync


class Journal:
    """The steps that a program takes in a folder.

    Attributes:
        steps: in order.
    """

    def __init__(self, root: Path) -> None:
        """Begin with what the folder holds now, all of it flushed."""
        self.root = root
        self.steps: list[Step] = []
        self._numbers: dict[int, int] = {}
        self._next = 0
        self.entries, self.contents = self._look()
        self.start = dict(self.entries), dict(self.contents)

    def compare(self, one: bool = False) -> None:
        """Write down what changed since the last time; `one` when all changes of a folder's names are one step."""
        entries, contents = self._look()
        changed = {number: data for number, data in contents.items() if self.contents.get(number) != data}
        self.steps += [Write(number, data) for number, data in changed.items()]
        gone = [entry for entry in self.entries if entry not in entries]
        come = [(entry, number) for entry, number in entries.items() if self.entries.get(entry) != number]
        if one and (gone or come):
            folder = (gone or [come[0][0]])[0][0]
            names = tuple((name, number) for (_, name), number in come)
            self.steps.append(Names(folder, tuple(name for _, name in gone), names))
        else:
            self.steps += [Names(folder, (), ((name, number),)) for (folder, name), number in come]
            self.steps += [Names(folder, (name,), ()) for folder, name in gone]
        self.entries, self.contents = entries, contents

    def sync(self, handle: int) -> None:
        """Write down that an open file or folder is flushed."""
        number = self._numbers.get(os.fstat(handle).st_ino)
        if number is not None:
            self.steps.append(Sync(number))

    def _look(self) -> tuple[dict[Entry, int], dict[int, bytes]]:
        """Return the names in each folder and the bytes of each file, by number; the root is number 0."""
        inode = self.root.stat().st_ino
        entries: dict[Entry, int] = {}
        contents: dict[int, bytes] = {}
        waiting = [self.root]
        numbers = {inode: self._number(inode)}
        while waiting:
            folder = waiting.pop()
            for path in sorted(folder.iterdir()):
                inode = path.stat().st_ino
                numbers[inode] = self._number(inode)
                entries[numbers[folder.stat().st_ino], path.name] = numbers[inode]
                if path.is_dir():
                    waiting.append(path)
                else:
                    contents[numbers[inode]] = path.read_bytes()
        self._numbers = numbers  # the system may give the number of what is gone to another
        return entries, contents

    def _number(self, inode: int) -> int:
        if inode not in self._numbers:
            self._numbers[inode] = self._next
            self._next += 1
        return self._numbers[inode]


Hook = Callable[[str, tuple[Any, ...]], None]
"""Is told the name of a step and what it is given."""


@contextmanager
def hooked(before: Hook, after: Hook) -> Iterator[None]:
    """Call hooks before and after each step; `before` may raise. The disk itself need not flush for it."""

    def watch(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*given: Any, **named: Any) -> Any:  # noqa: ANN401  # whatever os.* takes
            before(name, given)
            result = None if name == "fsync" else real(*given, **named)
            after(name, given)
            return result

        return step

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, watch(name, getattr(os, name)))
        yield


@contextmanager
def recorded(root: Path) -> Iterator[Journal]:
    """Write down what is done under a folder."""
    journal = Journal(root)

    def after(name: str, given: tuple[Any, ...]) -> None:
        if name == "fsync":
            journal.sync(*given)
        else:
            journal.compare(one=name in {"rename", "replace"})

    with hooked(lambda name, given: journal.compare(), after):
        yield journal
    journal.compare()


State = tuple[Mapping[str, bytes], frozenset[str]]
"""What lies under the root after a crash: bytes by path, and the folders."""


def crashes(journal: Journal, ignored: Callable[[str], bool], seed: int = 7) -> dict[int, list[State]]:
    """Return what a crash after so many steps may leave; a state that an earlier crash may leave too is not repeated.

    Of the changes that are not flushed yet all, none, each one alone, all but each one, and some at random are kept.
    Paths that are `ignored` do not make a state another one.
    """
    chance = random.Random(seed)
    found: dict[int, list[State]] = {}
    seen: set[int] = set()
    for count in range(len(journal.steps) + 1):
        steps = journal.steps[:count]
        for kept in _choices(_loose(steps), chance):
            for mode in MODES:
                state = _state(journal, steps, kept, mode)
                name = hash(frozenset((path, data) for path, data in state[0].items() if not ignored(path)))
                if name not in seen or count == len(journal.steps):
                    seen.add(name)
                    found.setdefault(count, []).append(state)
    return found


def _loose(steps: list[Step]) -> list[int]:
    """Return the changes of names after which their folder was not flushed."""
    synced: dict[int, int] = {step.number: at for at, step in enumerate(steps) if isinstance(step, Sync)}
    return [at for at, step in enumerate(steps) if isinstance(step, Names) and synced.get(step.folder, -1) < at]


def _choices(loose: list[int], chance: random.Random) -> Iterator[frozenset[int]]:
    """Yield which of the loose changes do reach the disk."""
    everything = frozenset(loose)
    yield from (everything, frozenset())
    for one in loose:
        yield from (frozenset([one]), everything - {one})
    for _ in range(4 if len(loose) > 2 else 0):
        yield frozenset(one for one in loose if chance.random() < 0.5)


def _state(journal: Journal, steps: list[Step], kept: frozenset[int], mode: str) -> State:
    """Put together what lies on the disk."""
    entries, safe = dict(journal.start[0]), dict(journal.start[1])
    loose = set(_loose(steps))
    latest = dict(safe)
    for at, step in enumerate(steps):
        if isinstance(step, Write):
            latest[step.file] = step.content
        elif isinstance(step, Sync):
            safe[step.number] = latest.get(step.number, b"")
        elif at not in loose or at in kept:
            for name in step.gone:
                entries.pop((step.folder, name), None)
            entries.update({(step.folder, name): number for name, number in step.come})
    contents = {number: _spoil(data, safe.get(number, b""), mode) for number, data in latest.items()}
    return _reach(entries, contents)


def _spoil(data: bytes, safe: bytes, mode: str) -> bytes:
    """Return what is left of a file of which only `safe` was flushed."""
    if data == safe or mode == "kept":
        return data
    return {"lost": safe, "torn": data[: len(data) // 2], "zeroed": bytes(len(data))}[mode]


def _reach(entries: Mapping[Entry, int], contents: Mapping[int, bytes]) -> State:
    """Follow the names from the root."""
    files: dict[str, bytes] = {}
    folders: set[str] = set()
    below: dict[int, list[tuple[str, int]]] = {}
    for (folder, name), number in entries.items():
        below.setdefault(folder, []).append((name, number))
    waiting = [(0, "")]
    while waiting:
        folder, path = waiting.pop()
        for name, number in below.get(folder, ()):
            if number in contents:
                files[path + name] = contents[number]
            else:
                folders.add(path + name)
                waiting.append((number, f"{path}{name}/"))
    return files, frozenset(folders)


class Disk:
    """A folder that shows one state after another; only what differs is written, because most of it does not.

    Attributes:
        root: the folder.
    """

    def __init__(self, root: Path) -> None:
        """Begin with an empty folder."""
        self.root = root
        self._files: Mapping[str, bytes] = {}
        self._folders: frozenset[str] = frozenset()
        root.mkdir()

    def show(self, state: State) -> Path:
        """Make the folder hold a state and nothing else; nobody else may have written in it."""
        files, folders = state
        for path in self._files.keys() - files.keys():
            (self.root / path).unlink()
        for path in sorted(self._folders - folders, reverse=True):
            (self.root / path).rmdir()
        for path in sorted(folders - self._folders):
            (self.root / path).mkdir()
        for path, data in files.items():
            if self._files.get(path) != data:
                (self.root / path).write_bytes(data)
        self._files, self._folders = files, folders
        return self.root
