"""The file of a form."""

from pathlib import Path

import pytest

from service.multipart import BadForm, boundary_of, unwrap

TYPE = "multipart/form-data; boundary=----x1"
PDF = b"%PDF-1.7\r\n\x00\xff binary \r\n--niet-de-grens\r\n"


def body_of(name: str = "plan.pdf", content: bytes = PDF, end: bytes = b"\r\n------x1--\r\n") -> bytes:
    """A form as browsers send it."""
    head = f'------x1\r\nContent-Disposition: form-data; name="pdf"; filename="{name}"\r\n'
    return head.encode() + b"Content-Type: application/pdf\r\n\r\n" + content + end


@pytest.mark.parametrize("content", [PDF, b"", b"x" * 100_000, b"\r\n\r\n--x1"])
def test_the_file_comes_out_byte_for_byte(tmp_path: Path, content: bytes) -> None:
    """Whatever it holds, also line ends and what looks like a boundary."""
    (tmp_path / "form").write_bytes(body_of(content=content))
    name = unwrap(tmp_path / "form", boundary_of(TYPE), tmp_path / "file")
    assert name == "plan.pdf"
    assert (tmp_path / "file").read_bytes() == content


def test_names_may_hold_accents(tmp_path: Path) -> None:
    """Browsers send UTF-8 and write quotation marks with a percent sign."""
    (tmp_path / "form").write_bytes(body_of("Plán %22def%22.pdf"))
    assert unwrap(tmp_path / "form", b"----x1", tmp_path / "file") == 'Plán "def".pdf'


@pytest.mark.parametrize(
    "body",
    [b"", b"geen formulier", body_of(end=b""), body_of(""), body_of().replace(b"------x1", b"------x2"),
     b'------x1\r\nContent-Disposition: form-data; name="pdf"\r\n\r\nx\r\n------x1--\r\n'],
)  # fmt: skip
def test_what_is_no_such_form_is_refused(tmp_path: Path, body: bytes) -> None:
    """Cut off, without a file, or with another boundary: a sentence in Dutch."""
    (tmp_path / "form").write_bytes(body)
    with pytest.raises(BadForm, match="Kies"):
        unwrap(tmp_path / "form", b"----x1", tmp_path / "file")


def test_the_boundary_is_read_from_the_header() -> None:
    """With or without quotation marks; b'' for what is no form."""
    assert boundary_of('multipart/form-data; boundary="a b"') == b"a b"
    assert boundary_of(TYPE) == b"----x1"
    assert boundary_of("application/pdf") == boundary_of("") == b""
