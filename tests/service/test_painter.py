"""Pages are drawn in children that may die; the service goes on."""

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service import painter as module
from service.marks import Glyphs
from service.painter import Bounds, DrawingBusy, PageNotDrawn, Painter
from service.pdfium_worker import Request, pack, unpack
from tests.ingest.pdfs import pages_of, stream
from tests.service.drawn import draw_pdf, write
from tests.service.test_picture import decode_png
from tests.shared import SHARED, needs_shared

PRELUDE = "import sys, time, os; out = sys.stdout.buffer; out.write(b'{\"size\":0}\\n'); out.flush(); "
"""A child that says that it is ready; what it does next is up to the test."""


@pytest.fixture
def page(tmp_path: Path) -> Request:
    """A request for a page that can be drawn."""
    return Request(str(draw_pdf(tmp_path / "plan.pdf", write([(20, 200, "Regioplan")]))), 1, 200)


@pytest.fixture
def painter() -> Iterator[Painter]:
    """A painter with one child, ended after the test."""
    made = Painter(Bounds(children=1))
    yield made
    made.close()


def badly(monkeypatch: pytest.MonkeyPatch, program: str, **bounds: float) -> Painter:
    """Return a painter whose children run another program once they are asked something."""
    monkeypatch.setattr(module, "_PROGRAM", f"{PRELUDE}sys.stdin.buffer.readline(); {program}")
    return Painter(Bounds(**{"children": 1, **bounds}))  # type: ignore[arg-type]  # one of its fields each


def process(painter: Painter) -> int:
    """Return the process id of the painter's only child, which is idle."""
    child = painter._idle.queue[0]
    assert child
    return child._process.pid


def test_one_child_draws_page_after_page(painter: Painter, page: Request) -> None:
    """Pictures and letters come from the same process, which is not started again."""
    painter.warm_up()
    first = process(painter)
    assert decode_png(painter.answer(page)[1]).shape == (150, 200, 3)
    glyphs = unpack(*painter.answer(Request(page.path, 1)))
    assert "".join(glyphs.texts) == "Regioplan"
    assert process(painter) == first


def test_letters_survive_the_way(page: Request) -> None:
    """Letters without a box, without a code and beyond the basic plane come back as they went."""
    glyphs = Glyphs(400.0, 300.5, ("a", "", "\U0001f600"), ((1.0, 2.0, 3.0, 4.25), None, None))
    assert unpack(*pack(glyphs)) == glyphs
    assert unpack(*pack(Glyphs(1.0, 2.0, (), ()))) == Glyphs(1.0, 2.0, (), ())


def test_what_cannot_be_drawn_is_told_and_costs_no_child(painter: Painter, page: Request) -> None:
    """A page that the file does not have gives its own sentence, and the child goes on."""
    painter.answer(page)
    first = process(painter)
    with pytest.raises(PageNotDrawn, match=r"Pagina 9 van 'plan\.pdf' is beschadigd"):
        painter.answer(Request(page.path, 9, 200))
    assert process(painter) == first


def test_a_child_that_was_killed_is_replaced(painter: Painter, page: Request) -> None:
    """When the system ended the child in between, the next page is drawn all the same."""
    drawn = painter.answer(page)
    first = process(painter)
    os.kill(first, signal.SIGKILL)
    assert painter.answer(page) == drawn
    assert process(painter) != first


def test_a_page_that_ends_its_child_is_told(monkeypatch: pytest.MonkeyPatch, page: Request) -> None:
    """The reader gets a sentence that names page and file, and the page is not tried again for a while."""
    painter = badly(monkeypatch, "os.abort()")
    with pytest.raises(PageNotDrawn, match=r"Pagina 1 van 'plan\.pdf' kan niet worden getekend"):
        painter.answer(page)
    monkeypatch.setattr(painter, "_ask", None)
    with pytest.raises(PageNotDrawn, match="kan niet worden getekend"):
        painter.answer(page)


def test_a_page_that_ends_its_child_costs_no_other_page(painter: Painter, page: Request, tmp_path: Path) -> None:
    """After a child was lost to one page, another page is drawn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PROGRAM", f"{PRELUDE}sys.stdin.buffer.readline(); os.abort()")
        with pytest.raises(PageNotDrawn):
            painter.answer(page)
    other = Request(str(draw_pdf(tmp_path / "ander.pdf", write([(20, 200, "Ander")]))), 1, 200)
    assert painter.answer(other)[1].startswith(b"\x89PNG")


def test_a_child_that_hangs_is_killed(monkeypatch: pytest.MonkeyPatch, page: Request) -> None:
    """A page that takes too long is given up in words, by the parent's clock when the child's does not ring."""
    painter = badly(monkeypatch, "time.sleep(60)", seconds=0.2)
    with pytest.raises(PageNotDrawn, match="duurt te lang"):
        painter.answer(page)


def test_a_child_keeps_its_own_clock(painter: Painter, page: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system ends a child that is late, so that it does not outlive its parent at work."""
    slow = "from service import pdfium; import time; pdfium.draw = lambda *a: time.sleep(60); "
    monkeypatch.setattr(module, "_PROGRAM", module._PROGRAM.replace("main(*", f"{slow}main(*"))
    monkeypatch.setattr(threading, "Timer", Never)
    late = Painter(Bounds(children=1, seconds=0.5))
    with pytest.raises(PageNotDrawn, match="duurt te lang"):
        late.answer(page)


