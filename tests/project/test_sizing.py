"""Sizing without a build: the least-priced cards, how they share the work, and when one box does not do."""

from __future__ import annotations

import math

import pytest

from project.needs_of import pretraining, usual_project
from steelyard.catalog import Catalog, load_catalog
from steelyard.project.content import Project
from steelyard.project.evaluate import Engine
from steelyard.project.ladder import LADDER, Box, Boxes, Place, Rungs, boxes_of, place_of
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
            small = max(10, found.at("gpu_memory_at_peak", 0)) > found.at("gpu_memory", 0)  # nnU-Net asks for 10 GB
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
    patient = asked(catalog, "swin-3d-training", finish_within=336, folds=1, steps=5000, patch_edge=64)
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
        for size, users in ((1, 1), (8, 4), (70, 4), (400, 16), (700, 32), (2000, 64))
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


RUNGS = Rungs(cards=4, cluster=5, cloud=17, late=1.15)


def counted(**asked: float | str) -> Boxes:
    """Machines of eight cards that this takes."""
    box = Box("Card", 8, group=1, asked=1.0, cores=0.1, host=0.1, pace=2.0, limits="the GPU")
    found = boxes_of([box._replace(**asked)], RUNGS)
    assert found is not None
    return found[0]


def test_that_boxes_are_counted_in_whole_groups_of_cards_and_the_greatest_need_decides() -> None:
    by_pace, by_memory = counted(asked=25.6), counted(group=48, asked=48.0)
    assert (by_pace.needed, by_pace.by_pace, by_pace.by_memory) == (4, 4, 1)
    assert counted(group=40, asked=80.0).needed == 10  # two copies, each on five machines
    assert counted(group=3, asked=9.0).needed == 2  # two groups of three stand in a machine of eight, and one does not
    assert "pace" in by_pace.reason
    assert "26 cards" in by_pace.reason
    assert boxes_of([Box("Card", 8, 1, math.nan, 1.0, 1.0, 1.0)], RUNGS) is None
    assert by_memory.needed == 6
    assert "model" in by_memory.reason


def test_that_the_reason_names_what_limits() -> None:
    assert "processor" in counted(cores=2.4).reason
    assert "memory of the largest host" in counted(host=2.4).reason
    assert "limited by the scratch drives" in counted(pace=2.4, limits="the scratch drives").reason
    assert counted(cores=2.4).needed == counted(host=2.4).needed == counted(pace=2.4).needed == 3


def test_that_what_takes_a_little_longer_stays_on_one_machine() -> None:
    late = counted(pace=1.09)
    assert (late.needed, late.adds) == (1, ())
    assert "9 %" in late.reason
    assert counted(pace=1.4).needed == 2


def test_that_only_a_cluster_gets_what_a_cluster_adds() -> None:
    assert counted(asked=32.0).needed == 4
    assert counted(asked=32.0).adds == ()
    assert any("RDMA" in each for each in counted(asked=40.0).adds)


def test_that_a_job_that_holds_cards_never_stands_in_two_machines() -> None:
    small = Box("Card", 4, group=8, asked=8.0, cores=0.1, host=0.1, pace=1.0, together=8)
    assert boxes_of([small], RUNGS) is None


def test_that_the_rungs_follow_cards_and_boxes() -> None:
    boxes = Boxes(16, "8 x Card", 2, 1, 1, "", ())
    assert place_of(None, 0, 0.9, RUNGS) is Place.LAPTOP
    assert place_of(None, 0, 1.1, RUNGS) is Place.WORKSTATION
    assert place_of(None, 1, 0.1, RUNGS) is Place.WORKSTATION  # a card for a desktop machine does not go into a laptop
    assert place_of(None, 4, 0.9, RUNGS) is Place.WORKSTATION
    assert place_of(None, 8, 0.9, RUNGS) is Place.SERVER
    assert place_of(boxes._replace(needed=1), 4, 2.0, RUNGS) is Place.WORKSTATION
    assert place_of(boxes._replace(needed=4), 8, 2.0, RUNGS) is Place.SERVER
    assert place_of(boxes, 8, 2.0, RUNGS) is Place.CLUSTER
    assert place_of(boxes._replace(needed=17), 8, 2.0, RUNGS) is Place.CLOUD


# --- one answer, one set of numbers


