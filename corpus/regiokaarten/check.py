"""Hold every card against its sources: `python -m corpus.regiokaarten.check FOLDER` with the official plans in FOLDER.

A fact passes when every number and every name in it stands on the page it cites, and when it shares no run of eight
words with any of the plans. What a fact *means* only a reader can check.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.regiokaarten.cards import FOLDER, Card, Item, read_card, sources
from ingest.pdf import read_pdf

RUN = 8
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
RUN_WORD = re.compile(rf"{NUMBER.pattern}(?!\w)|\w+")
PLURAL = re.compile(r"['’]s$")
NUMERALS = ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
# A lone 'een' is nearly always the article.
SPELLED = re.compile(rf"\b(?:{'|'.join(NUMERALS[2:])})\b")
QUOTED = re.compile(r"(?<!\w)['‘]([^'‘’]{3,}?)['’](?!\w)")
WORD = re.compile(r"[\w&]+(?:[-/'’][\w&]+)*")
SENTENCE_END = re.compile(r"[.!?:]\s*['‘(]?$|^['‘(]?$")


@dataclass(frozen=True, slots=True)
class Plan:
    """An official document.

    Attributes:
        title: as in its metadata, by which cards cite it.
        pages: text of each page, in the order in which it is drawn.
        runs: every run of eight words in it.
    """

    title: str
    pages: tuple[str, ...]
    runs: frozenset[tuple[str, ...]]


def read_plans(folder: Path) -> dict[str, Plan]:
    """Read every PDF in a folder; title -> plan."""
    plans = {}
    for path in sorted(folder.glob("*.pdf")):
        raw = read_pdf(path)
        plan = make_plan(
            raw.metadata.get("title", path.name), ["\n".join(ln.text for ln in p.lines) for p in raw.pages]
        )
        plans[plan.title] = plan
    return plans


def make_plan(title: str, pages: Sequence[str]) -> Plan:
    """Prepare a plan's pages for comparison; words split over lines are joined."""
    return Plan(title, tuple(pages), frozenset(runs(re.sub(r"-\n", "", "\n".join(pages)))))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of eight words, in lower case and without hyphens."""
    words = RUN_WORD.findall(text.casefold().replace("-", ""))
    yield from zip(*(words[start:] for start in range(RUN)), strict=False)


def faults(card: Card, plans: Mapping[str, Plan]) -> list[str]:
    """Say in Dutch what on a card its sources do not bear out; an empty list when all is well."""
    return [f"{card.path.name}: {fault}: {item.text!r}" for item in card.items for fault in _item(card, item, plans)]


def _item(card: Card, item: Item, plans: Mapping[str, Plan]) -> Iterator[str]:
    plan = plans.get(card.sources[item.document])
    if plan is None or not 1 <= item.page <= len(plan.pages):
        yield f"bron {card.sources[item.document]!r} met bladzijde {item.page} is niet gevonden"
        return
    page = plan.pages[item.page - 1]
    for number in missing_numbers(item.text, page):
        yield f"getal {number!r} staat niet op p. {item.page}"
    # What a plan's title names, every page of it is about.
    for name in missing_names(item.text, f"{page}\n{plan.title}"):
        yield f"naam {name!r} staat niet op p. {item.page}"
    copied = {run for other in plans.values() for run in other.runs.intersection(runs(item.text))}
    yield from (f"overgenomen woorden {' '.join(run)!r}" for run in sorted(copied))


def missing_numbers(text: str, page: str) -> list[str]:
    """List the numbers of a text that a page lacks; a page may write 5 where the text says vijf, and the reverse."""
    figures = set(NUMBER.findall(page))
    words = set(re.findall(r"[^\W\d]+", page.casefold()))
    wanted = dict.fromkeys([*NUMBER.findall(text), *SPELLED.findall(text.casefold())])
    return [number for number in wanted if not figures & _spellings(number) and not words & _spellings(number)]


def _spellings(number: str) -> set[str]:
    """Both ways to write a small number."""
    if number in NUMERALS:
        return {number, str(NUMERALS.index(number))}
    if number.isdigit() and int(number) < len(NUMERALS):
        return {number, NUMERALS[int(number)]}
    return {number}


def missing_names(text: str, page: str) -> list[str]:
    """List the names, abbreviations and quoted terms of a text that a page lacks, spaces and hyphens aside."""
    known = squeeze(page)
    wanted = dict.fromkeys([*names(text), *QUOTED.findall(text)])
    return [name for name in wanted if squeeze(PLURAL.sub("", name)) not in known]


def squeeze(text: str) -> str:
    """Keep letters and digits only, in lower case, so that line breaks, hyphens and ligatures do not matter."""
    return re.sub(r"[\W_]+", "", text.replace("ﬁ", "fi").replace("ﬂ", "fl").casefold())


def names(text: str) -> Iterator[str]:
    """Yield runs of capitalised words: 'Zeeuwse Zorg Coalitie', 'RIVM', 'Welzijn'.

    The first word of a sentence has its capital from the sentence; it counts only inside a run, or as an abbreviation.
    """
    run: list[re.Match[str]] = []
    for word in WORD.finditer(text):
        joined = run and not text[run[-1].end() : word.start()].strip()
        if run and not (joined and _capital(word.group())):
            yield from _closed(text, run)
            run = []
        if _capital(word.group()):
            run.append(word)
    yield from _closed(text, run)


def _capital(word: str) -> bool:
    return any(letter.isupper() for letter in word)


def _closed(text: str, run: Sequence[re.Match[str]]) -> Iterator[str]:
    """Yield a finished run, without a first word that merely opens the sentence."""
    if not run:
        return
    first = run[0]
    opens = SENTENCE_END.search(text[: first.start()].rstrip(" ") or "")
    plain = not any(letter.isupper() for letter in first.group()[1:])
    kept = run[1:] if opens and plain else run
    if kept:
        yield text[kept[0].start() : kept[-1].end()]


def main(arguments: Sequence[str]) -> int:
    """Check every card against the plans in the folder given; print the faults."""
    if len(arguments) != 1:
        print("Gebruik: python -m corpus.regiokaarten.check MAP-MET-OFFICIËLE-PLANNEN", file=sys.stderr)
        return 2
    plans = read_plans(Path(arguments[0]))
    found = check(sources(FOLDER), plans)
    print("\n".join(found) or "Geen fouten gevonden.")
    return 1 if found else 0


def check(paths: Iterable[Path], plans: Mapping[str, Plan]) -> list[str]:
    """Collect the faults of many cards."""
    return [fault for path in paths for fault in faults(read_card(path), plans)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
