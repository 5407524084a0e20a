"""The JSON that scripts rely on keeps its promise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.project.contract import Evaluated
from steelyard.project.file import project_text
from steelyard.project.model import model_of
from steelyard.project.schema import evaluate_schema, project_schema
from steelyard.project.shape import typed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

    from steelyard.project.content import Project

CARD = {"name", "role", "status", "vram", "cores", "storage", "temp"}
FINDING = {"rule", "severity", "verdict", "margin", "unit", "text", "remedy"}


def test_that_evaluate_says_what_the_contract_says(run: Run) -> None:
    said = run("evaluate", "workstation-a-1", "--json")
    assert said.code == 0
    assert typed(Evaluated, said.json)
    assert len(said.json["hash"]) == 64
    for variant in said.json["variants"]:
        assert set(variant["card"]) == CARD
        assert all(set(finding) == FINDING for finding in variant["findings"])
        assert all({"value", "low", "high", "unit", "label"} <= set(each) for each in variant["quantities"].values())


def test_that_every_rule_is_reported_in_rule_order(evaluated: dict[str, Any]) -> None:
    rules = list(model_of(load_catalog()).rules)
    for variant in evaluated["variants"]:
        assert [finding["rule"] for finding in variant["findings"]] == rules


def test_that_the_first_sample_reads_as_in_the_article(evaluated: dict[str, Any]) -> None:
    card = evaluated["variants"][0]["card"]
    assert card["name"] == "Workstation A-1"
    assert card["role"] == "Deep Learning Unit"
    assert card["status"] == "READY"
    assert card["vram"] == "2x 48GB"
    assert card["cores"] == "64-Core TR"
    assert card["storage"] == "8TB NVMe"
    assert "(Liquid)" in card["temp"]
    assert "room" in card["temp"]


def test_that_balance_beats_brute_force_on_the_sample(evaluated: dict[str, Any]) -> None:
    balanced, brute = evaluated["variants"]
    for workload in ("imaging", "training"):
        fed, starved = (
            each["quantities"]["throughput"]["by_workload"][workload]["value"] for each in (balanced, brute)
        )
        assert fed > starved


def test_that_of_workloads_that_differ_the_one_is_at_the_top_that_desk_and_sheet_show(
    evaluated: dict[str, Any],
) -> None:
    quantities = evaluated["variants"][0]["quantities"]
    for name in ("cores_least", "card_memory_least", "memory_least", "read_least", "wall_power", "card_temperature"):
        shown = quantities[name]
        assert shown["value"] == max(each["value"] for each in shown["by_workload"].values()), name
    multiples = quantities["throughput_multiple"]["by_workload"]
    tightest = min(multiples, key=lambda workload: multiples[workload]["value"])
    for name in ("throughput", "throughput_multiple", "gpu_busy"):
        assert quantities[name]["value"] == quantities[name]["by_workload"][tightest]["value"], name


def test_that_a_number_that_is_unknown_of_one_workload_has_no_value_for_all(
    run: Run, sample: Project, tmp_path: Path
) -> None:
    use = sample.workloads[-1].with_input("context", None)
    (tmp_path / "empty.json").write_text(project_text(sample.with_workload(use)), encoding="utf-8")
    shown = run("evaluate", str(tmp_path / "empty.json"), "--json").json["variants"][0]["quantities"][
        "card_memory_least"
    ]
    assert shown["value"] is None
    assert shown["by_workload"][sample.workloads[0].id]["value"] > 0
    assert shown["by_workload"][use.id]["value"] is None


def test_that_equal_input_gives_equal_output(run: Run) -> None:
    assert run("evaluate", "workstation-a-1", "--json").out == run("evaluate", "workstation-a-1", "--json").out


def test_that_the_hash_changes_with_the_project(run: Run, sample: Project, tmp_path: Path) -> None:
    warmer = sample._replace(site=sample.site._replace(room_temperature=24.0))
    (tmp_path / "warm.json").write_text(project_text(warmer), encoding="utf-8")
    hashes = {run("evaluate", what, "--json").json["hash"] for what in ("workstation-a-1", str(tmp_path / "warm.json"))}
    assert len(hashes) == 2


def test_that_a_range_holds_its_value(evaluated: dict[str, Any]) -> None:
    for variant in evaluated["variants"]:
        for name, each in variant["quantities"].items():
            if each["low"] is not None:
                assert each["low"] <= each["value"] <= each["high"], name


def test_that_money_is_in_the_currency(evaluated: dict[str, Any]) -> None:
    price = evaluated["variants"][0]["quantities"]["build_price"]
    assert price["unit"] == "USD"
    assert 10_000 < price["value"] < 100_000


def test_that_an_unset_input_makes_its_numbers_null(run: Run, sample: Project, tmp_path: Path) -> None:
    use = sample.workloads[0].with_input("cases", None)
    (tmp_path / "empty.json").write_text(project_text(sample.with_workload(use)), encoding="utf-8")
    quantities = run("evaluate", str(tmp_path / "empty.json"), "--json").json["variants"][0]["quantities"]
    assert quantities["scratch_capacity_needed"]["value"] is None


def test_that_check_prints_a_line_for_each_finding(run: Run) -> None:
    said = run("check", "workstation-a-1")
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == 0
    assert all(set(line) == {"variant", *FINDING} for line in lines)
    assert {line["variant"] for line in lines} == {"Balanced", "Brute force"}


def test_that_one_variant_can_be_asked_for(run: Run) -> None:
    said = run("evaluate", "workstation-a-1", "--variant", "Brute force", "--json")
    assert [variant["name"] for variant in said.json["variants"]] == ["Brute force"]


def test_that_a_block_is_exit_code_one(run: Run, blocked: Path) -> None:
    for command in (["evaluate", "--json"], ["evaluate"], ["check"]):
        assert run(command[0], str(blocked), *command[1:]).code == 1
    assert run("evaluate", str(blocked), "--json").json["variants"][0]["card"]["status"] == "BLOCKED"
    assert run("evaluate", str(blocked)).out.splitlines()[0].endswith("BLOCKED")


PREDICTION = [
    "workload", "gpu", "gpus", "quantity", "value", "low", "high", "unit", "bottleneck", "fits", "settings", "typical",
]  # fmt: skip


def test_that_predict_says_what_the_contract_says(run: Run) -> None:
    words = ("--workload", "nnunet-3d-training", "--gpu", "gpu/nvidia/rtx-6000-ada", "--json")
    few, many = (run("predict", *words, "--set", f"workers={workers}").json for workers in (8, 64))
    assert list(few) == PREDICTION
    assert few["gpus"] == 1
    assert few["bottleneck"] != many["bottleneck"]
    assert 0 < few["low"] <= few["value"] <= few["high"]
    assert few["value"] < many["value"]


@pytest.mark.parametrize(
    ("setting", "lacks"), [("parameters=400", "gpu_memory"), ("documents=500000000", "host_memory")]
)
def test_that_predict_promises_nothing_where_the_work_does_not_fit(run: Run, setting: str, lacks: str) -> None:
    words = ("--workload", "private-llm-retrieval", "--gpu", "gpu/nvidia/rtx-6000-ada", "--set", setting)
    said = run("predict", *words, "--json")
    assert said.code == 1
    assert list(said.json) == PREDICTION
    assert [said.json[name] for name in ("value", "low", "high")] == [None, None, None]
    assert said.json["bottleneck"] == lacks
    assert said.json["fits"] is False
    assert "cannot run on 1 x gpu/nvidia/rtx-6000-ada. The work does not fit" in said.err
    assert " are needed" in said.err
    in_words = run("predict", *words)
    assert (in_words.code, in_words.out, in_words.err) == (1, "", said.err)


def test_that_predict_names_no_gpu_where_none_is_asked_for(run: Run) -> None:
    words = ("predict", "--workload", "nnunet-3d-training", "--gpu", "gpu/nvidia/rtx-6000-ada", "--gpus", "0")
    said = run(*words, "--json")
    assert (said.code, said.json["gpu"], said.json["gpus"]) == (0, "", 0)
    assert said.json["value"] > 0
    assert "on the processor alone" in said.err
    assert "on the processor alone, without a GPU: " in run(*words).out


def test_that_predict_runs_on_the_processor_where_no_gpu_is_named(run: Run) -> None:
    alone = run("predict", "variant-calling-cpu", "--cpu", "cpu/amd/threadripper-9980x", "--json")
    assert (alone.code, alone.json["gpu"], alone.json["gpus"]) == (0, "", 0)
    assert 0 < alone.json["low"] <= alone.json["value"]


@pytest.mark.parametrize(
    ("card", "count"), [("geforce-rtx-5070-ti", "2"), ("a100-80gb-sxm4", "2"), ("h100-80gb-sxm5", "4")]
)
@pytest.mark.parametrize("work", ["nnunet-3d-training", "private-llm-inference", "llm-fine-tuning"])
def test_that_predict_answers_for_cards_that_no_workstation_of_a_sample_takes(
    run: Run, work: str, card: str, count: str
) -> None:
    said = run("predict", work, "--gpu", f"gpu/nvidia/{card}", "--gpus", count, "--json")
    if said.code == 2:  # how cards that exchange are linked depends on how thick they are
        assert (work, card) == ("llm-fine-tuning", "geforce-rtx-5070-ti")
        assert "thickness is not known" in said.err
        return
    assert said.code == (0 if said.json["fits"] else 1)
    assert said.json["value"] > 0 if said.json["fits"] else said.json["value"] is None


def test_that_predict_says_which_inputs_it_took_at_their_typical_value(run: Run) -> None:
    words = ("predict", "nnunet-3d-training", "--gpu", "gpu/nvidia/rtx-6000-ada", "--set", "cases=200")
    said, told = run(*words, "--json").json, run(*words).out
    assert said["settings"]["cases"] == 200
    assert said["typical"] == ["channels", "volume", "folds", "finish_within"]
    assert "Taken at typical values, as nothing else is set: channels 4" in told
    assert "cases 200" not in told


def test_that_predict_says_it_in_words_too(run: Run) -> None:
    said = run("predict", "--workload", "nnunet-3d-training", "--gpu", "gpu/nvidia/rtx-6000-ada", "--gpus", "2")
    assert "cases/" in said.out
    assert "Limited by" in said.out


def test_that_the_catalogue_is_listed_as_the_contract_says(run: Run) -> None:
    parts = run("catalog", "list", "--json").json
    keys = {"id", "kind", "manufacturer", "name", "mpn", "price", "currency", "price_date", "weakest_tier", "layer"}
    assert all(set(part) == keys for part in parts)
    catalog = load_catalog()
    listed = {part["id"] for part in parts}
    assert {catalog.part(part).status for part in listed} == {"active"}
    assert {part["id"] for part in run("catalog", "list", "--all", "--json").json} == set(catalog.parts)
    gpus = run("catalog", "list", "--kind", "gpu", "--json").json
    assert {part["kind"] for part in gpus} == {"gpu"}
    assert "gpu/nvidia/rtx-6000-ada" in run("catalog", "list").out


def test_that_parts_of_servers_and_of_the_past_are_listed_when_asked(run: Run) -> None:
    catalog = load_catalog()
    usual, everything = (run("catalog", "list", "--kind", "gpu", *more).out for more in ((), ("--all",)))
    hidden = sum(part.kind == "gpu" and part.status != "active" for part in catalog.parts.values())
    assert "gpu/nvidia/h100-80gb-sxm5" not in usual
    assert "gpu/nvidia/h100-80gb-sxm5" in everything
    assert usual.splitlines()[-1].startswith(f"{hidden} more are ")
    assert "--all" in usual.splitlines()[-1]
    assert "--all" not in everything


def test_that_a_part_is_shown_with_its_sources(run: Run) -> None:
    part = run("catalog", "show", "gpu/nvidia/rtx-6000-ada", "--json").json
    assert part["specs"]["memory"]["value"] == 48
    assert part["specs"]["memory"]["source"]
    assert isinstance(part["price"]["amount"], str)
    assert "48 GB" in run("catalog", "show", "gpu/nvidia/rtx-6000-ada").out


def test_that_workloads_are_listed_and_shown(run: Run) -> None:
    listed = run("workloads", "list", "--json").json
    assert {"nnunet-3d-training", "imaging-pipeline", "private-llm-retrieval"} <= {each["id"] for each in listed}
    assert all(set(each["required"]) <= set(each["inputs"]) for each in listed)
    assert "imaging-pipeline" in run("workloads", "list").out
    assert run("workloads", "show", "imaging-pipeline", "--json").json["stages"]
    assert "must be set" in run("workloads", "show", "imaging-pipeline").out


def test_that_the_shipped_catalogue_has_no_complaints(run: Run) -> None:
    said = run("catalog", "lint")
    assert said.code == 0
    assert said.out.splitlines()[-1].startswith("0 complaints, 0 errors, ")
    found, everything = run("catalog", "lint", "--json").json, run("catalog", "lint", "--all").out
    assert found["complaints"] == []
    assert all(set(each) == {"id", "severity", "about", "what"} for each in found["remarks"])
    assert all(each["what"] in everything for each in found["remarks"])


def test_that_lint_counts_ages_to_the_day_it_is_given(run: Run) -> None:
    def old(*words: str) -> int:
        found = run("catalog", "lint", "--json", *words).json["remarks"]
        return sum(each["id"] == "price-old" for each in found)

    assert old("--price-age", "100000") == 0
    assert old() < old("--price-age", "30") <= old("--price-age", "30", "--date", "2030-01-31")
    assert run("catalog", "lint", "--date", "2026-02-30").code == 2
    assert run("catalog", "lint", "--date", "tomorrow").code == 2


def test_that_lint_says_file_and_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "gpu.toml").write_text('kind = "gpu"\nlabel = 7\n', encoding="utf-8")
    said = run("catalog", "lint", str(tmp_path))
    assert said.code == 2
    assert "schema/gpu.toml:" in said.out


def test_that_lint_says_of_an_empty_folder_that_it_holds_no_part(run: Run, tmp_path: Path) -> None:
    said = run("catalog", "lint", str(tmp_path))
    assert said.code == 2
    assert said.out.splitlines()[-2:] == [
        f'There is no part in "{tmp_path}" that can be used.',
        "1 complaint, 0 errors, 0 remarks.",
    ]


def test_that_the_self_test_finds_this_installation_right(run: Run) -> None:
    assert run("self-test").code == 0
    assert all(outcome["right"] for outcome in run("self-test", "--json").json)


# --- schemas: a small reading of JSON Schema, enough to hold our own files against it


TYPES = {"string": str, "number": int | float, "integer": int, "boolean": bool, "null": type(None)}
TYPES |= {"object": dict, "array": list}


def complaints(value: Any, schema: dict[str, Any], known: dict[str, Any], where: str = "") -> list[str]:
    if "$ref" in schema:
        return complaints(value, known[schema["$ref"].rsplit("/", 1)[1]], known, where)
    if "anyOf" in schema:
        return min((complaints(value, each, known, where) for each in schema["anyOf"]), key=len)
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{where}: {value}"]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, TYPES[kind]) for kind in kinds):
        return [f"{where}: {value} is no {kinds}"]
    if isinstance(value, list):
        return [each for item in value for each in complaints(item, schema["items"], known, f"{where}[]")]
    return inner_complaints(value, schema, known, where) if isinstance(value, dict) else []


def inner_complaints(value: Any, schema: dict[str, Any], known: dict[str, Any], where: str) -> list[str]:
    found = [f"{where}.{name} is missing" for name in schema.get("required", []) if name not in value]
    for name, each in value.items():
        inner = schema.get("properties", {}).get(name, schema.get("additionalProperties", True))
        if inner is False:
            found.append(f"{where}.{name} is not known")
        elif isinstance(inner, dict):
            found += complaints(each, inner, known, f"{where}.{name}")
    return found


def test_that_the_evaluation_agrees_with_its_schema(run: Run, evaluated: dict[str, Any]) -> None:
    schema = run("schema", "evaluate").json
    assert schema == evaluate_schema()
    assert not complaints(evaluated, schema, schema["$defs"])


def test_that_a_project_agrees_with_its_schema(run: Run, sample: Project) -> None:
    schema = run("schema", "project").json
    assert schema == project_schema()
    raw = json.loads(project_text(sample))
    assert not complaints(raw, schema, schema["$defs"])
    raw["project"]["nonsense"] = 1
    assert complaints(raw, schema, schema["$defs"])


def test_that_the_schema_of_a_part_has_every_kind_and_field(run: Run) -> None:
    schema = run("schema", "part").json
    for name, kind in load_catalog().schema.items():
        assert set(schema["$defs"][name]["properties"]["specs"]["properties"]) == set(kind.fields)


def test_that_one_kind_of_part_has_a_schema_of_its_own(run: Run) -> None:
    schema = run("schema", "part", "gpu").json
    assert set(schema["properties"]["specs"]["properties"]) == set(load_catalog().schema["gpu"].fields)
    assert 'Did you mean "gpu"' in run("schema", "part", "gpuu").err
    assert run("schema", "project", "gpu").code == 2


def test_that_a_patch_agrees_with_its_schema(run: Run, tmp_path: Path) -> None:
    evidence = ("--source", "own-measurement", "--where", "clamp meter", "--why", "the sheet rounds")
    run("catalog", "override", "set", "gpu/nvidia/l4", "board_power", "71", *evidence)
    run("catalog", "patch", "export", str(tmp_path / "lab.json"))
    schema, raw = run("schema", "patch").json, json.loads((tmp_path / "lab.json").read_text(encoding="utf-8"))
    assert raw["schema_version"] == 1
    assert not complaints(raw, schema, schema["$defs"])
    raw["patch"]["nonsense"] = 1
    assert complaints(raw, schema, schema["$defs"])
