"""The words behind `steelyard library`, `steelyard audit`, and `steelyard catalog own|override|patch`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steelyard.cli.later import json_switch

if TYPE_CHECKING:
    import argparse

__all__ = ["audit_options", "library_options", "override_options", "own_options", "patch_options"]


class _Step(NamedTuple):
    """A step of a family of commands: its name, its line of help, and its words with theirs."""

    name: str
    help: str
    words: tuple[tuple[str, str, str], ...] = ()


_PART = ("part", "PART", "a part id such as gpu/maker/model")
_FIELD = ("field", "FIELD", "a field of its kind, such as board_power")
_BUILD = ("name", "NAME", "the name of a build")


def _steps(parser: argparse.ArgumentParser, *steps: _Step) -> dict[str, argparse.ArgumentParser]:
    """Add the steps; each knows `--json`."""
    names = "|".join(step.name for step in steps)
    below = parser.add_subparsers(dest="step", metavar=names, required=True)
    found = {}
    for step in steps:
        found[step.name] = made = below.add_parser(step.name, help=step.help, allow_abbrev=False)
        for name, shown, about in step.words:
            made.add_argument(name, metavar=shown, help=about)
        json_switch(made)
    return found


def library_options(parser: argparse.ArgumentParser) -> None:
    """Read save, list, open, remove, export, path, check and backup."""
    steps = _steps(
        parser,
        _Step("save", "keep a project as a build", (("file", "FILE", "a project file, or the name of a sample"),)),
        _Step("list", "the builds that are kept"),
        _Step("open", "give a build back as a project file", (_BUILD,)),
        _Step("remove", "remove a build with all its revisions", (_BUILD,)),
        _Step("export", "write all builds as project files", (("folder", "FOLDER", "the folder to write them to"),)),
        _Step("path", "where the library lies"),
        _Step("check", "whether the library is sound, to the last document"),
        _Step("backup", "write a copy of the library", (("out", "OUT.sqlite", "the file to write"),)),
    )
    steps["save"].add_argument("--name", metavar="NAME", help="the name of the build, instead of the project's")
    for name in ("list", "export"):
        steps[name].add_argument("--all", action="store_true", help="every revision, not only the newest")
    steps["open"].add_argument("--revision", type=int, metavar="N", help="instead of the newest")
    steps["open"].add_argument("--out", metavar="X.json", help="the file to write, instead of the terminal")
    steps["remove"].add_argument("--confirm", required=True, metavar="NAME", help="the name once more")


def audit_options(parser: argparse.ArgumentParser) -> None:
    """Read verify, list and export."""
    steps = _steps(
        parser,
        _Step("verify", "whether nobody changed the log"),
        _Step("list", "what was done, the oldest first"),
        _Step("export", "write the log as CSV", (("out", "OUT.csv", "the file to write"),)),
    )
    steps["list"].add_argument("--last", type=int, metavar="N", help="only the last entries")


def own_options(parser: argparse.ArgumentParser) -> None:
    """Read add, template, list, remove and export."""
    steps = _steps(
        parser,
        _Step("add", "keep a part of your own, or its new text", (("file", "FILE", "a part's TOML file"),)),
        _Step("template", "a part's file to begin with", (("kind", "KIND", "a kind of part, such as gpu"),)),
        _Step("list", "the parts of your own"),
        _Step("remove", "remove a part of your own", (_PART,)),
        _Step("export", "write all of them as files", (("folder", "FOLDER", "the folder to write them to"),)),
    )
    steps["template"].add_argument("--like", default="", metavar="PART", help="filled as this part is")


def override_options(parser: argparse.ArgumentParser) -> None:
    """Read set, undo and list."""
    value = ("value", "VALUE", "a number in the field's unit, a word, words with commas, yes or no")
    steps = _steps(
        parser,
        _Step("set", "put a value in the place of the catalogue's", (_PART, _FIELD, value)),
        _Step("undo", "let the catalogue's value stand again", (_PART, _FIELD)),
        _Step("list", "the values that stand in the place of others"),
    )
    evidence = {
        "source": "an id of the bibliography, or own-measurement, own-reading, own-statement",
        "where": "where in the source, or how it was measured",
        "why": "why the catalogue's value is not right",
    }
    for name, about in evidence.items():
        steps["set"].add_argument(f"--{name}", required=True, metavar="TEXT", help=about)
    steps["list"].add_argument("--history", action="store_true", help="those that were undone or replaced, too")
    steps["list"].add_argument("--part", default="", metavar="PART", help="only those of this part")


def patch_options(parser: argparse.ArgumentParser) -> None:
    """Read export, preview, apply and revert."""
    file = ("file", "FILE", "a patch, such as lab.json")
    steps = _steps(
        parser,
        _Step("export", "write all overrides in force to a file", (file,)),
        _Step("preview", "what a patch would change here", (file,)),
        _Step("apply", "make all changes of a patch, or none", (file,)),
        _Step("revert", "take the changes of a patch back", (file,)),
    )
    about = "also where the catalogue says something else since the patch was written"
    steps["apply"].add_argument("--despite-conflicts", action="store_true", help=about)
