"""From a predicted number one comes to what was measured, or is told that nothing is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from steelyard.gui.popover import UNHELD, as_text
from steelyard.gui.present.explained import explained_view
from steelyard.gui.present.numbers import Address


def said_of(conductor, name):
    window = conductor.window
    explained = explained_view(conductor.desk.evaluation, Address(name, None, 0))
    window.popover.explain(explained, None)
    links = [link.text() for link in window.popover.findChildren(QPushButton)]
    texts = [label.text() for label in window.popover.findChildren(QLabel)]
    return "How accurate is this?" in links, UNHELD in texts and UNHELD in as_text(explained)


@pytest.mark.parametrize("name", ["throughput", "gpu_busy", "job_time"])
def test_that_a_rate_or_a_time_leads_to_what_was_measured(conductor, name):
    assert said_of(conductor, name) == (True, False)


@pytest.mark.parametrize(
    "name", ["wall_power", "gpu_temperature", "noise_level", "gpu_memory_at_peak", "memory_least", "cores_least"]
)
def test_that_memory_heat_and_noise_say_that_nothing_measured_is_held_against_them(conductor, name):
    assert said_of(conductor, name) == (False, True)


@pytest.mark.parametrize("name", ["gpu_memory", "gpu_count", "gpu_price"])
def test_that_what_a_maker_states_is_no_prediction(conductor, name):
    assert said_of(conductor, name) == (False, False)
