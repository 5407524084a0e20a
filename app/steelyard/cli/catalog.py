"""`steelyard catalog list|show|lint` and `steelyard workloads list|show`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from steelyard.catalog.load import load_catalog
from steelyard.cli.printing import print_json, print_table, print_text
from steelyard.errors import BadInputError, ExitCode, did_you_mean
from steelyard.project.contract import PartLine, WorkloadLine
from steelyard.wording import counted

if TYPE_CHECKING:
    import argparse

    from steelyard.catalog.load import Catalog
    from steelyard.catalog.part import Datum

__all__ = ["catalog", "workloads"]


def catalog(options: argparse.Namespace) -> ExitCode:
    """List the parts, show one, or check the files of the catalogue."""
    if options.what == "lint":
        return _lint(options)
    found = load_catalog()
    if options.what == "show":
        _show(found, options.part, as_json=options.json)
        return ExitCode.DONE
    if options.kind and options.kind not in found.schema:
        hint = did_you_mean(options.kind, tuple(found.schema)) or f" Kinds: {', '.join(found.schema)}."
        raise BadInputError(f'There is no kind of part "{options.kind[:40]}".{hint}')
    lines = [_line(found, identity) for identity in found.parts]
    lines = [line for line in lines if options.kind in {None, line.kind}]
    if options.json:
        print_json(tuple(lines))
    else:
        heads = ("Part", "Maker", "Name", "Number", "Price", "As of", "Weakest source")
        print_table(heads, (_cells(line) for line in lines))
    return ExitCode.DONE


def _line(found: Catalog, identity: str) -> PartLine:
    info, price = found.part(identity), found.price(identity)
    return PartLine(
        info.id,
        info.kind,
        info.manufacturer,
        info.name,
        info.mpn,
        None if price is None else float(price.amount),
        None if price is None else price.currency,
        None if price is None else price.date,
        info.weakest_tier,
    )


def _cells(line: PartLine) -> tuple[str, ...]:
    price = "unknown" if line.price is None else f"{line.price:,.2f} {line.currency}"
    return line.id, line.manufacturer, line.name, line.mpn, price, line.price_date or "", line.weakest_tier


def _show(found: Catalog, identity: str, *, as_json: bool) -> None:
    """Print all that is known of a part: each value with its source, each gap with its reason."""
    info, price = found.part(identity), found.price(identity)
    fields = found.schema[info.kind].fields
    data = {name: found.datum(identity, name) for name in fields}
    if as_json:
        specs = {name: _datum_json(datum) for name, datum in data.items()}
        print_json({**info._asdict(), "specs": specs, "price": None if price is None else _texts(price._asdict())})
        return
    print_text(f"{info.manufacturer} {info.name} ({info.mpn or 'no maker part number'}), {info.status}")
    if info.note:
        print_text(info.note)
    known = [(fields[name].label, _said(datum), datum.tier, _place(datum)) for name, datum in data.items()]
    print_table(("Field", "Value", "Tier", "Source"), known)
    if price is None:
        print_text("Price: not known")
    else:
        span = "" if price.low is None else f", {price.low} to {price.high}"
        print_text(f"Price: {price.amount} {price.currency} ({price.kind}{span}), {price.date}, {price.source}")


def _said(datum: Datum) -> str:
    if datum.value is None:
        return "unknown"
    return datum.words or f"{datum.value:,g} {datum.unit}".replace("×", "").rstrip()


def _place(datum: Datum) -> str:
    return datum.why_unknown if datum.value is None else ", ".join(filter(None, (datum.source, datum.where)))


def _datum_json(datum: Datum) -> dict[str, Any]:
    return {**datum._asdict(), "words": datum.words or None}


def _texts(fields: dict[str, Any]) -> dict[str, Any]:
    """Keep money exact: an amount is written as a text."""
    return {name: str(value) if name in {"amount", "low", "high"} and value is not None else value
            for name, value in fields.items()}  # fmt: skip


def _lint(options: argparse.Namespace) -> ExitCode:
    """Print every complaint with file and line; 2 when there is one."""
    root = Path(options.folder) if options.folder else None
    complaints = load_catalog(root, cache=None).complaints
    if options.json:
        print_json(complaints)
    else:
        for complaint in complaints:
            print_text(str(complaint))
        print_text(f"{counted(len(complaints), 'complaint')}." if complaints else "Nothing to complain about.")
    return ExitCode.BAD_INPUT if complaints else ExitCode.DONE


def workloads(options: argparse.Namespace) -> ExitCode:
    """List the workloads, or show the inputs and stages of one."""
    known = load_catalog().workloads
    if options.what == "show":
        _show_workload(known, options.workload, as_json=options.json)
        return ExitCode.DONE
    lines = [
        WorkloadLine(
            each.id,
            each.name,
            each.family,
            each.sample,
            tuple(stage.id for stage in each.stages),
            tuple(each.inputs),
            tuple(name for name, given in each.inputs.items() if given.required),
        )
        for each in known.values()
    ]
    if options.json:
        print_json(tuple(lines))
    else:
        print_table(
            ("Workload", "Name", "Sample", "Stages", "Must be set"),
            ((line.id, line.name, line.sample, str(len(line.stages)), ", ".join(line.required)) for line in lines),
        )
    return ExitCode.DONE


def _show_workload(known: dict[str, Any], identity: str, *, as_json: bool) -> None:
    if identity not in known:
        hint = did_you_mean(identity, tuple(known)) or f" Workloads: {', '.join(known)}."
        raise BadInputError(f'There is no workload "{identity[:60]}".{hint}')
    workload = known[identity]
    if as_json:
        print_json(workload)
        return
    print_text(f"{workload.name}: {workload.description}")
    rows = [
        (name, each.label, each.unit, "" if each.typical is None else f"{each.typical:,g}",
         "must be set" if each.required else f"default {each.default:,g}")
        for name, each in workload.inputs.items()
    ]  # fmt: skip
    print_table(("Input", "Label", "Unit", "Typical", ""), rows)
    print_table(("Stage", "Label", "Resource"), ((each.id, each.label, each.resource) for each in workload.stages))
