"""The words of `steelyard catalog import`, `take` and `leave`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.cli.later import json_switch

if TYPE_CHECKING:
    import argparse

__all__ = ["import_options", "leave_options", "take_options"]


def import_options(parser: argparse.ArgumentParser) -> None:
    """Read `catalog import opendb PATH [--report OUT] [--let-go] [--json]`."""
    parser.add_argument("database", choices=["opendb"], help="whose layout it has: BuildCores OpenDB")
    parser.add_argument("path", metavar="PATH", help="its folder, or an archive (tar, tar.gz, tar.xz or zip)")
    parser.add_argument("--report", metavar="OUT", help="write what every rule did to a file (.json or .csv)")
    parser.add_argument("--let-go", action="store_true", help="remove what it lacks, even if that is much")
    json_switch(parser)


def take_options(parser: argparse.ArgumentParser) -> None:
    """Read `catalog take PART... | --kind K [--maker M] [--max N]`."""
    _which(parser)
    parser.add_argument("--max", type=int, default=100, metavar="N", help="refuse when there are more (100)")
    json_switch(parser)


def leave_options(parser: argparse.ArgumentParser) -> None:
    """Read `catalog leave PART... | --kind K [--maker M]`."""
    _which(parser)
    json_switch(parser)


def _which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("parts", nargs="*", metavar="PART", help="ids of imported parts")
    parser.add_argument("--kind", metavar="K", help="all of this kind instead")
    parser.add_argument("--maker", metavar="M", help="and only by this maker")
