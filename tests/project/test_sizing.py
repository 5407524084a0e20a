"""Sizing without a build: the least-priced cards, how they share the work, and when one box does not do."""

from __future__ import annotations

import math

import pytest

from project.needs_of import pretraining, usual_project
from steelyard.catalog import Catalog, load_catalog
from steelyard.project.content import Project
from steelyard.project.evaluate import Engine
from steelyard.project.ladder import CLUSTER_BOXES, LADDER, Boxes, Place, boxes_of, place_of
from steelyard.project.parallelism import METHODS, Advice, advice_of
from steelyard.project.rig import COOL
from steelyard.project.selection import Selection
from steelyard.project.sizing import COUNTS, Sizer

CATALOG = load_catalog(cache=None)
WORKLOADS = sorted(name for name, each in CATALOG.workloads.items() if each.bench is None)
TRAINING, LANGUAGE = "nnunet-3d-training", "private-llm-retrieval"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return CATALOG


@pytest.fixture(scope="module")
def engine(catalog: Catalog) -> Engine:
    return Engine.of(catalog)


@pytest.fixture(scope="module")
def sizer(engine: Engine, catalog: Catalog) -> Sizer:
    return Sizer.of(engine, usual_project(catalog))


def language(catalog: Catalog, **inputs: float) -> Project:
    project = usual_project(catalog, LANGUAGE)
    use = project.workloads[0]
    for name, value in inputs.items():
        use = use.with_input(name, value)
    return project._replace(workloads=(use,))


def test_that_the_rig_goes_together_and_is_the_largest(sizer: Sizer, catalog: Catalog) -> None:
    rig = sizer.rig.selection
    cores = catalog.tables["cpu"].columns["cores"]
    assert cores[catalog.tables["cpu"].row(rig.part("cpu") or "")] >= 64
    project = usual_project(catalog)
    _, found = sizer.engine.run(project, [rig], (), given=COOL)
    for rule in ("FIT-001", "MEM-001", "MEM-002", "MEM-003", "MEM-004", "MEM-005", "MEM-016"):
        assert found.finding(rule, 0).verdict == "holds", rule


@pytest.mark.parametrize("workload", WORKLOADS)
def test_that_every_workload_is_sized_at_its_usual_values(sizer: Sizer, catalog: Catalog, workload: str) -> None:
    found = sizer.size(usual_project(catalog, workload))
    assert not found.unknown
    assert (found.least is None) == (found.boxes is not None)
    assert found.place in LADDER
    if found.least:
        assert found.least.pace >= 1
        assert found.least.memory <= found.least.room


def test_that_no_other_choice_that_carries_the_work_costs_less(sizer: Sizer, engine: Engine, catalog: Catalog) -> None:
    project = usual_project(catalog, TRAINING)
    chosen = sizer.size(project).least
    assert chosen is not None
    parts = [part for part in catalog.tables["gpu"].ids[1:] if not catalog.part(part).is_hidden]
    wanted = ("throughput", "asked_rate", "gpu_memory", "gpu_memory_at_peak")
    for part in parts:
        for count in COUNTS:
            price = catalog.prices.minor(part, count) * count
            if not price < chosen.price:
                continue
            build = sizer.rig.selection.with_(gpu=(part, count))
            _, found = engine.run(project, [build], project.workloads, wanted, given=COOL)
            slow = found.at("throughput", 0) < found.at("asked_rate", 0)
            small = found.at("gpu_memory_at_peak", 0) > found.at("gpu_memory", 0)
            assert slow or small or math.isnan(found.at("throughput", 0)), f"{count} x {part} costs less and does"


def test_that_reserve_and_growth_never_cost_less(sizer: Sizer, catalog: Catalog) -> None:
    for workload in WORKLOADS:
        found = sizer.size(usual_project(catalog, workload, growth=0.2, life_years=4.0))
        prices = [each.price for each in (found.least, found.advised, found.ample) if each]
        assert prices == sorted(prices), workload
        assert not (found.advised and not found.least), workload
        assert not (found.ample and not found.advised), workload


