"""What a project needs: levels in order, lines that add up, drivers, and nothing of it from the build."""

from __future__ import annotations

import math
import random

import pytest

from project.needs_of import usual_project, usual_use
from steelyard.catalog import Catalog, load_catalog
from steelyard.graph.breakdown import adding_up
from steelyard.project.content import Project
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.requirements import LAYERS, RESOURCES, Requirement, requirements_of
from steelyard.workstation.needs_words import ASKED_ALWAYS, ASKED_AT_THE_SAME_TIME, ASKED_BESIDE
from steelyard.workstation.roles import ROLES

CATALOG = load_catalog(cache=None)
WORKLOADS = sorted(name for name, each in CATALOG.workloads.items() if each.bench is None)
THREE = ("imaging-pipeline", "nnunet-3d-training", "private-llm-retrieval")
LEVELS = ("least", "advised", "ample")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return CATALOG


@pytest.fixture(scope="module")
def engine(catalog: Catalog) -> Engine:
    return Engine.of(catalog)


def evaluated(engine: Engine, project: Project) -> VariantEvaluation:
    return engine.evaluate(project).variants[0]


def needs(engine: Engine, project: Project) -> dict[str, Requirement]:
    return {each.key: each for each in requirements_of(evaluated(engine, project), ranges=False)}


@pytest.mark.parametrize("workload", WORKLOADS)
def test_that_least_advised_and_ample_are_in_order(engine: Engine, catalog: Catalog, workload: str) -> None:
    found = needs(engine, usual_project(catalog, workload, growth=0.25, life_years=5.0))
    assert {"card_memory", "cores", "memory"} & found.keys()
    for each in found.values():
        assert each.least.value <= each.advised.value <= each.ample.value, each.key


@pytest.mark.parametrize("workload", WORKLOADS)
def test_that_what_is_ample_never_shrinks_with_growth_or_life(engine: Engine, catalog: Catalog, workload: str) -> None:
    labs = ({"growth": 0.0, "life_years": 4.0}, {"growth": 0.3, "life_years": 4.0}, {"growth": 0.3, "life_years": 7.0})
    small, grown, older = (needs(engine, usual_project(catalog, workload, **lab)) for lab in labs)
    for key in small:
        assert small[key].ample.value <= grown[key].ample.value <= older[key].ample.value, key
    assert small["cores"].ample.value * 1.3**4 == pytest.approx(grown["cores"].ample.value)


@pytest.mark.parametrize("runs", ["day", "night", "always", "turns", None])
def test_that_the_lines_add_up_to_the_least_exactly(engine: Engine, catalog: Catalog, runs: str | None) -> None:
    found = needs(engine, usual_project(catalog, *THREE, runs=runs))
    for each in found.values():
        assert math.fsum(line.value for line in each.lines) == each.least.value, each.key
        assert sum(line.share for line in each.lines) == pytest.approx(1 if each.least.value else 0)


def test_that_the_lines_add_up_in_any_mixture_of_times(engine: Engine, catalog: Catalog) -> None:
    chance = random.Random(4)  # noqa: S311 - a seed, no secret
    for _ in range(6):
        project = usual_project(catalog, *THREE)
        uses = tuple(use._replace(runs=chance.choice(["day", "night", "always", "turns"])) for use in project.workloads)
        for each in needs(engine, project._replace(workloads=uses)).values():
            assert math.fsum(line.value for line in each.lines) == each.least.value, each.key


def test_that_a_rounding_error_is_taken_up_whatever_the_numbers() -> None:
    chance = random.Random(7)  # noqa: S311 - as above
    for _ in range(3000):
        values = [chance.random() * 10 ** chance.randint(-6, 6) for _ in range(chance.randint(1, 6))]
        assert math.fsum(adding_up(values, sum(values))) == sum(values)


def test_that_work_at_the_same_time_adds_up_and_work_by_turns_does_not(engine: Engine, catalog: Catalog) -> None:
    alone = [needs(engine, usual_project(catalog, name))["card_memory"].least.value for name in THREE]
    together = needs(engine, usual_project(catalog, *THREE, runs="day"))["card_memory"]
    by_turns = needs(engine, usual_project(catalog, *THREE, runs="turns"))["card_memory"]
    assert together.least.value == pytest.approx(sum(alone))
    assert len(together.lines) == 3
    assert by_turns.least.value == max(alone)
    assert [line.workload for line in by_turns.lines] == [THREE[alone.index(max(alone))]]


def test_that_data_stay_whoever_runs(engine: Engine, catalog: Catalog) -> None:
    by_turns = needs(engine, usual_project(catalog, *THREE, runs="turns"))["scratch"]
    together = needs(engine, usual_project(catalog, *THREE, runs="day"))["scratch"]
    assert by_turns.least.value == pytest.approx(together.least.value)
    assert len(by_turns.lines) == 3


