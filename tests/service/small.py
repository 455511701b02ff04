"""A small real index: made-up plans of several regions as PDFs, one of them full of script, read by the real rooms."""

from dataclasses import replace
from pathlib import Path

from service import cli
from service.uploads import Job, State
from tests.service.pdfs import make_pdf

SCRIPT = "<script>document.title='kapot'</script>"
QUESTIONS = (
    "Waar is een cursus valpreventie voor ouderen?",
    "Wie gaat beeldbellen?",
    "maanlanding",
)
PLANS = {
    "plan-eemland.pdf": ("Regioplan Eemland", [
        ("Gezond ouder worden in Eemland", [
            "Ouderen in Eemland volgen in het buurthuis een cursus valpreventie van tien lessen.",
            "De gemeente betaalt de lessen en de fysiotherapeut geeft ze.",
        ]),
        ("Digitale zorg in Eemland", ["De wijkverpleging in Eemland gaat beeldbellen met mensen die ver weg wonen."]),
    ]),
    "plan-lekstroom.pdf": ("Regioplan Lekstroom", [
        ("Gezond ouder worden in Lekstroom", ["Ouderen in Lekstroom leren vallen en opstaan bij de judoclub."]),
        ("Mentale gezondheid in Lekstroom", ["Jongeren in Lekstroom praten met een ervaringsdeskundige op school."]),
    ]),
    "plan-flevoland.pdf": (f"Plan {SCRIPT} Flevoland", [
        ("Arbeidsmarkt in Flevoland", [
            "In 2030 zijn er in Flevoland 120 extra verpleegkundigen nodig.",
            f"Let op: {SCRIPT} staat hier als tekst over valpreventie.",
        ]),
    ]),
}  # fmt: skip
PLAN = "plan-eemland.pdf"
CATALOGUE = """
[[document]]
file = "{file}"
title = '''{title}'''
publisher = "Zorgkantoor Voorbeeld"
year = 2024
kind = "regioplan"
regions = ["{region}"]
"""


def small_corpus(folder: Path) -> Path:
    """The plans with their catalogue, and a file that is no PDF inside."""
    folder.mkdir(parents=True)
    for name, (title, pages) in PLANS.items():
        make_pdf(folder / name, pages, title)
    entries = [
        CATALOGUE.format(file=name, title=title, region=title.rpartition(" ")[2]) for name, (title, _) in PLANS.items()
    ]
    (folder / "documents.toml").write_text("".join(entries), encoding="utf-8")
    (folder / "kapot.pdf").write_bytes(b"dit is geen pdf")
    return folder


def small_index(folder: Path) -> Path:
    """The data folder of an index of the plans, made by the command line."""
    data = folder / "index"
    assert cli.main(["ingest", str(small_corpus(folder / "corpus")), "--data", str(data)]) == 3
    return data


class Uploading:
    """In the place of the intake of documents: one upload in each state."""

    limit_mb = 50
    limit = 50 * 1024 * 1024

    def job(self, name: str) -> Job | None:
        """The upload whose id is the name of its state."""
        job = Job(name, f"{SCRIPT}.pdf", "a.pdf", State.WAITING, f"Wacht op {SCRIPT}.")
        state = next((state for state in State if state.name.lower() == name), None)
        return replace(job, state=state, document=PLAN if state is State.DONE else "") if state else None
