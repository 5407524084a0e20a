"""The build sheet of a variant: gathered from its evaluation, printed, written whole or not at all."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard import __version__
from steelyard.figures import gpu_memory, gpu_time, power_waterfall, room_air, stage_balance, temperatures
from steelyard.figures.imbalance import costs_table
from steelyard.figures.sustained_taken import run_figures
from steelyard.figures.taken import readings_of
from steelyard.project.atomic import write_atomically
from steelyard.project.file import project_text
from steelyard.project.provenance import provenance_hash
from steelyard.sheets import bind_needs, bind_site, bind_words
from steelyard.sheets.bibliography import Bibliography
from steelyard.sheets.bind_bill import bill_of, numbered
from steelyard.sheets.bind_fitness import of_the_whole
from steelyard.sheets.bind_keys import key_of
from steelyard.sheets.bind_layers import overrides_of
from steelyard.sheets.bind_swaps import counterfactual, no_swaps, swaps_of
from steelyard.sheets.compose import compose
from steelyard.sheets.content import BuildSheet, WorkloadBalance
from steelyard.sheets.document import calendar_day
from steelyard.sheets.paper import usual_there
from steelyard.wording import decimal_marks, measured, number, plural

if TYPE_CHECKING:
    from pathlib import Path

    from steelyard.figures import Readings
    from steelyard.project.evaluate import ProjectEvaluation, VariantEvaluation

DRAWN = (stage_balance, gpu_time, gpu_memory, power_waterfall, temperatures, room_air)
READ = tuple(dict.fromkeys(name for plot in DRAWN for name in plot.PLOT.reads))
NOT_CHECKED = (
    "Wiring, earthing, fire safety, the building's load: have circuit and room checked by a qualified person.",
    "Electromagnetic compatibility, and nearness to scanners and their magnets.",
    "Firmware, drivers, and licences of application software.",
    "Whether a part is in stock, its lead time, its warranty, and where it was made.",
    "Whether the software is fit for clinical use; the sheet sizes a machine, it does not clear a device.",
    "Cable lengths and the room behind connectors, beyond the dimensions that the makers publish.",
)


def write(
    evaluation: ProjectEvaluation,
    out: Path,
    *,
    paper: str | None = None,
    date: str | None = None,
    variant: str | None = None,
    decimal: str | None = None,
) -> None:
    """Write the build sheet of a variant (the first one unless named) to `out`; the rest as `build_sheet`.

    date: the day on the sheet, instead of the project's. Raises BadInputError and CannotSaveError.
    """
    chosen = evaluation.variants[0] if variant is None else evaluation.variant(variant)
    write_atomically(out, build_sheet(chosen, paper=paper, date=date, decimal=decimal))


def build_sheet(
    evaluated: VariantEvaluation, *, paper: str | None = None, date: str | None = None, decimal: str | None = None
) -> bytes:
    """Return the sheet as the bytes of a PDF; the same project, catalogue, paper, date and marks give the same bytes.

    paper: "a4" or "letter"; decimal: "point" or "comma"; both as the site's rule set has them unless told.
    """
    chosen, marks = usual_there(evaluated.project.site, paper, decimal)
    with decimal_marks(marks):
        return compose(content_of(evaluated, date), chosen)


def content_of(evaluated: VariantEvaluation, date: str | None = None) -> BuildSheet:
    """Return all that the sheet says."""
    project, catalog = evaluated.project, evaluated.engine.catalog
    row, hardest = bind_words.tightest_row(evaluated), bind_site.hardest_row(evaluated)
    bibliography = Bibliography(evaluated)
    bill = bill_of(evaluated, bibliography)
    overrides = overrides_of(evaluated, bibliography)
    for each in evaluated.rows:
        bibliography.follow((*READ, *bind_needs.NAMES), each)
    bibliography.follow((*bind_site.READ, "build_price"), hardest)
    found = bind_words.findings(evaluated)
    swaps, none = swaps_of(evaluated, row), no_swaps(evaluated, row)
    for finding in evaluated.findings:
        if finding.verdict != "holds" and finding.applies:
            bibliography.cite(finding.rule.margin.source)
    at_site = readings_of(evaluated, hardest, READ)
    return BuildSheet(
        project=project.name,
        role=project.role,
        variant=evaluated.variant.name,
        date=calendar_day(date or project.as_of),
        status=evaluated.card.status,
        counts=bind_words.counts(evaluated, found),
        card=bind_words.card_measures(evaluated),
        figures=bind_words.figure_measures(evaluated, bill, row, hardest),
        why=bind_words.reasons(evaluated, row, hardest),
        limits=(*bind_words.limits(evaluated, row), *((counterfactual(swaps, none),) if evaluated.uses else ())),
        balance=bind_words.balance_sentence(evaluated, row),
        balances=tuple(_balance(evaluated, each) for each in range(len(evaluated.uses))),
        bottleneck=row,
        swaps=swaps,
        findings=found,
        bill=numbered(bill, bibliography),
        requirements=bind_needs.requirements_of(evaluated),
        levels=bind_needs.levels_of(evaluated),
        growth=bind_needs.growth_of(evaluated),
        assumed=bind_needs.assumed_of(evaluated),
        site=bind_site.site_sentence(evaluated),
        site_verdict=bind_site.site_verdict(evaluated),
        waterfall=of_the_whole(evaluated, power_waterfall.curves(at_site)),
        temperatures=temperatures.curves(at_site),
        room=of_the_whole(evaluated, room_air.curves(at_site)),
        blocks=bind_site.site_blocks(evaluated, hardest),
        site_note=_under(at_site) + bind_site.NOTE,
        keys=tuple(
            key_of(evaluated, name, at, place, bibliography) for name, at, place in _keys(evaluated, row, hardest)
        ),
        unknowns=bind_needs.unknowns_of(evaluated),
        not_checked=NOT_CHECKED,
        overrides=overrides,
        notes=tuple(notes for notes in (project.notes, evaluated.variant.notes) if notes.strip()),
        sources=bibliography.entries(),
        catalogue=f"Catalogue {catalog.date}, {catalog.signature}",
        prices=f"{catalog.prices.book.name} {bill.priced_on}",
        rules=f"Rules {__version__}",
        hash=provenance_hash(project, catalog),
        attachment=project_text(project).encode(),
        no_swaps="" if swaps else none,
        imbalance=costs_table(evaluated),
        run=run_figures(evaluated, hardest),
    )


def _balance(evaluated: VariantEvaluation, row: int) -> WorkloadBalance:
    readings = readings_of(evaluated, row, READ)
    return WorkloadBalance(
        readings.workload,
        _asked(evaluated, row),
        stage_balance.curves(readings),
        gpu_time.curves(readings),
        gpu_memory.curves(readings),
    )


def _asked(evaluated: VariantEvaluation, row: int) -> str:
    """What is asked of the build, in the words of the workload."""
    asked, samples = evaluated.value("asked_rate", row), evaluated.value("job_samples", row)
    voice = evaluated.voice(row)
    said = f"{voice.say(asked, evaluated.engine.model.quantities['throughput'].unit)} asked"
    if math.isfinite(samples) and asked > 0:
        hours = samples / asked / bind_words.evaluated_hour(evaluated)
        return f"{said}: {number(samples)} {plural(voice.sample, samples)} within {measured(hours, 'h')}"
    return said


def _under(readings: Readings) -> str:
    return f"Under {readings.workload}, the workload that draws most. " if readings.workload else ""


def _keys(evaluated: VariantEvaluation, row: int, hardest: int) -> list[tuple[str, int, int | None]]:
    """The numbers whose reasons are printed: name, row, position."""
    found: list[tuple[str, int, int | None]] = [("throughput", row, None)]
    if evaluated.selection.count("gpu"):
        heat = [
            evaluated.value("card_temperature", hardest, place) for place in range(evaluated.selection.count("gpu"))
        ]
        place = max(range(len(heat)), key=lambda each: (math.isnan(heat[each]), heat[each]))
        memory = max(evaluated.rows, key=lambda each: evaluated.value("gpu_memory_needed", each))
        found += [("gpu_busy", row, None), ("gpu_memory_needed", memory, None), ("card_temperature", hardest, place)]
    names = ("dc_load", "wall_power", "circuit_limit", "room_air", "noise_level", "build_price")
    return found + [(name, hardest, None) for name in names]
