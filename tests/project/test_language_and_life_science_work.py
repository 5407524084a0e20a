"""Work on texts, records, genomes, proteins and tables as labs do it, held to what others published of it."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from project.needs_of import usual_project, usual_use
from steelyard.catalog import Catalog, load_catalog
from steelyard.project.content import Project
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.requirements import Requirement, requirements_of
from steelyard.project.sizing import Sizer

A4000 = "gpu/nvidia/rtx-a4000"
A10G = "gpu/nvidia/a10g"
A100 = "gpu/nvidia/a100-80gb-pcie"
RTX_4090 = "gpu/nvidia/geforce-rtx-4090-founders"
LARGE = "gpu/nvidia/rtx-pro-6000-blackwell-workstation"
WORK = (
    "clinical-notes-nlp",
    "ehr-transformer",
    "genomic-foundation-model",
    "llm-fine-tuning",
    "multi-user-queue",
    "private-llm-inference",
    "private-llm-retrieval",
    "protein-structure",
    "simulation",
    "statistics-in-memory",
    "variant-calling-cpu",
    "variant-calling-gpu",
)

MINIMUMS = {
    "proteinmpnn": {"cores": 4, "memory": 8, "scratch": 10, "card_memory": 3},
    "rfdiffusion": {"cores": 4, "memory": 16, "scratch": 15, "card_memory": 12},
    "boltz-2": {"cores": 12, "memory": 64, "scratch": 80, "card_memory": 48},
}
"""What the makers' support matrices state: cores, GB."""

Doing = Callable[..., VariantEvaluation]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(cache=None)


@pytest.fixture(scope="module")
def engine(catalog: Catalog) -> Engine:
    return Engine.of(catalog)


@pytest.fixture(scope="module")
def sizer(engine: Engine, catalog: Catalog) -> Sizer:
    return Sizer.of(engine, usual_project(catalog))


def _asking(catalog: Catalog, workload: str, **said: float | str) -> Project:
    use = usual_use(catalog, workload)
    for name, value in said.items():
        assert name in catalog.workloads[workload].inputs
        use = use.with_input(name, value)
    return usual_project(catalog)._replace(workloads=(use,))


@pytest.fixture(scope="module")
def doing(engine: Engine, catalog: Catalog) -> Doing:
    """Return what evaluates the first sample's machine with one workload and so many of one card."""

    def run(workload: str, gpu: str = LARGE, count: int = 1, **said: float | str) -> VariantEvaluation:
        project = _asking(catalog, workload, **said)
        first = project.variants[0]
        variant = first._replace(selection=first.selection.with_(gpu=(gpu, count)))
        return engine.evaluate(project._replace(variants=(variant,))).variants[0]

    return run


def _needs(engine: Engine, project: Project) -> dict[str, Requirement]:
    return {each.key: each for each in requirements_of(engine.evaluate(project).variants[0], ranges=False)}


@pytest.mark.parametrize("workload", WORK)
def test_that_each_runs_with_usual_inputs(doing: Doing, workload: str) -> None:
    found = doing(workload)
    assert 0 < found.value("throughput") < math.inf
    assert 0 < found.value("asked_rate") < math.inf
    assert found.value("host_memory_needed") > 0


# --- proteins


@pytest.mark.parametrize("tool", MINIMUMS)
@pytest.mark.parametrize("designs", [1, 2000])
def test_that_nothing_falls_below_what_the_makers_state(
    engine: Engine, catalog: Catalog, sizer: Sizer, tool: str, designs: float
) -> None:
    project = _asking(catalog, "protein-structure", tool=tool, designs=designs, residues=60)
    needs = _needs(engine, project)
    for key, least in MINIMUMS[tool].items():
        assert needs[key].least.value >= least, key
    chosen = sizer.size(project).least
    assert chosen is not None
    assert chosen.cards >= 1
    assert chosen.room >= MINIMUMS[tool]["card_memory"]


def test_that_a_backbone_takes_what_its_authors_measured(doing: Doing) -> None:
    found = doing("protein-structure", A4000, tool="rfdiffusion", residues=100, steps=15, samples=1)
    assert 1 / found.value("throughput_peak") == pytest.approx(11, rel=0.15)


