"""The build card, the findings, the counts and the budget, as the window shows them."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING

from steelyard.gui.lines import Found
from steelyard.gui.present.numbers import Address, address_of, reading_of
from steelyard.gui.readings import Budget, Card, Counts, Reading, Weighed
from steelyard.gui.states import STATE_ORDER, STATE_WORDS
from steelyard.project.left_out import left_out
from steelyard.wording import UNKNOWN, counted, number

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.findings import Finding

MOST_ROWS = 4
SITE_RULES = ("PWR", "THM", "NOI", "ROO", "CIR", "ACO", "UPS")
BALANCE_RULES = ("BAL", "PER", "STG", "CMP")
NOTCH = 0.9
NONE = "–"

LONGEST_NAME = 24
"""Letters of a price book's name in the status line."""


def card_view(variant: VariantEvaluation, row: int, *, ranged: bool) -> Card:
    """The card's texts split into value and unit, each with the quantity it comes from."""
    card = variant.card
    storage = "scratch_drive" if "scratch_drive" in variant.selection else "os_drive"
    texts = (
        ("VRAM", card.vram.replace("x ", " × "), "gpu_memory", ""),
        ("Cores", card.cores.replace("-Core ", " core "), "cpu_cores", ""),
        ("Storage", card.storage, f"{storage}_capacity", ""),
        (
            "Temp",
            f"{number(card.hottest, 0)} °C {card.hottest_name}{_cooling(card.condition)}",
            _hottest(variant),
            _condition(card.condition),
        ),
    )
    figures = []
    for label, text, name, condition in texts:
        value, unit = _parted(text)
        if label == "Temp" and "cpu" in variant.selection.missing():
            figures.append(Reading("", NONE, label=label))
            continue
        if label == "Temp" and left_out(variant, address_of(name).name):
            value, unit = UNKNOWN, ""
        known = value != UNKNOWN
        figures.append(Reading(name if known or label == "Temp" else "", value, unit, condition, label, known))
    return Card(
        card.name, card.role, card.status, card.concerns, tuple(figures), weighed_view(variant, row, ranged=ranged)
    )


def weighed_view(variant: VariantEvaluation, row: int, *, ranged: bool) -> Weighed | None:
    """What the beam weighs: asked against sustained, for one workload."""
    if not variant.uses:
        return None
    asked = reading_of(variant, "asked_rate", row, label="Asked", asked=True)
    sustained = reading_of(variant, "throughput", row, label="Sustained", ranged=ranged)
    pace = variant.voice(row).seconds
    low, high = variant.range("throughput", row) if ranged else (math.nan, math.nan)
    return Weighed(
        _known(variant.value("asked_rate", row) * pace),
        _known(variant.value("throughput", row) * pace),
        _known(low * pace),
        _known(high * pace),
        asked,
        sustained,
    )


def state_of(finding: Finding) -> str:
    """Block, unknown, warn, note, or ok for what holds."""
    if finding.verdict == "holds":
        return "ok"
    return "unknown" if finding.verdict == "unknown" else str(finding.rule.severity)


def findings_view(variant: VariantEvaluation, *, holding: bool, ranged: bool) -> tuple[Found, ...]:
    """Every finding that says something, gravest first; those that hold only when they are asked for."""
    told = [each for each in variant.findings if each.applies and (holding or each.verdict != "holds")]
    told.sort(key=lambda each: STATE_ORDER.index(state_of(each)))
    return (*missing_view(variant), *(_found(variant, each, ranged=ranged) for each in told))


NOTHING_ASKED = Found(
    "role:",
    "unknown",
    "Empty",
    "No workload: nothing to judge yet",
    "Add what the machine must do in the brief.",
    views=("brief",),
)


def missing_view(variant: VariantEvaluation) -> tuple[Found, ...]:
    """A line for every role that is empty and may not be, and one where nothing is asked."""
    from steelyard.workstation.roles import ROLES

    roles = {role.name: role for role in ROLES}
    nothing = () if variant.uses else (NOTHING_ASKED,)
    return nothing + tuple(
        Found(
            f"role:{name}",
            "unknown",
            "Empty",
            f"{roles[name].label}: nothing chosen yet",
            roles[name].description,
            views=("parts",),
        )
        for name in variant.selection.missing()
    )


def _found(variant: VariantEvaluation, finding: Finding, *, ranged: bool) -> Found:
    state = state_of(finding)
    remedy = finding.remedy
    sentences = " ".join(part for part in (finding.rule.margin.reason, f"{remedy}." if remedy else "") if part)
    rows = tuple(
        reading_of(variant, need.name, finding.row, ranged=ranged and need.name in variant.evaluation.values)
        for need in finding.rule.margin.needs
        if not need.axes and need.name in variant.evaluation.values and need.unit.symbol not in {"kind", "kinds"}
    )
    return Found(
        finding.rule.id,
        state,
        STATE_WORDS[state],
        finding.title,
        finding.detail,
        sentences,
        rows[:MOST_ROWS],
        (view_of(finding.rule.id),),
    )


