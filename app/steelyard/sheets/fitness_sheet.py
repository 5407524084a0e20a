"""The site fitness sheet of a variant, for those who run the building: gathered, printed, always the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard import __version__
from steelyard.figures import power_waterfall, room_air
from steelyard.figures.sustained_taken import run_figures
from steelyard.figures.taken import readings_of
from steelyard.project.atomic import write_atomically
from steelyard.project.file import project_text
from steelyard.project.findings import findings_of
from steelyard.project.provenance import provenance_hash
from steelyard.sheets import bind_fitness, bind_site, bind_taken, bind_words
from steelyard.sheets.bibliography import Bibliography
from steelyard.sheets.bind_watts import power_table
from steelyard.sheets.document import Layout, Running, calendar_day, document
from steelyard.sheets.fitness_content import FitnessSheet
from steelyard.sheets.page_fitness import density_of, fitness
from steelyard.sheets.paper import usual_there
from steelyard.wording import decimal_marks

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.platypus import Flowable

    from steelyard.project.evaluate import ProjectEvaluation, VariantEvaluation
    from steelyard.sheets.paper import Paper

SHOWN = 12
"""Assumptions on the page; what moves the answer less is counted."""
READ = tuple(dict.fromkeys(name for plot in (power_waterfall, room_air) for name in plot.PLOT.reads))


def write(
    evaluation: ProjectEvaluation,
    out: Path,
    variant: str | None = None,
    *,
    paper: str | None = None,
    date: str | None = None,
    decimal: str | None = None,
) -> None:
    """Write the site fitness sheet of a variant (the first one unless named) to `out`; the rest as `fitness_sheet`.

    Raises BadInputError and CannotSaveError.
    """
    chosen = evaluation.variants[0] if variant is None else evaluation.variant(variant)
    write_atomically(out, fitness_sheet(chosen, paper=paper, date=date, decimal=decimal))


def fitness_sheet(
    evaluated: VariantEvaluation, *, paper: str | None = None, date: str | None = None, decimal: str | None = None
) -> bytes:
    """Return the sheet as the bytes of a PDF; the same project, catalogue, paper, date and marks give the same bytes.

    paper: "a4" or "letter"; decimal: "point" or "comma"; both as the site's rule set has them unless told.
    """
    chosen, marks = usual_there(evaluated.project.site, paper, decimal)
    with decimal_marks(marks):
        return compose(content_of(evaluated, date), chosen)


def content_of(evaluated: VariantEvaluation, date: str | None = None) -> FitnessSheet:
    """Return all that the sheet says, with the marks in numbers that hold here and now."""
    project, catalog = evaluated.project, evaluated.engine.catalog
    row = bind_site.hardest_row(evaluated)
    bibliography = Bibliography(evaluated)
    weights = bind_taken.weighed(evaluated, row)
    for each in weights[:SHOWN]:
        bibliography.cite(each.spread.source)
    found = bind_words.findings_in_words(findings_of(evaluated.evaluation, evaluated.rows, evaluated.voice))
    deciding = bind_fitness.deciding(found)
    rules = evaluated.engine.model.rules
    for finding in deciding:
        bibliography.cite(rules[finding.rule].margin.source)
    readings = readings_of(evaluated, row, READ)
    waterfall, room = (
        bind_fitness.of_the_whole(evaluated, each.curves(readings)) for each in (power_waterfall, room_air)
    )
    heat, speed = run_figures(evaluated, row)
    return FitnessSheet(
        project=project.name,
        variant=evaluated.variant.name,
        date=calendar_day(date or project.as_of),
        ready=evaluated.card.status == "READY",
        site=bind_site.site_sentence(evaluated),
        verdict=bind_fitness.verdict_of(evaluated, row, found),
        answer=bind_fitness.answer_of(evaluated, row, waterfall.sentence, deciding),
        findings=deciding,
        others=len(found) - len(deciding),
        waterfall=waterfall,
        heat=heat,
        speed=speed,
        room=room,
        power=power_table(evaluated, row),
        blocks=bind_fitness.fitness_blocks(evaluated, row),
        under=f"under {readings.workload}" if readings.workload else "",
        taken=(*bind_taken.given_of(evaluated), *bind_taken.taken_of(evaluated, row, weights[:SHOWN], bibliography)),
        more=max(len(weights) - SHOWN, 0),
        notes=bind_fitness.notes_of(evaluated),
        sources=bibliography.entries(),
        catalogue=f"Catalogue {catalog.date}, {catalog.signature}",
        prices=f"{catalog.prices.book.name} {catalog.prices.book.date}",
        rules=f"Rules {__version__}",
        hash=provenance_hash(project, catalog),
        attachment=project_text(project).encode(),
    )


def compose(sheet: FitnessSheet, paper: Paper) -> bytes:
    """Return the PDF of a site fitness sheet."""
    density = density_of(sheet, paper.room)

    def story(layout: Layout, pages: dict[str, int]) -> list[Flowable]:
        return fitness(sheet, layout, pages, density)

    running = Running(
        sheet="Site fitness",
        subject=f"{sheet.project}, variant {sheet.variant}",
        title=f"Site fitness: {sheet.project}, variant {sheet.variant}",
        date=sheet.date,
        foot=(sheet.catalogue, sheet.prices, sheet.rules),
        hash=sheet.hash,
        draft=not sheet.ready,
    )
    return document(story, running, paper, sheet.attachment)
