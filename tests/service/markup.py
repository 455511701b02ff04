"""What is wrong with the HTML of a page: a strict parse, and the rules that a parser does not know."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

PHRASING = {
    "a", "abbr", "b", "br", "button", "cite", "code", "data", "del", "dfn", "em", "i", "img", "input", "ins",
    "kbd", "label", "mark", "meter", "output", "progress", "q", "s", "samp", "select", "small", "span",
    "strong", "sub", "sup", "svg", "textarea", "time", "u", "var", "wbr",
}  # fmt: skip
FLOW = {
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table",
    "ul", "search",
}  # fmt: skip
PARTS = {
    "html", "head", "title", "meta", "link", "script", "style", "body", "li", "dt", "dd", "summary", "legend",
    "figcaption", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "option",
    "optgroup", "template",
}  # fmt: skip
# Elements in which no block may stand; the parser mends some of these in silence.
ONLY_PHRASING = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "span", "strong", "em", "b", "i", "mark", "cite", "code",
    "kbd", "label", "button", "abbr", "dt", "q", "del", "ins",
}  # fmt: skip
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup"},
}
FIRST = {"details": "summary", "fieldset": "legend"}
FIELDS = {"input", "select", "textarea"}
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-activedescendant", "for", "form", "headers")
OBSOLETE = {"align", "bgcolor", "border", "cellpadding", "cellspacing", "valign", "target", "language"}
INTERACTIVE = {"a", "button", "input", "select", "textarea", "label", "details"}


def tag_of(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def words_of(element: Element) -> str:
    """All text within."""
    return " ".join("".join(element.itertext()).split())


class Page:
    """A parsed page.

    Attributes:
        faults: what the parser had to mend.
        elements: all elements, in order.
        parents: the parent of each.
        ids: how often each id occurs.
    """

    def __init__(self, text: str) -> None:
        parser = HTMLParser()
        self.root: Element = parser.parse(text)
        self.faults = [f"{kind} {detail} at {place}" for place, kind, detail in parser.errors]
        self.elements = [element for element in self.root.iter() if isinstance(element.tag, str)]
        self.parents = {child: parent for parent in self.elements for child in parent}
        self.ids = Counter(element.attrib["id"] for element in self.elements if "id" in element.attrib)

    def within(self, element: Element) -> Iterator[Element]:
        """The elements around one, from the inside out."""
        while element in self.parents:
            element = self.parents[element]
            yield element

    def all(self, *names: str) -> list[Element]:
        """The elements of these names."""
        return [element for element in self.elements if tag_of(element) in names]


def faults(text: str) -> list[str]:
    """Everything that is wrong with a page; [] when nothing is."""
    page = Page(text)
    checks = (structure, identity, head, headings, names, safety, landmarks)
    return page.faults + [fault for check in checks for fault in check(page)]


def structure(page: Page) -> Iterator[str]:
    """Elements stand where they may."""
    for element in page.elements:
        tag, parent = tag_of(element), page.parents.get(element)
        above = tag_of(parent) if parent is not None else ""
        if any(tag_of(one) == "svg" for one in page.within(element)):
            continue
        if tag not in PHRASING | FLOW | PARTS:
            yield f"<{tag}> is no element that we use"
        if tag in FLOW and above in ONLY_PHRASING:
            yield f"<{tag}> in <{above}>: {words_of(element)[:40]}"
        if above in CHILDREN and tag not in CHILDREN[above] | {"script", "template"}:
            yield f"<{tag}> in <{above}>"
        if tag in FIRST and (not len(element) or tag_of(element[0]) != FIRST[tag]):
            yield f"<{tag}> does not begin with <{FIRST[tag]}>"
        nested = {tag_of(one) for one in page.within(element)} & {"a", "button"}
        if tag in INTERACTIVE and nested:
            yield f"<{tag}> in <{nested.pop()}>: {words_of(element)[:40]}"
        yield from (f"<{tag} {name}>" for name in OBSOLETE & set(element.attrib))


def identity(page: Page) -> Iterator[str]:
    """Ids are unique and without spaces, and what refers to one finds it."""
    yield from (f"id {name!r} occurs {count} times" for name, count in page.ids.items() if count > 1)
    yield from (f"id {name!r}" for name in page.ids if not name or re.search(r"\s", name))
    for element in page.elements:
        for attribute in REFERENCES:
            for name in element.attrib.get(attribute, "").split():
                if name not in page.ids:
                    yield f"{attribute}={name!r} leads nowhere"
        address = element.attrib.get("href", "")
        if address.startswith("#") and address[1:] not in page.ids:
            yield f"href={address!r} leads nowhere"


def head(page: Page) -> Iterator[str]:
    """The page says its language, title, letters and that it fits small screens."""
    if page.root.attrib.get("lang") != "nl":
        yield "the language is not nl"
    if not any(words_of(title) for title in page.all("title")):
        yield "no title"
    metas = {meta.attrib.get("name", "charset" if "charset" in meta.attrib else "") for meta in page.all("meta")}
    yield from (f"no meta {name}" for name in {"viewport", "charset"} - metas)


def headings(page: Page) -> Iterator[str]:
    """One h1, and no level is skipped on the way down."""
    levels = [int(tag_of(one)[1]) for one in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"h{after} after h{before}"
    yield from ("an empty heading" for one in page.all("h1", "h2", "h3", "h4") if not words_of(one))


def names(page: Page) -> Iterator[str]:
    """Fields, buttons, links, pictures, tables' headers and groups have a name."""
    labelled = {one.attrib.get("for", "") for one in page.all("label")}
    for element in page.elements:
        tag, given = tag_of(element), element.attrib
        named = bool(given.get("aria-label") or given.get("aria-labelledby"))
        if tag in FIELDS and given.get("type") != "hidden" and not named:
            wrapped = any(tag_of(one) == "label" for one in page.within(element))
            if not wrapped and given.get("id", "?") not in labelled:
                yield f"<{tag} name={given.get('name')!r}> has no label"
        if tag in {"a", "button", "summary"} and not named:
            pictures = [one.attrib.get("alt", "") for one in element.iter() if tag_of(one) == "img"]
            if not words_of(element) and not any(pictures):
                yield f"<{tag}> without words"
        if tag == "img" and "alt" not in given:
            yield "a picture without alt"
        if tag == "th" and "scope" not in given:
            yield f"<th> without scope: {words_of(element)[:30]}"