def test_that_the_processor_alone_is_slow_and_not_refused(sizer: Sizer, catalog: Catalog) -> None:
    slow = sizer.size(usual_project(catalog, TRAINING))
    assert slow.least is not None
    assert slow.least.cards >= 1
    project = usual_project(catalog, TRAINING)
    patient = project._replace(workloads=(project.workloads[0].with_input("finish_within", 47_000),))
    alone = sizer.size(patient).least
    assert alone is not None
    assert (alone.cards, alone.part, alone.held) == (0, "", "processor")
    cards = catalog.tables["gpu"].ids[1:]
    assert 0 < alone.price < min(catalog.prices.minor(part, 1) for part in cards if not catalog.part(part).is_hidden)


def test_that_a_tighter_window_never_costs_less(sizer: Sizer, catalog: Catalog) -> None:
    project = usual_project(catalog, TRAINING)
    prices = []
    for hours in (400, 100, 48, 24):
        found = sizer.size(project._replace(workloads=(project.workloads[0].with_input("finish_within", hours),)))
        prices.append(found.least.price if found.least else math.inf)
    assert prices == sorted(prices)


def test_that_a_model_for_everybody_takes_several_boxes_and_says_why(sizer: Sizer, catalog: Catalog) -> None:
    found = sizer.size(language(catalog, parameters=1000, users=64, context=131_072))
    assert found.least is None
    assert found.boxes is not None
    assert found.boxes.needed >= max(found.boxes.by_pace, found.boxes.by_memory, found.boxes.by_host) >= 2
    assert found.boxes.box in found.boxes.reason or "host" in found.boxes.reason
    assert any("RDMA" in each for each in found.boxes.adds)
    assert found.place in {Place.CLUSTER, Place.CLOUD}


def test_that_the_place_on_the_ladder_climbs_with_the_parameters(sizer: Sizer, catalog: Catalog) -> None:
    places = [
        sizer.size(language(catalog, parameters=size, users=users)).place
        for size, users in ((1, 1), (8, 4), (70, 4), (400, 16), (2000, 64))
    ]
    rungs = [LADDER.index(place) for place in places]
    assert rungs == sorted(rungs)
    assert len(set(rungs)) >= 4


def test_that_missing_inputs_are_named_and_nothing_else_is_told(sizer: Sizer, catalog: Catalog) -> None:
    project = usual_project(catalog, TRAINING)
    found = sizer.size(project._replace(workloads=(project.workloads[0].with_input("cases", None),)))
    assert found.unknown == (catalog.workloads[TRAINING].name,)
    assert (found.least, found.boxes, found.place) == (None, None, Place.UNKNOWN)


def test_that_sizing_twice_gives_the_same(sizer: Sizer, catalog: Catalog) -> None:
    project = usual_project(catalog, TRAINING, LANGUAGE, runs="day")
    assert repr(sizer.size(project)) == repr(sizer.size(project))


def test_that_boxes_are_counted_from_pace_and_memory_whichever_is_greater() -> None:
    slow, large = ("Card", 8, 3.2, 0.5, 0.1), ("Card", 8, 0.5, 5.5, 0.1)
    assert boxes_of([slow]) == boxes_of([slow, large])
    by_pace, by_memory = boxes_of([slow]), boxes_of([large])
    assert by_pace is not None
    assert by_memory is not None
    assert (by_pace.needed, by_pace.by_pace, by_pace.by_memory) == (4, 4, 1)
    assert (by_memory.needed, by_memory.by_pace, by_memory.by_memory) == (6, 1, 6)
    assert "pace" in by_pace.reason
    assert "model" in by_memory.reason
    assert boxes_of([("Card", 8, math.inf, 1.0, 1.0)]) is None


def test_that_the_rungs_follow_cards_and_boxes() -> None:
    boxes = Boxes(CLUSTER_BOXES, "8 x Card", 2, 1, 1, "", ())
    assert place_of(None, 1, 16, 6, 32) is Place.LAPTOP
    assert place_of(None, 1, 24, 6, 32) is Place.WORKSTATION
    assert place_of(None, 4, 96, 60, 512) is Place.WORKSTATION
    assert place_of(None, 8, 96, 60, 512) is Place.SERVER
    assert place_of(boxes, 8, 96, 60, 512) is Place.CLUSTER
    assert place_of(boxes._replace(needed=CLUSTER_BOXES + 1), 8, 96, 60, 512) is Place.CLOUD


