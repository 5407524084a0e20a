"""Own parts are read as strictly as the catalogue's, kept with their history, and evaluated like any other part."""

from __future__ import annotations

import pytest

from steelyard.catalog import Catalog, load_catalog
from steelyard.errors import BadInputError, MissingFileError
from steelyard.library import audit
from steelyard.library.library import Library
from steelyard.library.own_parts import change_own_part, own_parts, part_template, read_own_part, remove_own_part
from steelyard.library.prices.parts import PartFinder
from steelyard.library.standing import standing_catalog

DRIVE = """\
id = "drive/maker/model-2tb"
name = "Model 2TB"
manufacturer = "Maker"
mpn = "M2T"

[specs]
class = { value = "consumer SSD", source = "own-reading", where = "sheet 7, p. 1" }
form_factor = { value = "M.2 2280", source = "own-reading", where = "sheet 7, p. 1" }
interface = { value = "nvme", source = "own-reading", where = "sheet 7, p. 1" }
capacity = { value = 2000, unit = "GB", source = "own-reading", where = "sheet 7, p. 1" }
read_rate = { value = 7.0, unit = "GB/s", source = "own-measurement", where = "fio, 21 November" }
write_rate = { unknown = "not measured yet" }
"""


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return load_catalog()


def said(catalog: Catalog, text: str) -> list[str]:
    return [str(complaint) for complaint in read_own_part(catalog, text, "mine.toml").complaints]


def test_that_an_own_part_is_kept_and_stands_in_the_catalogue(library: Library, shipped: Catalog) -> None:
    kept, done = change_own_part(library, shipped, DRIVE)
    assert done == "added"
    assert own_parts(library) == (kept,)
    assert (kept.part_id, kept.mpn, kept.changed_by) == ("drive/maker/model-2tb", "M2T", "tester")
    catalog = standing_catalog(library.path, cache=None)
    assert catalog.complaints == ()
    assert catalog.part("drive/maker/model-2tb").layer == "own"
    datum = catalog.datum("drive/maker/model-2tb", "read_rate")
    assert (datum.value, datum.source, datum.tier) == (7.0, "own-measurement", "measured")


def test_that_a_change_is_logged_with_what_was_there_before(library: Library, shipped: Catalog) -> None:
    change_own_part(library, shipped, DRIVE)
    assert change_own_part(library, shipped, DRIVE)[1] == "nothing"
    faster = DRIVE.replace("7.0", "7.2")
    with_own = standing_catalog(library.path, cache=None)
    assert change_own_part(library, with_own, faster)[1] == "changed"
    assert remove_own_part(library, "drive/maker/model-2tb").document == faster
    assert own_parts(library) == ()
    with library.reading() as connection:
        entries = list(audit.entries(connection))
        assert audit.broken_at(connection) is None
    assert [entry.action for entry in entries] == ["own part added", "own part changed", "own part removed"]
    assert "value = 7.0" in entries[1].detail
    assert "value = 7.2" in entries[2].detail


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("2000", '"2000"', 'mine.toml:10: "value" must be a number.'),
        ("2000", "20", 'mine.toml:10: "capacity" = 20 GB is not plausible'),
        ('unit = "GB"', 'unit = "TB"', 'mine.toml:10: "capacity" is in "TB"; expected is "GB".'),
        ('"nvme"', '"nvem"', 'mine.toml:9: "interface" cannot be "nvem". Did you mean "nvme"?'),
        ("own-measurement", "hearsay", 'mine.toml:11: There is no source "hearsay"'),
        ("capacity", "kapacity", 'mine.toml:10: There is no key "kapacity" here. Did you mean "capacity"?'),
        ("write_rate", "# write_rate", 'mine.toml:6: "write_rate" is missing.'),
        ("drive/maker", "drvie/maker", "mine.toml:1: The id names no kind of part."),
        ("drive/maker", "drive/Maker", 'mine.toml:1: "drive/Maker/model-2tb" is no id.'),
        ("id =", "name2 =", "mine.toml:1: The id names no kind of part."),
        ("[specs]", "[specs", "mine.toml:0: Not TOML"),
    ],
)
def test_that_every_mistake_is_named_with_its_line(shipped: Catalog, old: str, new: str, complaint: str) -> None:
    assert any(line.startswith(complaint) for line in said(shipped, DRIVE.replace(old, new, 1)))


def test_that_all_complaints_are_given_and_nothing_is_kept(library: Library, shipped: Catalog) -> None:
    broken = DRIVE.replace('"nvme"', '"usb"').replace("2000", "20").replace("own-measurement", "hearsay")
    assert len(said(shipped, broken)) == 3
    with pytest.raises(BadInputError, match=r"not kept\. part\.toml:9: .* There are 3 complaints"):
        change_own_part(library, shipped, broken)
    assert own_parts(library) == ()


def test_that_the_id_of_a_curated_part_is_not_taken(library: Library, shipped: Catalog) -> None:
    taken = next(iter(shipped.tables["drive"].ids[1:]))
    (complaint,) = said(shipped, DRIVE.replace("drive/maker/model-2tb", taken))
    assert f'"{taken}" is that of a part of the catalogue. Take another one, such as "{taken}-own"' in complaint
    with pytest.raises(BadInputError):
        change_own_part(library, shipped, DRIVE.replace("drive/maker/model-2tb", taken))


