"""Write `resources/docs/accuracy.md` and its figures: how far the engine is from what others measured.

python tests/accuracy/page.py
"""

from __future__ import annotations

import json
import math
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "app")]

from accuracy import checks  # noqa: E402  # found by the path above
from accuracy.families import FAMILIES, TABLES  # noqa: E402  # found by the path above
from accuracy.judged import coverage_of, family_of, judge  # noqa: E402
from accuracy.shared import digest  # noqa: E402

if TYPE_CHECKING:
    from accuracy.judged import Family, Judged

DOCS = ROOT / "resources" / "docs"
PAGE, FIGURES = DOCS / "accuracy.md", ROOT / "resources" / "accuracy.json"
CAUSES, LEFT_OUT = (Path(__file__).with_name(name) for name in ("causes.toml", "left_out.toml"))
WORST = 5
FEW = 10
"""Below so many cases a family has too few GPUs or hosts for a fit without one of them to mean much."""

DIGITS = 4
HEAD = """# How accurate the predictions are

Held against published measurements by `make accuracy`; do not edit it by hand. *Left out* means: the constants were
fitted without the GPU, or the host, that is predicted, and then the whole engine predicted it. *In sample* means
fitted with it. Errors are predicted over measured less one; the bias is their median. *Coverage* is the share of
measurements inside the 80 % range of the prediction that had not seen them.

![Predicted against measured](pictures/accuracy.png)
"""

TOO_FEW = """Of {0} there are {1} cases only: without one of its hosts or versions hardly anything is left to fit on, so
that the aim of 10 % for the median is missed or met by chance. What is asked of it is the aim in sample, and 25 % for
the 90th percentile of what was left out.
"""


def main() -> None:
    """Judge every family and write page and figures."""
    families = [family_of(name, judge(module.cases(), module.fit)) for name, module in FAMILIES.items()]
    hashes = {name: digest(name) for name in all_tables()}
    causes = tomllib.loads(CAUSES.read_text(encoding="utf-8"))
    held = checks.checked()
    FIGURES.write_text(_lines({**figures(families, hashes, causes), "checks": held}), encoding="utf-8")
    PAGE.write_text(page(families, hashes, causes, checks.lines(held)), encoding="utf-8")


def all_tables() -> list[str]:
    """Return the tables of all families and checks by their names."""
    return sorted({*TABLES, *checks.TABLES})


def figures(families: list[Family], hashes: dict[str, str], causes: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Return what the desk shows, as plain values."""
    return {
        "tables": hashes,
        "pooled_coverage": _short(coverage_of([each for family in families for each in family.cases])),
        "families": [
            {
                "name": family.name,
                "in_sample": _plain(family.in_sample._asdict()),
                "left_out": _plain(family.left_out._asdict()),
                "coverage": _short(family.coverage),
                "cases": [_case(each) for each in family.cases],
                "worst": [
                    {**_case(each), "where": each.case.where, "cause": cause_of(each, causes)} for each in worst(family)
                ],
            }
            for family in families
        ],
    }


def _lines(found: dict[str, Any]) -> str:
    """As JSON with a line a case, so that a change shows as the cases that it changed."""
    return (
        json.dumps(found, separators=(",", ":")).replace('{"bench"', '\n{"bench"').replace('{"name"', '\n{"name"')
        + "\n"
    )


def page(families: list[Family], hashes: dict[str, str], causes: dict[str, dict[str, str]], held: list[str]) -> str:
    """Return the page as Markdown; `held` are the lines of power, heat and noise."""
    pooled = [each for family in families for each in family.cases]
    lines = [
        HEAD,
        "| Family | n | Left out: median | 90th percentile | Bias | Coverage | In sample: median | 90th percentile |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for family in families:
        out, inside = family.left_out, family.in_sample
        cells = (
            f"{out.median:.1%}", f"{out.tenth_worst:.1%}", f"{out.bias:+.1%}", f"{family.coverage:.0%}",
            f"{inside.median:.1%}", f"{inside.tenth_worst:.1%}",
        )  # fmt: skip
        lines.append(f"| {family.name} | {out.count} | {' | '.join(cells)} |")
    lines.append(f"\nOf all {len(pooled)} measurements {coverage_of(pooled):.0%} lie inside the 80 % range.\n")
    lines += [TOO_FEW.format(family.name, family.left_out.count) for family in families if family.left_out.count < FEW]
    lines += held
    lines += _left_out_lines([family.name for family in families])
    for family in families:
        lines += _worst_lines(family, causes)
    lines += ["## The tables that this was made from", ""]
    lines += [f"- {name}: `{value}`" for name, value in sorted(hashes.items())]
    return "\n".join(lines).rstrip() + "\n"


def _left_out_lines(names: list[str]) -> list[str]:
    """Say of each family which rows of its table it is not judged by."""
    said = tomllib.loads(LEFT_OUT.read_text(encoding="utf-8"))
    return ["## What no family is judged by", "", *(f"- **{name}**: {said[name]}" for name in names), ""]


def _worst_lines(family: Family, causes: dict[str, dict[str, str]]) -> list[str]:
    lines = [
        f"## {family.name}: the worst cases",
        "",
        "| What | On | Measured | Predicted | Range | Error | What we believe |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for each in worst(family):
        said = each.left_out
        settings = " ".join(f"{name}={value}" for name, value in sorted(each.case.settings.items()))
        cells = (
            f"{each.case.bench} {settings}".strip(), _on(each), f"{each.case.measured:.4g}", f"{said.value:.4g}",
            f"{said.low:.4g} to {said.high:.4g}", f"{each.error:+.0%}", cause_of(each, causes),
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def worst(family: Family) -> list[Judged]:
    """Return the cases that are furthest off by their logarithm, the worst of each GPU or host only."""
    ranked = sorted(family.cases, key=lambda each: -abs(math.log(each.left_out.value / each.case.measured)))
    found: dict[str, Judged] = {}
    for each in ranked:
        found.setdefault(each.case.held, each)
    return list(found.values())[:WORST]


def cause_of(each: Judged, causes: dict[str, dict[str, str]]) -> str:
    """Return what we believe is the cause: said for the GPU or host in its family, else for the family."""
    said = causes.get(each.case.family, {})
    return said.get(each.case.held, said.get("", "not known"))


def _on(each: Judged) -> str:
    return f"{each.case.count} x {each.case.held}" if each.case.count > 1 else each.case.held


def _case(each: Judged) -> dict[str, Any]:
    return {
        "bench": each.case.bench,
        "settings": dict(sorted(each.case.settings.items())),
        "on": _on(each),
        "measured": _short(each.case.measured),
        "predicted": _short(each.left_out.value),
        "low": _short(each.left_out.low),
        "high": _short(each.left_out.high),
    }


def _plain(numbers: dict[str, Any]) -> dict[str, Any]:
    return {name: _short(number) for name, number in numbers.items()}


def _short(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")


if __name__ == "__main__":
    main()