def test_that_a_structure_takes_what_a_user_measured(doing: Doing) -> None:
    lengths = range(100, 701, 50)
    times = [
        1 / doing("protein-structure", RTX_4090, residues=length, samples=1).value("throughput_peak")
        for length in lengths
    ]
    assert sum(times) / len(times) == pytest.approx(6, rel=0.25)


# --- genomes


def test_that_a_genome_of_30x_takes_an_a10g_what_was_measured(doing: Doing) -> None:
    both = 1 / doing("variant-calling-gpu", A10G).value("throughput_peak") / 60
    assert both == pytest.approx(152, rel=0.15)
    alone = 1 / doing("variant-calling-gpu", A10G, caller="align").value("throughput_peak") / 60
    assert alone == pytest.approx(107, rel=0.15)


def test_that_newer_software_calls_faster_and_an_exome_is_a_small_part(doing: Doing) -> None:
    paces = [doing("variant-calling-cpu", software=version).value("throughput") for version in ("1.1", "1.4", "1.8")]
    assert paces == sorted(paces)
    exome = doing("variant-calling-cpu", assay="exome", coverage=100).value("throughput")
    assert exome > 10 * paces[-1]


def test_that_a_large_model_of_genomes_needs_parts_copies_and_more_than_one_box(sizer: Sizer, catalog: Catalog) -> None:
    found = sizer.size(_asking(catalog, "genomic-foundation-model", parameters=40, tokens=1000))
    assert found.least is None
    assert found.boxes is not None
    assert found.boxes.needed > 1
    assert [each.method for each in found.advice] == ["both"]
    assert found.compute_days == pytest.approx(6 * 40e9 * 1000e9 / 86400 / 1e15)


def test_that_hybrids_pay_less_for_length_than_attention(doing: Doing) -> None:
    def slower(network: str) -> float:
        paces = [
            doing("genomic-foundation-model", A100, network=network, parameters=0.1, sequence=each).value("throughput")
            for each in (8192, 131072)
        ]
        return paces[0] / paces[1] / 16

    assert slower("attention") > 2 * slower("hybrid") > 1


# --- language


def test_that_a_served_model_keeps_the_pace_of_the_fitted_benchmark(doing: Doing) -> None:
    bench = doing("bench/vllm-7b-serving", RTX_4090, concurrency=16, prompt=256, answer=128)
    said = {"users": 16, "prompt": 256, "answer": 128, "context": 384, "attention": "gqa"}
    found = doing("private-llm-inference", RTX_4090, parameters=7.6, **said)
    assert found.value("throughput_peak") == pytest.approx(bench.value("throughput_peak"), rel=0.1)


def test_that_work_in_batches_asks_for_less_than_people_do(doing: Doing) -> None:
    for workload in ("private-llm-inference", "private-llm-retrieval"):
        people, batch = (doing(workload, service=service) for service in ("interactive", "batch"))
        assert batch.value("asked_rate") < people.value("asked_rate")


def test_that_the_cache_grows_with_context_and_an_unknown_attention_is_an_upper_bound(doing: Doing) -> None:
    caches = [doing("private-llm-inference", context=each).value("kv_memory") for each in (4096, 8192, 16384)]
    assert caches[1] / caches[0] == pytest.approx(2)
    assert caches[2] / caches[1] == pytest.approx(2)
    known = [doing("private-llm-inference", attention=each).value("kv_memory") for each in ("gqa", "mha", "mla")]
    assert doing("private-llm-inference", attention="unknown").value("kv_memory") >= max(known[0], known[2])


def test_that_an_index_is_documents_times_passages_times_numbers_times_bytes(doing: Doing) -> None:
    found = doing("private-llm-retrieval", documents=50_000, passages=40, dimension=768, vector_bytes=1)
    assert found.value("vector_index_size") == pytest.approx(50_000 * 40 * 768 * 1 * 1.5 / 1e9)


