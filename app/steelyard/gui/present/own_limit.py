"""A limit of one's own: the numbers that make it, and the project with others and where those are from."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from steelyard.errors import BadInputError
from steelyard.gui.present.numbers import label_of, unit_of
from steelyard.gui.present.site_settings import SETTINGS
from steelyard.project.content import Given, checked
from steelyard.wording import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.gui.present.site_limits import Gauged
    from steelyard.project.content import Project
    from steelyard.project.evaluate import VariantEvaluation


FIELDS = {
    "gpu_temperature_limit": ("gpu", "temperature_limit"),
    "cpu_temperature_limit": ("cpu", "temperature_limit"),
    "psu_rating": ("psu", "rated_power"),
}
"""The kind of part whose field says what such a limit may be; supplies side by side add up."""


class OwnNumber(NamedTuple):
    """A number that makes a limit. value: as it is in force, None where no limit is set."""

    name: str
    label: str
    unit: str
    value: float | None
    optional: bool


def own_numbers(variant: VariantEvaluation, gauged: Gauged) -> tuple[OwnNumber, ...]:
    """The numbers of the project that make a limit."""
    site = variant.project.site
    if gauged.given:
        unit = unit_of(variant, gauged.given).symbol
        return (OwnNumber(gauged.given, label_of(variant, gauged.given), unit, variant.value(gauged.given), False),)
    settings = {setting.name: setting for setting in SETTINGS}
    return tuple(
        OwnNumber(name, settings[name].label, settings[name].unit, getattr(site, name), settings[name].optional)
        for name in gauged.fields
    )


def with_numbers(
    project: Project, variant: str, gauged: Gauged, values: Mapping[str, float | None], note: str
) -> Project:
    """Return the project with these numbers in force, and the note of where each that changed is from."""
    if gauged.given:
        shown = project.variant(variant)
        value = values[gauged.given]
        given = {**shown.given, gauged.given: Given(float("nan") if value is None else value, note)}
        return checked(project.with_variant(shown._replace(given=MappingProxyType(given))))
    site = project.site
    changed = [name for name in values if values[name] != getattr(site, name)] or list(values)
    notes = {**site.notes, **dict.fromkeys(changed, note)}
    return checked(project._replace(site=site._replace(notes=MappingProxyType(notes), **values)))  # type: ignore[arg-type]


def check_bounds(variant: VariantEvaluation, gauged: Gauged, values: Mapping[str, float | None]) -> None:
    """Refuse a limit of a part that no part of its kind could have, as the catalogue says.

    Raises BadInputError.
    """
    kind, name = FIELDS[gauged.given]
    field, value = variant.engine.catalog.schema[kind].fields[name], values[gauged.given]
    high = field.high * (max(1, variant.selection.count(kind)) if name == "rated_power" else 1)
    if value is None or not field.low <= value <= high:
        raise BadInputError(
            f'At "{gauged.given}" stands {"nothing" if value is None else number(value)}; it must be a number from '
            f"{number(field.low)} to {number(high)} {field.unit}."
        )


def without_note(project: Project, variant: str, gauged: Gauged) -> Project:
    """Return the project with the computed number back in force, or without the note on the site's."""
    if gauged.given:
        shown = project.variant(variant)
        given = {name: each for name, each in shown.given.items() if name != gauged.given}
        return checked(project.with_variant(shown._replace(given=MappingProxyType(given))))
    notes = {name: note for name, note in project.site.notes.items() if name not in gauged.fields}
    return checked(project._replace(site=project.site._replace(notes=MappingProxyType(notes))))
