"""Pictures of every view, light and dark, wide and narrow: made by the tests, kept where they are asked for.

`STEELYARD_PICTURES=folder pytest tests/pictures` keeps them; README and docs show those of resources/docs/pictures.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from steelyard.gui.picture import take_picture
from steelyard.gui.window import VIEWS
from steelyard.project.samples import open_project

SIZES = {"": (1440, 900), "-small": (1024, 700)}
FEWEST_COLOURS = 60

pytestmark = pytest.mark.usefixtures("qtbot")


def folder(tmp_path):
    kept = os.environ.get("STEELYARD_PICTURES")
    return Path(kept) if kept else tmp_path


def colours_of(path):
    image = QImage(str(path))
    return {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 5)}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_that_every_view_is_drawn_in_both_themes(tmp_path, view, theme):
    out = folder(tmp_path) / f"desk-{view}-{theme}.png"
    take_picture(open_project("workstation-a-1").project, out, view=view, theme=theme)
    image = QImage(str(out))
    assert (image.width(), image.height()) == SIZES[""]
    assert len(colours_of(out)) > FEWEST_COLOURS
    assert (image.pixelColor(720, 850).lightness() > 128) is (theme == "light")


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_that_every_view_fits_a_small_window(tmp_path, view):
    out = folder(tmp_path) / f"desk-{view}-small.png"
    take_picture(open_project("workstation-a-1").project, out, view=view, size=SIZES["-small"])
    image = QImage(str(out))
    assert (image.width(), image.height()) == SIZES["-small"]
    assert len(colours_of(out)) > FEWEST_COLOURS


def test_that_a_picture_is_the_same_twice(tmp_path):
    pictures = []
    for name in ("one.png", "two.png"):
        take_picture(open_project("workstation-a-1").project, tmp_path / name, view="balance")
        image = QImage(str(tmp_path / name))
        pictures.append(image.copy(0, 0, 1440, 870))  # the status line says how long it took
    assert pictures[0] == pictures[1]
