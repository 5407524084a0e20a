"""What a field refuses it names as it is labelled, never as the project's file does."""

from __future__ import annotations

import pytest

from steelyard.gui.present.fitting import fitted
from steelyard.gui.readings import Reading


def typed(field, text):
    field.setText(text)
    field.textEdited.emit(text)
    return field.accessibleDescription()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("life_years", "0", "Life must be from 0.5 to 30 years."),
        ("growth", "2000", "Growth must be from −90 to 1,000 % a year."),
        ("budget", "-5", "Budget must be "),
    ],
)
def test_that_the_lab_names_its_field_by_its_label_and_says_its_bounds(conductor, name, text, said):
    conductor.window.show_view("brief")
    told = typed(conductor.view("brief").lab[name].field, text)
    assert said in told
    assert "lab." not in told


def test_that_a_workload_names_its_input_by_its_label_and_its_samples_by_their_word(conductor):
    conductor.window.show_view("brief")
    box = next(iter(conductor.view("brief").boxes.values()))
    told = typed(box.fields["cases"].field, "-5")
    assert told.count("Cases cannot be −5")
    assert '"cases"' not in told
    assert "samples" not in told


def wide(most):
    return lambda reading: len(f"{reading.value} {reading.unit}".strip()) <= most


@pytest.mark.parametrize(
    ("value", "unit", "most", "shown"),
    [
        ("297", "GB", 10, ("297", "GB")),
        ("46,191,911,650", "GB", 12, ("46.2", "EB")),
        ("46,191,911,650", "×", 12, ("46.2 bn", "×")),
        ("2,700,734,336,579", "GB", 8, ("2.7", "ZB")),
        ("required", "", 5, ("requ…", "")),
    ],
)
def test_that_what_has_no_room_goes_to_a_larger_unit_and_is_cut_last(value, unit, most, shown):
    form = fitted(Reading(value=value, unit=unit), wide(most))
    assert (form.value.replace("\u202f", " ").replace("\u00a0", " "), form.unit) == shown