# --- how cards share the work


def advice(engine: Engine, project: Project, card: str, count: int) -> Advice:
    selection = project.variants[0].selection.with_(gpu=(card, count))
    variant = project.variants[0]._replace(selection=selection)
    return advice_of(engine.evaluate_variant(project._replace(variants=(variant,)), variant.name))[0]


SMALL_CARD = "gpu/nvidia/geforce-rtx-5070-ti"  # 16 GB, without NVLink


def test_that_a_model_just_above_a_card_flips_the_advice(engine: Engine, catalog: Catalog) -> None:
    project = language(catalog, parameters=3, users=1, context=4096, speed=7)
    fits = advice(engine, project, SMALL_CARD, 2)
    assert fits.method == "one-card"
    assert fits.memory < 16
    above = advice(engine, language(catalog, parameters=9, users=1, context=4096, speed=7), SMALL_CARD, 2)
    assert above.method == "tensor-parallel"
    assert above.cards >= 2
    assert above.memory < 16
    assert above.lacks_nvlink
    assert "NVLink" in above.reason


def test_that_a_model_that_fits_is_copied_when_the_pace_asks_for_more(engine: Engine, catalog: Catalog) -> None:
    project = usual_project(catalog, TRAINING)
    hurried = project._replace(workloads=(project.workloads[0].with_input("finish_within", 10),))
    found = advice(engine, hurried, SMALL_CARD, 4)
    assert found.method == "data-parallel"
    assert found.cards == 1
    assert found.groups > 1
    assert found.traffic > 0


def test_that_work_above_one_card_and_above_its_pace_needs_both(engine: Engine, catalog: Catalog) -> None:
    found = advice(engine, language(catalog, parameters=30, users=2, context=8192, speed=60), SMALL_CARD, 4)
    assert found.method == "both"
    assert found.cards >= 2
    assert found.groups >= 2
    assert "groups" in found.reason


def test_that_users_who_do_not_fit_one_card_are_shared_out(engine: Engine, catalog: Catalog) -> None:
    found = advice(engine, language(catalog, parameters=1, users=64, context=32_768, speed=1), SMALL_CARD, 4)
    assert found.method == "data-parallel"
    assert found.groups >= 2
    assert found.memory <= 16


def test_that_work_without_a_card_gets_no_advice(engine: Engine, catalog: Catalog) -> None:
    project = usual_project(catalog, TRAINING)
    bare = project.variants[0]._replace(selection=Selection())
    assert advice_of(engine.evaluate_variant(project._replace(variants=(bare,)), bare.name)) == ()


@pytest.mark.parametrize("workload", WORKLOADS)
def test_that_every_workload_has_an_advice_in_words(engine: Engine, catalog: Catalog, workload: str) -> None:
    found = advice(engine, usual_project(catalog, workload), SMALL_CARD, 2)
    assert found.method in METHODS
    assert found.reason.endswith(".")
    assert found.cards >= 1 or found.method == "none"


# --- a window to retrain in


def test_that_a_window_that_is_missed_says_how_much_faster_it_must_be(engine: Engine, catalog: Catalog) -> None:
    project = usual_project(catalog, TRAINING)
    late = project._replace(workloads=(project.workloads[0].with_input("finish_within", 12),))
    selection = project.variants[0].selection.with_(gpu=(SMALL_CARD, 1))
    variant = project.variants[0]._replace(selection=selection)
    found = engine.evaluate_variant(late._replace(variants=(variant,)), variant.name)
    finding = next(each for each in found.findings if each.rule.id == "BAL-001")
    needed = found.value("asked_rate") / found.value("throughput")
    assert needed > 1.5
    assert finding.verdict == "broken"
    assert f"{needed:.3g} times as fast" in finding.remedy
    patient = project._replace(workloads=(project.workloads[0].with_input("finish_within", 600),), variants=(variant,))
    relaxed = engine.evaluate_variant(patient, variant.name)
    assert next(each for each in relaxed.findings if each.rule.id == "BAL-001").verdict == "holds"


