from __future__ import annotations

import pytest

from accuracy.families import FAMILIES
from accuracy.judged import Family, family_of, judge
from accuracy.shared import present

_JUDGED: dict[str, Family] = {}


def judged(name: str) -> Family:
    """A family judged with each GPU or host left out in turn: once for all tests, for it takes seconds to a minute."""
    if name not in _JUDGED:
        module = FAMILIES[name]
        _JUDGED[name] = family_of(name, judge(module.cases(), module.fit))
    return _JUDGED[name]


@pytest.fixture(params=FAMILIES)
def family(request: pytest.FixtureRequest) -> Family:
    return judged(request.param)


@pytest.fixture
def families() -> list[Family]:
    return [judged(name) for name in FAMILIES]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without the tables there is nothing to hold against; where they are, nothing is left out."""
    if not present():
        reason = pytest.mark.skip(reason="the published tables lie beside the checkout, and are not there")
        for item in items:
            if "accuracy" in item.path.parts:
                item.add_marker(reason)
