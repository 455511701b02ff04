"""Reading a PDF in a child process: what comes out, and what each kind of bad file is called."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle

from ingest import pdf
from ingest.errors import BrokenPdf, DocumentError, EncryptedPdf, LimitReached, NotAPdf, NoTextLayer
from ingest.pdf import Bookmark, Limits, read_pdf
from tests.ingest.pdfs import blank, draw, pages_of, picture, raw, stream, text

HELLO = b"BT /F1 10 Tf 72 700 Td (goedemorgen) Tj ET"
PAGE = '{"number":1,"label":"","width":9,"height":9,"lines":[["a",1,2,3,4,0]],"problem":"","rules":[],"hidden":{}}'


def test_a_pdf_becomes_pages_of_lines(tmp_path: Path) -> None:
    """Pages come in order with their lines; the file is known by name, place and digest."""
    path = draw(tmp_path / "plan.pdf", text("een", "twee"), blank, text("drie"), title="Plan")
    document = read_pdf(path)
    assert [[line.text for line in page.lines] for page in document.pages] == [["een", "twee"], [], ["drie"]]
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert (document.file, document.path, len(document.sha256)) == ("plan.pdf", str(path), 64)
    assert (document.metadata["title"], document.incomplete) == ("Plan", "")
    assert not any(page.problem for page in document.pages)


def test_labels_and_bookmarks_come_along(tmp_path: Path) -> None:
    """A page label that says more than the number is kept, and bookmarks lead to pages."""
    writer = PdfWriter()
    for page in PdfReader(draw(tmp_path / "a.pdf", text("een"), text("twee"))).pages:
        writer.add_page(page)
    writer.set_page_label(0, 0, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(1, 1, style=PageLabelStyle.DECIMAL, start=2)
    writer.add_outline_item(title="Aanpak", page_number=1)
    writer.write(tmp_path / "b.pdf")
    document = read_pdf(tmp_path / "b.pdf")
    assert [page.label for page in document.pages] == ["i", ""]
    assert document.bookmarks == (Bookmark("Aanpak", 1, 2),)


def test_a_page_without_a_text_layer_is_named(tmp_path: Path) -> None:
    """A scanned page among others keeps its place, and its problem names file, page, fault and cure."""
    document = read_pdf(draw(tmp_path / "deels.pdf", text("tekst"), picture))
    problem = document.pages[1].problem
    assert document.pages[1].lines == ()
    assert problem.startswith("deels.pdf, pagina 2: geen tekstlaag")
    assert "OCR" in problem


def test_a_damaged_page_does_not_cost_the_others(tmp_path: Path) -> None:
    """One page with a broken content stream is named; the next is read."""
    document = read_pdf(pages_of(tmp_path / "a.pdf", [b"BT (a) ] Tj <<< ) Tj", HELLO]))
    assert (
        document.pages[0].problem
        == "a.pdf, pagina 1: de pagina is beschadigd: een onderdeel heeft een onmogelijke vorm."
    )
    assert document.pages[1].lines[0].text == "goedemorgen"


def test_an_empty_user_password_opens(tmp_path: Path) -> None:
    """A PDF that only its owner may change is read without asking for a password."""
    document = read_pdf(_encrypted(tmp_path / "a.pdf", user=""))
    assert document.pages[0].lines[0].text == "geheim"


def _encrypted(path: Path, user: str) -> Path:
    writer = PdfWriter(clone_from=draw(path, text("geheim")))
    writer.encrypt(user, "eigenaar", algorithm="RC4-128")
    writer.write(path)
    return path


def _cut(path: Path) -> Path:
    data = draw(path, text("een")).read_bytes()
    path.write_bytes(data[:200])
    return path


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda path: _write(path, b""), NotAPdf, "is leeg"),
        (lambda path: _write(path, b"Gewone tekst\n" * 100), NotAPdf, "is geen PDF"),
        (lambda path: _write(path, b"%PDF-1.4\nniets"), BrokenPdf, "is beschadigd: het houdt te vroeg op"),
        (_cut, BrokenPdf, "is beschadigd: "),
        (lambda path: _encrypted(path, "sleutel"), EncryptedPdf, "wachtwoord"),
        (lambda path: draw(path, picture, picture), NoTextLayer, "scan"),
        (lambda path: draw(path, blank), NoTextLayer, "leeg"),
        (lambda path: pages_of(path, []), BrokenPdf, "geen pagina's"),
        (lambda path: pages_of(path, [b"BT ( Tj"]), DocumentError, "geen"),
        (lambda path: path, BrokenPdf, "niet worden geopend"),
    ],
)
def test_every_bad_file_has_its_class_and_words(
    tmp_path: Path, make: Callable[[Path], Path], error: type[DocumentError], words: str
) -> None:
    """A file that gives no text raises the class of its fault, in Dutch, with its name."""
    path = make(tmp_path / "fout.pdf")
    with pytest.raises(error, match=words) as caught:
        read_pdf(path)
    assert "'fout.pdf'" in str(caught.value)


def test_flipped_bytes_never_crash(tmp_path: Path) -> None:
    """With bytes changed all over the file, it is read or refused, nothing else."""
    good = draw(tmp_path / "a.pdf", text("een", "twee"), text("drie")).read_bytes()
    for seed in range(6):
        damaged = bytearray(good)
        for place in range(40 + seed, len(damaged), 61 + 7 * seed):
            damaged[place] ^= 1 << seed
        try:
            document = read_pdf(_write(tmp_path / f"{seed}.pdf", bytes(damaged)))
        except DocumentError as error:
            assert f"'{seed}.pdf'" in str(error)
        else:
            assert any(page.lines for page in document.pages)


def test_pages_beyond_the_limit_are_reported(tmp_path: Path) -> None:
    """Reading stops at the page limit and says how far it came."""
    document = read_pdf(pages_of(tmp_path / "a.pdf", [HELLO] * 5), Limits(pages=2))
    assert len(document.pages) == 2
    assert "meer dan 2 pagina's" in document.incomplete
    assert "Gelezen: 2 van 5" in document.incomplete


def test_characters_beyond_the_limit_are_reported(tmp_path: Path) -> None:
    """Reading stops after the page that passes the character limit."""
    document = read_pdf(pages_of(tmp_path / "a.pdf", [HELLO] * 5), Limits(characters=15))
    assert len(document.pages) == 2
    assert "15 tekens" in document.incomplete


HUGE = b"BT /F1 9 Tf (x) Tj ET\n" * 60_000


def test_a_bomb_is_stopped_and_pages_before_it_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five hundred pages that share one huge stream end at the time limit; the page before them is kept."""
    monkeypatch.setattr(pdf, "STARTUP_SECONDS", 120.0)  # on a busy machine too it is the child's clock that rings
    path = pages_of(tmp_path / "bom.pdf", [HELLO, *[HUGE] * 500])
    document = read_pdf(path, Limits(seconds=1.5, page_seconds=0.5))
    assert document.pages[0].lines[0].text == "goedemorgen"
    assert "langer dan 1.5 seconden" in document.incomplete
    assert any("duurde te lang" in page.problem for page in document.pages)


