"""Pictures: marks over a drawn page, and the PNG file. Pure functions over arrays.

The PNG is written here, in a dozen lines, so that no picture library is needed for it.
"""

import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.marks import Box

Picture = NDArray[np.uint8]
"""(height, width, 3), red-green-blue."""

MARKER = (255, 226, 92)
"""Yellow, laid on as a felt pen does: black letters stay black."""
EDGE = (190, 68, 0)
"""The line around the marks is seen where yellow is not: on a dark or yellow ground, or without seeing colour."""
MARGIN_POINTS = 1.2
COMPRESSION = 4
"""Higher takes two to three times as long for one per cent."""


def mark(picture: Picture, rectangles: Sequence[Box], scale: float) -> Picture:
    """Return the picture with rectangles (in points) marked; `scale` is pixels to a point."""
    inside = _cover(picture, rectangles, scale, 0)
    around = _cover(picture, rectangles, scale, max(1, round(scale))) & ~inside
    marked = picture.copy()
    marked[inside] = (picture[inside].astype(np.uint16) * MARKER // 255).astype(np.uint8)
    marked[around] = EDGE
    return marked


def _cover(picture: Picture, rectangles: Sequence[Box], scale: float, grow: int) -> NDArray[np.bool_]:
    """Which pixels lie in a rectangle, its margin and `grow` pixels more."""
    height, width = len(picture), len(picture[0])
    covered = np.zeros((height, width), dtype=bool)
    for x0, y0, x1, y1 in rectangles:
        left, top = ((side - MARGIN_POINTS) * scale - grow for side in (x0, y0))
        right, bottom = ((side + MARGIN_POINTS) * scale + grow for side in (x1, y1))
        rows = slice(max(0, round(top)), min(height, round(bottom)))
        covered[rows, max(0, round(left)) : min(width, round(right))] = True
    return covered


def encode_png(picture: Picture) -> bytes:
    """Write a picture as a PNG file (ISO/IEC 15948), 8 bits a channel, without filters: pages are mostly flat."""
    height, width = len(picture), len(picture[0])
    rows = np.zeros((height, 1 + 3 * width), dtype=np.uint8)
    rows[:, 1:] = picture.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), COMPRESSION)
    chunks = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
