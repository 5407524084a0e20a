"""Write `resources/docs/coverage.md`: what the catalogue knows of its parts, and how well. A law compares the two.

python packaging/coverage.py
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
COVERAGE = ROOT / "resources" / "docs" / "coverage.md"
TARGET: Final = 0.95
"""Share of the values read by the model that is to be known or covered by a prior."""

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from steelyard.catalog import Catalog
    from steelyard.catalog.assumptions import Assumption, Spread
    from steelyard.graph.model import Model

HEAD = """# Coverage of the catalogue

What the files of the parts say, counted from them by `make coverage`; do not edit it by hand. A value is *known* where
a part states it with a source, *by prior* where it does not and an assumption for its class stands in, with a range,
and else *unknown*: then the results that need it say so. A field is *read* where a formula or a rule takes it.
"""


class Tally(NamedTuple):
    """One field of a kind of part: how many of its parts know it, have a prior for it, or neither."""

    kind: str
    field: str
    label: str
    is_read: bool
    known: int
    prior: int
    unknown: int

    @property
    def parts(self) -> int:
        """Number of parts of the kind."""
        return self.known + self.prior + self.unknown


def coverage(catalog: Catalog, model: Model) -> str:
    """Return the page as Markdown."""
    found = tallies(catalog, model)
    lines = [HEAD, *_summary(found, catalog), *_tiers(catalog), *_gaps(found), *_priors(catalog)]
    for kind in catalog.schema:
        lines.extend(_kind([tally for tally in found if tally.kind == kind], catalog))
    return "\n".join(lines).rstrip() + "\n"


def tallies(catalog: Catalog, model: Model) -> list[Tally]:
    """Count every field of every kind, in the order of the schema."""
    from steelyard.workstation.roles import ROLES  # noqa: PLC0415  # found only once the path is set

    read = _names_read(catalog, model)
    found = []
    for kind in catalog.schema.values():
        parts = [part.id for part in catalog.parts.values() if part.kind == kind.name]
        roles = [role.name for role in ROLES if role.kind == kind.name]
        for field in kind.fields.values():
            inputs = [name for role in roles for name in _inputs_of(role, field.name, field.form)]
            readers = [name for name in inputs if name in read]
            missing = [part for part in parts if catalog.datum(part, field.name).value is None]
            covered = sum(has_prior(part, readers or inputs, catalog) for part in missing)
            known, left = len(parts) - len(missing), len(missing) - covered
            found.append(Tally(kind.name, field.name, field.label, bool(readers), known, covered, left))
    return found


def has_prior(part: str, inputs: Iterable[str], catalog: Catalog) -> bool:
    """Whether a prior of this part's class stands in for each of these inputs of the model; false for no input."""
    names = list(inputs)
    return bool(names) and all(
        any(_speaks_for(prior, part, catalog) for prior in catalog.assumptions.values() if prior.fills == name)
        for name in names
    )


def share_covered(found: Iterable[Tally]) -> float:
    """Return which share of the values that the model reads is known or covered by a prior."""
    read = [tally for tally in found if tally.is_read]
    return _share(sum(tally.known + tally.prior for tally in read), sum(tally.parts for tally in read))


def _names_read(catalog: Catalog, model: Model) -> set[str]:
    """The inputs that formulas and rules take, and the categories by which assumptions that they take are chosen."""
    read = set(model.plan().reads)
    chosen = {each.by for each in catalog.assumptions.values() if each.by and {each.name, each.fills} & read}
    return read | chosen


def _inputs_of(role: str, field: str, form: str) -> tuple[str, ...]:
    if form != "slots":
        return (f"{role}_{field}",)
    return tuple(f"{role}_{name}" for name in ("slots", "slot_position", "slot_lanes", "slot_generation"))


def _speaks_for(prior: Assumption, part: str, catalog: Catalog) -> bool:
    if not prior.by:
        return math.isfinite(prior.value)
    from steelyard.catalog.assumptions import field_behind  # noqa: PLC0415  # found only once the path is set

    field = field_behind(prior.by, catalog.schema)
    word = catalog.datum(part, field.name).words if field else ""
    return word in prior.values and math.isfinite(prior.values[word].value)


def _summary(found: list[Tally], catalog: Catalog) -> Iterator[str]:
    share, target = _percent(share_covered(found)), _percent(TARGET)
    yield "## What the model reads"
    yield ""
    yield f"**{share}** of the values that the model reads are known or have a prior; {target} are asked for."
    yield ""
    yield "| Kind | Parts | Fields | of these read | Values read | known | by prior | unknown | covered |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for kind in catalog.schema.values():
        of_kind = [tally for tally in found if tally.kind == kind.name]
        yield _line(kind.label, _parts(of_kind), of_kind)
    yield _line("All", len(catalog.parts), found)
    yield ""


