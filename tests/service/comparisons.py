"""A library with a real searcher over made-up plans of several regions, for everything that compares."""

from pathlib import Path

from index.generation import open_generation, publish
from index.search import Searcher
from service.library import Library, make_library
from tests.index.fakes import FakeEncoder, corpus, document, passage

SAME = "Ouderen volgen met hun buren een cursus tuinieren in de beweegtuin."
PLANS = [
    passage("Drenthe opent drie beweegtuinen <b>voor</b> ouderen.", 1, regions=("Drenthe",)),
    passage(SAME, 2, regions=("Twente",)),
    passage(SAME, 3, regions=("Zeeland",)),
    passage("Friesland verbetert de roosters in de thuiszorg.", 4, regions=("Friesland",)),
    passage("Over beweegtuinen zegt het plan niets.", 5, regions=("Groningen",)),
    passage("De ambulance oefent met beweegtuinen.", 6, regions=("ROAZ Oost",)),
    passage("Lekstroom bouwt een zorgacademie.", 7, regions=("Lekstroom",)),
    passage("Eemland kiest voor roosters.", 8, regions=("Eemland",)),
]


def comparing_library(folder: Path) -> Library:
    """Publish the plans in a folder and open them."""
    publish(folder, corpus(document(PLANS, "Plannen van regio's")), FakeEncoder())
    return make_library(Searcher(open_generation(folder, FakeEncoder()), FakeEncoder()))
