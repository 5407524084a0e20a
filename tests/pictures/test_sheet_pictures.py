"""Pictures of both sheets, on both papers: nothing in the margins, no page blank, none overfull.

`STEELYARD_PICTURES=folder pytest tests/pictures` keeps them.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from steelyard.catalog import load_catalog
from steelyard.project.evaluate import Engine
from steelyard.project.samples import open_project
from steelyard.sheets.build_sheet import build_sheet
from steelyard.sheets.fitness_sheet import fitness_sheet

DOTS_PER_MM = 4
MARGIN_MM = 12  # of 15: a rule or a letter's tail may stand a little out
PAPERS = {"a4": (210, 297), "letter": (216, 279)}
LEAST_INK, MOST_INK = 0.005, 0.25


@pytest.fixture(scope="module", params=sorted(PAPERS))
def paper(request):
    return request.param


@pytest.fixture(scope="module")
def pages(paper):
    """Each page as grey values, 0 black to 255 white, shape (height, width)."""
    project = open_project("workstation-a-1").project
    evaluated = Engine.of(load_catalog()).evaluate_variant(project, project.variants[0].name)
    sheets = {"sheet": build_sheet(evaluated, paper=paper), "site": fitness_sheet(evaluated, paper=paper)}
    found = []
    for name, content in sheets.items():
        document = pypdfium2.PdfDocument(content)
        for number in range(len(document)):
            page = document[number]
            bitmap = page.render(scale=DOTS_PER_MM * 25.4 / 72)
            found.append(bitmap.to_numpy().mean(axis=2))
            _keep(bitmap, f"{name}-{paper}-{number + 1}.png")
            page.close()
        document.close()
    return found


def _keep(bitmap, name):
    kept = os.environ.get("STEELYARD_PICTURES")
    if kept:
        bitmap.to_pil().save(Path(kept) / name)


def test_that_every_page_has_the_size_of_its_paper(pages, paper):
    for page in pages:
        height, width = page.shape
        assert width == pytest.approx(PAPERS[paper][0] * DOTS_PER_MM, abs=4)
        assert height == pytest.approx(PAPERS[paper][1] * DOTS_PER_MM, abs=4)


def test_that_no_ink_stands_in_the_margins(pages):
    edge = MARGIN_MM * DOTS_PER_MM
    for number, page in enumerate(pages, 1):
        for name, strip in (("left", page[:, :edge]), ("right", page[:, -edge:])):
            assert strip.min() > 200, f"page {number}, {name}"


def test_that_every_page_says_something_and_leaves_room(pages):
    for number, page in enumerate(pages, 1):
        ink = float(np.mean(page < 160))
        assert LEAST_INK < ink < MOST_INK, f"page {number}: {ink:.3f}"