def test_a_tiny_file_of_endless_work_is_stopped(tmp_path: Path) -> None:
    """Under 5 kB, a page of 20,000 operators that stands 499 times: the pages read in time are kept, the rest told."""
    kids = b"5 0 R " + b"6 0 R " * 499
    page = b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 500 /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Kids [%s] >>"
        % kids,
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        5: page % 7,
        6: page % 8,
        7: stream(HELLO),
        8: stream(b"BT /F1 9 Tf (x) Tj ET\n" * 5000),
    }
    path = raw(tmp_path / "klein.pdf", objects)
    assert path.stat().st_size < 5000
    started = time.monotonic()
    document = read_pdf(path, Limits(seconds=3))
    assert time.monotonic() - started < 3 + pdf.STARTUP_SECONDS + 10
    assert document.pages[0].lines[0].text == "goedemorgen"
    assert 0 < len(document.pages) < 500
    assert f"Gelezen: {len(document.pages)} van 500" in document.incomplete


def test_a_bomb_without_any_page_is_a_limit(tmp_path: Path) -> None:
    """When no text came out before the time was up, the limit is the error."""
    path = pages_of(tmp_path / "bom.pdf", [HUGE] * 500)
    with pytest.raises(LimitReached, match="langer dan 1 seconden"):
        read_pdf(path, Limits(seconds=1, page_seconds=0.2))


def test_too_much_memory_costs_the_page_only(tmp_path: Path) -> None:
    """A page that unpacks to more than the memory allowed is named; the others are read."""
    path = pages_of(tmp_path / "groot.pdf", [HELLO, b"%" + b" " * 70_000_000, HELLO])
    document = read_pdf(path, Limits(memory_mb=128))
    assert [bool(page.lines) for page in document.pages] == [True, False, True]
    assert "geheugen" in document.pages[1].problem


