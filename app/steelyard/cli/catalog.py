"""`steelyard catalog list` and `steelyard workloads list|show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from steelyard.cli.printing import print_json, print_table, print_text
from steelyard.cli.standing import standing_catalog
from steelyard.errors import BadInputError, ExitCode, did_you_mean
from steelyard.project.contract import PartLine, WorkloadLine

if TYPE_CHECKING:
    import argparse

    from steelyard.catalog.load import Catalog
    from steelyard.catalog.workload import WorkloadInput

__all__ = ["catalog", "workloads"]


def catalog(options: argparse.Namespace) -> ExitCode:
    """List the parts of all layers that stand in the catalogue; the hidden ones only when asked."""
    found = standing_catalog()
    if options.kind and options.kind not in found.schema:
        hint = did_you_mean(options.kind, tuple(found.schema)) or f" Kinds: {', '.join(found.schema)}."
        raise BadInputError(f'There is no kind of part "{options.kind[:40]}".{hint}')
    asked = [
        info
        for info in found.parts.values()
        if options.kind in {None, info.kind} and options.layer in {None, info.layer}
    ]
    lines = [_line(found, info.id) for info in asked if options.all or not info.is_hidden]
    if options.json:
        print_json(tuple(lines))
    else:
        heads = ("Part", "Maker", "Name", "Number", "Price", "As of", "Weakest source", "Layer")
        print_table(heads, (_cells(line) for line in lines))
        if hidden := len(asked) - len(lines):
            print_text(f"{hidden} more are no longer made or made for servers. List them too: catalog list --all")
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
        info.layer,
    )


def _cells(line: PartLine) -> tuple[str, ...]:
    price = "unknown" if line.price is None else f"{line.price:,.2f} {line.currency}"
    return line.id, line.manufacturer, line.name, line.mpn, price, line.price_date or "", line.weakest_tier, line.layer


def workloads(options: argparse.Namespace) -> ExitCode:
    """List the workloads, or show the inputs and stages of one."""
    known = standing_catalog().workloads
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
        (name, each.label, each.unit, _said(each.usual), _range(each), each.source,
         "must be set" if each.required else f"default {_said(each.default)}")
        for name, each in workload.inputs.items()
    ]  # fmt: skip
    print_table(("Input", "Label", "Unit", "Typical", "Usual range", "Source", ""), rows)
    for each in workload.inputs.values():
        if each.choices:
            words = ", ".join(f"{word} ({label})" for word, label in each.choices.items())
            print_text(f"{each.name} is one of {words}")
    print_table(("Stage", "Label", "Resource"), ((each.id, each.label, each.resource) for each in workload.stages))


def _range(given: WorkloadInput) -> str:
    """From the usual least to the usual greatest; counts are told apart."""
    if given.low is None or given.high is None:
        return "a word" if given.choices else ""
    return f"{_said(given.low)} to {_said(given.high)}{', whole' if given.whole else ''}"


def _said(value: float | str | None) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value:,g}"
