"""What a project holds: the lab, the site, the workloads, and the variants of the build. All of it immutable.

Numbers are in the unit that the model's input of the same name has; None means unknown.
Money is a decimal text in the project's currency.
"""

from __future__ import annotations

import math
from collections.abc import Mapping  # noqa: TC003  # `shape` reads the annotations when the program runs
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple

from steelyard.errors import BadInputError, did_you_mean
from steelyard.money import minor_units, rate_in_minor_units
from steelyard.project.rule_sets import code_share, inlets_of
from steelyard.project.selection import Selection  # noqa: TC001  # as above
from steelyard.project.shape import Bounds, LeftOut, Most, Text, plain, typed

__all__ = [
    "BUILD_NUMBERS",
    "SITE_NUMBERS",
    "Given",
    "InputValue",
    "Lab",
    "Project",
    "Site",
    "Variant",
    "WorkloadUse",
    "agreed",
    "checked",
    "in_currency",
]

Name = Annotated[str, Text(200, pattern=r"\S(.*\S)?", says="a name that is not empty and has no blanks around it")]
Notes = Annotated[str, Text(4000, lines=True)]
Identifier = Annotated[str, Text(80, pattern=r"[a-z0-9][a-z0-9_.-]*", says="small letters, digits, and - . _")]
WorkloadName = Annotated[
    str,
    Text(
        120, pattern=r"[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)?", says="small letters, digits, and - . _ with one /"
    ),
]
Word = Annotated[str, Text(60, pattern=r"[a-z0-9][a-z0-9._-]*", says="a word of small letters, digits, and - . _")]
Amount = Annotated[str, Text(20, pattern=r"\d{1,15}(\.\d{1,6})?", says='an amount of money such as "12000.50"')]
Rate = Annotated[
    str, Text(20, pattern=r"\d{1,15}(\.\d{1,6})?", says='an amount of money such as "12000.50"'), LeftOut()
]
Day = Annotated[str, Text(10, pattern=r"\d{4}-\d{2}-\d{2}", says="a day such as 2026-11-21")]
RuleSetName = Literal["us", "uk", "eu", "own"]
Runs = Annotated[Literal["day", "night", "always", "turns"], LeftOut()]
Plug = Annotated[str, Text(80, pattern=r"\S(.*\S)?", says="the name of a plug, such as NEMA 6-20"), LeftOut()]
SourceNote = Annotated[str, Text(300, pattern=r"\S(.*\S)?", says="a few words that say where the number is from")]
Flag = Annotated[bool, LeftOut()]
Currency = Annotated[str, Text(3, pattern=r"[A-Z]{3}", says="a currency code such as USD")]


class Site(NamedTuple):
    """Where the build stands: room, circuit, limits. Each number is an input of the model (`SITE_NUMBERS`).

    dedicated: nobody else may plug in. notes: where a field's value is from, by the name of the field.
    """

    rule_set: RuleSetName = "us"
    supply_voltage: Annotated[float, Bounds(90, 480)] = 120.0  # V, nominal
    supply_voltage_low: Annotated[float, Bounds(80, 480)] = 108.0  # V, the low end that the supplier allows
    breaker_current: Annotated[float, Bounds(1, 400)] = 20.0  # A
    continuous_share: Annotated[float, Bounds(0.1, 1)] = 0.8  # share of the breaker for loads of three hours or more
    other_load: Annotated[float, Bounds(0, 100_000)] | None = 0.0  # W on the same circuit
    room_temperature: Annotated[float, Bounds(-10, 60)] = 22.0  # °C with the build off
    room_limit: Annotated[float, Bounds(0, 60)] | None = 27.0  # °C
    room_ventilation: Annotated[float, Bounds(0, 1e6)] | None = 300.0  # m³/h
    ventilation_temperature: Annotated[float, Bounds(-30, 60)] | None = 18.0  # °C of the air let in
    room_conductance: Annotated[float, Bounds(0, 1e5)] | None = 30.0  # W/K through walls
    altitude: Annotated[float, Bounds(-500, 6000)] = 0.0  # m above the sea
    noise_limit: Annotated[float, Bounds(0, 120)] | None = 50.0  # dB(A)
    listening_distance: Annotated[float, Bounds(0.1, 100)] = 1.0  # m
    energy_price: Amount | None = None  # currency a kWh
    hours_per_year: Annotated[float, Bounds(0, 8784)] = 4000.0  # h a year that it is switched on
    dedicated: Flag = True
    circuits: Annotated[float, Bounds(1, 4), LeftOut()] = 1.0  # alike, that the build's supplies are spread over
    plug: Plug | None = None  # None: that of the rule set's circuit
    cord_current: Annotated[float, Bounds(0.1, 400), LeftOut()] | None = None  # A, rating of the cord set or strip
    room_volume: Annotated[float, Bounds(0.1, 1e6), LeftOut()] | None = None  # m³
    door_loss: Annotated[float, Bounds(0, 80), LeftOut()] | None = None  # dB, a closed door before the listener
    patient_vicinity: Flag = False  # within reach of a patient (NFPA 99)
    isolated_supply: Flag = False  # fed through a medical isolation transformer
    isolation_rating: Annotated[float, Bounds(1, 1e6), LeftOut()] | None = None  # VA of that transformer
    cooling_performance: Annotated[float, Bounds(0.5, 50), LeftOut()] | None = None  # heat moved by its electricity
    carbon_intensity: Annotated[float, Bounds(0, 5), LeftOut()] | None = None  # kg of CO2 equivalent a kWh
    duty: Annotated[float, Bounds(0, 1), LeftOut()] = 1.0  # share of the hours under load; the rest idle
    notes: Annotated[Mapping[Identifier, SourceNote], Most(40), LeftOut()] = MappingProxyType({})

    @property
    def is_shared(self) -> bool:
        """Whether something else draws, or may draw, on the same circuit."""
        return not self.dedicated or self.other_load != 0


