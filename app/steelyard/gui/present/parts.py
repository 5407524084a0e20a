"""The roles of the build and the candidates for one of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.gui.lines import Candidate, RoleLine
from steelyard.gui.present.numbers import reading_of
from steelyard.gui.present.verdict import state_of
from steelyard.gui.states import worst
from steelyard.project.candidates import candidates_of
from steelyard.project.known_price import amount_of, currency_remedy, known_price
from steelyard.wording import UNKNOWN, number, prices_missing
from steelyard.workstation.roles import ROLES

if TYPE_CHECKING:
    from steelyard.gui.readings import Reading
    from steelyard.project.candidates import Candidate as Tried
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.findings import Finding
    from steelyard.workstation.roles import Role


class KeyFigure(NamedTuple):
    """The number by which parts of a kind are told apart: its field, its title, and what it is multiplied by."""

    field: str
    title: str
    scale: float = 1.0
    times: str = ""


KEY_FIGURES = {
    "cpu": KeyFigure("cores", "Cores"),
    "board": KeyFigure("memory_slots", "Memory\nslots"),
    "memory": KeyFigure("module_capacity", "Kit\nGB", 1.0, "modules"),
    "gpu": KeyFigure("memory", "VRAM\nGB"),
    "drive": KeyFigure("capacity", "Size\nTB", 0.001),
    "cooler": KeyFigure("rated_power", "Made for\nW"),
    "psu": KeyFigure("rated_power", "Rating\nW"),
    "case": KeyFigure("expansion_slots", "Slots"),
    "fan": KeyFigure("airflow", "Air\nm³/h"),
    "nic": KeyFigure("port_rate", "Port\nGbit/s"),
    "ups": KeyFigure("real_power", "Carries\nW"),
    "software": KeyFigure("memory_limit", "Memory\nTB", 0.001),
    "lead": KeyFigure("rating", "Carries\nW"),
    "support": KeyFigure("cards", "Cards"),
}
ROLE_LABELS = {role.name: role.label for role in ROLES}
SMALLEST_CHANGE = 0.0005
INCOMPLETE = "incomplete"
"""What stands in the place of a total that lacks a price."""


def roles_view(variant: VariantEvaluation) -> tuple[RoleLine, ...]:
    """A line for each role of the build."""
    states = _states(variant)
    return tuple(_role(variant, role, states.get(role.name, [])) for role in ROLES)


def total_text(variant: VariantEvaluation) -> str:
    """How many roles are filled, in a sentence."""
    filled = [role.name for role, _ in _filled(variant)]
    empty = [role.label for role in ROLES if role.name not in filled]
    words = f"{len(filled)} of {len(ROLES)} roles are filled"
    words = f"{words}; empty: {', '.join(empty)}." if empty else f"{words}."
    price = known_price(variant)
    if not price.missing:
        return words
    remedy = currency_remedy(variant.project.currency, variant.engine.catalog.prices.book.currency)
    return f"{words} {prices_missing(price.missing, price.roles)}. {remedy}".rstrip()


def total_reading(variant: VariantEvaluation) -> Reading:
    """What the build costs, exact to the cent as on paper; incomplete as long as a price is missing."""
    reading = reading_of(variant, "build_price", label="Total, without tax and shipping")
    price = known_price(variant)
    if price.missing:
        return reading._replace(value=INCOMPLETE, unit="", known=True)
    return reading._replace(value=price.exact, unit=price.currency, known=True)


def _filled(variant: VariantEvaluation) -> list[tuple[Role, str]]:
    return [(role, part) for role in ROLES if (part := variant.selection.part(role.name)) is not None]


def _role(variant: VariantEvaluation, role: Role, states: list[str]) -> RoleLine:
    part, count = variant.selection.part(role.name), variant.selection.count(role.name)
    counts = tuple(range(1, role.most + 1))
    if part is None:
        state = "unknown" if role.required else worst(states)
        words = f"Empty, needed: {role.description}" if role.required else "Empty"
        return RoleLine(role.name, role.label, state, "", "", 0, counts, "–", words)
    info = variant.engine.catalog.part(part)
    price = amount_of(variant, variant.selection, part)
    text = UNKNOWN if price is None else number(float(price * count), 0)
    return RoleLine(
        role.name, role.label, worst(states), info.name, part, count, counts, text, "", is_pinned(variant, part)
    )


def is_pinned(variant: VariantEvaluation, part: str) -> bool:
    """Whether the user put a value of a part in the place of the catalogue's."""
    return any(overridden == part for overridden, _ in variant.engine.catalog.overrides)


def _states(variant: VariantEvaluation) -> dict[str, list[str]]:
    """For each role the states of the findings that read one of its fields; an empty role is only to blame alone."""
    states: dict[str, list[str]] = {}
    for finding in variant.findings:
        roles = roles_of(finding) if finding.verdict != "holds" else set()
        for role in roles:
            if role in variant.selection or len(roles) == 1:
                states.setdefault(role, []).append(state_of(finding))
    return states


def roles_of(finding: Finding) -> set[str]:
    """The roles whose fields a rule reads at first hand."""
    names = [need.name for need in finding.rule.margin.needs]
    found = {
        max((role.name for role in ROLES if name.startswith(f"{role.name}_")), key=len, default="") for name in names
    }
    return {role for role in found if role}


