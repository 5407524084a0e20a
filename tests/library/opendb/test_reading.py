"""A folder or an archive is read within bounds, and what it hides is passed over with a reason."""

from __future__ import annotations

import io
import json
import os
import tarfile
import zipfile

import pytest

from steelyard.errors import BadInputError, DamagedFileError, MissingFileError
from steelyard.library.opendb import reading
from steelyard.library.opendb.reading import Source


@pytest.fixture
def folder(source, build):
    return source({build.file_of("PSU", n): build.sound["PSU"] for n in range(1, 4)})


def packed(folder, path, mode):
    with tarfile.open(path, mode) as archive:
        archive.add(folder, "buildcores-open-db-136a77ae")
    return path


def zipped(folder, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, file.relative_to(folder))
    return path


def files(source):
    return [member.file for member in source.members()]


def tar_of(path, *members):
    """An archive with exactly these members: (name, content) or a TarInfo."""
    with tarfile.open(path, "w") as archive:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                archive.addfile(member)
            else:
                info = tarfile.TarInfo(member[0])
                info.size = len(member[1])
                archive.addfile(info, io.BytesIO(member[1]))
    return path


@pytest.mark.parametrize(("name", "mode"), [("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tar.xz", "w:xz"), ("a.zip", "")])
def test_that_an_archive_gives_what_its_folder_gives(folder, tmp_path, name, mode) -> None:
    made = packed(folder, tmp_path / name, mode) if mode else zipped(folder, tmp_path / name)
    of_folder, of_archive = Source(folder), Source(made)

    assert sorted(of_archive.members()) == sorted(of_folder.members())
    assert of_archive.licence == of_folder.licence != ""


def test_that_the_folder_below_and_the_folder_above_are_found_too(folder) -> None:
    assert files(Source(folder / "open-db")) == files(Source(folder)) == files(Source(folder.parent))


def test_that_families_of_no_use_are_counted_and_left(source, build) -> None:
    made = Source(source({build.file_of("PSU"): build.sound["PSU"], "open-db/Mouse/1.json": {}}))

    assert len(files(made)) == 1
    assert made.others == {"Mouse": 1}


def test_that_links_and_names_that_lead_outside_are_passed_over_with_a_reason(tmp_path, build) -> None:
    link = tarfile.TarInfo(build.file_of("PSU", 2))
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    record = json.dumps(build.sound["PSU"]).encode()
    absolute, above = f"/{build.file_of('PSU', 3)}", f"../{build.file_of('PSU', 4)}"
    made = Source(tar_of(tmp_path / "a.tar", (build.file_of("PSU"), record), link, (absolute, record), (above, record)))

    assert files(made) == [build.file_of("PSU")]
    assert made.skipped == {"a link or no plain file": 1, "a name that leads outside": 2}
    assert made.passed[0] == (build.file_of("PSU", 2), "a link or no plain file")
    assert [each.file for each in made.passed[1:]] == [absolute, above]


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are no bytes")
def test_that_a_name_that_is_not_utf_8_is_escaped_and_refused_alone(folder, tmp_path, build) -> None:
    (folder / "open-db" / "GPU").mkdir(exist_ok=True)
    (folder / "open-db" / "GPU" / os.fsdecode(b"\xff\xfe.json")).write_text("{}")
    (folder / "open-db" / os.fsdecode(b"Mouse\xfe")).mkdir()
    (folder / "open-db" / os.fsdecode(b"Mouse\xfe") / "1.json").write_text("{}")
    record = json.dumps(build.sound["GPU"]).encode()
    archive = tar_of(tmp_path / "a.tar", (build.file_of("GPU"), record), ("open-db/GPU/\udcff\udcfe.json", record))

    for made in (Source(folder), Source(archive)):
        refused = [each for each in made.members() if each.why_not]
        assert refused == [("open-db/GPU/\\xff\\xfe.json", b"", "its name is not UTF-8")]
        "".join(made.others).encode()


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links only for administrators")
def test_that_a_link_in_a_folder_is_not_followed(folder, tmp_path, build) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text("{}")
    (folder / build.file_of("PSU", 9)).symlink_to(secret)
    made = Source(folder)

    assert build.file_of("PSU", 9) not in files(made)
    assert made.skipped == {"a link or no plain file": 1}


def test_that_a_record_that_is_there_twice_counts_once(tmp_path, build) -> None:
    record = json.dumps(build.sound["PSU"]).encode()
    made = Source(tar_of(tmp_path / "a.tar", (build.file_of("PSU"), record), (f"b/{build.file_of('PSU')}", record)))

    assert files(made) == [build.file_of("PSU")]
    assert made.skipped == {"a record that is there twice": 1}


@pytest.mark.parametrize("kind", ["folder", "tar", "zip"])
def test_that_a_record_that_is_too_large_is_named_and_not_read(source, tmp_path, build, kind) -> None:
    folder = source({build.file_of("PSU"): b" " * (reading.LARGEST_RECORD + 1)})
    made = {
        "folder": lambda: folder,
        "tar": lambda: packed(folder, tmp_path / "a.tar", "w"),
        "zip": lambda: zipped(folder, tmp_path / "a.zip"),
    }[kind]()

    (member,) = Source(made).members()
    assert member.raw == b""
    assert str(reading.LARGEST_RECORD) in member.why_not


@pytest.mark.parametrize(
    ("mode", "share"), [("w", 0.3), ("w", 0.5), ("w:gz", 0.3), ("w:gz", 0.99), ("w:xz", 0.3), ("w:xz", 0.99)]
)
def test_that_an_archive_that_is_cut_off_is_refused(folder, tmp_path, mode, share) -> None:
    path = packed(folder, tmp_path / "a", mode)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])

    with pytest.raises(DamagedFileError, match="cannot be read to its end"):
        files(Source(path))


def test_that_a_tar_that_is_cut_off_between_two_records_is_refused_too(folder, tmp_path) -> None:
    path = packed(folder, tmp_path / "a.tar", "w")
    with tarfile.open(path) as archive:
        second = archive.getmembers()[-1].offset
    path.write_bytes(path.read_bytes()[:second])

    with pytest.raises(DamagedFileError):
        files(Source(path))


def test_that_more_than_the_bounds_is_refused(folder, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(reading, "MOST_MEMBERS", 2)
    with pytest.raises(BadInputError, match="holds more than"):
        files(Source(folder))
    monkeypatch.setattr(reading, "MOST_MEMBERS", 100)
    monkeypatch.setattr(reading, "MOST_BYTES", 500)
    for path in (packed(folder, tmp_path / "a.tar.xz", "w:xz"), zipped(folder, tmp_path / "a.zip")):
        with pytest.raises(BadInputError, match="holds more than"):
            files(Source(path))


def test_that_a_bomb_of_zeros_ends_at_the_bound(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1 << 20)
    info = tarfile.TarInfo("open-db/PSU/a.json")
    info.size = 1 << 23
    with tarfile.open(tmp_path / "a.tar.xz", "w:xz") as archive:
        archive.addfile(info, io.BytesIO(bytes(info.size)))

    with pytest.raises(BadInputError, match="holds more than"):
        files(Source(tmp_path / "a.tar.xz"))


def test_that_what_is_no_source_is_said_so(tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.tar").write_text("no archive at all")
    with pytest.raises(MissingFileError, match="There is no"):
        Source(tmp_path / "nothing")
    with pytest.raises(BadInputError, match="holds no record of OpenDB"):
        files(Source(tmp_path / "empty"))
    with pytest.raises(DamagedFileError):
        files(Source(tmp_path / "text.tar"))
