"""A made-up world to train on: two plans, a law, questions, translations, synonyms and an English model."""

import hashlib
import json
import lzma
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from index.training.config import Config, Updates
from tests.index.models import write_teacher

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
LAW: dict[str, Any] = {
    "title": "Wet op de thuiszorg",
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
WRITTEN = [
    {
        "id": "plan-1",
        "kind": "plan",
        "title": "Plan",
        "heading": "Ouderen > Vallen",
        "region": "Waterland",
        "text": "Wie valrisico loopt, krijgt een training van de fysiotherapeut.",
        "questions": [{"question": "Wat leert opa om overeind te blijven?", "style": "burger"}],
    },
    {
        "id": "wet-1",
        "kind": "wet",
        "title": "Wet",
        "heading": "Recht op hulp",
        "region": "",
        "source": {"file": "wetten.jsonl.xz", "document": 0, "section": 0, "paragraph": 0, "sha256": ""},
        "questions": [{"question": "Wie doet mijn huishouden?", "style": "burger"}],
    },
]
SENTENCES = [
    ("De huisarts helpt ouderen.", "The doctor helps older people.", "stsb"),
    ("Jongeren krijgen hulp op school.", "Young people get help at school.", "ntrex"),
    ("Een hond rent.", "A dog runs.", "sick-nl"),
]


def paragraph_digest(paragraph: str) -> str:
    """The digest by which a row knows the paragraph that it was written on."""
    return hashlib.sha256(" ".join(paragraph.split()).encode()).hexdigest()


def write_written(folder: Path) -> None:
    """Write questions of our own, one row on a made-up passage and one on a paragraph of law, and our words."""
    folder.mkdir()
    made, law = json.loads(json.dumps(WRITTEN))
    law["source"]["sha256"] = paragraph_digest(LAW["sections"][0]["paragraphs"][0])
    for row in (made, law):
        (folder / f"{row['kind']}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (folder / "words.txt").write_text("# uitleg\nhuisarts=doctor, physician; ouderen=older people\n", encoding="utf-8")


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
    (training / "parallel.tsv").write_text(
        "nl\ten\tsource\n" + "".join("\t".join(row) + "\n" for row in SENTENCES), encoding="utf-8"
    )
    (training / "woordenlijst-nl-en.tsv").write_text(
        "nl\ten\nhulp\tto help, aid (support)\nhuisarts\tfamily doctor\nschool\tschool\n", encoding="utf-8"
    )
    write_written(folder / "written")
    return Config(
        shared=shared,
        work=folder / "work",
        model=folder / "model",
        written=folder / "written",
        teacher=write_teacher(folder / "teacher"),
        vocabulary=400,
        minimum_count=1,
        space=6,
        neighbours=2,
        distil_epochs=3,
        distil=Updates(batch=3, word_rate=1e-2, body_rate=1e-3, longest=32),
        written_epochs=2,
        plan_epochs=4,
        question=Updates(batch=2, word_rate=1e-2, body_rate=1e-3, longest=48),
        hard=(0, 2),
    )
