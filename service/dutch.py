"""Typer and click speak English; here their words become Dutch. What is not listed stays as it is."""

import re

from typer import Context
from typer.core import TyperCommand, TyperGroup

HELP = {
    "Usage:": "Gebruik:",
    "Options:": "Opties:",
    "Arguments:": "Argumenten:",
    "Commands:": "Opdrachten:",
    "[OPTIONS]": "[OPTIES]",
    "COMMAND [ARGS]...": "OPDRACHT …",
    "Show this message and exit.": "Toon deze uitleg.",
    "[required]": "[verplicht]",
    "[default: ": "[standaard: ",
}
# Names of Python types and braces around what is required tell a reader nothing.
NOISE = (
    (r" <(?:\w+|list\[\w+\])>", ""),
    (r"\{([^{}\s]+)\}", r"\1"),
    (r"(\d+)<=x<=(\d+)", r"\1 t/m \2"),
)
ERRORS = (
    (r"No such command '(.*?)'\.?", r"De opdracht '\1' bestaat niet."),
    (r"No such option: (\S+)", r"De optie \1 bestaat niet."),
    (r" ?Did you mean (.*)\?", r" Bedoelt u \1?"),
    (r"\(Possible options: (.*)\)", r"Bedoelt u \1?"),
    (r"Missing command\.", "Noem een opdracht."),
    (r"Missing (?:argument|option) '(.*?)'\.", r"\1 ontbreekt."),
    (r"Option '(.*?)' requires an argument\.", r"De optie \1 heeft een waarde nodig."),
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)",
        r"Dit is te veel: \1. Zet een vraag tussen aanhalingstekens.",
    ),
    (r"Invalid value for '(.*?)': ", r"De waarde van \1 kan niet: "),
    (r"Input should be a valid integer.*", "het moet een heel getal zijn."),
    (r"Input should be greater than or equal to (\S+)", r"het moet ten minste \1 zijn."),
    (r"Input should be less than or equal to (\S+)", r"het mag hoogstens \1 zijn."),
)


def translate_help(text: str) -> str:
    """Put the fixed words of a help text into Dutch."""
    for english, dutch in HELP.items():
        text = text.replace(english, dutch)
    for pattern, dutch in NOISE:
        text = re.sub(pattern, dutch, text)
    return text


def translate_error(text: str) -> str:
    """Put a complaint about the command line into Dutch."""
    for pattern, dutch in ERRORS:
        text = re.sub(pattern, dutch, text)
    return text


class DutchCommand(TyperCommand):
    """A command whose help is Dutch."""

    def get_help(self, ctx: Context) -> str:  # type: ignore[override]  # typer hides click's
        """The help text with Dutch headings."""
        return translate_help(super().get_help(ctx))


class DutchGroup(TyperGroup):
    """A group of commands whose help is Dutch."""

    def get_help(self, ctx: Context) -> str:  # type: ignore[override]  # typer hides click's
        """The help text with Dutch headings."""
        return translate_help(super().get_help(ctx))
