"""Write `resources/docs/glossary.md`: every quantity and rule as the code declares it. A law compares the two.

python packaging/glossary.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = ROOT / "resources" / "docs" / "glossary.md"

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steelyard.catalog import Catalog
    from steelyard.graph.model import Model
    from steelyard.graph.quantity import Quantity, Rule

HEAD = """# Glossary

Every quantity and every rule of the model, written from the code by `make glossary`; do not edit it by hand.
Units stand as people write them; *each* says over what a quantity runs. Sources stand in `components_db/sources.toml`.
"""


def glossary(model: Model, catalog: Catalog) -> str:
    """Return the glossary as Markdown."""
    margins = {rule.margin.name for rule in model.rules.values()}
    quantities = [entry for name, entry in sorted(model.quantities.items()) if name not in margins]
    lines = [HEAD, f"## {len(model.rules)} rules", ""]
    for rule in model.rules.values():
        lines.extend(_rule(rule, catalog))
    lines.extend([f"## {len(quantities)} quantities", ""])
    for entry in quantities:
        lines.extend(_quantity(entry, catalog))
    return "\n".join(lines).rstrip() + "\n"


def _rule(rule: Rule, catalog: Catalog) -> Iterator[str]:
    yield f"### {rule.id} · {rule.severity}"
    yield ""
    yield f"**{rule.title}.** {rule.margin.reason}"
    yield ""
    yield f"- broken: {rule.otherwise}"
    yield f"- margin ({_unit(rule.margin)}): `{_formula(rule.margin)}`"
    yield f"- remedy: {rule.remedy}"
    yield f"- source: {_source(rule.margin, catalog)}"
    yield ""


def _quantity(entry: Quantity, catalog: Catalog) -> Iterator[str]:
    yield f"### {entry.name}"
    yield ""
    yield f"**{entry.label}** ({_unit(entry)}). {entry.reason}"
    yield ""
    yield f"- formula: `{_formula(entry)}`" + (", settled in a loop" if entry.settled else "")
    yield f"- source: {_source(entry, catalog)}"
    yield ""


def _unit(entry: Quantity) -> str:
    return (entry.unit.symbol or "ratio") + "".join(f", each of the {axis.name}" for axis in entry.axes)


def _formula(entry: Quantity) -> str:
    from steelyard.graph.explain import trace  # noqa: PLC0415  # found only once the path is set
    from steelyard.graph.symbols import read  # noqa: PLC0415

    return read(trace(entry), {need.name: need.name for need in entry.needs})


def _source(entry: Quantity, catalog: Catalog) -> str:
    return f"{catalog.sources[entry.source].title} (`{entry.source}`)"


def main() -> None:
    """Write the glossary of this checkout."""
    sys.path.insert(0, str(ROOT / "app"))
    from steelyard.catalog import load_catalog  # noqa: PLC0415
    from steelyard.project.model import model_of  # noqa: PLC0415

    catalog = load_catalog(ROOT / "components_db", cache=None)
    GLOSSARY.parent.mkdir(parents=True, exist_ok=True)
    GLOSSARY.write_text(glossary(model_of(catalog), catalog), encoding="utf-8")


if __name__ == "__main__":
    main()
