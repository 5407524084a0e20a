"""Whatever people put together can be judged, said in words and written for scripts: nothing raises, nothing is NaN."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from steelyard.catalog import Catalog, load_catalog
from steelyard.cli.printing import print_json
from steelyard.project.answers import answer
from steelyard.project.content import InputValue, Lab, Project, Site, Variant, WorkloadUse
from steelyard.project.evaluate import Engine
from steelyard.project.selection import Selection
from steelyard.workstation.roles import ROLES

CATALOG = load_catalog(cache=None)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(CATALOG)


def builds(catalog: Catalog) -> st.SearchStrategy[Selection]:
    """Any parts in any roles, most of which will not go together."""
    fillings = {
        role.name: st.none() | st.tuples(st.sampled_from(catalog.tables[role.kind].ids[1:]), st.integers(1, role.most))
        for role in ROLES
    }
    return st.fixed_dictionaries(fillings).map(
        lambda chosen: Selection.of(**{role: filling for role, filling in chosen.items() if filling})
    )


def uses(catalog: Catalog) -> st.SearchStrategy[list[WorkloadUse]]:
    """Any workloads, their inputs empty or typical."""

    def use(name: str, *, empty: bool) -> WorkloadUse:
        inputs = (
            {} if empty else {key: InputValue(entry.usual) for key, entry in catalog.workloads[name].inputs.items()}
        )
        return WorkloadUse(name, name, inputs=inputs)

    one = st.builds(use, st.sampled_from(sorted(catalog.workloads)), empty=st.booleans())
    return st.lists(one, max_size=3, unique_by=lambda use: use.id)


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # to shrink a build of four hundred parts takes longer than to read it
    suppress_health_check=list(HealthCheck),
)
@given(build=builds(CATALOG), workloads=uses(CATALOG), regulated=st.booleans())
def test_that_any_build_is_judged_and_said(
    engine: Engine,
    capsys: pytest.CaptureFixture[str],
    build: Selection,
    workloads: list[WorkloadUse],
    *,
    regulated: bool,
) -> None:
    project = Project(
        "Any", "", "2026-11-21", "USD", Site(energy_price="0.17"), Lab(budget="30000", regulated=regulated),
        tuple(workloads), (Variant("one", build),),
    )  # fmt: skip
    found = engine.evaluate(project)
    variant = found.variants[0]
    verdicts = [(each.rule.severity, each.verdict) for each in variant.findings]
    expected = (
        "BLOCKED"
        if ("block", "broken") in verdicts
        else "INCOMPLETE"
        if build.missing() or ("block", "unknown") in verdicts
        else "NEEDS ATTENTION"
        if {("warn", "broken"), ("warn", "unknown")} & set(verdicts)
        else "READY"
    )
    assert variant.card.status == expected
    for finding in variant.findings:
        assert finding.text
        assert finding.verdict != "unknown" or finding.unknown, f"{finding.rule.id} cannot tell, and not say why"
    print_json(answer(found))
    told = json.loads(capsys.readouterr().out, parse_constant=_refuse)
    assert told["variants"][0]["card"]["status"] == expected


def _refuse(constant: str) -> None:
    message = f"{constant} is no JSON"
    raise ValueError(message)
