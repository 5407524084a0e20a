"""What a chip's name tells for certain: its generation, and how wide its memory bus is. Facts of the makers' lists."""

from __future__ import annotations

import re
from typing import Final

POSSIBLE_BUSES: Final = frozenset(
    {32, 64, 96, 128, 160, 192, 224, 256, 320, 352, 384, 448, 512, 640, 768, 1024, 2048, 3072, 4096, 5120, 6144, 8192}
)
"""Widths of memory buses that were ever built, in bits."""

BUSES: Final = {
    "RTX PRO 6000": 512, "RTX PRO 5000": 384, "RTX PRO 4500": 256, "RTX PRO 4000": 192, "RTX PRO 2000": 128,
    "RTX 6000 Ada": 384, "RTX 5880 Ada": 384, "RTX 5000 Ada": 256, "RTX 4500 Ada": 192, "RTX 4000 Ada": 160,
    "RTX 2000 Ada": 128, "RTX A6000": 384, "RTX A5500": 384, "RTX A5000": 384, "RTX A4500": 320, "RTX A4000": 256,
    "RTX A2000": 192, "GeForce RTX 5090": 512, "GeForce RTX 5080": 256, "GeForce RTX 5070 Ti": 256,
    "GeForce RTX 5070": 192, "GeForce RTX 5060 Ti": 128, "GeForce RTX 5060": 128, "GeForce RTX 4090": 384,
    "GeForce RTX 4080": 256, "GeForce RTX 4080 SUPER": 256, "GeForce RTX 4070 Ti SUPER": 256,
    "GeForce RTX 4070 Ti": 192, "GeForce RTX 4070 SUPER": 192, "GeForce RTX 4070": 192, "GeForce RTX 4060 Ti": 128,
    "GeForce RTX 4060": 128, "GeForce RTX 3090 Ti": 384, "GeForce RTX 3090": 384, "GeForce RTX 3080 Ti": 384,
    "GeForce RTX 3070 Ti": 256, "GeForce RTX 3070": 256, "Radeon RX 7900 XTX": 384, "Radeon RX 7900 XT": 320,
    "Radeon RX 9070 XT": 256, "Radeon RX 9070": 256,
}  # fmt: skip
"""Bits of the memory bus by chip."""

_ARCHITECTURES: Final = (
    (re.compile(r"\bRTX PRO \d000|\bRTX 50\d0\b"), "Blackwell"),
    (re.compile(r"\bRTX 40\d0\b|\bRTX \d000 (SFF )?Ada\b|\bRTX 5880 Ada\b|\bRTX \d{4} Ada\b"), "Ada"),
    (re.compile(r"\bRTX 30\d0\b|\bRTX A\d000\b|\bRTX A\d500\b"), "Ampere"),
    (re.compile(r"\bRTX 20\d0\b|\bGTX 16\d0\b|\bQuadro RTX \d000\b"), "Turing"),
    (re.compile(r"\bRX 90\d0\b|\bR9700\b"), "RDNA 4"),
    (re.compile(r"\bRX 7\d00\b|\bW7\d00\b"), "RDNA 3"),
    (re.compile(r"\bArc B\d{3}\b|\bArc Pro B\d0\b"), "Xe2"),
)


def bus_of(chip: str) -> int | None:
    """Return the width of a chip's memory bus in bits, or None where it is not listed."""
    short = re.sub(r"\s+\d+ ?GB$", "", chip).removesuffix(" Generation").removesuffix(" Blackwell").strip()
    return BUSES.get(short)


def architecture_of(chip: str) -> str | None:
    """Return the generation of a chip as the schema calls it, or None where its name does not tell."""
    return next((name for pattern, name in _ARCHITECTURES if pattern.search(chip)), None)
