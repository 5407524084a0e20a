"""Laws of words: names are full words of the domain without their unit, and each formula gives one reason."""

from __future__ import annotations

import importlib
import pkgutil
import re
from types import ModuleType

import steelyard.workstation
from steelyard.catalog import Catalog
from steelyard.graph.model import Model
from steelyard.graph.quantity import Quantity, Rule
from steelyard.workstation.modules import MODULES

SHORT_WORDS_THAT_PEOPLE_SAY = {
    "a", "an", "at", "by", "cpu", "dc", "ecc", "fp32", "fp8", "fp4", "gpu", "in", "is", "kv", "lan", "m2", "nic",
    "no", "of", "on", "os", "psu", "sata", "to", "u2", "up", "ups",
}  # fmt: skip
SHORTENED = {
    "avail", "avg", "calc", "cap", "cfg", "conf", "config", "cnt", "curr", "desc", "diff", "eff", "est", "freq",
    "idx", "img", "info", "lim", "max", "mem", "min", "mult", "num", "param", "params", "pct", "perf", "pos",
    "pwr", "qty", "req", "res", "sec", "spec", "sqrt", "std", "sys", "temp", "tmp", "tot", "tput", "util", "val",
    "vol", "vram",
}  # fmt: skip
UNITS_IN_NAMES = {
    "w", "kw", "kwh", "c", "k", "gb", "tb", "mb", "ghz", "mhz", "mm", "m3h", "db", "dba", "usd", "gbs", "watts",
    "celsius",
}  # fmt: skip
AN_ABBREVIATION_OF_LATIN = re.compile(r"\b(e\.g|i\.e|etc)\.")


def test_that_its_name_is_made_of_full_words(formula: Quantity) -> None:
    words = set(formula.name.split("_"))
    assert not words & SHORTENED, "write the word out"
    assert not words & UNITS_IN_NAMES, "the unit stands in the annotation"
    assert all(len(word) > 2 or word in SHORT_WORDS_THAT_PEOPLE_SAY or word.isdigit() for word in words)


def test_that_its_label_is_in_sentence_case(formula: Quantity) -> None:
    assert formula.label[0].isupper() or formula.label[0].isdigit()
    assert not formula.label.endswith(".")
    shouted = [word for word in re.findall(r"\b[A-Z]{2,}\b", formula.label) if len(word) > 4]
    assert not shouted


def test_that_it_gives_one_reason_in_one_sentence(formula: Quantity) -> None:
    reason = formula.reason
    assert reason.endswith(".")
    assert "\n" not in reason
    assert ". " not in AN_ABBREVIATION_OF_LATIN.sub("", reason)
    assert reason[0].isupper() or reason[0].isdigit()
    assert reason.rstrip(".").lower() != formula.label.lower(), "the label says that already"


def test_that_its_source_is_in_the_bibliography(formula: Quantity, catalog: Catalog) -> None:
    assert formula.source in catalog.sources


def test_that_no_two_quantities_share_a_label(model: Model) -> None:
    seen: dict[str, str] = {}
    for name, formula in model.quantities.items():
        assert formula.label.lower() not in seen, f"{name} and {seen[formula.label.lower()]}: {formula.label}"
        seen[formula.label.lower()] = name


def test_that_every_formula_of_the_domain_is_in_the_model() -> None:
    found: set[ModuleType] = set()
    for entry in pkgutil.walk_packages(steelyard.workstation.__path__, "steelyard.workstation."):
        module = importlib.import_module(entry.name)
        if any(isinstance(getattr(value, "steelyard", None), (Quantity, Rule)) for value in vars(module).values()):
            found.add(module)
    assert found == set(MODULES), "list the module in steelyard/workstation/modules.py"