def test_a_page_that_pdfium_will_not_leave_is_given_up(tmp_path: Path) -> None:
    """A form that draws itself, twenty thousand times, cannot be paused; it costs its child alone."""
    form = stream(
        b"/X1 Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 1000 0 R >> >>"
    )
    deep = pages_of(tmp_path / "diep.pdf", [b"q " * 300_000 + b"/X1 Do " * 20_000, b""], extra={1000: form})
    painter = Painter(Bounds(children=1, seconds=1.0))
    with pytest.raises(PageNotDrawn, match="duurt te lang"):
        painter.answer(Request(str(deep), 1, 1000))
    assert painter.answer(Request(str(deep), 2, 200))[1].startswith(b"\x89PNG")
    painter.close()


class Never:
    """A clock of the parent that never rings."""

    def __init__(self, *_: object) -> None:
        """Forget what to do."""

    def start(self) -> None:
        """Do nothing."""

    def cancel(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize(
    "answer",
    [
        "b'geen JSON\\n'",
        "b'{}\\n'",
        "b'[1]\\n'",
        "b'{\"size\":-1}\\n'",
        "b'{\"size\":99999999999}\\n'",
        "b'{\"size\":10}\\nkort'",
        "b'x' * 100000",
    ],
)
def test_a_child_that_answers_nonsense_is_ended(monkeypatch: pytest.MonkeyPatch, page: Request, answer: str) -> None:
    """No answer is taken that is not of the agreed form and size."""
    painter = badly(monkeypatch, f"out.write({answer}); out.flush()")
    with pytest.raises(PageNotDrawn, match="kan niet worden getekend"):
        painter.answer(page)


def test_a_page_that_asks_too_much_memory_is_told(monkeypatch: pytest.MonkeyPatch, page: Request) -> None:
    """A child gets no more than its share: it ends, and its parent does not."""
    greedy = "from service import pdfium; pdfium.draw = lambda *a: bytearray(400 << 20); "
    monkeypatch.setattr(module, "_PROGRAM", module._PROGRAM.replace("main(*", f"{greedy}main(*"))
    with pytest.raises(PageNotDrawn, match="vraagt te veel geheugen"):
        Painter(Bounds(children=1, memory_mb=400)).answer(page)


def test_waiting_for_a_page_ends(monkeypatch: pytest.MonkeyPatch, page: Request) -> None:
    """While all children draw, a request is turned away in words."""
    painter = badly(monkeypatch, "time.sleep(60)", seconds=1.0)
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.01)
    with ThreadPoolExecutor(2) as pool:
        found = [pool.submit(painter.answer, page) for _ in range(2)]
        kinds = {type(one.exception()) for one in found}
    assert kinds == {PageNotDrawn, DrawingBusy}


@pytest.mark.parametrize("program", ["", "import os; os.abort()"], ids=["no process", "it ends at once"])
def test_no_room_for_a_child_is_told(
    monkeypatch: pytest.MonkeyPatch, page: Request, painter: Painter, program: str
) -> None:
    """When the system starts no child, the reader may try again: it is not the page's fault, so it is drawn later."""
    with monkeypatch.context() as patch:
        if program:
            patch.setattr(module, "_PROGRAM", program)
        else:
            patch.setattr(module.sys, "executable", "/nergens/python")
        painter.warm_up()
        with pytest.raises(DrawingBusy):
            painter.answer(page)
    assert painter.answer(page)[1].startswith(b"\x89PNG")


def test_a_child_gets_none_of_our_settings(monkeypatch: pytest.MonkeyPatch, page: Request) -> None:
    """What an operator set, tokens among it, is not in the environment of a process that a page may take over."""
    monkeypatch.setenv("REGIOWIJZER_GEHEIM", "1234")
    told = "bytes(str([n for n in os.environ if n.startswith('REGIOWIJZER')]), 'ascii')"
    painter = badly(monkeypatch, f"b = {told}; out.write(b'{{\"size\":%d}}\\n' % len(b) + b); out.flush()")
    assert painter.answer(page)[1] == b"[]"
    painter.close()


@needs_shared
@pytest.mark.timeout(900)
def test_no_hostile_page_takes_the_service_down() -> None:
    """Of every seventh hostile file the first page is a picture or a sentence."""
    painter = Painter(Bounds(children=1))
    for path in sorted((SHARED / "hostile").glob("*.pdf"))[::7]:
        try:
            assert painter.answer(Request(str(path), 1, 400))[1].startswith(b"\x89PNG")
        except PageNotDrawn as fault:
            assert str(fault).endswith(("Open de PDF zelf.", "te tonen.", "Open de PDF."))
    painter.close()
