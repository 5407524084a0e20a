"""What lies over the catalogue and reached this build: values set by hand, own parts, parts of other databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.catalog.layers import IMPORTED, OWN
from steelyard.sheets.content import OverrideLine

if TYPE_CHECKING:
    from steelyard.catalog import Catalog, Datum
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.sheets.bibliography import Bibliography

_EXACT = 10  # digits: what was typed, not what reads well
MARKS = {OWN: "own part, entered by hand", IMPORTED: "from BuildCores OpenDB, modified"}


def layer_note(catalog: Catalog, part: str) -> str:
    """Return what the parts table says of a part that is not the catalogue's own, or nothing."""
    return MARKS.get(catalog.part(part).layer, "")


def pins_of(catalog: Catalog, part: str) -> int:
    """Return how many values of a part users set."""
    return sum(of == part for of, _ in catalog.overrides)


def overrides_of(evaluated: VariantEvaluation, bibliography: Bibliography) -> tuple[OverrideLine, ...]:
    """Return the values of the build's parts that users set, with what stood there and on what grounds; cites them."""
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
    return tuple(lines)


def _said(datum: Datum) -> str:
    if datum.value is None:
        return "unknown"
    if datum.words:
        return datum.words
    unit = "" if datum.unit == "×" else datum.unit
    return f"{datum.value:,.{_EXACT}g}\N{NO-BREAK SPACE}{unit}".rstrip("\N{NO-BREAK SPACE}")