class Lab(NamedTuple):
    """Who it is for: what it may cost, how long it must last, how fast the work grows, and the duty of care."""

    budget: Amount | None = None  # currency of the project
    growth: Annotated[float, Bounds(-0.9, 10)] = 0.0  # share a year
    life_years: Annotated[float, Bounds(0.5, 30)] = 4.0
    regulated: bool = False  # protected health data, or research under a regulator
    researcher_rate: Rate | None = None  # currency an hour of those who wait for results


class InputValue(NamedTuple):
    """What the user set for one input of a workload; empty (None), or assumed from the workload's typical value.

    A number, or the word of a choice.
    """

    value: Annotated[float, Bounds(-1e18, 1e18)] | Word | None = None
    assumed: bool = False


class WorkloadUse(NamedTuple):
    """One workload that this lab runs, with its inputs. `id` is unique in the project.

    runs: when it runs, and so beside which others; None as the workload's file says.
    """

    id: Identifier
    workload: WorkloadName
    enabled: bool = True
    inputs: Annotated[Mapping[Identifier, InputValue], Most(100)] = MappingProxyType({})
    runs: Runs | None = None

    def with_input(self, name: str, value: float | str | None, *, assumed: bool = False) -> WorkloadUse:
        """Return this workload with one input set, or emptied by None."""
        return self._replace(inputs=MappingProxyType({**self.inputs, name: InputValue(value, assumed)}))


class Given(NamedTuple):
    """A number put in the place of a computed or an assumed one, in its unit, and where it is from."""

    value: Annotated[float, Bounds(-1e18, 1e18)]
    note: SourceNote


class Variant(NamedTuple):
    """One of the builds of a project, with its settings.

    power_limit: W a card, its power cap; None as the card has it. display_place: how many compute cards stand below
    the display card, where the air comes in; None all of them. given: what is given instead of computed or assumed.
    """

    name: Name
    selection: Selection
    notes: Notes = ""
    power_limit: Annotated[float, Bounds(1, 5000), LeftOut()] | None = None
    display_place: Annotated[int, Bounds(0, 16), LeftOut()] | None = None
    given: Annotated[Mapping[Identifier, Given], Most(64), LeftOut()] = MappingProxyType({})