def test_that_the_driver_is_who_asks_for_most(engine: Engine, catalog: Catalog) -> None:
    for each in needs(engine, usual_project(catalog, *THREE, runs="day")).values():
        most = max((line for line in each.lines if line.workload), key=lambda line: line.value)
        assert (each.driver, each.driver_id) == (most.label, most.workload)


def test_that_the_system_has_cores_and_memory_of_its_own(engine: Engine, catalog: Catalog) -> None:
    found = needs(engine, usual_project(catalog, THREE[0]))
    for key, quantity in (("cores", "system_cores"), ("memory", "system_memory")):
        system = [line for line in found[key].lines if not line.workload]
        assert [line.value for line in system] == [pytest.approx(catalog.assumptions[quantity].value)]


def test_that_requirements_do_not_depend_on_the_build(engine: Engine, catalog: Catalog) -> None:
    project = usual_project(catalog, *THREE, runs="day")
    bare = project.variants[0].selection.without("gpu", "scratch_drive", "memory", "nic")
    other = project._replace(variants=(project.variants[0]._replace(selection=bare),))
    rich, poor = needs(engine, project), needs(engine, other)
    assert rich.keys() - poor.keys() == {"cards"}  # which are counted in the build's own
    for key, each in poor.items():
        assert [getattr(each, level).value for level in LEVELS] == [getattr(rich[key], level).value for level in LEVELS]


def test_that_a_machine_without_a_card_asks_its_processor_and_memory_to_stand_in(
    engine: Engine, catalog: Catalog
) -> None:
    project = usual_project(catalog, "llm-fine-tuning")
    bare = project.variants[0].selection.without("gpu")
    other = project._replace(variants=(project.variants[0]._replace(selection=bare),))
    rich, poor = needs(engine, project), needs(engine, other)
    held = engine.evaluate(project).variants[0].value("card_memory_held")
    assert held > 1
    assert poor["memory"].least.value - rich["memory"].least.value == pytest.approx(held)
    assert poor["cores"].least.value > rich["cores"].least.value + 1


STOOD_IN = {"cards", "cores", "memory", "protection"}
"""Cards are counted in the build's own; in a machine without any the processor, and its memory, stand in for them."""


def test_that_no_need_reads_a_part(engine: Engine, catalog: Catalog) -> None:
    for resource in RESOURCES:
        if resource.key in STOOD_IN:
            continue
        for level in LEVELS:
            reads = engine.model.plan([f"{resource.key}_{level}"]).reads
            parts = {name for name in reads if _is_of_a_part(name, catalog)}
            assert not parts, f"{resource.key}_{level} reads {sorted(parts)}"


def _is_of_a_part(name: str, catalog: Catalog) -> bool:
    for role in ROLES:
        field = name.removeprefix(f"{role.name}_")
        if field != name and (field == "count" or field in catalog.schema[role.kind].fields):
            return True
    return False


@pytest.mark.parametrize("workload", WORKLOADS)
def test_that_on_one_card_the_work_needs_what_is_asked_for(engine: Engine, catalog: Catalog, workload: str) -> None:
    project = usual_project(catalog, workload)
    selection = project.variants[0].selection
    one = selection.with_(gpu=(selection.part("gpu") or "", 1))
    found = evaluated(engine, project._replace(variants=(project.variants[0]._replace(selection=one),)))
    stated = found.value("stated_card_memory")
    speaks = min(1, found.value("card_exchange") + found.value("weights_split"))
    buffers = speaks * found.value("link_buffer_memory") if found.value("gpu_memory_needed") else 0.0
    needed = found.value("gpu_memory_needed") + buffers  # room to speak with further cards is asked for, not yet used
    assert found.value("card_memory_asked") == pytest.approx(max(needed, stated), rel=1e-9)


def test_that_every_resource_has_its_quantities_and_a_layer(engine: Engine) -> None:
    for resource in RESOURCES:
        assert resource.layer in LAYERS
        levels = [engine.model.quantities[f"{resource.key}_{level}"] for level in LEVELS]
        assert len({each.unit for each in levels}) == 1
        for name in (resource.asked, resource.system, resource.has):
            known = not name or engine.model.quantities.get(name) or engine.model.inputs.get(name)
            assert known, f"{resource.key} names {name}"


def test_that_every_word_of_others_is_the_sum_of_a_quantity(engine: Engine) -> None:
    words = {**ASKED_AT_THE_SAME_TIME, **ASKED_ALWAYS}
    assert set(words) == {name for name, *_ in ASKED_BESIDE}
    for word, asked in words.items():
        entry = engine.model.quantities.get(asked) or engine.model.inputs[asked]
        assert entry.unit == engine.model.inputs[word].unit, word


