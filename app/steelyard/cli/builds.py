"""`steelyard evaluate` and `steelyard check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from steelyard.cli.fixes import print_fixes
from steelyard.cli.printing import print_json, print_json_line, print_text
from steelyard.cli.standing import usable_catalog
from steelyard.errors import ExitCode
from steelyard.project.answers import answer, check_lines, is_blocked
from steelyard.project.evaluate import Engine, ProjectEvaluation
from steelyard.project.gain import gain_words
from steelyard.project.known_price import currency_remedy, known_price
from steelyard.project.samples import open_project
from steelyard.workstation.roles import ROLES

if TYPE_CHECKING:
    import argparse

    from steelyard.project.content import Project
    from steelyard.project.evaluate import VariantEvaluation

__all__ = ["check", "evaluate", "evaluation_of", "opened_project"]

_NUMBERS = ("throughput", "gpu_busy", "wall_power", "noise_level", "heat_output", "energy_cost", "build_price")


def evaluate(options: argparse.Namespace) -> ExitCode:
    """Print what each variant is and does; 1 when a rule blocks one."""
    found = evaluation_of(options)
    if options.json:
        print_json(answer(found))
    else:
        for variant in found.variants:
            _summary(variant)
    return ExitCode.BLOCKED if is_blocked(found) else ExitCode.DONE


def check(options: argparse.Namespace) -> ExitCode:
    """Print every finding as a line of JSON, or what would help; 1 when a block rule is broken."""
    found = evaluation_of(options)
    if options.fixes:
        print_fixes(found, json=options.json)
    else:
        for line in check_lines(found):
            print_json_line(line)
    return ExitCode.BLOCKED if is_blocked(found) else ExitCode.DONE


def evaluation_of(options: argparse.Namespace) -> ProjectEvaluation:
    """Evaluate the project that the options name: all its variants, or the one of `--variant`."""
    return Engine.of(usable_catalog()).evaluate(opened_project(options))


def opened_project(options: argparse.Namespace, *, whole: bool = False) -> Project:
    """Open the project file or sample, say what is to be known of its file, and keep the variant asked for.

    whole: keep the others as well.
    """
    opened = open_project(options.file)
    for notice in opened.notices:
        print(notice, file=sys.stderr)
    project = opened.project
    if whole or not options.variant:
        return project
    return project._replace(variants=(project.variant(options.variant),))


def _summary(found: VariantEvaluation) -> None:
    """Print the card, the numbers that decide, and the findings that speak."""
    card = found.card
    print_text(f"{card.name} · {found.variant.name} · {card.status}")
    print_text(f"  {card.role}: {card.vram} VRAM, {card.cores}, {card.storage}, {card.temp}")
    missing = found.selection.missing()
    if missing:
        print_text(f"  Not chosen yet: {', '.join(role.label for role in ROLES if role.name in missing)}")
    for row in found.rows:
        print_text(f"  {found.uses[row].id if found.uses else 'without a workload'}: {_numbers(found, row)}")
        gain = gain_words(found, row)
        if gain:
            print_text(f"      {gain}")
    remedy = currency_remedy(found.project.currency, found.engine.catalog.prices.book.currency)
    if remedy:
        print_text(f"  {remedy}")
    for finding in found.findings:
        if finding.verdict != "holds":
            print_text(f"  {finding.rule.id} {finding.rule.severity} {finding.verdict}: {finding.text}")
            print_text(f"      {finding.remedy}")
    print_text()


def _numbers(found: VariantEvaluation, row: int) -> str:
    quantities, voice = found.engine.model.quantities, found.voice(row)
    words = {name: str(voice.say(found.value(name, row), quantities[name].unit)) for name in _NUMBERS}
    words["build_price"] = known_price(found).incomplete or words["build_price"]
    return ", ".join(f"{quantities[name].label.lower()} {said}" for name, said in words.items())
