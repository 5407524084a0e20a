"""Decoding still pictures: JPEG photographs and tiles, PNG of 8 and 16 bits, JPEG 2000."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import cv2
import glymur
import imagecodecs
import numpy as np
from PIL import Image

from measure.phantoms import photograph, slices
from measure.timing import Row, cost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

COUNT: Final = 16
ASKED: Final = 110_000
"""Bytes of a photograph of 500 x 375, as the public benchmark of decoders has them on average."""


def measure() -> Iterator[Row]:
    """Yield the cost of a picture by format and library, from bytes in memory to an array in memory."""
    cv2.setNumThreads(1)
    glymur.set_option("lib.num_threads", 1)
    photographs = [photograph(375, 500, seed) for seed in range(COUNT)]
    quality = quality_for(photographs)
    yield from of(f"JPEG photograph 500x375 (quality {quality})", [as_jpeg(one, quality) for one in photographs], JPEG)
    tiles = [photograph(256, 256, seed, grain=0.01) for seed in range(COUNT)]
    yield from of("JPEG tile 256x256 (quality 80)", [as_jpeg(one, 80) for one in tiles], JPEG)
    yield from of("JPEG 2000 tile 256x256, 10 : 1", [as_jpeg2000(one, 10) for one in tiles], JPEG2000)
    large = [photograph(1024, 1024, seed) for seed in range(4)]
    yield from of("PNG colour 1024x1024 of 8 bits", [as_png(one) for one in large], PNG)
    grey = [(one.astype(np.int32) + 1024).astype(np.uint16) for one in slices(COUNT)]
    yield from of("PNG grey 512x512 of 16 bits", [as_png(one) for one in grey], PNG)
    yield from of("JPEG 2000 grey 512x512 of 16 bits, lossless", [as_jpeg2000(one, 0) for one in grey], JPEG2000)


def of(what: str, files: list[bytes], readers: dict[str, Callable[[bytes], NDArray[np.generic]]]) -> Iterator[Row]:
    """Yield a row for each library that reads these files."""
    size = sum(map(len, files)) / len(files)
    for library, read in readers.items():
        yield cost(
            f"{what}, {library}",
            lambda read=read: [read(file) for file in files],  # type: ignore[misc]
            unit="s/picture",
            per=len(files),
            software=(library,),
            conditions=f"{size / 1000:.0f} kB",
        )


def with_pillow(file: bytes) -> NDArray[np.generic]:
    """Return the picture as Pillow reads it."""
    return np.asarray(Image.open(io.BytesIO(file)))


def with_opencv(file: bytes) -> NDArray[np.generic]:
    """Return the picture as OpenCV reads it, turned from its order of colours into ours."""
    picture = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_UNCHANGED)
    return np.asarray(picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))  # noqa: PLR2004


def with_glymur(file: bytes) -> NDArray[np.generic]:
    """Return the picture as OpenJPEG reads it through glymur, which wants a file: one in memory (/dev/shm)."""
    with open("/dev/shm/measure.jp2", "wb") as out:  # noqa: PTH123, S108
        out.write(file)
    return np.asarray(glymur.Jp2k("/dev/shm/measure.jp2")[:])  # noqa: S108


JPEG: Final = {"pillow": with_pillow, "opencv-python-headless": with_opencv, "imagecodecs": imagecodecs.jpeg8_decode}
PNG: Final = {"pillow": with_pillow, "opencv-python-headless": with_opencv, "imagecodecs": imagecodecs.png_decode}
JPEG2000: Final = {"pillow": with_pillow, "imagecodecs": imagecodecs.jpeg2k_decode, "Glymur": with_glymur}


def quality_for(photographs: list[NDArray[np.uint8]]) -> int:
    """Return the quality at which these photographs take the bytes that are asked for."""
    for quality in range(60, 100):
        if sum(len(as_jpeg(one, quality)) for one in photographs) / len(photographs) >= ASKED:
            return quality
    return 100


def as_jpeg(picture: NDArray[np.uint8], quality: int) -> bytes:
    """Return a JPEG file with colours at half the resolution."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=quality, subsampling="4:2:0")
    return out.getvalue()


def as_png(picture: NDArray[np.generic]) -> bytes:
    """Return a PNG file at the usual level."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG")
    return out.getvalue()


def as_jpeg2000(picture: NDArray[np.generic], ratio: int) -> bytes:
    """Return a JPEG 2000 file, so many times smaller; lossless for 0."""
    out = io.BytesIO()
    how = (
        {"quality_mode": "rates", "quality_layers": [ratio], "irreversible": True} if ratio else {"irreversible": False}
    )
    Image.fromarray(picture).save(out, "JPEG2000", **how)
    return out.getvalue()
