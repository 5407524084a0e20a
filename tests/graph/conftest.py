"""Small models for the tests of the graph: a module made of the functions that a test declares."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from steelyard.graph.model import Model
from steelyard.graph.quantity import Input
from steelyard.units import axes_of, unit_of

ModelFrom = Callable[..., Model]


@pytest.fixture
def model_from() -> ModelFrom:
    """Return what makes a model: declared functions, then inputs as `name=alias` such as `power=Watt`."""

    def make(*formulas: object, **inputs: object) -> Model:
        module = ModuleType("declared_in_a_test")
        for number, formula in enumerate(formulas):
            formula.__module__ = module.__name__
            setattr(module, f"formula_{number}", formula)
        given = [Input(name, name, unit_of(alias), axes_of(alias)) for name, alias in inputs.items()]
        return Model.of([module], given)

    return make
