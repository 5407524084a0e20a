"""The words of the command line, read once; trouble with them becomes a sentence."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, NoReturn

from steelyard import __version__
from steelyard.cli.catalog_options import catalog_options
from steelyard.cli.commands import COMMANDS
from steelyard.cli.later import Later, json_switch
from steelyard.cli.library_options import audit_options, library_options
from steelyard.cli.prices_options import prices_options
from steelyard.errors import BadInputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["parsed"]

_FILE_HELP = "a project file, or the name of a sample such as workstation-a-1"
_CODES = "Exit codes: 0 done, 1 a rule blocks the build, 2 bad input, 3 missing file, 130 stopped."


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence instead of a page."""

    def error(self, message: str) -> NoReturn:
        sentence = f"{message[:1].upper()}{message[1:]}".rstrip(".")
        raise BadInputError(f"{sentence}.", f'See "{self.prog} --help".')


def parsed(words: Sequence[str]) -> argparse.Namespace:
    """Return the options, with `run`: the function to call with them. Raises BadInputError."""
    if words[0] in COMMANDS:
        return _with_commands().parse_args(words)
    if words[0] in {"-h", "--help"}:
        return _with_commands().parse_args(["--help"])
    options, unread = _desk().parse_known_args(words)
    if unread:
        hint = did_you_mean(options.file or "", list(COMMANDS)) if options.file else ""
        raise BadInputError(f'"{unread[0][:60]}" is not understood here.{hint}', 'See "steelyard --help".')
    return options


def _desk() -> argparse.ArgumentParser:
    """Read `steelyard [FILE] [--screenshot OUT.png [--view NAME]] [--version]`."""
    parser = _Parser(prog="steelyard", add_help=False, allow_abbrev=False)
    _desk_options(parser)
    parser.add_argument("file", nargs="?", metavar="FILE", help=_FILE_HELP)
    parser.set_defaults(run=Later("steelyard.cli.desk", "desk"))
    return parser


def _desk_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--version", action="version", version=f"steelyard {__version__}")
    parser.add_argument("--screenshot", metavar="OUT.png", help="write a picture of the desk and end")
    parser.add_argument("--view", metavar="NAME", help="the view that the desk or its picture shows")
    parser.add_argument("--theme", choices=["light", "dark"], help="the colours of the picture")


def _with_commands() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="steelyard",
        usage="steelyard [FILE] [--screenshot OUT.png] [--view NAME]\n       steelyard COMMAND ...",
        description="Designs medical-AI workstations: what a build will sustain, with the reason for every number.",
        epilog=f"Without a command the desk opens. {_CODES}",
        allow_abbrev=False,
    )
    _desk_options(parser)
    commands = parser.add_subparsers(prog="steelyard", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        below = commands.add_parser(
            name, help=command.help, description=_sentence(command.help), epilog=_CODES, allow_abbrev=False
        )
        _OPTIONS[name](below)
        below.set_defaults(run=Later(command.module, command.function))
    return parser


def _project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help=_FILE_HELP)
    parser.add_argument("--variant", metavar="NAME", help="only this variant of the project")


def _evaluate(parser: argparse.ArgumentParser) -> None:
    _project(parser)
    json_switch(parser)


def _check(parser: argparse.ArgumentParser) -> None:
    _project(parser)
    parser.add_argument("--fixes", action="store_true", help="what would help instead: changes to try, best first")
    json_switch(parser)


def _explain(parser: argparse.ArgumentParser) -> None:
    _project(parser)
    about = (
        "a quantity such as wall_power, or a rule such as PWR-001; a rule alone, without FILE, is explained in general"
    )
    parser.add_argument("what", metavar="NAME|RULE-ID", nargs="?", help=about)
    parser.add_argument("--workload", metavar="ID", help="under this workload, instead of the one that decides")
    parser.add_argument("--place", type=_from_one, metavar="N", help="at this card, stage or slot, counted from 1")
    parser.add_argument("--depth", type=_not_negative, default=99, metavar="N", help="how many levels of reasons")
    json_switch(parser)


def _sheet(parser: argparse.ArgumentParser) -> None:
    _project(parser)
    kinds = "build-sheet: the whole build; site: one page for those who run the building; bill: a table of the parts"
    parser.add_argument("--kind", choices=["build-sheet", "site", "bill"], default="build-sheet", help=kinds)
    parser.add_argument("--out", required=True, metavar="X.pdf", help="the PDF to write; X.csv for a bill")
    paper = "the size of the pages, instead of what is usual under the site's electrical rules"
    parser.add_argument("--paper", choices=["a4", "letter"], help=paper)
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="the day on the sheet, instead of the project's")
    marks = "the mark in numbers, instead of what is usual under the site's electrical rules"
    parser.add_argument("--decimal", choices=["point", "comma"], help=marks)


