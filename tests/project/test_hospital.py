"""Near a patient a build must be isolated, leak little and hang on the right strip; elsewhere nothing of it applies."""

from __future__ import annotations

import pytest

from steelyard.catalog import load_catalog
from steelyard.project.content import Project, checked
from steelyard.project.evaluate import Engine
from steelyard.project.findings import Finding
from steelyard.project.samples import open_project


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


def findings(engine: Engine, *, regulated: bool = True, supplies: int = 1, **site: object) -> dict[str, Finding]:
    sample: Project = open_project("workstation-a-1").project
    build = sample.variants[0]
    selection = build.selection.with_(psu=(build.selection.part("psu") or "", supplies))
    changed = sample._replace(
        site=sample.site._replace(**site),  # type: ignore[arg-type]
        lab=sample.lab._replace(regulated=regulated),
        variants=(build._replace(selection=selection),),
    )
    found = engine.evaluate(checked(changed)).variants[0]
    return {each.rule.id: each for each in found.findings if each.rule.id.startswith("HOS")}


def test_that_away_from_patients_only_a_regulated_lab_hears_of_it(engine: Engine) -> None:
    assert not any(each.applies for each in findings(engine, regulated=False).values())
    told = findings(engine, regulated=True)
    assert [name for name, each in told.items() if each.applies] == ["HOS-001"]
    assert told["HOS-001"].verdict == "holds"
    assert "1.8 m" in told["HOS-001"].text


def test_that_near_a_patient_an_ordinary_supply_blocks(engine: Engine) -> None:
    told = findings(engine, patient_vicinity=True)
    verdicts = {name: (each.rule.severity, each.verdict) for name, each in told.items() if each.applies}
    assert verdicts == {
        "HOS-001": ("block", "broken"),
        "HOS-003": ("warn", "broken"),
        "HOS-004": ("note", "broken"),
        "HOS-005": ("note", "broken"),
    }
    assert "isolation transformer" in told["HOS-001"].remedy


def test_that_two_supplies_leak_twice_as_much(engine: Engine) -> None:
    one, two = (findings(engine, patient_vicinity=True, supplies=each)["HOS-003"].margin for each in (1, 2))
    assert (one, two) == (pytest.approx(0.5 - 3.5), pytest.approx(0.5 - 7.0))


def test_that_an_isolated_supply_must_be_known_to_be_large_enough(engine: Engine) -> None:
    site = {"patient_vicinity": True, "isolated_supply": True}
    untold = findings(engine, **site)
    assert (untold["HOS-001"].verdict, untold["HOS-002"].verdict) == ("holds", "unknown")
    assert not untold["HOS-003"].applies
    assert findings(engine, **site, isolation_rating=3000.0)["HOS-002"].verdict == "holds"
    small = findings(engine, **site, isolation_rating=500.0)["HOS-002"]
    assert (small.verdict, small.rule.severity) == ("broken", "block")
    needed = small.evaluation.at("peak_apparent_power", small.row) * 1.25
    assert small.margin == pytest.approx(500 - needed)