def test_that_a_number_explains_itself_in_the_row_that_shows_it(engine: Engine, catalog: Catalog) -> None:
    found = evaluated(engine, usual_project(catalog, *THREE, runs="day"))
    for each in requirements_of(found, ranges=False):
        for level in (each.least, each.advised, each.ample):
            assert found.explain(level.name, each.row).value == level.value


def test_that_the_range_holds_the_value(engine: Engine, catalog: Catalog) -> None:
    for each in requirements_of(evaluated(engine, usual_project(catalog, THREE[1]))):
        for level in (each.least, each.advised, each.ample):
            assert level.low <= level.value <= level.high, level.name


def test_that_an_empty_input_is_named_and_the_others_still_speak(engine: Engine, catalog: Catalog) -> None:
    project = usual_project(catalog, *THREE[:2], runs="turns")
    first = project.workloads[0].with_input("cases", None)
    found = needs(engine, project._replace(workloads=(first, project.workloads[1])))
    name = catalog.workloads[THREE[0]].name
    assert found["scratch"].unknown == (name,)
    assert found["cores"].unknown == (name,)
    assert found["cores"].least.value == needs(engine, usual_project(catalog, THREE[1]))["cores"].least.value


def test_that_nothing_is_needed_without_workloads(engine: Engine, catalog: Catalog) -> None:
    assert requirements_of(evaluated(engine, usual_project(catalog))) == ()


def test_that_error_correction_is_required_advised_or_not_asked_with_its_reason(
    engine: Engine, catalog: Catalog
) -> None:
    project = usual_project(catalog, THREE[0])
    short = project.workloads[0].with_input("finish_within", 4).with_input("cached_share", 0)
    long = project.workloads[0].with_input("finish_within", 48).with_input("cached_share", 0)

    def protection(use: object, *, regulated: bool) -> Requirement | None:
        lab = project.lab._replace(regulated=regulated)
        return needs(engine, project._replace(workloads=(use,), lab=lab)).get("protection")

    required = protection(short, regulated=True)
    assert required is not None
    assert required.least.value == 1
    assert "patient data" in required.why
    assert (required.driver, required.driver_id) == ("patient data (PHI)", "")
    advised = protection(long, regulated=False)
    assert advised is not None
    assert (advised.least.value, advised.advised.value) == (0, 1)
    assert "24 h" in advised.why
    unasked = protection(short, regulated=False)
    assert unasked is None or unasked.advised.value == 0


def test_that_a_memory_of_128_gb_advises_error_correction(engine: Engine, catalog: Catalog) -> None:
    project = usual_project(catalog, THREE[0])
    use = project.workloads[0].with_input("finish_within", 4).with_input("cases", 3000).with_input("cached_share", 1)
    found = needs(engine, project._replace(workloads=(use,)))
    assert found["memory"].least.value > 128
    assert (found["protection"].least.value, found["protection"].advised.value) == (0, 1)


def test_that_more_context_never_needs_less(engine: Engine, catalog: Catalog) -> None:
    project = usual_project(catalog, THREE[2])
    sizes = [4096.0, 8192.0, 32768.0, 131072.0]
    found = [
        needs(engine, project._replace(workloads=(project.workloads[0].with_input("context", size),))) for size in sizes
    ]
    for key in found[0]:
        if key != "cards":
            values = [each[key].least.value for each in found]
            assert values == sorted(values), key


def test_that_what_a_maker_states_is_never_undercut(engine: Engine, catalog: Catalog) -> None:
    found = evaluated(engine, usual_project(catalog, THREE[2]))
    given = {name: array for name, array in found.batch.values.items() if not name.endswith("_residual")}
    import numpy as np

    floors = {"stated_cores": 640.0, "stated_memory": 4096.0, "stated_card_memory": 480.0, "stated_scratch": 90_000.0}
    given |= {name: np.array([number]) for name, number in floors.items()}
    raised = engine.model.evaluate(given, ["cores_least", "memory_least", "card_memory_least", "scratch_least"])
    assert raised.at("cores_least", 0) >= 640
    assert raised.at("memory_least", 0) >= 4096
    assert raised.at("card_memory_least", 0) >= 480
    assert raised.at("scratch_least", 0) >= 90_000


def test_that_usual_values_leave_no_requirement_unknown(engine: Engine, catalog: Catalog) -> None:
    for workload in WORKLOADS:
        use = usual_use(catalog, workload)
        found = needs(engine, usual_project(catalog, workload)._replace(workloads=(use,)))
        assert not any(each.unknown for each in found.values()), workload
        assert not any(math.isnan(each.least.value) for each in found.values()), workload
