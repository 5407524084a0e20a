"""Archives that are signed and yet hostile: a stolen key must not write outside its folder, nor fill the memory."""

from __future__ import annotations

import io
import stat
import struct
import time
import zipfile
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from steelyard.errors import BadInputError, DamagedFileError
from steelyard.library.bundle.changing import apply
from steelyard.library.bundle.container import REMARK
from steelyard.library.bundle.manifest import MANIFEST, manifest_of, manifest_text
from steelyard.library.bundle.minisign import sign
from steelyard.library.bundle.payload import MOST_MEMBERS, files_of, is_name, packed, unpacked

MADE = datetime(2026, 11, 1, 9, tzinfo=UTC).isoformat()


def archive(*members: tuple[str | zipfile.ZipInfo, bytes], **how: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, raw in members:
            made.writestr(name, raw, **how)
    return out.getvalue()


def special(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


BAD_NAMES = (
    "../sources.toml",
    "parts/../../sources.toml",
    "/etc/steelyard.toml",
    "C:/sources.toml",
    "C:sources.toml",
    "parts\\gpu\\a.toml",
    "parts//a.toml",
    "./sources.toml",
    "parts/gpu/deep/a.toml",
    "parts/gpu/",
    ".hidden.toml",
    "parts/.a/b.toml",
    "con.toml",
    "parts/aux/a.toml",
    "run.py",
    "parts/gpu/a.toml ",
    "parts/gpu/a.toml\n",
    "parts/gpu/ä.toml",
    "a" * 300 + ".toml",
    "",
)


@pytest.mark.parametrize("name", BAD_NAMES, ids=range(len(BAD_NAMES)))
def test_that_only_names_of_a_catalogue_are_read(name):
    assert not is_name(name)
    with pytest.raises(DamagedFileError):
        unpacked(archive(("sources.toml", b""), (special(name, stat.S_IFREG), b"x")))


def test_that_a_name_does_not_end_before_its_end():
    raw = archive(("sources.toml_.md", b"x"))
    with pytest.raises(DamagedFileError, match="no name"):
        unpacked(raw.replace(b"toml_", b"toml\0"))


def test_that_a_name_is_read_from_one_place_only():
    """The directory at the end and the header before the content may not name different files."""
    raw = archive(("sources.toml", b"x"), ("schema/gpu.toml", b"y"))
    with pytest.raises(DamagedFileError):
        unpacked(raw.replace(b"schema/gpu.toml", b"schema/cpu.toml", 1))


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_that_only_plain_files_are_read(mode):
    with pytest.raises(DamagedFileError, match="no plain file"):
        unpacked(archive((special("sources.toml", mode | 0o777), b"/etc/passwd")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("other", ["parts/gpu/a-b.toml", "parts/gpu/A-b.toml"])
def test_that_no_name_comes_twice(other):
    with pytest.raises(DamagedFileError, match="twice"):
        unpacked(archive(("parts/gpu/a-b.toml", b"1"), (other, b"2")))


def test_that_a_bomb_is_stopped_while_it_is_inflated():
    raw = archive(*((f"parts/gpu/a-{each}.toml", bytes(25_000_000)) for each in range(9)))
    assert len(raw) < 1_000_000
    begun = time.perf_counter()
    with pytest.raises(DamagedFileError, match="more than 200 MB"):
        unpacked(raw)
    assert time.perf_counter() - begun < 10


def test_that_a_bomb_cannot_hide_its_size():
    raw = bytearray(archive(("sources.toml", bytes(25_000_000))))
    for mark, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<L", raw, raw.index(mark) + place, 10)
    with pytest.raises(DamagedFileError):
        unpacked(bytes(raw))


def test_that_too_many_members_are_refused_before_they_are_listed():
    raw = bytearray(archive(("sources.toml", b"")))
    struct.pack_into("<2H", raw, len(raw) - 14, MOST_MEMBERS + 1, MOST_MEMBERS + 1)
    with pytest.raises(DamagedFileError, match="20,000"):
        unpacked(bytes(raw))
    honest = archive(*((f"parts/gpu/a-{each}.toml", b"") for each in range(MOST_MEMBERS + 1)))
    with pytest.raises(DamagedFileError, match="20,000"):
        unpacked(honest)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_that_only_known_ways_of_packing_are_read(method):
    with pytest.raises(DamagedFileError, match="packed in a way"):
        unpacked(archive(("sources.toml", b"x"), compress_type=method))


def test_that_an_archive_with_a_comment_or_something_behind_it_is_refused():
    raw = archive(("sources.toml", b"x"))
    for odd in (raw + b"x", b"x" + raw, raw[:-2] + b"\1\0x", raw[:21], b"", raw * 2):
        with pytest.raises(DamagedFileError):
            unpacked(odd)


def test_that_the_same_files_are_the_same_bytes(files):
    backwards = dict(reversed(files.items()))
    assert packed(files) == packed(backwards)
    assert unpacked(packed(files)) == files


@pytest.mark.parametrize("case", ["changed", "missing", "added", "no manifest", "wrong count", "twice", "other form"])
def test_that_a_signed_bundle_of_other_files_than_its_manifest_is_refused(
    trusting, parties, files, saved, state_of, case
):
    """The signature is right, and so is the comment; what is inside does not agree."""
    text = manifest_text(manifest_of(files, 20261101, MADE, "2027-05-01"))
    held = dict(files)
    match case:
        case "changed":
            held["sources.toml"] += b"\n"
        case "missing":
            del held["rule_sets.toml"]
        case "added":
            held["more.toml"] = b""
        case "wrong count":
            text = text.replace(b'"schema": 1', b'"schema": 2', 1).replace(b'"workloads": 3', b'"workloads": 4')
        case "twice":
            text = text.replace(b'"version"', b'"version": 20261101,\n "version"')
        case "other form":
            text = text.replace(b'"format": 1', b'"format": 2')
    payload = packed(held if case == "no manifest" else {**held, MANIFEST: text})
    comment = f"steelyard-catalogue version=20261101 expires=2027-05-01 manifest={sha256(text).hexdigest()}"
    before = state_of(trusting)
    with pytest.raises(DamagedFileError):
        apply(trusting, saved(sign(payload, parties.publisher, comment, REMARK) + payload))
    assert state_of(trusting) == before


def test_that_a_folder_with_something_else_in_it_is_not_packed(folder, tmp_path):
    for name in ("secret.key", "parts/gpu/notes.txt", ".git"):
        place = tmp_path / name.replace("/", "-")
        (place / name).parent.mkdir(parents=True)
        (place / name).write_text("x")
        with pytest.raises(BadInputError, match=r"is no file of a catalogue"):
            files_of(place)
    link = tmp_path / "linked"
    link.mkdir()
    (link / "sources.toml").symlink_to(folder / "sources.toml")
    with pytest.raises(BadInputError, match=r"is no file of a catalogue"):
        files_of(link)