def _line(label: str, parts: int, of_kind: list[Tally]) -> str:
    read = [tally for tally in of_kind if tally.is_read]
    known, prior, unknown = (sum(getattr(tally, name) for tally in read) for name in ("known", "prior", "unknown"))
    total = known + prior + unknown
    covered = _percent(_share(known + prior, total)) if total else ""
    return _row(label, parts, len(of_kind), len(read), total, known, prior, unknown, covered)


def _tiers(catalog: Catalog) -> Iterator[str]:
    from steelyard.catalog.lint import tier_counts  # noqa: PLC0415  # found only once the path is set
    from steelyard.catalog.sources import TIERS  # noqa: PLC0415

    yield "## Where the known values come from"
    yield ""
    yield "Shares of the known values of every kind, read by the model or not, by the trust that their source deserves."
    yield ""
    yield _row("Kind", "Values", *TIERS)
    yield "|---|" + "---:|" * (1 + len(TIERS))
    counts = tier_counts(catalog)
    for name, of_kind in counts.items():
        yield _tier_line(catalog.schema[name].label, of_kind, TIERS)
    every = {tier: sum(of_kind.get(tier, 0) for of_kind in counts.values()) for tier in TIERS}
    yield _tier_line("All", every, TIERS)
    yield ""


def _tier_line(label: str, counts: dict[str, int], tiers: Iterable[str]) -> str:
    known = sum(counts.get(tier, 0) for tier in tiers)
    return _row(label, known, *(_percent(_share(counts.get(tier, 0), known)) for tier in tiers))


def _gaps(found: list[Tally]) -> Iterator[str]:
    gaps = sorted((tally for tally in found if tally.is_read and tally.unknown), key=lambda tally: -tally.unknown)
    yield f"## {len(gaps)} fields that the model reads and some parts leave open"
    yield ""
    yield "| Kind | Field | Parts | known | by prior | unknown | covered |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    for tally in gaps:
        covered = _percent(_share(tally.known + tally.prior, tally.parts))
        yield _row(tally.kind, tally.field, tally.parts, tally.known, tally.prior, tally.unknown, covered)
    yield ""


def _priors(catalog: Catalog) -> Iterator[str]:
    priors = [each for _, each in sorted(catalog.assumptions.items()) if each.fills]
    yield f"## {len(priors)} priors"
    yield ""
    yield "What stands in where a part does not state a value; low and high are the 10 % and 90 % points."
    yield ""
    yield "| Prior | For | Class | Value | Low | High | Unit | Source |"
    yield "|---|---|---|---:|---:|---:|---|---|"
    for prior in priors:
        classes: dict[str, Assumption | Spread] = {**prior.values} if prior.by else {"": prior}
        for word, spread in classes.items():
            name = spread.source or prior.source
            where = spread.where or prior.where
            source = f"{catalog.sources[name].title} (`{name}`)" + (f": {where}" if where else "")
            numbers = [_number(number) for number in (spread.value, spread.low, spread.high)]
            yield _row(f"`{prior.name}`", f"`{prior.fills}`", word, *numbers, prior.unit, source)
    yield ""


def _kind(of_kind: list[Tally], catalog: Catalog) -> Iterator[str]:
    yield f"## {catalog.schema[of_kind[0].kind].label}: {_parts(of_kind)} parts"
    yield ""
    yield "| Field | read | known | by prior | unknown |"
    yield "|---|---|---:|---:|---:|"
    for tally in of_kind:
        shares = [_percent(_share(number, tally.parts)) for number in (tally.known, tally.prior, tally.unknown)]
        yield _row(f"{tally.label} (`{tally.field}`)", "yes" if tally.is_read else "", *shares)
    yield ""


def _parts(of_kind: list[Tally]) -> int:
    return max((tally.parts for tally in of_kind), default=0)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _percent(share: float) -> str:
    """A share in whole percent, with a decimal where rounding would say all or none."""
    digits = 1 if 0.0 < share < 0.005 or 0.995 <= share < 1.0 else 0  # noqa: PLR2004  # half a percent
    return f"{100 * share:.{digits}f} %"


def _number(number: float) -> str:
    return f"{number:g}" if math.isfinite(number) else "unknown"


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Write the page for this checkout."""
    sys.path.insert(0, str(ROOT / "app"))
    from steelyard.catalog import load_catalog  # noqa: PLC0415
    from steelyard.project.model import model_of  # noqa: PLC0415

    catalog = load_catalog(ROOT / "components_db", cache=None)
    COVERAGE.parent.mkdir(parents=True, exist_ok=True)
    COVERAGE.write_text(coverage(catalog, model_of(catalog)), encoding="utf-8")


if __name__ == "__main__":
    main()
