"""The JSON Schema of a part takes what the program's own reader takes, and refuses what it refuses."""

from __future__ import annotations

import re
import tomllib

import pytest

from steelyard.catalog.part_schema import part_schema
from steelyard.places import components_db

PARTS = sorted((components_db() / "parts").glob("*/*.toml"))
TYPES = {"string": str, "object": dict, "array": list, "boolean": bool}
KNOWN = {
    "$ref", "$schema", "$defs", "title", "description", "type", "properties", "required", "additionalProperties",
    "enum", "const", "anyOf", "oneOf", "items", "minimum", "maximum", "maxLength", "pattern", "if", "then",
}  # fmt: skip


def fits(value, schema, root):
    """Hold a value against a schema: every word of JSON Schema that ours use, and no other."""
    if isinstance(schema, bool):
        return schema
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        return fits(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
    conditions = [
        "type" not in schema or has_type(value, schema["type"]),
        "enum" not in schema or value in schema["enum"],
        "const" not in schema or value == schema["const"],
        "anyOf" not in schema or any(fits(value, each, root) for each in schema["anyOf"]),
        "oneOf" not in schema or sum(fits(value, each, root) for each in schema["oneOf"]) == 1,
    ]
    if isinstance(value, str):
        conditions += ["pattern" not in schema or re.search(schema["pattern"], value, re.ASCII) is not None]
        conditions += [len(value) <= schema.get("maxLength", len(value))]
    if isinstance(value, int | float) and not isinstance(value, bool):
        conditions += [schema.get("minimum", value) <= value <= schema.get("maximum", value)]
    if isinstance(value, list):
        conditions += [fits(each, schema.get("items", True), root) for each in value]
    if isinstance(value, dict):
        conditions += [name in value for name in schema.get("required", ())]
        inner = schema.get("properties", {})
        rest = schema.get("additionalProperties", True)
        conditions += [fits(each, inner.get(name, rest), root) for name, each in value.items()]
        if "if" in schema and fits(value, schema["if"], root):
            conditions += [fits(value, schema["then"], root)]
    return all(conditions)


def has_type(value, kind):
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, TYPES[kind])


def test_that_every_shipped_part_fits_the_schema_of_its_kind(shipped):
    schemas = {kind: part_schema(shipped.schema, kind) for kind in shipped.schema}
    for file in PARTS:
        part = tomllib.loads(file.read_text(encoding="utf-8"))
        assert fits(part, schemas[file.parent.name], schemas[file.parent.name]), file


def test_that_a_part_fits_the_schema_of_all_kinds_and_of_no_other_kind(shipped):
    schema = part_schema(shipped.schema)
    for kind in shipped.schema:
        file = next(file for file in PARTS if file.parent.name == kind)
        part = tomllib.loads(file.read_text(encoding="utf-8"))
        assert fits(part, schema, schema), file
        fitting = [name for name in shipped.schema if fits(part, schema["$defs"][name], schema)]
        assert fitting == [kind]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value = 2000", 'value = "2000"'),
        ("value = 2000", "value = 20"),
        ('unit = "GB",', 'unit = "TB",'),
        ('unit = "GB",', ""),
        ('"nvme"', '"usb"'),
        ("capacity", "kapacity"),
        ("interface =", "# interface ="),
        ('mpn = "M2T"', 'mpn = "M2T"\nmore = 1'),
        ('id = "drive/', 'id = "gpu/'),
        ("model-2tb", "Model 2TB"),
        ('name = "Model 2TB"', 'name = " "'),
        ('unknown = "not published"', 'unknown = ""'),
        ('unknown = "not published"', 'unknown = "x", value = 1'),
        (', source = "page", where', ", where"),
        ('"160.50"', "160.50"),
        ('"160.50"', '"160,50"'),
        ('"2026-04-12"', '"12.04.2026"'),
        ('"USD"', '"usd"'),
        ('kind = "order"', 'kind = "guess"'),
        ('kind = "order"', 'kind = "estimate"'),
        ('class = { value = "consumer SSD", source = "page" }', 'class = "consumer SSD"'),
    ],
)
def test_that_the_schema_refuses_what_the_reader_refuses(folder, old, new):
    schema = part_schema(folder.load().schema, "drive")
    assert folder.complaints() == []
    assert fits(tomllib.loads(folder.drive.read_text()), schema, schema)
    folder.drive.write_text(folder.drive.read_text().replace(old, new, 1))
    assert folder.complaints() != []
    assert not fits(tomllib.loads(folder.drive.read_text()), schema, schema)


def test_that_every_field_is_described_with_its_range_and_unit(shipped):
    for kind in shipped.schema.values():
        specs = part_schema(shipped.schema, kind.name)["properties"]["specs"]
        assert set(specs["properties"]) == set(kind.fields)
        for name, field in kind.fields.items():
            described = specs["properties"][name]
            assert described["title"] == field.label
            known = described["oneOf"][0]["properties"]
            if field.form == "number":
                assert (known["value"]["minimum"], known["value"]["maximum"]) == (field.low, field.high)
                assert known["unit"] == {"const": field.unit}
