"""What lies over catalogue and model and reached this build: values set by hand, own parts, parts of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.catalog.layers import IMPORTED, OWN
from steelyard.sheets.content import OverrideLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steelyard.catalog import Catalog, Datum
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.sheets.bibliography import Bibliography

OF_BUILD = "this build"
_EXACT = 10  # digits: what was typed, not what reads well
MARKS = {OWN: "own part, entered by hand", IMPORTED: "from BuildCores OpenDB, modified"}


def layer_note(catalog: Catalog, part: str) -> str:
    """Return what the parts table says of a part that is not the catalogue's own, or nothing."""
    return MARKS.get(catalog.part(part).layer, "")


def pins_of(catalog: Catalog, part: str) -> int:
    """Return how many values of a part users set."""
    return sum(of == part for of, _ in catalog.overrides)


def overrides_of(evaluated: VariantEvaluation, bibliography: Bibliography) -> tuple[OverrideLine, ...]:
    """Return the values that users set, with what stood there and on what grounds; cites their sources.

    First those of the catalogue's parts, then those of this build alone.
    """
    catalog = evaluated.engine.catalog
    parts = {filling.part for _, filling in evaluated.selection.items()}
    lines = []
    for (part, name), each in sorted(catalog.overrides.items()):
        if part not in parts:
            continue
        bibliography.cite(each.source)
        field = catalog.schema[catalog.part(part).kind].fields[name]
        grounds = (
            f"{each.why.rstrip('.')}; {catalog.sources[each.source].title}, {each.where}. {each.who}, {each.at[:10]}"
        )
        lines.append(
            OverrideLine(
                catalog.part(part).name,
                field.label,
                _said(catalog.datum(part, name)),
                _said(catalog.stated(part, name)),
                grounds,
            )
        )
    return (*lines, *_of_build(evaluated))


def _of_build(evaluated: VariantEvaluation) -> Iterator[OverrideLine]:
    """The power cap of the cards, and numbers that were given in the place of the model's."""
    model, voice, variant = evaluated.engine.model, evaluated.voice(), evaluated.variant
    if variant.power_limit is not None:
        entry = model.inputs["power_limit"]
        cap, board = (
            str(voice.say(value, entry.unit)) for value in (variant.power_limit, evaluated.value("gpu_board_power"))
        )
        yield OverrideLine(OF_BUILD, entry.label, cap, board, "a setting of the build")
    for name, (value, note) in variant.given.items():
        found = model.quantities.get(name) or model.inputs[name]
        instead = "computed" if name in model.quantities else "assumed or published"
        yield OverrideLine(OF_BUILD, found.label, str(voice.say(value, found.unit)), instead, f"given: {note}")


def _said(datum: Datum) -> str:
    if datum.value is None:
        return "unknown"
    if datum.words:
        return datum.words
    unit = "" if datum.unit == "×" else datum.unit
    return f"{datum.value:,.{_EXACT}g}\N{NO-BREAK SPACE}{unit}".rstrip("\N{NO-BREAK SPACE}")
