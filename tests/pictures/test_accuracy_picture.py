"""The picture of predicted against measured that the page on accuracy shows, and the window around it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from steelyard.figures.accuracy import curves
from steelyard.gui.accuracy_plot import AccuracyPlot
from steelyard.gui.accuracy_window import AccuracyWindow
from steelyard.gui.look import register_fonts
from steelyard.gui.opening import application_for
from steelyard.project.accuracy import accuracy

PLOT = (860, 640)
FEWEST_COLOURS = 60


def folder(tmp_path):
    kept = os.environ.get("STEELYARD_PICTURES")
    return Path(kept) if kept else tmp_path


def colours_of(image):
    return {image.pixel(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)}


def test_that_every_family_of_the_shipped_figures_is_on_the_plot(qtbot, tmp_path):
    application_for("light", 1.0)
    register_fonts(first=False)
    figure = curves(accuracy())
    plot = AccuracyPlot()
    qtbot.addWidget(plot)
    plot.setFixedSize(*PLOT)
    plot.show_figure(figure)
    plot.show()
    QApplication.processEvents()
    plot.clearFocus()
    QApplication.processEvents()
    out = folder(tmp_path) / "accuracy.png"
    assert plot.grab().save(str(out), "PNG")

    image = QImage(str(out))
    assert (image.width(), image.height()) == PLOT
    assert len(figure.scatters) >= 8
    assert len(colours_of(image)) > FEWEST_COLOURS


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_that_the_window_on_accuracy_is_drawn_in_both_themes(qtbot, tmp_path, theme):
    application_for(theme, 1.0)
    register_fonts(first=False)
    window = AccuracyWindow()
    qtbot.addWidget(window)
    window.show_accuracy(accuracy())
    window.show()
    QApplication.processEvents()
    out = folder(tmp_path) / f"accuracy-{theme}.png"
    assert window.grab().save(str(out), "PNG")

    assert len(colours_of(QImage(str(out)))) > FEWEST_COLOURS
    application_for("light", 1.0)