class Project(NamedTuple):
    """Everything that a user decides. `as_of` is the day that sheets and ages are counted from, never the clock."""

    name: Name
    role: Annotated[str, Text(200)]
    as_of: Day
    currency: Currency
    site: Site
    lab: Lab
    workloads: Annotated[tuple[WorkloadUse, ...], Most(32)]
    variants: Annotated[tuple[Variant, ...], Most(64)]
    notes: Notes = ""

    def variant(self, name: str) -> Variant:
        """Return the variant of this name. Raises BadInputError that names the nearest one."""
        names = [each.name for each in self.variants]
        if name not in names:
            hint = did_you_mean(name, names) or f" Variants: {', '.join(names)}."
            raise BadInputError(f'The project "{self.name}" has no variant "{name[:60]}".{hint}')
        return self.variants[names.index(name)]

    def with_variant(self, variant: Variant, *, instead_of: str | None = None) -> Project:
        """Return the project with this variant in place of the one named (or of the same name), else at the end."""
        replaced = instead_of or variant.name
        kept = tuple(variant if each.name == replaced else each for each in self.variants)
        return checked(self._replace(variants=kept if variant in kept else (*kept, variant)))

    def without_variant(self, name: str) -> Project:
        """Return the project without this variant; the last one stays."""
        return checked(self._replace(variants=tuple(each for each in self.variants if each.name != name)))

    def with_selection(self, variant: str, selection: Selection) -> Project:
        """Return the project with another build in the variant named."""
        return self.with_variant(self.variant(variant)._replace(selection=selection))

    def with_workload(self, use: WorkloadUse) -> Project:
        """Return the project with this workload in place of the one of the same id, else at the end."""
        kept = tuple(use if each.id == use.id else each for each in self.workloads)
        return checked(self._replace(workloads=kept if use in kept else (*kept, use)))

    def without_workload(self, identifier: str) -> Project:
        """Return the project without this workload."""
        return self._replace(workloads=tuple(each for each in self.workloads if each.id != identifier))

    def inputs(self) -> dict[str, float]:
        """Return the model inputs that site and lab set, and the number of workloads, in the model's units.

        What is unknown is NaN; a limit that nobody set is infinite: it does not apply.
        """
        fields = self.site._asdict()
        given: dict[str, float | None] = {name: fields[field] for field, name in SITE_NUMBERS.items()}
        given |= {name: float(fields[name]) for name in _FLAGS}
        given["door_loss"] = self.site.door_loss or 0.0
        given["continuous_share_code"] = code_share(self.site)
        given["north_american_inlets"] = float(inlets_of(self.site) == "ul")
        price, budget, hour = self.site.energy_price, self.lab.budget, self.lab.researcher_rate
        given["energy_price"] = None if price is None else rate_in_minor_units(price, self.currency)
        given["researcher_rate"] = None if hour is None else rate_in_minor_units(hour, self.currency)
        given["budget"] = None if budget is None else float(minor_units(budget, self.currency))
        given |= {"life": self.lab.life_years, "growth": self.lab.growth, "regulated": float(self.lab.regulated)}
        given["workloads_asked"] = float(sum(each.enabled for each in self.workloads))
        unset = {name: math.inf if name in _LIMITS else math.nan for name in given}
        return {name: unset[name] if value is None else float(value) for name, value in given.items()}


def in_currency(project: Project, currency: str) -> Project:
    """Return the project counted in another currency; every amount in it is empty, for no rate is known."""
    lab, site = project.lab._replace(budget=None, researcher_rate=None), project.site._replace(energy_price=None)
    return checked(project._replace(currency=currency, lab=lab, site=site))


_LIMITS = {"budget", "room_limit", "noise_limit", "cord_current"}
_FLAGS = ("dedicated", "patient_vicinity", "isolated_supply")
_NO_NUMBERS = {"rule_set", "energy_price", "plug", "notes", *_FLAGS}
_NAMED_OTHERWISE = {"circuits": "supply_circuits", "duty": "duty_share"}
SITE_NUMBERS = MappingProxyType(
    {field: _NAMED_OTHERWISE.get(field, field) for field in Site._fields if field not in _NO_NUMBERS}
)
"""The model's input by the field of the site: the fields that are plain numbers, so no words, flags or money."""
BUILD_NUMBERS = ("power_limit", "display_place")
"""The fields of a variant that are inputs of the model."""


def checked(project: Project) -> Project:
    """Return the project if every value can be meant and all agree. Raises BadInputError that names what does not."""
    return agreed(typed(Project, plain(project, finite=False)))


def agreed(project: Project) -> Project:
    """Return the project if its values agree with each other. Raises BadInputError that says what does not."""
    from datetime import date  # noqa: PLC0415  # only needed to know the calendar

    try:
        date.fromisoformat(project.as_of)
    except ValueError:
        raise BadInputError(
            f'"{project.as_of[:20]}" is not a day of the calendar.', "Write it as 2026-11-21."
        ) from None
    if project.lab.budget is not None:
        minor_units(project.lab.budget, project.currency)
    if project.site.supply_voltage_low > project.site.supply_voltage:
        raise BadInputError(
            "The low end of the supply voltage is above the nominal voltage.", "Swap them or correct one."
        )
    for name in project.site.notes:
        if name not in Site._fields:
            hint = did_you_mean(name, list(Site._fields)) or f" Fields: {', '.join(Site._fields)}."
            raise BadInputError(f'The site has a note on "{name[:60]}", which is no field of it.{hint}')
    if not project.variants:
        raise BadInputError("A project needs at least one variant.", "Add a variant before this one is removed.")
    _check_names([each.name for each in project.variants], "variants")
    _check_names([each.id for each in project.workloads], "workloads")
    return project


def _check_names(names: list[str], what: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise BadInputError(f'Two {what} are called "{name[:60]}".', "Give each its own name.")
