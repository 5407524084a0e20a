"""The printed glossary is what the code says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from steelyard.catalog import Catalog
from steelyard.graph.model import Model

TOOL = Path(__file__).parents[2] / "packaging" / "glossary.py"


def test_that_the_glossary_is_what_the_code_says(model: Model, catalog: Catalog) -> None:
    spec = importlib.util.spec_from_file_location("glossary", TOOL)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    written = tool.GLOSSARY.read_text(encoding="utf-8")
    assert written == tool.glossary(model, catalog), "run `make glossary`"
