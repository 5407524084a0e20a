"""Project files: what is saved opens as the same; what cannot be meant or is damaged is named, with its place."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from steelyard.errors import BadInputError, DamagedFileError, MissingFileError, SteelyardError
from steelyard.project.content import Given, InputValue, Lab, Project, Site, Variant, WorkloadUse
from steelyard.project.file import (
    MOST_BYTES,
    Opened,
    content_hash,
    load_project,
    project_from_text,
    project_text,
    save_project,
)
from steelyard.project.line_of import line_of
from steelyard.project.selection import Selection


def changed(project: Project, old: str, new: str) -> bytes:
    text = project_text(project)
    assert old in text
    return text.replace(old, new, 1).encode()


def test_that_a_saved_project_opens_as_it_was(project: Project, tmp_path: Path) -> None:
    save_project(project, tmp_path / "a.json")
    assert load_project(tmp_path / "a.json") == Opened(project)


def test_that_the_same_project_gives_the_same_text(project: Project) -> None:
    again = project_from_text(project_text(project).encode(), "a").project
    assert project_text(again) == project_text(project)


def test_that_a_file_from_before_these_fields_opens_as_it_was_and_is_written_alike(project: Project) -> None:
    """What nobody set is not written, so an old file keeps its bytes, its checksum and its hash."""
    text = project_text(project)
    new = (*Site._fields[Site._fields.index("dedicated") :], *Variant._fields[Variant._fields.index("power_limit") :])
    assert not [name for name in new if name != "notes" and f'"{name}"' in text]  # a variant has its notes as before
    assert project_text(project_from_text(text.encode(), "old").project) == text


def test_that_settings_of_site_and_build_read_back_as_they_were(project: Project) -> None:
    site = project.site._replace(
        dedicated=False, circuits=2.0, plug="NEMA 6-20", cord_current=16.0, room_volume=7.5, door_loss=20.0,
        patient_vicinity=True, isolated_supply=True, cooling_performance=3.0, carbon_intensity=0.35, duty=0.7,
        notes={"room_limit": "facilities, 3 May"},
    )  # fmt: skip
    given = {"psu_efficiency": Given(0.92, "maker's curve at the point")}
    build = project.variants[0]._replace(power_limit=250.0, display_place=1, given=given)
    changed = project._replace(site=site, variants=(build, *project.variants[1:]))
    assert project_from_text(project_text(changed).encode(), "new").project == changed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"room_temperature": 22', '"room_temperature": 70'),
        ('"room_temperature": 22', '"room_temperature": -50'),
        ('"breaker_current": 20', '"breaker_current": 0'),
        ('"room_conductance": 30', '"room_conductance": -1'),
        ('"room_conductance": 30', '"room_conductanse": 30'),
        ('"count": 2', '"count": 1.5'),
        ('"name": "Other"', '"name": ""'),
    ],
)
def test_that_what_cannot_be_meant_is_named_with_its_line(project: Project, old: str, new: str) -> None:
    content = changed(project, old, new)
    line = content[: content.index(new.encode())].count(b"\n") + 1
    with pytest.raises(BadInputError, match=rf'"plan\.json", line {line}, cannot be read: At "project\.'):
        project_from_text(content, "plan.json")


@pytest.mark.parametrize("name", ["a", "a.b", "a.b.c"])
def test_that_names_with_dots_in_them_lead_to_their_own_line(name: str) -> None:
    text = '{\n"a": 1,\n"a.b": 2,\n"a.b.c": [3,\n {"d": 4}]}'
    wanted = 1 + text[: text.index(f'"{name}"')].count("\n")
    assert line_of(text, f'At "{name}" stands 1') == wanted
    assert line_of(text, 'At "a.b.c[1].d" stands 4') == 5
    assert line_of(text, 'At "b" stands 4') is None
    assert line_of(text, "Two variants are alike") is None


def test_that_the_order_of_inputs_does_not_change_the_hash(project: Project) -> None:
    use = WorkloadUse("training", "nnunet-3d-training").with_input("epochs", None).with_input("cases", 300.0)
    assert content_hash(project.with_workload(use)) == content_hash(project)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"gpu": {', '"gpuu": {', 'no role "gpuu" in a build. Did you mean "gpu"?'),
        ('"count": 2', '"count": -2', 'variants[0].selection.gpu.count" stands -2; it must be a whole number'),
        ('"count": 2', '"count": 2.5', "stands 2.5; it must be a whole number"),
        ('"count": 2', '"count": true', "stands true; it must be a whole number"),
        ('"count": 2', '"count": 9', 'The role "gpu" holds at most 8'),
        ('"gpu/maker/large"', '"psu/maker/large"', 'takes a gpu, but "psu/maker/large" is a psu'),
        ('"gpu/maker/large"', '"large"', "a part id such as gpu/maker/model"),
        ('"lab": {', '"labb": {', 'no field "labb". Did you mean "lab"?'),
        ('"room_temperature": 22', '"room_temperature": "22"', 'stands "22"; it must be a number'),
        ('"room_temperature": 22', '"room_temperature": 2200', "it must be a number from -10 to 60"),
        ('"25000.00"', '"25000.001"', "USD has 2 digits after the point"),
        ('"25000.00"', '"-1.00"', "an amount of money"),
        ("2026-11-21", "2026-02-30", "not a day of the calendar"),
        ('"Other"', '"Balanced"', 'Two variants are called "Balanced"'),
        ('"schema_version": 1', '"schema_version": 2', "saved by a newer Steelyard"),
        ('"name": "Größe 1 µ",', "", 'the field "name" is missing'),
    ],
)
def test_that_what_cannot_be_meant_is_named_with_its_place(project: Project, old: str, new: str, says: str) -> None:
    with pytest.raises(BadInputError) as trouble:
        project_from_text(changed(project, old, new), "plan.json")
    assert says in str(trouble.value)
    assert '"plan.json"' in str(trouble.value)
    assert trouble.value.remedy


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"[]", "is not a Steelyard project"),
        (b'{"format": "other"}', "is not a Steelyard project"),
        (b"\xff\xfe", "byte 1 is not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 30 + b"1" + b"}" * 30, "nested more than"),
        (b'{"a": ' + b"1" * 5000 + b"}", "too long to be meant"),
        (b'{"a": NaN}', "NaN is not a number"),
        (b'{"a": -Infinity}', "-Infinity is not a number"),
        (b'{"a": 1e999}', "1e999 is not a number"),
        (b'{"a": 1, "a": 2}', 'the field "a" stands twice'),
        (b'{"a": 1,}', "line 1, column 9 (byte 9)"),
    ],
)
def test_that_damage_is_named_with_its_place(content: bytes, says: str) -> None:
    with pytest.raises(DamagedFileError) as trouble:
        project_from_text(content, "plan.json")
    assert says in str(trouble.value)
    assert trouble.value.remedy


def test_that_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(BadInputError, match="larger than 8 MB"):
        load_project(tmp_path / "large.json")


def test_that_lists_without_end_are_not_read(project: Project) -> None:
    raw = json.loads(project_text(project))
    raw["project"]["variants"] = [{"name": f"v{number}", "selection": {}} for number in range(100_000)]
    with pytest.raises(BadInputError, match="stand 100,000 entries; at most 64"):
        project_from_text(json.dumps(raw).encode(), "plan.json")


def test_that_a_missing_file_is_missing_and_a_folder_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="There is no file"):
        load_project(tmp_path / "none.json")
    with pytest.raises(BadInputError, match="it is a folder"):
        load_project(tmp_path)


def test_that_a_file_edited_by_hand_opens_with_a_notice(project: Project) -> None:
    opened = project_from_text(changed(project, '"count": 2', '"count": 4'), "plan.json")
    assert opened.project.variants[0].selection.count("gpu") == 4
    assert "edited by hand or damaged" in opened.notices[0]


def test_that_a_file_without_checksum_opens_with_a_notice(project: Project) -> None:
    raw = json.loads(project_text(project))
    del raw["content_sha256"]
    opened = project_from_text(json.dumps(raw).encode("utf-8-sig"), "plan.json")
    assert opened.project == project
    assert "carries no checksum" in opened.notices[0]


def test_that_a_file_cut_at_any_length_is_refused(project: Project) -> None:
    content = project_text(project).encode()
    for length in range(len(content.rstrip())):
        with pytest.raises(DamagedFileError) as trouble:
            project_from_text(content[:length], "plan.json")
        assert trouble.value.remedy


def test_that_no_flipped_bit_changes_a_project_in_silence(project: Project) -> None:
    content = project_text(project).encode()
    dice = random.Random(7)  # noqa: S311 - chance for a test
    for _ in range(3000):
        damaged = bytearray(content)
        damaged[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        try:
            opened = project_from_text(bytes(damaged), "plan.json")
        except SteelyardError as trouble:
            assert trouble.message  # noqa: PT017 - being refused is one of three good outcomes
        else:
            assert opened.notices or opened.project == project


names = some.text(some.characters(categories=("L", "N", "S")), min_size=1, max_size=40)
numbers = some.floats(-1e17, 1e17) | some.integers(-10, 10).map(float) | some.none()
inputs = some.dictionaries(some.sampled_from(["cases", "epochs"]), some.builds(InputValue, numbers, some.booleans()))
identifiers = some.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True)
amounts = some.none() | some.decimals(0, 10**9, places=2).map(str)


@some.composite
def some_uses(draw: some.DrawFn) -> tuple[WorkloadUse, ...]:
    found = draw(some.lists(identifiers, max_size=3, unique=True))
    return tuple(WorkloadUse(each, "work", draw(some.booleans()), draw(inputs)) for each in found)


@some.composite
def some_variants(draw: some.DrawFn) -> tuple[Variant, ...]:
    counts = some.integers(0, 8)
    return tuple(
        Variant(name, Selection.of(gpu=("gpu/maker/one", draw(counts)), memory=("memory/maker/kit", draw(counts))))
        for name in draw(some.lists(names, min_size=1, max_size=3, unique=True))
    )


@some.composite
def projects(draw: some.DrawFn) -> Project:
    limits = some.none() | some.floats(0, 60)
    site = Site(room_temperature=draw(some.floats(-10, 60)), room_limit=draw(limits), energy_price=draw(amounts))
    lab = Lab(budget=draw(amounts), regulated=draw(some.booleans()))
    day = str(draw(some.dates()))
    return Project(draw(names), draw(names), day, "USD", site, lab, draw(some_uses()), draw(some_variants()))


@settings(max_examples=80, deadline=None)
@given(projects())
def test_that_every_project_reads_back_as_it_was(some_project: Project) -> None:
    text = project_text(some_project)
    again = project_from_text(text.encode(), "plan.json")
    assert again.project == some_project
    assert project_text(again.project) == text
    assert not again.notices


@settings(max_examples=150, deadline=None)
@given(some.binary(max_size=200) | some.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_that_nothing_but_a_sentence_comes_of_rubbish(content: bytes) -> None:
    with pytest.raises(SteelyardError):
        project_from_text(content, "plan.json")