# --- trainings of language models


def trained(
    catalog: Catalog, parameters: float, tokens: float, days: float, **demands: float
) -> tuple[Engine, Project]:
    """An engine whose catalogue has this training, and a project of it."""
    engine = Engine.of(pretraining(catalog, parameters, tokens, days, **demands))
    return engine, usual_project(engine.catalog, "pretraining")


def test_that_a_training_of_the_size_of_gpt_3_is_no_workstation(catalog: Catalog) -> None:
    engine, project = trained(catalog, 175e9, 300e9, days=30)
    found = Sizer.of(engine, project).size(project)
    assert found.compute_days == pytest.approx(3646, abs=1)  # 6 x 175e9 x 300e9 operations; published: 3,640
    assert found.least is None
    assert found.boxes is not None
    assert found.boxes.needed > CLUSTER_BOXES
    assert found.boxes.by_memory >= 2800 / (8 * 96)  # 16 bytes a parameter, against eight cards of 96 GB
    assert found.boxes.needed == max(found.boxes.by_pace, found.boxes.by_memory, found.boxes.by_host)
    assert found.place is Place.CLOUD
    assert "pace" in found.boxes.reason


def test_that_500_million_parameters_fit_16_to_24_gb_with_their_activations(catalog: Catalog) -> None:
    engine, project = trained(catalog, 500e6, 1e9, days=30, activation_memory=5)
    asked = engine.evaluate(project).variants[0].value("card_memory_least")
    assert 8 + 5 < asked < 16


def test_that_what_does_not_fit_one_card_is_sharded_and_flips_just_above_it(catalog: Catalog) -> None:
    def advised(parameters: float, count: int, activations: float = 2.0) -> Advice:
        engine, project = trained(catalog, parameters, 1e8, days=30, activation_memory=activations)
        return advice(engine, project, SMALL_CARD, count)

    fits = advised(0.75e9, 4)
    assert fits.method == "one-card"
    assert fits.memory < 16
    above = advised(0.9e9, 4)
    assert (above.method, above.cards) == ("sharded", 2)
    assert above.memory < 16 < above.cards * 16
    assert above.traffic > 0
    assert advised(0.9e9, 1).method == "offload"
    assert advised(0.9e9, 4, activations=40.0).method == "tensor-parallel"


def test_that_a_model_above_one_card_and_above_its_time_needs_parts_and_copies(catalog: Catalog) -> None:
    engine, project = trained(catalog, 2e9, 200e9, days=20, activation_memory=2)
    found = advice(engine, project, SMALL_CARD, 8)
    assert found.method == "both"
    assert found.cards >= 3
    assert found.groups >= 2


# --- what makers of software state

STATED = {"proteinmpnn": (4, 8, 10, 3), "rfdiffusion": (4, 16, 15, 12), "boltz-2": (12, 64, 80, 48)}
"""Cores, GB of memory, GB of fast drives and GB of a card: the support matrices of the containers."""


def test_that_sizing_never_goes_below_what_makers_state(engine: Engine, sizer: Sizer, catalog: Catalog) -> None:
    keys = ("cores_least", "memory_least", "scratch_least", "card_memory_least")
    for workload in WORKLOADS:
        for name, entry in catalog.workloads[workload].inputs.items():
            for tool in STATED.keys() & entry.choices.keys():
                project = usual_project(catalog, workload)
                one = project._replace(workloads=(project.workloads[0].with_input(name, tool),))
                found = engine.evaluate(one).variants[0]
                for key, least in zip(keys, STATED[tool], strict=True):
                    assert found.value(key) >= least, f"{tool}: {key}"
                for choice in (sizer.size(one).least, sizer.size(one).advised):
                    assert choice is None or choice.room >= STATED[tool][3] or not choice.cards, tool