def safety(page: Page) -> Iterator[str]:
    """Nothing inline, and nothing fetched from another host."""
    for element in page.elements:
        tag, given = tag_of(element), element.attrib
        if tag == "style" or "style" in given or any(name.startswith("on") for name in given):
            yield f"<{tag}> with inline style or script"
        if tag == "script" and (words_of(element) or not given.get("src", "").startswith("/static/")):
            yield f"a script that is not ours: {words_of(element)[:40]}"
        fetched = given.get("src", "") if tag != "a" else ""
        fetched = fetched or (given.get("href", "") if tag == "link" else "")
        if fetched and not re.match(r"/(?!/)", fetched):
            yield f"<{tag}> fetches {fetched}"
        if tag in {"a", "form"} and re.match(
            r"\s*(javascript|data):", given.get("href", given.get("action", "")), re.I
        ):
            yield f"<{tag}> runs something"


def landmarks(page: Page) -> Iterator[str]:
    """One main part, and landmarks of one kind are told apart by their names."""
    if len(page.all("main")) != 1:
        yield f"{len(page.all('main'))} main"
    navs = [one.attrib.get("aria-label") or one.attrib.get("aria-labelledby", "") for one in page.all("nav")]
    yield from (f"nav named {name!r} {count} times" for name, count in Counter(navs).items() if not name or count > 1)
