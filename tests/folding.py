"""One test for a whole crowd: a law speaks of each formula, and its test says at once all those that break it.

A test for each of thousands of them would cost pytest more than the laws themselves. With `-k` they are tests of their
own again, each named after its subject, so that those of a newcomer can be picked: `pytest tests/laws -k fan_speed`.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

Subjects = Mapping[str, object]


class Crowd(NamedTuple):
    """What stands in for a test's argument: the test is run with each of the subjects in turn."""

    subjects: Subjects


def fold(metafunc: pytest.Metafunc, crowds: Mapping[str, Callable[[], Subjects]]) -> None:
    """Give the tests that name one of `crowds` all its subjects: in one test, or where `-k` picks, in a test each."""
    for name in crowds.keys() & set(metafunc.fixturenames):
        subjects = crowds[name]()
        if metafunc.config.getoption("keyword"):
            metafunc.parametrize(name, subjects.values(), ids=subjects.keys())
        else:
            metafunc.parametrize(name, [Crowd(subjects)], ids=["each"])


def run_folded(item: pytest.Function) -> bool:
    """Run a test once for each subject of its crowd, and fail with all that break it; False where it has no crowd."""
    arguments: dict[str, Any] = {name: item.funcargs[name] for name in item._fixtureinfo.argnames}
    crowds = {name: crowd for name, crowd in arguments.items() if isinstance(crowd, Crowd)}
    if not crowds:
        return False
    ((name, crowd),) = crowds.items()
    assert crowd.subjects, f"there is no {name} at all"
    broken: dict[str, Exception] = {}
    for subject, value in crowd.subjects.items():
        try:
            item.obj(**{**arguments, name: value})
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told together with the others
            broken[subject] = error
    if broken:
        first = next(iter(broken.values()))
        told = "\n".join(f"{subject}: {_told(error)}" for subject, error in broken.items())
        message = f"{len(broken)} of {len(crowd.subjects)} break it, each {name} with its reason:\n{told}"
        raise AssertionError(message) from first
    return True


def _told(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    kind = "" if isinstance(error, AssertionError) else f"{type(error).__name__}: "
    return f"{kind}{str(error).partition(chr(10))[0] or place.line}  ({Path(place.filename).name}:{place.lineno})"