def test_that_adapters_on_narrow_weights_need_least_and_all_weights_most(engine: Engine, catalog: Catalog) -> None:
    for parameters in (1, 8, 65):
        needed = [
            _needs(engine, _asking(catalog, "llm-fine-tuning", method=method, parameters=parameters))["card_memory"]
            for method in ("qlora", "lora", "full")
        ]
        amounts = [each.least.value for each in needed]
        assert amounts == sorted(amounts)
        assert amounts[2] > 3 * amounts[1]


def test_that_65_billion_parameters_are_tuned_on_one_card_of_48_gb_as_published(
    engine: Engine, catalog: Catalog
) -> None:
    project = _asking(catalog, "llm-fine-tuning", method="qlora", parameters=65, sequence=512)
    assert 40 < _needs(engine, project)["card_memory"].least.value < 48


def test_that_training_on_an_a100_comes_near_the_published_tokens_a_second(doing: Doing) -> None:
    said = {"method": "full", "parameters": 7, "sequence": 4096, "epochs": 1, "batch": 2}
    found = doing("llm-fine-tuning", A100, 4, **said)
    tokens = found.value("throughput_peak") * 4096 / 4
    assert tokens == pytest.approx(3700 * 6 / 8, rel=0.2)  # the published run computes nothing twice


# --- notes and records


def test_that_500_million_parameters_on_records_train_on_16_to_24_gb(engine: Engine, catalog: Catalog) -> None:
    needs = _needs(engine, _asking(catalog, "ehr-transformer", parameters=500))
    assert 8 < needs["card_memory"].least.value <= 24


def test_that_notes_ask_for_far_more_cores_a_card_than_the_tuning_of_a_large_model(doing: Doing) -> None:
    notes, tuning = doing("clinical-notes-nlp"), doing("llm-fine-tuning")
    ratios = [each.value("cpu_busy") / each.value("gpu_busy") for each in (notes, tuning)]
    assert ratios[0] > 10 * ratios[1]
    entities, classes = (doing("clinical-notes-nlp", task=task).value("cpu_busy") for task in ("entities", "classify"))
    assert entities > classes


# --- tables, simulation, a shared machine


def test_that_a_table_in_memory_raises_the_least_memory_by_rows_columns_and_copies(
    engine: Engine, catalog: Catalog
) -> None:
    def memory(**said: float) -> float:
        return _needs(engine, _asking(catalog, "statistics-in-memory", **said))["memory"].least.value

    copy = memory(copies=6) - memory(copies=5)
    assert copy == pytest.approx(5_000_000 * 60 * 8 / 1e9)
    assert memory(rows=20_000_000, copies=5) - memory(copies=5) >= 15 * copy


def test_that_work_on_processors_is_sized_without_a_card(sizer: Sizer, catalog: Catalog) -> None:
    for workload in ("statistics-in-memory", "simulation", "variant-calling-cpu"):
        chosen = sizer.size(_asking(catalog, workload)).least
        assert chosen is not None
        assert chosen.cards == 0


def test_that_a_simulation_adds_its_memory_and_cores_to_a_training_beside_it(engine: Engine, catalog: Catalog) -> None:
    training, simulation = (_needs(engine, _asking(catalog, each)) for each in ("ehr-transformer", "simulation"))
    both = usual_project(catalog, "ehr-transformer", "simulation", runs="always")
    together = _needs(engine, both)
    assert together["cores"].least.value > max(training["cores"].least.value, simulation["cores"].least.value)
    assert together["memory"].least.value >= simulation["memory"].least.value + 10


def test_that_a_queue_is_as_busy_as_its_users_make_it(doing: Doing) -> None:
    found = doing("multi-user-queue", count=2, users=10, jobs=3, hours=8, cards=1)
    assert found.value("queue_use") == pytest.approx(10 * 3 * 8 / (160 * 2))
    assert doing("multi-user-queue", count=4).value("queue_wait") < doing("multi-user-queue", count=2).value(
        "queue_wait"
    )


def test_that_stored_scores_grow_with_the_square_of_the_length_and_fused_ones_in_proportion(doing: Doing) -> None:
    def growth(attention: str) -> float:
        small, large = (
            doing("ehr-transformer", attention=attention, sequence=each).value("transformer_activations")
            for each in (4096, 8192)
        )
        return large / small

    assert growth("fused") == pytest.approx(2)
    assert 3 < growth("stored") < 4
