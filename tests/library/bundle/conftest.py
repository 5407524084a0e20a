"""A small catalogue that builds a model, keys of the test's own, and bundles of the one signed with the other."""

from __future__ import annotations

import hashlib
import shutil
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from steelyard.library.bundle.keys import add_key
from steelyard.library.bundle.making import sealed
from steelyard.library.bundle.minisign import SecretKey, public_key_text, public_of
from steelyard.library.bundle.payload import files_of
from steelyard.library.library import Library
from steelyard.library.location import catalogues_folder
from steelyard.library.tables import METADATA
from steelyard.places import components_db

MADE = datetime(2026, 11, 1, 9, tzinfo=UTC)
EXPIRES = "2027-05-01"
PARTS = 2  # of each kind: enough to load, to compare and to build a model


class Parties(NamedTuple):
    """Who signs: a publisher that the library trusts, and a stranger."""

    publisher: SecretKey
    stranger: SecretKey


@pytest.fixture(scope="session")
def parties() -> Parties:
    return Parties(_key_of("publisher"), _key_of("stranger"))


def _key_of(name: str) -> SecretKey:
    """Return a key that follows from a name: worth nothing, and the same in every run."""
    seed = hashlib.sha256(name.encode()).digest()
    return SecretKey(hashlib.sha256(seed).hexdigest()[:16].upper(), seed)


def _secret_key_text(key: SecretKey, password: str = "", *, checksum: bool = True) -> bytes:
    """Write a secret key as minisign does, with little work behind its password."""
    body = bytes.fromhex(key.id)[::-1] + key.seed + public_of(key).raw
    body += hashlib.blake2b(b"Ed" + body, digest_size=32).digest() if checksum else bytes(32)
    salt, operations, memory = bytes(range(32)), 1 << 19, 1 << 24
    if password:
        # libsodium's choice for these limits: the work fits the memory 1:32, so N = memory / 1024 and p = 1
        stream = hashlib.scrypt(password.encode(), salt=salt, n=1 << 14, r=8, p=1, maxmem=1 << 26, dklen=104)
        body = bytes(one ^ other for one, other in zip(body, stream, strict=True))
        head = b"EdScB2" + salt + operations.to_bytes(8, "little") + memory.to_bytes(8, "little")
    else:
        head = b"Ed\0\0B2" + bytes(48)
    return b"untrusted comment: minisign encrypted secret key\n" + b64encode(head + body) + b"\n"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a catalogue that is small and whole."""
    source, small = components_db(), tmp_path_factory.mktemp("small")
    for name in ("schema", "assumptions", "workloads"):
        shutil.copytree(source / name, small / name)
    for name in ("sources.toml", "rule_sets.toml", "README.md"):
        shutil.copy(source / name, small / name)
    for kind in (source / "parts").iterdir():
        (small / "parts" / kind.name).mkdir(parents=True)
        for part in sorted(kind.glob("*.toml"))[:PARTS]:
            shutil.copy(part, small / "parts" / kind.name)
    return small


@pytest.fixture(scope="session")
def files(folder: Path) -> dict[str, bytes]:
    return files_of(folder)


@pytest.fixture(scope="session")
def newer_files(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the catalogue with one graphics card less."""
    gone = min(name for name in files if name.startswith("parts/gpu/"))
    return {name: raw for name, raw in files.items() if name != gone}


@pytest.fixture(scope="session")
def first(files: dict[str, bytes], parties: Parties) -> bytes:
    return sealed(files, parties.publisher, 20261101, EXPIRES, MADE)


@pytest.fixture(scope="session")
def second(newer_files: dict[str, bytes], parties: Parties) -> bytes:
    return sealed(newer_files, parties.publisher, 20261102, EXPIRES, MADE)


@pytest.fixture
def trusting(library: Library, parties: Parties, tmp_path: Path) -> Library:
    """Return a library that trusts the publisher."""
    key = tmp_path / "publisher.pub"
    key.write_bytes(public_key_text(public_of(parties.publisher)))
    add_key(library, key)
    return library


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """Write bytes to a bundle's file."""

    def save(raw: bytes, name: str = "catalogue") -> Path:
        file = tmp_path / f"{name}.steelyard-catalogue"
        file.write_bytes(raw)
        return file

    return save


class State(NamedTuple):
    """All that must not change when a bundle is refused, and the reasons in the log."""

    tables: dict[str, list[Any]]
    folders: list[str]


def _state_of(library: Library) -> State:
    """Return everything that the library holds but its log, and everything in the folder of catalogues."""
    with library.reading() as connection:
        tables = {
            name: [tuple(row) for row in connection.execute(select(table)) if row[0] != "audit_head"]
            for name, table in METADATA.tables.items()
            if name != "audit"
        }
    place = catalogues_folder(library.path)
    return State(tables, sorted(str(path.relative_to(place)) for path in place.rglob("*")))


def _log_of(library: Library) -> list[tuple[str, str]]:
    """Return action and detail of every entry of the log."""
    audit = METADATA.tables["audit"]
    with library.reading() as connection:
        return [(row.action, row.detail) for row in connection.execute(select(audit).order_by(audit.c.seq))]


@pytest.fixture
def secret_key_text() -> Callable[..., bytes]:
    return _secret_key_text


@pytest.fixture
def state_of() -> Callable[[Library], State]:
    return _state_of


@pytest.fixture
def log_of() -> Callable[[Library], list[tuple[str, str]]]:
    return _log_of