def test_that_an_own_part_that_is_not_there_is_named(library: Library, shipped: Catalog) -> None:
    change_own_part(library, shipped, DRIVE)
    with pytest.raises(MissingFileError, match="Did you mean"):
        remove_own_part(library, "drive/maker/model-2tp")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("Model 2TB", "x" * 121, 'mine.toml:2: "name" has 121 letters; it may have 120. Shorten it.'),
        ('"Maker"', f'"{"m" * 10_000}"', 'mine.toml:3: "manufacturer" has 10,000 letters; it may have 120.'),
        ("M2T", "7" * 81, 'mine.toml:4: "mpn" has 81 letters; it may have 80.'),
        ("model-2tb", "m" * 121, 'mine.toml:1: "id" has 133 letters; it may have 120.'),
        ("Model 2TB", "Model \u202eBT2", 'mine.toml:2: "name" holds U+202E at letter 7, which cannot be seen.'),
        ("Model 2TB", "Model\\n2TB", 'mine.toml:2: "name" holds U+000A at letter 6'),
        ("M2T", "M\u20662T", 'mine.toml:4: "mpn" holds U+2066 at letter 2'),
    ],
)
def test_that_what_cannot_be_shown_or_stored_as_a_name_is_refused(
    library: Library, shipped: Catalog, old: str, new: str, complaint: str
) -> None:
    text = DRIVE.replace(old, new, 1)
    assert any(line.startswith(complaint) for line in said(shipped, text))
    assert max(map(len, said(shipped, text))) < 200
    with pytest.raises(BadInputError):
        change_own_part(library, shipped, text)


def test_that_the_longest_names_and_letters_of_any_script_are_taken(shipped: Catalog) -> None:
    assert not said(shipped, DRIVE.replace("Model 2TB", "型" * 120).replace("M2T", "7" * 80))


def test_that_a_part_begun_like_another_one_has_no_order_number_and_its_quotes_stay_with_the_other(
    library: Library, shipped: Catalog
) -> None:
    original = next(part for part, info in shipped.parts.items() if info.kind == "gpu" and len(info.mpn) > 6)
    number = shipped.part(original).mpn
    text = part_template(None, shipped, "gpu", original)
    kept, _ = change_own_part(library, shipped, text)
    assert kept.mpn == ""
    taken = text.replace('mpn = ""', f'mpn = "{number}"', 1).replace(f"{original}-own", f"{original}-second")
    assert change_own_part(library, shipped, taken)[0].mpn == number
    finder = PartFinder(standing_catalog(library.path, cache=None).parts)
    assert finder.find("", number, "", "") == original
    assert finder.find(f"{original}-second", "", "", "") == f"{original}-second"


def test_that_texts_made_to_harm_end_in_a_complaint(shipped: Catalog) -> None:
    for text in ("", "\0", "a = " + "[" * 5000, "x" * 300_000, 'id = "drive/../../x"', "\udcff", "id = '../../../x'"):
        found = read_own_part(shipped, text)
        assert found.part is None
        assert found.complaints


def test_that_every_part_of_the_catalogue_can_be_adapted_and_says_the_same(shipped: Catalog) -> None:
    for identity, info in shipped.parts.items():
        text = part_template(None, shipped, info.kind, identity)
        part, complaints = read_own_part(shipped, text)
        assert part is not None, complaints
        assert part.info.id == f"{identity}-own"
        assert part.info.note
        assert part.data == {name: shipped.datum(identity, name) for name in part.data}
        assert part.info.weakest_tier == info.weakest_tier


def test_that_an_own_part_can_be_adapted_too(library: Library, shipped: Catalog) -> None:
    change_own_part(library, shipped, DRIVE)
    catalog = standing_catalog(library.path, cache=None)
    text = part_template(library, catalog, "drive", "drive/maker/model-2tb")
    kept, done = change_own_part(library, catalog, text)
    assert (kept.part_id, done) == ("drive/maker/model-2tb-own", "added")
    again = standing_catalog(library.path, cache=None)
    assert 'id = "drive/maker/model-2tb-own-2"' in part_template(library, again, "drive", "drive/maker/model-2tb")


def test_that_a_blank_part_of_every_kind_reads_and_names_every_field(shipped: Catalog) -> None:
    for kind in shipped.schema:
        text = part_template(None, shipped, kind)
        part, complaints = read_own_part(shipped, text)
        assert part is not None, complaints
        assert all(datum.value is None for datum in part.data.values())
        assert all(f"{field} = {{" in text for field in shipped.schema[kind].fields)
        assert max(map(len, text.splitlines())) <= 220


def test_that_every_example_of_a_blank_part_can_be_taken_as_it_is(shipped: Catalog) -> None:
    for kind in shipped.schema:
        lines = part_template(None, shipped, kind).splitlines()
        open_lines = [line.removeprefix("# ") if " = " in line and "{" in line else line for line in lines[3:]]
        part, complaints = read_own_part(shipped, "\n".join(open_lines))
        assert part is not None, (kind, complaints)


def test_that_a_template_of_nothing_is_refused(shipped: Catalog) -> None:
    with pytest.raises(BadInputError, match=r'no kind of part "drvie". Did you mean "drive"'):
        part_template(None, shipped, "drvie")
    gpu = shipped.tables["gpu"].ids[1]
    with pytest.raises(BadInputError, match="is no part of the kind"):
        part_template(None, shipped, "drive", gpu)