def candidates_view(variant: VariantEvaluation, role: str, *, all_parts: bool = False) -> tuple[Candidate, ...]:
    """Every part that could fill the role: the present one, the best that fit, the unknown, what does not fit.

    all_parts: those too that are no longer made or made for servers.
    """
    present = {each.rule.id: each for each in variant.findings}
    tried = [(each, *_judged(each, role, present)) for each in candidates_of(variant, role, all_parts=all_parts)]
    ranks = {"ok": 0, "note": 0, "warn": 0, "unknown": 1, "block": 2}
    tried.sort(
        key=lambda line: (
            not line[0].current,
            ranks[line[1]],
            -_or(line[0].throughput, 0.0),
            _or(line[0].price, math.inf),
        )
    )
    wall = max(variant.value("wall_power", row) for row in variant.rows)
    return tuple(_candidate(variant, role, each, state, reason, wall) for each, state, reason in tried)


def key_title(role: str) -> str:
    """What the picker's own column for this role is called."""
    return KEY_FIGURES[_kind(role)].title


def _judged(tried: Tried, role: str, present: dict[str, Finding]) -> tuple[str, str]:
    """The state of a candidate and the reason for it: what is wrong elsewhere in the build is not held against it."""
    new = [each for each in tried.findings if each.verdict != "holds" and _speaks(each, role, present[each.rule.id])]
    blocks = [each for each in new if each.verdict == "broken" and each.rule.severity == "block"]
    if tried.current:
        own = [each for each in tried.findings if each.verdict == "broken" and role in roles_of(each)]
        states = [state_of(each) for each in own if each.rule.severity != "note"]
        first = next((each for each in own if state_of(each) == worst(states)), None)
        return worst(states), "In this build" + (f". {_said(first)}" if first is not None else "")
    if blocks:
        more = f"; and {len(blocks) - 1} more" if len(blocks) > 1 else ""
        return "block", _said(blocks[0]) + more
    cannot = [each for each in new if each.verdict == "unknown" and each.rule.severity == "block"]
    if cannot:
        return "unknown", _said(cannot[0])
    warns = [each for each in new if each.verdict == "broken" and each.rule.severity == "warn"]
    if warns:
        return "warn", _said(warns[0])
    return "ok", "Fits"


def _speaks(finding: Finding, role: str, before: Finding) -> bool:
    """Whether a finding is this part's: it reads the role, or the build had it not, or had more room."""
    if finding.verdict != before.verdict or role in roles_of(finding):
        return True
    return finding.verdict == "broken" and finding.margin < before.margin


def _said(finding: Finding) -> str:
    detail = finding.detail
    if finding.verdict == "unknown":
        return detail
    return f"{finding.title}: {detail}" if detail else finding.title


def _candidate(variant: VariantEvaluation, role: str, tried: Tried, state: str, reason: str, wall: float) -> Candidate:
    catalog = variant.engine.catalog
    price = amount_of(variant, tried.selection, tried.part)
    change = tried.throughput - 1
    fits = tried.current or state != "block"
    ratio = None if math.isnan(change) else 0.0 if abs(change) < SMALLEST_CHANGE else change
    return Candidate(
        tried.part,
        catalog.part(tried.part).name,
        state,
        reason,
        _key_figure(variant, role, tried.part),
        UNKNOWN if price is None else number(float(price), 0),
        "–" if tried.current else _change(_major(variant, tried.price - variant.value("build_price"))),
        None if tried.current else ratio,
        "–"
        if tried.current
        else UNKNOWN
        if ratio is None
        else _change(ratio * 100, 0 if abs(ratio) >= 0.1 else 1, " %"),
        "–" if tried.current else _change(tried.watts - wall),
        variant.selection.count(role) if tried.current else 0,
        fits,
        is_pinned(variant, tried.part),
    )


def _major(variant: VariantEvaluation, minor: float) -> float:
    return variant.voice().say(minor, variant.evaluation.model.quantities["build_price"].unit).value


def _change(value: float, decimals: int = 0, unit: str = "") -> str:
    """A difference with its sign; nothing changed is 0."""
    text = number(value, decimals)
    if text == UNKNOWN or not any(digit in "123456789" for digit in text):
        return text if text == UNKNOWN else "0"
    return f"+{text}{unit}" if value > 0 else f"{text}{unit}"


def _key_figure(variant: VariantEvaluation, role: str, part: str) -> str:
    key = KEY_FIGURES[_kind(role)]
    table = variant.engine.catalog.tables[_kind(role)]
    row = table.row(part)
    value = float(table.columns[key.field][row]) * key.scale
    if key.times:
        value *= float(table.columns[key.times][row])
    return number(value)


def _kind(role: str) -> str:
    return next(each.kind for each in ROLES if each.name == role)


def _or(value: float, otherwise: float) -> float:
    return otherwise if math.isnan(value) else value


def preview_lines(variant: VariantEvaluation, line: Candidate) -> tuple[tuple[str, str, str, str], ...]:
    """What taking a candidate would change: name, now, then, unit."""
    if line.held:
        return ()
    currency = variant.project.currency
    price = _major(variant, variant.value("build_price"))
    wall = max(variant.value("wall_power", row) for row in variant.rows)
    lines = [
        ("Price", number(price, 0), _sum(price, line.price_change), currency),
        ("At the wall", number(wall, 0), _sum(wall, line.power_change), "W"),
    ]
    if variant.uses:
        lines.insert(0, ("Sustained", "100 %", _sum(100, line.throughput_text.removesuffix(" %")) + " %", "of now"))
    if len(variant.uses) > 1:
        greatest = max(variant.rows, key=lambda row: _or(variant.value("wall_power", row), math.inf))
        name = variant.engine.catalog.workloads[variant.uses[greatest].workload].name
        lines.insert(1, ("of the workload that loses most or gains least", "", "", ""))
        lines.append((f"now greatest under {name}", "", "", ""))
    return tuple(lines)


def _sum(now: float, change: str) -> str:
    if change == UNKNOWN:
        return UNKNOWN
    return number(now + float(change.replace("−", "-").replace("+", "").replace(",", "").replace("–", "0")), 0)
