"""A made-up world to train on: two plans, a law, questions and synonyms."""

import json
import lzma
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from index.training.config import Config, Contrast

PLAN = {
    1: [
        "In Waterland groeit het aantal ouderen met een kwetsbare gezondheid.",
        "De wijkverpleging werkt daarom samen met de huisartsen in de buurt.",
    ],
    2: [
        "Mantelzorgers krijgen begeleiding van een vaste contactpersoon.",
        "Jongeren met psychische klachten worden sneller geholpen op school.",
    ],
}
OTHER = {1: ["De minister informeert de Kamer over de kosten van de tolken in de zorg."]}
LAW = {
    "title": "Wet op de thuishulp",
    "sections": [
        {
            "heading": "Artikel 1. Recht op hulp in huis Treedt in werking op een nader te bepalen tijdstip",
            "paragraphs": [
                "Het college verleent hulp in het huishouden aan wie dat niet zelf kan. De hulp is passend. Zij is "
                "tijdig.",
                "Een aanvraag om hulp wordt gedaan bij het college van de gemeente waar de aanvrager woont. "
                "<b>Het college</b> beslist binnen acht weken; de termijn kan worden verlengd.",
            ],
        },
        {"heading": "Artikel 2", "paragraphs": ["Kort."]},
    ],
}
QUESTIONS = [
    {"question": "Wie helpt ouderen?", "doc": "plan.pdf", "page": 1, "answer": "samen met de huis-\nartsen"},
    {"question": "Hoe helpen ze scholieren?", "doc": "plan.pdf", "page": 2, "answer": "Jongeren met psychische"},
    {"question": "Wat kosten tolken?", "doc": "ander.pdf", "page": 1, "answer": "kosten van de tolken"},
    {"question": "Wanneer beslist het college?", "doc": "wetten-zorg.txt", "page": 2, "answer": "binnen acht weken"},
    {"question": "Wat is de maan?", "doc": "plan.pdf", "page": 1, "answer": "een bol van groene kaas"},
]  # fmt: skip


def write_pdf(path: Path, pages: dict[int, list[str]]) -> None:
    """Write a PDF with these lines on each page."""
    canvas = Canvas(str(path))
    for lines in pages.values():
        for row, line in enumerate(lines):
            canvas.drawString(60, 760 - 14 * row, line)
        canvas.showPage()
    canvas.save()


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Settings that train on the made-up world in a second or two."""
    folder = tmp_path_factory.mktemp("world")
    shared, training = folder / "shared", folder / "shared" / "training"
    for name in ("corpus", "real", "training"):
        (shared / name).mkdir(parents=True)
    write_pdf(shared / "corpus" / "plan.pdf", PLAN)
    write_pdf(shared / "real" / "ander.pdf", OTHER)
    with lzma.open(training / "wetten.jsonl.xz", "wt", encoding="utf-8") as law:
        law.write(json.dumps(LAW) + "\n")
    lines = [json.dumps(question | {"style": "gewoon"}) for question in QUESTIONS]
    (training / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (training / "synoniemen-odwn.tsv").write_text(
        'lemma\tsynonyms\nhulp\tsteun\t"bijstand\noud\tbejaard\nalleen\n', encoding="utf-8"
    )
    (training / "wetten-zorg.txt").write_text(
        "=== p.1 ===\nDe zorg is voor iedereen.\n=== p.2 ===\nHet college beslist binnen acht weken.\n",
        encoding="utf-8",
    )
    return Config(
        shared=shared,
        work=folder / "work",
        model=folder / "model",
        vocabulary=400,
        minimum_count=1,
        dimension=6,
        neighbours=Contrast(steps=30, batch=4, rate=1e-2),
        questions=Contrast(steps=80, batch=4, rate=3e-2),
        rehearsal=4,
    )
