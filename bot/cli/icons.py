"""The two icons of the Teams app, drawn by code: a speech bubble with a ladder in it."""

import struct
import zlib

import numpy as np

COLOR_SIZE, OUTLINE_SIZE = 192, 32
GREEN, WHITE = (0x1B, 0x6E, 0x4F), (0xFF, 0xFF, 0xFF)
ACCENT = "#{:02X}{:02X}{:02X}".format(*GREEN)
FINE = 4
"""Samples a pixel, each way, so that edges are smooth."""

Mask = np.ndarray


def color() -> bytes:
    """192×192: a white bubble on green, all that matters within the middle 120×120 (Teams cuts corners)."""
    x, y = _grid(COLOR_SIZE)
    bubble = _rounded(x, y, (36, 40, 156, 132), 20) | _tail(x, y, (64, 131, 104, 156))
    ladder = _ladder(x, y, middle=96, top=56, bottom=118, half=22, thick=7, rungs=3)
    shares = np.rint(_shrink(bubble & ~ladder) * FINE * FINE).astype(np.uint8)
    palette = b"".join(
        bytes(round(g + (w - g) * i / FINE**2) for g, w in zip(GREEN, WHITE, strict=True))
        for i in range(FINE**2 + 1)
    )
    return _png(COLOR_SIZE, 3, shares.tobytes(), COLOR_SIZE, palette)


def outline() -> bytes:
    """32×32: the same in white lines on nothing."""
    x, y = _grid(OUTLINE_SIZE)
    outer = _rounded(x, y, (2, 3, 30, 25), 5) | _tail(x, y, (8, 24, 16, 30))
    inner = _rounded(x, y, (4, 5, 28, 23), 3)
    ladder = _ladder(x, y, middle=16, top=8, bottom=20, half=5, thick=2, rungs=3)
    pixels = np.full((OUTLINE_SIZE, OUTLINE_SIZE, 4), 255, np.uint8)
    pixels[..., 3] = np.rint(_shrink((outer & ~inner) | ladder) * 255)
    # Nothing is nothing: no white in what cannot be seen, as some checkers count colours.
    pixels[pixels[..., 3] == 0] = 0
    return _png(OUTLINE_SIZE, 6, pixels.tobytes(), OUTLINE_SIZE * 4)


def _grid(size: int) -> tuple[Mask, Mask]:
    at = (np.arange(size * FINE) + 0.5) / FINE
    return at[None, :], at[:, None]


def _shrink(mask: Mask) -> Mask:
    size = mask.shape[0] // FINE
    return np.asarray(mask.reshape(size, FINE, size, FINE).mean(axis=(1, 3)))


def _rounded(x: Mask, y: Mask, box: tuple[int, int, int, int], radius: int) -> Mask:
    left, top, right, bottom = box
    dx = np.maximum(np.maximum(left + radius - x, x - (right - radius)), 0)
    dy = np.maximum(np.maximum(top + radius - y, y - (bottom - radius)), 0)
    return np.asarray(dx**2 + dy**2 <= radius**2)


def _tail(x: Mask, y: Mask, box: tuple[int, int, int, int]) -> Mask:
    """The point of the bubble: a triangle that hangs from the left of the box."""
    left, top, right, bottom = box
    down = (y - top) / (bottom - top)
    within = (down >= 0) & (down <= 1)
    return np.asarray(within & (x >= left) & (x <= left + (right - left) * (1 - down)))


def _ladder(
    x: Mask, y: Mask, *, middle: int, top: int, bottom: int, half: int, thick: int, rungs: int
) -> Mask:
    within = (y >= top) & (y <= bottom)
    off = np.abs(x - middle)
    rails = within & (off >= half - thick) & (off <= half)
    step = (bottom - top) / rungs
    rung = within & (off <= half) & (np.abs((y - top) % step - step / 2) <= thick / 2)
    return np.asarray(rails | rung)


def _png(size: int, kind: int, pixels: bytes, row: int, palette: bytes = b"") -> bytes:
    """A PNG that is stored, not packed: the same bytes whatever the zlib of the machine (RFC 2083)."""
    lines = b"".join(b"\0" + pixels[at : at + row] for at in range(0, len(pixels), row))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, kind, 0, 0, 0)),
            _chunk(b"PLTE", palette) if palette else b"",
            _chunk(b"IDAT", zlib.compress(lines, 0)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
