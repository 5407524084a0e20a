"""A bundle's files as a folder, loaded as the program would load them, and on the disk for good where they stay."""

from __future__ import annotations

import os
from contextlib import contextmanager
from hashlib import sha256
from shutil import rmtree
from typing import TYPE_CHECKING, Final

from steelyard.catalog.load import load_catalog
from steelyard.errors import DamagedFileError
from steelyard.graph.quantity import DeclarationError
from steelyard.library.bundle.container import UNCHANGED
from steelyard.library.bundle.snapshots import UNFINISHED
from steelyard.project.atomic import flush_folder
from steelyard.project.model import model_of
from steelyard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from steelyard.catalog.load import Catalog
    from steelyard.library.bundle.container import Bundle

_LOADED: Final = frozenset({"schema", "parts", "assumptions", "workloads"})


@contextmanager
def laid_out(bundle: Bundle, parent: Path, *, durable: bool) -> Iterator[tuple[Path, Catalog]]:
    """Write the bundle's files to a new folder in `parent` and load them; the folder goes unless it is moved away.

    `durable` waits for the disk. DamagedFileError when what loads is not what was signed.
    """
    folder = parent / f"{UNFINISHED}{os.urandom(8).hex()}"
    folder.mkdir()
    try:
        _write(folder, bundle.files, durable=durable)
        catalog = load_catalog(folder, cache=None)
        if catalog.hash != hash_once_loaded(bundle.files):
            raise DamagedFileError(f"The disk gave back something else than was written. {UNCHANGED}")
        yield folder, catalog
    finally:
        rmtree(folder, ignore_errors=True)


def why_unusable(catalog: Catalog) -> str:
    """Say why a catalogue cannot be used by this program; empty where it can."""
    if catalog.complaints:
        count, first = counted(len(catalog.complaints), "mistake"), catalog.complaints[0]
        return f"its files have {count}, the first in {first.file}, line {first.line}: {first.what.rstrip('.')}"
    if not catalog.parts:
        return "it holds no part"
    try:
        model_of(catalog)
    except (DeclarationError, KeyError) as trouble:
        return f"it is made for another version of Steelyard: {str(trouble).rstrip('.')}"
    return ""


def _write(folder: Path, files: Mapping[str, bytes], *, durable: bool) -> None:
    for name, raw in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            stream.write(raw)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
    if durable:
        for each in (*(path for path in folder.rglob("*") if path.is_dir()), folder):
            flush_folder(each)


def hash_once_loaded(files: Mapping[str, bytes]) -> str:
    """Return the hash that a catalogue of these files must have: over the names and bytes of those that it reads."""
    digest = sha256()
    for name in sorted(files):
        if name.endswith(".toml") and (name == "sources.toml" or name.split("/")[0] in _LOADED):
            digest.update(f"{name}\n".encode() + files[name])
    return digest.hexdigest()
