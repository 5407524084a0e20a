"""Steelyard configures medical-AI workstations: workloads, parts, what a build will sustain, and why.

    from steelyard import evaluate, load_catalog, open_project

    found = evaluate(open_project("workstation-a-1").project, load_catalog())
    found.variants[0].card.status, found.variants[0].value("wall_power"), found.breakdown("gpu_busy")

`size(project, catalog)` says what the project's workloads need and which cards carry them, whatever its builds are.

Each is loaded when it is first asked for; importing the package imports nothing else. Nothing is kept between calls.
"""

from __future__ import annotations

TYPE_CHECKING = False  # not from typing, which takes longer to import than all that happens before a command is read
if TYPE_CHECKING:
    from steelyard.catalog.load import load_catalog
    from steelyard.project.evaluate import evaluate_project as evaluate
    from steelyard.project.samples import open_project
    from steelyard.project.sized import size_project as size

__version__ = "0.1.0"

__all__ = ["__version__", "evaluate", "load_catalog", "open_project", "size"]

_HOMES = {
    "evaluate": ("steelyard.project.evaluate", "evaluate_project"),
    "load_catalog": ("steelyard.catalog.load", "load_catalog"),
    "open_project": ("steelyard.project.samples", "open_project"),
    "size": ("steelyard.project.sized", "size_project"),
}


def __getattr__(name: str) -> object:
    """Load what is asked for from the module that has it."""
    if name not in _HOMES:
        message = f'module "steelyard" has no attribute "{name}"'
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415  # only here, to keep `import steelyard` free

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