def view_of(rule: str) -> str:
    """The view in which a rule's numbers are."""
    prefix = rule.split("-", maxsplit=1)[0]
    return "site" if prefix in SITE_RULES else "balance" if prefix in BALANCE_RULES else "parts"


def counts_of(variant: VariantEvaluation) -> Counts:
    """How many findings of each kind there are that are not settled; an empty role that may not be is unknown."""
    states = [state_of(each) for each in variant.findings if each.applies]
    unknown = states.count("unknown") + len(missing_view(variant))
    return Counts(states.count("block"), states.count("warn"), states.count("note"), unknown)


def badges_view(findings: tuple[Found, ...]) -> dict[str, tuple[str, int]]:
    """For each view its gravest state and how many findings it has, those that hold aside."""
    badges: dict[str, tuple[str, int]] = {}
    for found in findings:
        if found.state != "ok":
            for view in found.views:
                state, count = badges.get(view, ("ok", 0))
                worst = min(state, found.state, key=STATE_ORDER.index)
                badges[view] = (worst, count + 1)
    return badges


def count_words(findings: tuple[Found, ...]) -> str:
    """How many there are, and whether any blocks."""
    open_ones = [found for found in findings if found.state != "ok"]
    blocks = sum(found.state == "block" for found in open_ones)
    if not open_ones:
        return "none open"
    return f"{len(open_ones)}, " + (f"{blocks} blocking" if blocks else "none blocking")


def budget_view(variant: VariantEvaluation) -> Budget:
    """The price of the build on the budget's track."""
    price, budget = variant.value("build_price"), variant.value("budget")
    spent = reading_of(variant, "build_price", label="Price of the build")
    spent = spent._replace(unit="")
    currency = variant.project.currency
    if not math.isfinite(budget) or budget <= 0:
        return Budget(None if math.isnan(price) else 0.0, None, spent, f"{currency}, no budget", currency)
    limit = variant.voice().say(budget, variant.evaluation.model.inputs["budget"].unit)
    return Budget(None if math.isnan(price) else price / budget, NOTCH, spent, f"of {limit.text} {currency}", currency)


def prices_words(variant: VariantEvaluation) -> str:
    """Which price book is used if not the indicative one, the day (or month) of the build's oldest price, its age.

    The age is the most that it can be on the project's day.
    """
    catalog = variant.engine.catalog
    quantity = variant.selection.quantity
    found = [catalog.price(filling.part, quantity(filling.part)) for _, filling in variant.selection.items()]
    days = sorted(price.date for price in found if price is not None)
    if not days:
        return "" if catalog.prices.shipped else f"Prices of {shortened(catalog.prices.book.name)}"
    first = date.fromisoformat(days[0] if len(days[0]) > len("2026-01") else f"{days[0]}-01")
    age = (date.fromisoformat(variant.project.as_of) - first).days
    book = "" if catalog.prices.shipped else f" of {shortened(catalog.prices.book.name)},"
    words = f"Prices{book} {days[0]}" + (" or later" if days[0] != days[-1] else "")
    return f"{words}, up to {counted(age, 'day')} old" if age > 0 else words


def shortened(name: str) -> str:
    """A name that others chose, in quotation marks and no longer than a line of status has room for."""
    return f"“{name if len(name) <= LONGEST_NAME else f'{name[:LONGEST_NAME]}…'}”"


def _condition(condition: str) -> str:
    """Room and load on one line, the workload on the next; the cooling stands beside the number."""
    for liquid in (" (Air)", " (Liquid)"):
        condition = condition.removesuffix(liquid)
    return condition.replace("°C room", " °C room").replace("sustained, ", "sustained\n")


def _cooling(condition: str) -> str:
    """A comma and the kind of cooling, where the condition ends in that in brackets."""
    return f", {condition.split(' (')[1].rstrip(')').lower()}" if " (" in condition else ""


def _hottest(variant: VariantEvaluation) -> str:
    name = "gpu_temperature" if variant.card.hottest_name == "GPU" else "cpu_temperature"
    rows = list(variant.rows)
    values = [variant.value(name, row) for row in rows]
    row = next((r for r, value in zip(rows, values, strict=True) if math.isnan(value)), None)
    return str(Address(name, row=rows[values.index(max(values))] if row is None else row))


def _parted(text: str) -> tuple[str, str]:
    """The number and what follows it: "8TB NVMe" is "8" and "TB NVMe"."""
    found = re.match(r"(?:\d+ × )?[−\d.,?]+", text)
    return (found[0], text[found.end() :].strip()) if found else (text, "")


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
