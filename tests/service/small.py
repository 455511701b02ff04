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


def addresses(passage: str) -> dict[str, int]:
    """Every kind of page in each of its shapes, with the status that it has."""
    question = QUESTIONS[0].replace(" ", "+")
    return {
        "/": 200,
        f"/?q={question}": 200,
        f"/?q={question}&lees={passage}": 200,
        f"/?q={question}&lees=weg": 200,
        f"/?q={question}&region=Eemland&p={passage}": 200,
        f"/?q={QUESTIONS[2]}": 200,
        "/?q=huisarts&region=Atlantis": 422,
        f"/?q={'x' * 1001}": 422,
        "/vergelijken": 200,
        "/vergelijken?q=valpreventie": 200,
        "/vergelijken?q=valpreventie&strictness=ruim": 200,
        f"/vergelijken?passage_id={passage}": 200,
        f"/vergelijken?q={'x' * 1001}": 422,
        "/matrix": 200,
        "/matrix/vakje?name=niets&region=Eemland": 422,
        "/verschillen": 200,
        "/verschillen?q=ouderen&region=Eemland&region=Lekstroom": 200,
        "/documenten": 200,
        "/documenten?zoek=niets+dat+past": 200,
        f"/documenten/{PLAN}": 200,
        f"/documenten/{PLAN}/pagina/1": 200,
        f"/documenten/{PLAN}/pagina/1?fragment={passage}": 200,
        "/documenten/plan-flevoland.pdf": 200,
        "/documenten/plan-flevoland.pdf/pagina/1": 200,
        "/documenten/toevoegen/waiting": 200,
        "/documenten/toevoegen/done": 200,
        "/documenten/toevoegen/failed": 200,
        "/memo": 200,
        f"/memo?titel=Nota&v={question}&p={passage}&n=Zie+ook": 200,
        f"/memo?p={passage}&c=staat+er+niet": 200,
        f"/memo?p={passage}&p=weg": 200,
        f"/p/{passage}": 200,
        "/p/weg": 404,
        "/help": 200,
        "/over": 200,
        "/toegankelijkheid": 200,
        "/privacy": 200,
        "/api": 200,
        "/niets": 404,
    }


class Uploading:
    """In the place of the intake of documents: one upload in each state."""

    limit_mb = 50
    limit = 50 * 1024 * 1024

    def job(self, name: str) -> Job | None:
        """The upload whose id is the name of its state."""
        job = Job(name, f"{SCRIPT}.pdf", "a.pdf", State.WAITING, f"Wacht op {SCRIPT}.")
        state = next((state for state in State if state.name.lower() == name), None)
        return replace(job, state=state, document=PLAN if state is State.DONE else "") if state else None
