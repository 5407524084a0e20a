"""`steelyard self-test`: whether this installation is whole and right, in a few seconds and without a screen."""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from steelyard.catalog.load import load_catalog
from steelyard.cli.install import how_to_install
from steelyard.cli.printing import print_json, print_text
from steelyard.errors import ExitCode, SteelyardError
from steelyard.library.location import library_file
from steelyard.library.standing import standing_catalog
from steelyard.project.answers import results_hash
from steelyard.project.evaluate import Engine
from steelyard.project.file import load_project, save_project
from steelyard.project.samples import FIRST_SAMPLE, open_project, sample_names
from steelyard.wording import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

__all__ = ["self_test"]

_CIRCUIT = (120.0, 20.0, 0.8, 1920.0)  # V, A, share, W: what the code allows on a common circuit of the US


class Outcome(NamedTuple):
    """What was tried, whether it is right, and what was found."""

    check: str
    right: bool
    found: str


class _Wrong(Exception):  # noqa: N818 - a check's outcome, not trouble of the program
    """A check that found something else than it should."""


def self_test(options: argparse.Namespace) -> ExitCode:
    """Print the outcome of every check; 1 when one of them is wrong."""
    outcomes = tuple(_tried(check) for check in (_catalogue, _library, _files, _model, _repeats, _paper, _desk))
    if options.json:
        print_json(outcomes)
    else:
        for outcome in outcomes:
            print_text(f"{'right' if outcome.right else 'WRONG'}  {outcome.check}: {outcome.found}")
    return ExitCode.DONE if all(outcome.right for outcome in outcomes) else ExitCode.BLOCKED


def _tried(check: Callable[[], str]) -> Outcome:
    title = (check.__doc__ or "").strip().rstrip(".")
    try:
        return Outcome(title, right=True, found=check())
    except (_Wrong, SteelyardError, OSError, ImportError) as trouble:
        return Outcome(title, right=False, found=str(trouble))


def _catalogue() -> str:
    """The files of the program's own catalogue are all in order."""
    catalog = load_catalog(cache=None)
    if catalog.complaints:
        raise _Wrong(f"{counted(len(catalog.complaints), 'complaint')}, the first: {catalog.complaints[0]}")
    return f"{len(catalog.parts)} parts, {len(catalog.workloads)} workloads, {len(catalog.sources)} sources"


def _library() -> str:
    """The library, and what stands because of it, are in order."""
    place = library_file()
    if not place.exists():
        return "there is none yet"
    catalog = standing_catalog(cache=None)
    if catalog.complaints:
        raise _Wrong(f"{counted(len(catalog.complaints), 'complaint')}, the first: {catalog.complaints[0]}")
    return f"{place}: catalogue {catalog.date}, {catalog.signature}, {len(catalog.parts)} parts"


def _files() -> str:
    """Projects are written and read back."""
    with tempfile.TemporaryDirectory() as folder:
        for name in sample_names():
            project = open_project(name).project
            save_project(project, Path(folder) / "project.json")
            if load_project(Path(folder) / "project.json").project != project:
                raise _Wrong(f"{name} does not read back as it was")
    return f"{len(sample_names())} samples"


def _model() -> str:
    """The model says what the electrical code says of a circuit."""
    volts, amperes, share, watts = _CIRCUIT
    project = open_project(FIRST_SAMPLE).project
    site = project.site._replace(supply_voltage=volts, breaker_current=amperes, continuous_share=share)
    found = Engine.of(load_catalog()).evaluate(project._replace(site=site)).variants[0].value("circuit_limit")
    if found != watts:
        raise _Wrong(f"{found:g} W instead of {watts:g} W")
    return f"{found:,.0f} W on {volts:g} V and {amperes:g} A"


def _repeats() -> str:
    """The same project gives the same results."""
    engine, project = Engine.of(load_catalog()), open_project(FIRST_SAMPLE).project
    first, second = (results_hash(engine.evaluate(project)) for _ in range(2))
    if first != second:
        raise _Wrong(f"{first[:12]} and then {second[:12]}")
    return first[:12]


def _paper() -> str:
    """Sheets can be written."""
    if find_spec("reportlab") is None:
        raise _Wrong(f"reportlab is not installed. {how_to_install('reportlab')}")
    return "ReportLab is here"


def _desk() -> str:
    """The desk has what it needs."""
    missing = [name for name in ("PySide6", "pyqtgraph") if find_spec(name) is None]
    if missing:
        return f"{' and '.join(missing)} not installed, so there is no desk here; the command line needs none"
    return "PySide6 and pyqtgraph are here"
