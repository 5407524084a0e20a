"""Reading DICOM: the file, the pixels by the way they are packed, and what de-identification does to a header."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import imagecodecs
import numpy as np
from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import (
    CTImageStorage,
    ExplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
    generate_uid,
)  # fmt: skip

from measure.phantoms import slices
from measure.timing import Row, cost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

FILES: Final = 12
EDGE: Final = 512
PACKINGS: Final = ("uncompressed", "RLE", "JPEG lossless", "JPEG-LS", "JPEG 2000 lossless")
SOFTWARE: Final = ("pydicom", "pylibjpeg", "pylibjpeg-libjpeg", "pylibjpeg-openjpeg", "pylibjpeg-rle")
ENTRIES: Final = 80
"""Elements of a header beyond those that an image needs."""


def measure() -> Iterator[Row]:
    """Yield the cost of a CT slice by its packing, from bytes to Hounsfield units; then of a header made anonymous."""
    pictures = slices(FILES, EDGE)
    raw = EDGE * EDGE * 2
    for packing in PACKINGS:
        files = [packed(picture, packing) for picture in pictures]
        size = sum(map(len, files)) / FILES
        yield cost(
            f"CT slice read from DICOM, {packing}",
            lambda files=files: [hounsfield(file) for file in files],  # type: ignore[misc]
            unit="s/slice",
            per=FILES,
            software=SOFTWARE,
            conditions=f"{EDGE} squared of 16 bits, {size / 1000:.0f} kB (1 : {raw / size:.2f}); from memory to floats",
        )
    files = [packed(picture, "uncompressed", entries=ENTRIES) for picture in pictures]
    yield cost(
        "DICOM header made anonymous",
        lambda: [anonymous(file) for file in files],
        unit="s/file",
        per=FILES,
        software=("pydicom",),
        conditions=f"{ENTRIES} private elements; read, names, dates, identifiers and private ones gone, written",
    )


def hounsfield(file: bytes) -> NDArray[np.float32]:
    """Return the picture of a file in Hounsfield units."""
    dataset = dcmread(io.BytesIO(file))
    return np.asarray(dataset.pixel_array, np.float32) * float(dataset.RescaleSlope) + float(dataset.RescaleIntercept)


def packed(picture: NDArray[np.int16], packing: str, entries: int = 0) -> bytes:
    """Return a DICOM file of a picture."""
    stored = (picture.astype(np.int32) + 1024).clip(0, 4095).astype(np.uint16)
    encoders: dict[str, tuple[Any, Callable[[NDArray[np.uint16]], bytes]]] = {
        "JPEG lossless": (JPEGLosslessSV1, lambda array: imagecodecs.ljpeg_encode(array, bitspersample=16)),
        "JPEG-LS": (JPEGLSLossless, imagecodecs.jpegls_encode),
        "JPEG 2000 lossless": (
            JPEG2000Lossless,
            lambda array: imagecodecs.jpeg2k_encode(array, level=0, codecformat="J2K", reversible=True),
        ),
    }
    dataset = Dataset()
    dataset.SOPClassUID, dataset.SOPInstanceUID = CTImageStorage, generate_uid()
    dataset.PatientName, dataset.PatientID, dataset.Modality = "Nobody^At All", "0", "CT"
    dataset.StudyInstanceUID = dataset.SeriesInstanceUID = generate_uid()
    dataset.Rows, dataset.Columns = picture.shape
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.BitsAllocated = dataset.BitsStored = 16
    dataset.HighBit, dataset.PixelRepresentation = 15, 0
    dataset.RescaleSlope, dataset.RescaleIntercept = "1", "-1024"
    block = dataset.private_block(0x1235, "MADE UP", create=True) if entries else None
    for index in range(entries):
        if block is not None:
            block.add_new(index, "LO", f"entry {index} of a header")
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = CTImageStorage, dataset.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta, dataset.PixelData = meta, stored.tobytes()
    dataset["PixelData"].VR = "OW"
    if packing in encoders:
        meta.TransferSyntaxUID, encode = encoders[packing]
        dataset.PixelData = encapsulate([encode(stored)])
        dataset["PixelData"].VR = "OB"
    elif packing == "RLE":
        dataset.compress(RLELossless)
    out = io.BytesIO()
    dataset.save_as(out, enforce_file_format=True)
    return out.getvalue()


def anonymous(file: bytes) -> bytes:
    """Return a file whose names, identifiers, dates and private elements are gone; its pixels are carried over."""
    dataset = dcmread(io.BytesIO(file))

    def rinse(_: Dataset, element: Any) -> None:  # noqa: ANN401  # elements of every kind
        if element.VR in {"PN", "DA", "TM", "DT"}:
            element.value = ""
        elif element.VR == "UI" and element.keyword.endswith("InstanceUID"):
            element.value = generate_uid()

    dataset.remove_private_tags()
    dataset.walk(rinse)
    out = io.BytesIO()
    dataset.save_as(out)
    return out.getvalue()