def _predict(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("named", nargs="?", metavar="WORKLOAD", help="a workload or benchmark of the catalogue")
    parser.add_argument("--workload", metavar="ID", help="the same, as an option")
    parser.add_argument("--list", action="store_true", help="every published benchmark, with its settings")
    parser.add_argument("--gpu", metavar="PART", help="a GPU's part id")
    parser.add_argument("--gpus", type=_whole, default=1, metavar="N", help="how many; 0 for the processor alone")
    parser.add_argument("--cpu", metavar="PART", help="a CPU's part id, instead of the largest host's")
    parser.add_argument("--drive", metavar="PART", help="a drive's part id, instead of the largest host's")
    parser.add_argument(
        "--set", action="append", default=[], metavar="k=v", help="set an input of the workload or a number of the site"
    )
    about = "a further part of the machine that a benchmark ran in, such as case=PART or case_fan=PART:3"
    parser.add_argument("--with", dest="beside", action="append", default=[], metavar="ROLE=PART[:N]", help=about)
    about = "other quantities of a benchmark, such as gpu_temperature,gpus_power,gpu_speed_kept,wall_power"
    parser.add_argument("--of", metavar="NAMES", help=about)
    json_switch(parser)


def _size(parser: argparse.ArgumentParser) -> None:
    about = "a project file, a sample, or a table of labs (CSV): columns lab, workload, budget, growth, life, ..."
    parser.add_argument("file", metavar="FILE|LABS.csv", help=about)
    parser.add_argument("--out", required=True, metavar="DIR", help="the folder for the answers")
    formats = "which files to write; json and csv when left out, pdf is a requirements sheet for each lab"
    parser.add_argument("--format", default="json,csv", metavar="json,csv,pdf", help=formats)
    parser.add_argument("--paper", choices=["a4", "letter"], default="a4", help="the size of the sheets' pages")
    parser.add_argument(
        "--resume", action="store_true", help="keep what an earlier run has finished from the same data"
    )
    parser.add_argument("--typical", action="store_true", help="take typical values where required inputs are missing")
    day = "the day of the labs' projects, 2026-01-01 when left out; of a project file, the day on its sheet"
    parser.add_argument("--date", metavar="YYYY-MM-DD", help=day)


def _sweep(parser: argparse.ArgumentParser) -> None:
    _project(parser)
    about = (
        "a number of the site, a count of parts or an input of a workload, and its range: room_temperature=18:35:1, "
        "gpu=1:4, training.channels=1:8; may be given several times"
    )
    parser.add_argument("--vary", action="append", required=True, metavar="NAME=FROM:TO[:STEP]", help=about)
    parser.add_argument(
        "--show", metavar="NAMES", help="quantities to show, separated by commas; a dozen usual ones when left out"
    )
    parser.add_argument("--out", required=True, metavar="X.csv", help="the table to write")


def _transient(parser: argparse.ArgumentParser) -> None:
    _project(parser)
    parser.add_argument("--hours", type=_number, required=True, metavar="H", help="how long, up to 336 (two weeks)")
    parser.add_argument("--out", required=True, metavar="X.csv", help="the table to write")
    parser.add_argument(
        "--workload", metavar="ID", help="under this workload, instead of the one that draws the most power"
    )
    parser.add_argument("--every", type=_number, default=60.0, metavar="S", help="a line every S seconds; 60")
    control = "seconds for which fans and powers are held; 5"
    parser.add_argument("--interval", type=_number, default=5.0, metavar="S", help=control)
    cycle = "seconds of work and of rest, again and again; or day: what the project runs by day and by night"
    parser.add_argument("--cycle", metavar="WORK:REST|day", help=cycle)
    json_switch(parser)


def _workloads(parser: argparse.ArgumentParser) -> None:
    below = parser.add_subparsers(dest="what", metavar="list|show", required=True)
    listed = below.add_parser("list", help="every workload and benchmark", allow_abbrev=False)
    shown = below.add_parser("show", help="a workload's inputs and stages", allow_abbrev=False)
    shown.add_argument("workload", metavar="ID", help="a workload's id")
    for each in (listed, shown):
        json_switch(each)


def _schema(parser: argparse.ArgumentParser) -> None:
    files = ["evaluate", "project", "part", "patch"]
    parser.add_argument("what", choices=files, help="what the schema describes")
    parser.add_argument("kind", nargs="?", default="", metavar="KIND", help="only this kind of part")


def _self_test(parser: argparse.ArgumentParser) -> None:
    json_switch(parser)


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        message = f'"{word[:20]}" is not a number'
        raise argparse.ArgumentTypeError(message) from None


def _whole(word: str) -> int:
    if not re.fullmatch(r"-?\d{1,15}", word, re.ASCII):
        message = f'"{word[:20]}" is not a whole number'
        raise argparse.ArgumentTypeError(message)
    return int(word)


def _not_negative(word: str) -> int:
    return _at_least(0, word)


def _from_one(word: str) -> int:
    return _at_least(1, word)


def _at_least(least: int, word: str) -> int:
    number = _whole(word)
    if number < least:
        message = f"{number} is less than {least}"
        raise argparse.ArgumentTypeError(message)
    return number


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


_OPTIONS = {
    "evaluate": _evaluate,
    "check": _check,
    "explain": _explain,
    "sheet": _sheet,
    "predict": _predict,
    "size": _size,
    "sweep": _sweep,
    "transient": _transient,
    "catalog": catalog_options,
    "library": library_options,
    "prices": prices_options,
    "audit": audit_options,
    "workloads": _workloads,
    "schema": _schema,
    "self-test": _self_test,
}
