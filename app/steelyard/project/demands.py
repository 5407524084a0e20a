"""What a workload in use demands: its inputs as the user left them, and the products that follow from them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.errors import BadInputError, did_you_mean
from steelyard.wording import UNBREAKABLE, measured, number, span

if TYPE_CHECKING:
    from steelyard.catalog.workloads import Demand, WorkloadDefinition, WorkloadInput
    from steelyard.project.content import WorkloadUse

SET, ASSUMED, DEFAULT, EMPTY = "you", "assumed", "default", "empty"
BELOW_USUAL, BEYOND_USUAL = 100, 100
"""How small a fraction of the usual least, and how many times the greatest, an input may be and still be meant."""


class UsedInput(NamedTuple):
    """An input of a workload as it stands: its number or word (NaN when empty) and who says so.

    mark: "you", "assumed" (the typical value was taken), "default" (not touched) or "empty" (required and not set).
    """

    definition: WorkloadInput
    value: float | str
    mark: str

    @property
    def number(self) -> float:
        """The value where it is a number; NaN for a word, and where nothing is set."""
        return math.nan if isinstance(self.value, str) else self.value

    @property
    def label(self) -> str:
        """What the word of a choice means; empty for a number, and where nothing is chosen."""
        return self.definition.choices.get(self.value, self.value) if isinstance(self.value, str) else ""


def inputs_of(use: WorkloadUse, workload: WorkloadDefinition) -> dict[str, UsedInput]:
    """Return every input of the workload as it stands in this use; nothing is silently defaulted."""
    found: dict[str, UsedInput] = {}
    for name, definition in workload.inputs.items():
        given = use.inputs.get(name)
        if given is not None and given.value is not None:
            found[name] = UsedInput(definition, given.value, ASSUMED if given.assumed else SET)
        elif definition.required or definition.default is None:
            found[name] = UsedInput(definition, math.nan, EMPTY)
        else:
            found[name] = UsedInput(definition, definition.default, DEFAULT)
    return found


def empty_inputs(use: WorkloadUse, workload: WorkloadDefinition) -> tuple[str, ...]:
    """Return the labels of the inputs that the workload requires and nobody set."""
    return tuple(each.definition.label for each in inputs_of(use, workload).values() if each.mark == EMPTY)


def checked_input(definition: WorkloadInput, value: float | str, workload: str) -> float | str:
    """Return the value that a user wants for an input of the workload called `workload`, if it can be meant.

    Raises BadInputError that names input, workload, value, and the usual range or the words of the choice. Demands
    divide by inputs and raise them to powers: zero where the range does not hold it, a negative number or an absurd
    one would end in nonsense.
    """
    said = f'{definition.label} ("{definition.name}") of the workload "{workload}"'
    if definition.choices:
        return _checked_word(definition, value, said)
    if isinstance(value, str):
        raise BadInputError(f'{said} cannot be "{value[:40]}".', "Give it a number, without quotation marks.")
    least, most = _bounds(definition)
    if math.isfinite(value) and least <= value <= most and (value > 0 or definition.low == 0):
        if definition.whole and value % 1:
            raise BadInputError(f"{said} cannot be {number(value)}: it is a count.", "Give it a whole number.")
        return value
    unit = definition.unit.replace("×", "")
    usual = ""
    if definition.low is not None and definition.high is not None:
        usual = f"; usual is {span(definition.low, definition.high)}{UNBREAKABLE + unit if unit else ''}"
    shown = measured(value, unit) if math.isfinite(value) else str(value)
    lower = f"at least {number(least)}" if least else "not negative" if definition.low == 0 else "above zero"
    upper = f" and at most {number(most)}" if math.isfinite(most) else ""
    raise BadInputError(f"{said} cannot be {shown}{usual}.", f"Give it a number that is {lower}{upper}.")


def _checked_word(definition: WorkloadInput, value: float | str, said: str) -> str:
    words = tuple(definition.choices)
    if isinstance(value, str) and value in words:
        return value
    shown = f'"{value[:40]}"' if isinstance(value, str) else number(value)
    near = did_you_mean(value, words).strip() if isinstance(value, str) else ""
    raise BadInputError(f"{said} cannot be {shown}; it is one of {', '.join(words)}.", near or "Choose one of them.")


def _bounds(definition: WorkloadInput) -> tuple[float, float]:
    """The least and greatest value of an input that can be meant; a share without unit ends where its range ends."""
    low, high = definition.low, definition.high
    least = 0.0 if low is None else low / BELOW_USUAL
    least = max(math.ceil(least), 1) if definition.whole and low else least
    if high is None:
        return least, math.inf
    return least, high if low == 0 and not definition.unit else high * BEYOND_USUAL


def factor_of(demand: Demand, inputs: dict[str, UsedInput]) -> float:
    """Return the product of a demand's numeric inputs, each to its power, and factors; NaN when an input is empty."""
    factor = 1.0
    for name, power in demand.scales_with.items():
        factor *= inputs[name].number ** power
    for name, factors in demand.factors.items():
        factor *= factors.get(str(inputs[name].value), math.nan)
    return factor


def formula_of(demand: Demand) -> str:
    """Return a demand's formula in words: the coefficient times the inputs it scales with and what was chosen."""
    scales = (name + _power(power) for name, power in demand.scales_with.items())
    return " × ".join(["coefficient", *scales, *(f"factor of {name}" for name in demand.factors)])


def numbers_of(demand: Demand, inputs: dict[str, UsedInput]) -> str:
    """Return a demand's formula with its numbers filled in."""
    coefficient = "?" if demand.value is None else f"{demand.value:.4g}"
    parts = [f"{_plain(inputs[name].number)}{_power(power)}" for name, power in demand.scales_with.items()]
    parts += [_plain(factors.get(str(inputs[name].value), math.nan)) for name, factors in demand.factors.items()]
    return " × ".join([f"{coefficient} {demand.unit}".strip(), *parts])


def _plain(value: float) -> str:
    return "?" if math.isnan(value) else f"{value:,.6g}"


def _power(power: float) -> str:
    return "" if power == 1 else f"^{power:g}"
