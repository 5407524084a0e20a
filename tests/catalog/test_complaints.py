"""Every mistake gets its sentence, with file and line, and none of them is a traceback."""

from __future__ import annotations

import pytest

from steelyard.catalog.page import LARGEST_FILE

FILE = "parts/drive/maker-model-2tb.toml"


def test_that_a_sound_catalogue_has_no_complaints(folder):
    assert folder.complaints() == []
    assert "drive/maker/model-2tb" in folder.load().tables["drive"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('7.0, unit = "GB/s"', '7000, unit = "MB/s"', 11, ['"read_rate" is in "MB/s"', 'expected is "GB/s"']),
        ('7.0, unit = "GB/s"', "7.0", 11, ['"read_rate" has no unit', 'expected is "GB/s"']),
        ("value = 7.0", "value = 7000", 11, ['"read_rate" = 7000 GB/s is not plausible', "0.05 to 40"]),
        ("value = 7.0", 'value = "7.0"', 11, ['"value" must be a number', "without quotation marks"]),
        ("value = 7.0", "value = nan", 11, ["not a finite number", "unknown ="]),
        ("value = 7.0", f"value = 1{'0' * 400}", 11, ["not a finite number"]),
        ("read_rate = {", "reed_rate = {", 11, ['no key "reed_rate"', 'Did you mean "read_rate"?']),
        ("read_rate = {", "reed_rate = {", 6, ['"read_rate" is missing', "unknown ="]),
        ('source = "memory"', 'source = "hearsay"', 12, ['no source "hearsay" in sources.toml. Add it to']),
        ('source = "memory"', 'source = "memmory"', 12, ['no source "memmory"', 'Did you mean "memory"?']),
        (', source = "memory"', "", 12, ['"source" is missing']),
        ('"nvme"', '"nvmee"', 9, ['"interface" cannot be "nvmee"', 'Did you mean "nvme"?']),
        ('{ unknown = "not published" }', '{ unknown = "" }', 13, ["The reason is empty"]),
        ('{ unknown = "not published" }', '{ unknown = "why", value = 1 }', 13, ["has a value and is unknown"]),
        ('where = "p. 1"', 'tier = "certain"', 10, ['no tier "certain"', "measured"]),
        ('id = "drive/maker/model-2tb"', 'id = "drive/maker/model-4tb"', 1, ["does not belong to this file", "Rename"]),
        ('id = "drive/maker/model-2tb"', 'id = "Drive 2"', 1, ["is no id", "kind/maker/model"]),
        ('name = "Model 2TB"', "name = 2", 2, ['"name" must be text']),
        ('name = "Model 2TB"\n', "", 1, ['"name" is missing']),
        ('mpn = "M2T"', 'mpn = "M2T"\nstatus = "gone"', 5, ['no status "gone"', "active, eol, server"]),
        ('"160.50"', "160.50", 16, ["not a decimal amount", "as text with a point"]),
        ('"160.50"', '"160,50"', 16, ["not a decimal amount"]),
        ('"160.50"', '"-1.00"', 16, ["not a decimal amount"]),
        ('kind = "order"', 'kind = "estimate"', 15, ["An estimate needs a low and a high"]),
        ('kind = "order"', 'kind = "guess"', 19, ['no price of the kind "guess"']),
        ('kind = "order"', 'kind = "order"\nlow = "200.00"', 15, ["not between its low and its high"]),
        ('"USD"', '"$"', 17, ['"$" is no currency']),
        ('"2026-04-12"', '"12.4.2026"', 18, ["is not a date"]),
        ("[price]", "[price", 15, ["Not TOML"]),
        ("[specs]", "specs = 3\n[other]", 6, ['"specs" must be a table']),
        ("[specs]", '[specs]\nfan_mounts = "many"', 7, ['no key "fan_mounts"']),
    ],
)
def test_that_a_mistake_is_named_with_its_line_and_remedy(folder, old, new, line, words):
    folder.change(old, new)
    complaints = folder.complaints()
    assert any(text.startswith(f"{FILE}:{line}: ") and all(word in text for word in words) for text in complaints), (
        complaints
    )
    assert "drive/maker/model-2tb" not in folder.load().tables["drive"]


def test_that_all_mistakes_of_all_files_are_found_at_once(folder):
    folder.change('"nvme"', '"nvmee"')
    folder.change("value = 7.0", "value = 7000")
    folder.change('"160.50"', '"a lot"')
    folder.write("parts/drive/maker-other.toml", "id = ")
    folder.write("parts/toaster/maker-bread.toml", 'id = "toaster/maker/bread"')
    complaints = folder.complaints()
    assert len(complaints) == 5
    assert [text.split(":")[0] for text in complaints] == [FILE] * 3 + [
        "parts/drive/maker-other.toml",
        "parts/toaster/maker-bread.toml",
    ]


def test_that_two_files_with_one_id_are_told_apart(folder):
    folder.write("parts/drive/maker-copy.toml", folder.drive.read_text())
    (complaint,) = folder.complaints()
    assert complaint.startswith("parts/drive/maker-copy.toml:1: ")
    assert f'The id "drive/maker/model-2tb" is that of {FILE} too.' in complaint
    assert len(folder.load().parts) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "Not UTF-8 text"),
        (b"a = " + b"[" * 30_000, "Nested too deeply"),
        (b"a = 1" + b"0" * 5_000, "Not TOML"),
        (b"#" * (LARGEST_FILE + 1), "Larger than 256 kB"),
        (b"", '"id" is missing'),
    ],
)
def test_that_a_hostile_file_is_a_complaint(folder, content, words):
    folder.drive.write_bytes(content)
    assert any(words in text for text in folder.complaints())


def test_that_a_broken_bibliography_or_schema_is_one_complaint_and_not_a_hundred(folder):
    folder.write("sources.toml", "[page")
    assert len(folder.complaints()) == 1
    folder.root.joinpath("sources.toml").unlink()
    assert folder.complaints() == ["sources.toml:0: The bibliography is missing. Put sources.toml back."]
    folder.write("sources.toml", "[page]\ntitle = 'A page'\n[memory]\ntitle = 'Memory'\n")
    folder.change('unit = "°C"\n', 'unit = "gallons"\n', "schema/drive.toml")
    (complaint,) = folder.complaints()
    assert complaint.startswith("schema/drive.toml:")
    assert 'no unit "gallons"' in complaint


@pytest.mark.parametrize(
    ("slots", "words"),
    [
        ("[{ position = 1, lanes = 16 }]", "Slot 1 needs a position"),
        ("[{ position = 1, lanes = 32, generation = 5 }]", "Slot 1 needs a position"),
        ("[{ position = 3, lanes = 16, generation = 5 }, { position = 1, lanes = 16, generation = 5 }]", "not below"),
        ("[5]", "A slot must be a table"),
        ("[{ position = 1, lanes = 16, generation = 5, colour = 'blue' }]", 'no key "colour"'),
    ],
)
def test_that_slots_are_checked_one_by_one(folder, slots, words):
    head = 'id = "board/maker/board"\nname = "Board"\nmanufacturer = "Maker"\n[specs]\n'
    folder.write("parts/board/maker-board.toml", f'{head}slots = {{ value = {slots}, source = "page" }}\n')
    (complaint,) = [text for text in folder.complaints() if words in text]
    assert complaint.startswith("parts/board/maker-board.toml:5: ")