def test_a_child_that_hangs_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent's own clock ends a child that does not stop by itself; the pages that came out are kept."""
    page = '{"number":1,"label":"","width":9,"height":9,"lines":[["a",1,2,3,4,0]],"problem":"","rules":[],"hidden":{}}'
    lines = ['{"head":{"pages":2,"metadata":{}}}', f'{{"page":{page}}}', '{"page":{"num']
    monkeypatch.setattr(pdf, "_PROGRAM", f"import time; print({chr(10).join(lines)!r}, flush=True); time.sleep(60)")
    monkeypatch.setattr(pdf, "STARTUP_SECONDS", 0.5)
    document = read_pdf(draw(tmp_path / "a.pdf", blank), Limits(seconds=0.5))
    assert [line.text for line in document.pages[0].lines] == ["a"]
    assert "Gelezen: 1 van 2" in document.incomplete


def test_a_page_with_too_much_on_it_costs_that_page_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that would fill the pipe by itself is named; the next is read."""
    crowd = b"BT /F1 8 Tf %s ET" % b"".join(b"1 0 0 1 72 %d Tm (regel) Tj " % y for y in range(10, 800, 10))
    path = pages_of(tmp_path / "vol.pdf", [crowd, HELLO])
    small = "from ingest import worker; worker.MAX_PAGE = 1000; "
    monkeypatch.setattr(pdf, "_PROGRAM", pdf._PROGRAM.replace("main(", f"{small}main(", 1))
    document = read_pdf(path)
    assert [bool(page.lines) for page in document.pages] == [False, True]
    assert document.pages[0].problem == "vol.pdf, pagina 1: er staat te veel op."


@pytest.mark.parametrize("endless", ["'x' * 5_000_000", "('{\\\"page\\\":' + PAGE + '}\\n') * 50_000"])
def test_a_child_that_says_too_much_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, endless: str) -> None:
    """No more is taken in than the limit, be it one line or many; the pages until then are kept."""
    program = f"PAGE = {PAGE!r}; print('{{\"page\":' + PAGE + '}}'); print({endless}, flush=True); input()"
    monkeypatch.setattr(pdf, "_PROGRAM", program)
    document = read_pdf(draw(tmp_path / "a.pdf", blank), Limits(output_mb=1))
    assert document.pages[0].lines[0].text == "a"
    assert len(document.pages) < 15_000
    assert "meer dan 1 MB" in document.incomplete


@pytest.mark.parametrize(
    "said", ["'[1]'", "'{\"page\":{}}'", "'{\"error\":[]}'", "'{\"head\":7}'", "'geen JSON'", "'\xe9'"]
)
def test_a_child_that_makes_no_sense_is_a_broken_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """Whatever a page that took the child over lets it say, the file is refused and nothing else fails."""
    monkeypatch.setattr(pdf, "_PROGRAM", f"import time; print({said}, flush=True); time.sleep(60)")
    with pytest.raises(BrokenPdf, match="brak af"):
        read_pdf(draw(tmp_path / "a.pdf", text("een")))


def test_a_child_writes_no_file_and_knows_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that reads may not write to disk, and the operator's settings are not in its environment."""
    monkeypatch.setenv("REGIOWIJZER_GEHEIM", "1234")
    told = '{"error":["proef",""]}'
    program = (
        "import os, sys; sys.path.insert(0, sys.argv[1]); from ingest.confine import confine; confine(512, 9)\n"
        "try:\n with open(sys.argv[2], 'ab') as f: f.write(b'x')\n"
        f"except OSError: 'REGIOWIJZER_GEHEIM' in os.environ or print({told!r})"
    )
    monkeypatch.setattr(pdf, "_PROGRAM", program)
    path = draw(tmp_path / "a.pdf", text("een"))
    size = path.stat().st_size
    with pytest.raises(BrokenPdf, match="is beschadigd"):
        read_pdf(path)
    assert path.stat().st_size == size


def test_a_child_that_crashes_is_a_broken_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the child dies by itself without a page, the file is called broken, not slow."""
    monkeypatch.setattr(pdf, "_PROGRAM", "import os; os.abort()")
    with pytest.raises(BrokenPdf, match="brak af"):
        read_pdf(draw(tmp_path / "a.pdf", text("een")))


def test_the_child_needs_nothing_from_its_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another working folder, an odd file name and a hostile PYTHONPATH change nothing."""
    (tmp_path / "json.py").write_text("raise SystemExit")
    path = draw(tmp_path / "Plan ‘t Gooi -x.pdf", text("een"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert read_pdf(Path(path.name)).path == str(path)
    assert os.environ["PYTHONPATH"] == str(tmp_path)
