"""What the catalogue's page tells people to write loads as it stands."""

from __future__ import annotations

import re
import tomllib

from steelyard.catalog.sources import TIERS
from steelyard.places import components_db

README = (components_db() / "README.md").read_text(encoding="utf-8")


def test_that_the_example_of_a_part_loads_without_a_complaint(folder) -> None:
    part, source = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    folder.write("sources.toml", (components_db() / "sources.toml").read_text(encoding="utf-8"))
    folder.drive.unlink()
    found = tomllib.loads(part)
    kind, _, name = found["id"].partition("/")
    file = f"parts/{kind}/{name.replace('/', '-')}.toml"
    folder.write(file, part)

    assert file in README
    assert folder.complaints() == []
    assert list(folder.load().parts) == [found["id"]]

    folder.change("recollection", next(iter(tomllib.loads(source))), file)
    assert any("maker-model-sheet" in complaint for complaint in folder.complaints())
    shipped = (folder.root / "sources.toml").read_text(encoding="utf-8")
    folder.write("sources.toml", f"{shipped}\n{source}")
    assert folder.complaints() == []
    assert all(tier in README for tier in TIERS)