def asked(catalog: Catalog, workload: str, runs: str | None = None, **inputs: float | str) -> Project:
    project = usual_project(catalog, workload, runs=runs)
    use = project.workloads[0]
    for name, value in inputs.items():
        use = use.with_input(name, value)
    return project._replace(workloads=(use,))


@pytest.mark.parametrize(("workload", "inputs"), [
    ("private-llm-inference", {"parameters": 175, "users": 400}),
    ("genomic-foundation-model", {"parameters": 175}),
    ("llm-fine-tuning", {"method": "full", "parameters": 70}),
])  # fmt: skip
def test_that_boxes_cards_and_advice_are_one_arrangement(
    sizer: Sizer, catalog: Catalog, workload: str, inputs: dict[str, float | str]
) -> None:
    found = sizer.size(asked(catalog, workload, **inputs))
    assert found.boxes is not None
    (shared,) = found.advice
    cards = shared.cards * shared.groups
    count = int(found.boxes.box.split(" x ")[0])
    assert found.boxes.needed == math.ceil(cards / count)
    assert found.boxes.by_memory == math.ceil(shared.cards / count)
    assert count > 1


@pytest.mark.parametrize("workload", WORKLOADS)
def test_that_usual_values_are_doable_on_one_machine(sizer: Sizer, catalog: Catalog, workload: str) -> None:
    found = sizer.size(usual_project(catalog, workload))
    assert found.least is not None
    assert found.place in {Place.LAPTOP, Place.WORKSTATION, Place.SERVER}
    for shared in found.advice:
        assert not shared.cards or shared.cards * shared.groups <= found.least.cards
        assert not shared.cards or shared.memory <= found.least.room


@pytest.mark.parametrize(("cards", "counts"), [(2, {2, 4, 8}), (8, {8})])
def test_that_a_job_of_several_cards_gets_them_in_one_machine(
    sizer: Sizer, catalog: Catalog, cards: int, counts: set[int]
) -> None:
    found = sizer.size(asked(catalog, "multi-user-queue", users=5, jobs=3, hours=4, cards=cards))
    assert found.least is not None
    assert found.least.cards in counts


def test_that_the_memory_that_users_name_is_not_undercut(engine: Engine, catalog: Catalog) -> None:
    project = asked(catalog, "multi-user-queue", card_memory=24)
    assert engine.evaluate(project).variants[0].value("card_memory_least") >= 24


def test_that_nnunet_gets_the_card_that_its_documentation_asks_for(sizer: Sizer, catalog: Catalog) -> None:
    found = sizer.size(usual_project(catalog, TRAINING))
    assert found.least is not None
    assert found.least.room >= 10


def test_that_answering_models_are_never_cut_for_three_cards(sizer: Sizer, catalog: Catalog) -> None:
    for parameters in (8, 13, 20, 30, 70):
        found = sizer.size(asked(catalog, "private-llm-inference", parameters=parameters))
        for shared in found.advice:
            assert shared.cards in {1, 2, 4, 8} or shared.cards % 8 == 0


def test_that_patient_data_get_cards_whose_memory_corrects_errors(sizer: Sizer, catalog: Catalog) -> None:
    found = sizer.size(usual_project(catalog, TRAINING, regulated=True))
    table = catalog.tables["gpu"]
    for choice in (found.least, found.advised, found.ample):
        assert choice is not None
        assert table.columns["memory_ecc"][table.row(choice.part)] == 1


def test_that_a_processor_that_does_the_work_holds_the_model_and_is_no_laptop(
    sizer: Sizer, engine: Engine, catalog: Catalog
) -> None:
    inputs = {"method": "full", "parameters": 8, "sequence": 512, "examples": 10_000, "finish_within": 240}
    project = asked(catalog, "llm-fine-tuning", **inputs)
    found = sizer.size(project)
    assert found.place is not Place.LAPTOP
    bare = project.variants[0]._replace(selection=sizer.rig.selection)
    evaluated = engine.evaluate_variant(project._replace(variants=(bare,)), bare.name)
    assert evaluated.value("memory_least") > 8 * 16  # 16 bytes a parameter
    assert evaluated.value("cores_least") > 12
    smaller = sizer.size(asked(catalog, "llm-fine-tuning", **{**inputs, "method": "lora"}))
    assert found.least is not None
    assert smaller.least is not None
    assert smaller.least.price <= found.least.price


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
    found = advice(engine, language(catalog, parameters=30, users=2, context=8192, speed=300), SMALL_CARD, 4)
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
    assert found.boxes.needed > 16
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
