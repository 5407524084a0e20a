"""The requirements sheet of a lab that has no build yet: gathered from its sizing, printed, always the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard import __version__
from steelyard.project.file import project_text
from steelyard.project.provenance import provenance_hash
from steelyard.project.requirements import requirements_of
from steelyard.sheets import bind_needs, bind_sizing
from steelyard.sheets.bibliography import Bibliography
from steelyard.sheets.bind_trust import trust_of
from steelyard.sheets.document import Layout, Running, calendar_day, document, is_print_of
from steelyard.sheets.page_sizing import requirements_pages
from steelyard.sheets.paper import paper_named
from steelyard.sheets.requirements_content import SIZED, RequirementsSheet

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from steelyard.catalog import Catalog
    from steelyard.project.content import Project
    from steelyard.project.sized import Weighed
    from steelyard.sheets.content import Source
    from steelyard.sheets.paper import Paper

PACE = ("throughput", "gpu_memory_at_peak")
"""What the cards were weighed by, beside the levels of each resource."""


def requirements_sheet(lab: Weighed, *, paper: str = "a4", date: str | None = None) -> bytes:
    """Return the sheet as the bytes of a PDF; the same project, catalogue, paper and date give the same bytes.

    date: the day on the sheet, instead of the project's. Raises BadInputError for a paper or a day that is not one.
    """
    return compose(content_of(lab, date), paper_named(paper))


def is_sheet_of(
    content: bytes, project: Project, catalog: Catalog, *, paper: str = "a4", date: str | None = None
) -> bool:
    """Return whether these bytes are a whole sheet of this project from this catalogue, on this paper and day."""
    return is_print_of(
        content, provenance_hash(project, catalog), calendar_day(date or project.as_of), paper_named(paper)
    )


def content_of(lab: Weighed, date: str | None = None) -> RequirementsSheet:
    """Return all that the sheet says."""
    project, found, evaluated = lab
    catalog = evaluated.engine.catalog
    trust, families = trust_of(lab)
    return RequirementsSheet(
        lab=project.name,
        role=project.role or ", ".join(dict.fromkeys(catalog.workloads[use.workload].name for use in evaluated.uses)),
        date=calendar_day(date or project.as_of),
        state=bind_sizing.state_of(lab),
        answer=bind_sizing.answer_of(lab),
        rungs=bind_sizing.rungs_of(lab),
        first=bind_sizing.first_measures(lab),
        second=bind_sizing.second_measures(lab),
        levels=bind_needs.levels_of(evaluated, ranges=True),
        growth=bind_needs.growth_of(evaluated),
        cards=bind_sizing.cards_of(lab),
        compared=f"Cards were compared in {found.rig}.",
        machines=bind_sizing.machines_of(found.boxes),
        adds=found.boxes.adds if found.boxes else (),
        sharing=bind_sizing.sharing_of(lab),
        trust=trust,
        families=families,
        assumed=bind_needs.taken_of(evaluated),
        sources=_sources(lab),
        catalogue=f"Catalogue {catalog.date}, {catalog.signature}",
        prices=f"{catalog.prices.book.name} {catalog.prices.book.date}",
        rules=f"Rules {__version__}",
        hash=provenance_hash(project, catalog),
        attachment=project_text(project).encode(),
    )


def compose(sheet: RequirementsSheet, paper: Paper) -> bytes:
    """Return the PDF of a requirements sheet."""

    def story(layout: Layout, pages: dict[str, int]) -> list[Flowable]:
        return requirements_pages(sheet, layout, pages, paper.room)

    running = Running(
        sheet="Requirements",
        subject=sheet.lab,
        title=f"Requirements: {sheet.lab}",
        date=sheet.date,
        foot=(sheet.catalogue, sheet.prices, sheet.rules),
        hash=sheet.hash,
        draft=sheet.state != SIZED,
    )
    return document(story, running, paper, sheet.attachment)


def _sources(lab: Weighed) -> tuple[Source, ...]:
    """What the levels, the pace and the prices of the cards rest on."""
    evaluated, catalog = lab.evaluated, lab.evaluated.engine.catalog
    bibliography = Bibliography(evaluated)
    needs = requirements_of(evaluated)
    names = [level.name for each in needs for level in (each.least, each.advised, each.ample)]
    for row in range(len(evaluated.uses)):
        bibliography.follow((*names, *PACE), row)
    for choice in (lab.found.least, lab.found.advised, lab.found.ample):
        price = catalog.price(choice.part, choice.cards) if choice and choice.part else None
        if price is not None:
            bibliography.cite(price.source)
    return bibliography.entries()
