"""Marks on a picture, and the PNG file, read back by hand."""

import struct
import zlib

import numpy as np

from service.picture import EDGE, MARKER, Picture, encode_png, mark


def decode_png(data: bytes) -> Picture:
    """Read a PNG without filters, with the checks of the standard."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, {}
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0] == zlib.crc32(name + body)
        chunks[name] = body
        at += 12 + size
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, colour) == (8, 2)
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, 1 + 3 * width)
    assert not rows[:, 0].any()
    return rows[:, 1:].reshape(height, width, 3)


def test_png_holds_the_pixels() -> None:
    """What is written can be read back."""
    picture = np.random.default_rng(1).integers(0, 256, (7, 5, 3), dtype=np.uint8)
    assert (decode_png(encode_png(picture)) == picture).all()


def test_marks_are_yellow_with_an_edge_and_keep_black_black() -> None:
    """White under a mark turns yellow, black stays black, an edge runs around it, the rest is untouched."""
    picture = np.full((100, 100, 3), 255, dtype=np.uint8)
    picture[50, 50] = 0
    marked = mark(picture, [(20, 20, 40, 30)], 2.0)
    assert tuple(marked[45, 45]) == MARKER
    assert tuple(marked[50, 50]) == (0, 0, 0)
    assert tuple(marked[36, 60]) == EDGE
    assert (marked[:30] == 255).all()
    assert (picture[45, 45] == 255).all()


def test_marks_at_the_border_stay_on_the_picture() -> None:
    """A rectangle over the edge of the page is cut off."""
    picture = np.full((10, 10, 3), 255, dtype=np.uint8)
    assert mark(picture, [(-5, -5, 50, 50)], 1.0).shape == picture.shape
    assert (mark(picture, [(50, 50, 60, 60)], 1.0) == picture).all()
