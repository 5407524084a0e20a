"""The commands by name, with the line that `--help` says of each and the function that does it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["COMMANDS", "Command"]


class Command(NamedTuple):
    """A command: its line of help, and the module and function that do it, imported only then."""

    help: str
    module: str
    function: str


COMMANDS = {
    "evaluate": Command("what each variant of a project is and does", "steelyard.cli.builds", "evaluate"),
    "check": Command("every finding of a project, one JSON object a line; or fixes", "steelyard.cli.builds", "check"),
    "explain": Command("why a number or a finding is what it is", "steelyard.cli.explain", "explain"),
    "sheet": Command("a project on paper, or its bill as CSV", "steelyard.cli.sheet", "sheet"),
    "predict": Command(
        "how fast a workload or a published benchmark runs on a part", "steelyard.cli.predict", "predict"
    ),
    "size": Command("what a lab or a table of labs needs, without a build", "steelyard.cli.size", "size"),
    "sweep": Command("a project over a range of settings, as a table", "steelyard.cli.sweep", "sweep"),
    "transient": Command(
        "temperatures, power and speed of a build over hours and days", "steelyard.cli.transient", "transient"
    ),
    "catalog": Command(
        "the parts: list, find, show, lint, own, override, import, bundle and more", "steelyard.cli.catalog", "catalog"
    ),
    "prices": Command("price books: list, import, use, show, remove, export", "steelyard.cli.prices", "list_books"),
    "library": Command("what you keep: save, open, check, backup", "steelyard.cli.library", "library"),
    "audit": Command("what was done to the library: verify, list, export", "steelyard.cli.library", "audit"),
    "workloads": Command("the workloads and benchmarks: list, show", "steelyard.cli.catalog", "workloads"),
    "schema": Command("the JSON Schema of evaluate, project, part or patch", "steelyard.cli.schema", "schema"),
    "self-test": Command("whether this installation is whole and right", "steelyard.cli.self_test", "self_test"),
}
