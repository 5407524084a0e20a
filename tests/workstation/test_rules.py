"""Rules on real builds: what a builder would say of them, and what nobody should have to hear."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from steelyard.catalog import Catalog
from steelyard.graph.model import Model
from steelyard.project.content import InputValue, Lab, Project, Site, Variant, WorkloadUse
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.selection import Selection

Judge = Callable[..., VariantEvaluation]

DESKTOP = Selection.of(
    cpu="cpu/amd/ryzen-9-9950x",
    board="board/asus/proart-x870e-creator-wifi",
    memory="memory/crucial/2x32gb-ct2k32g56c46u5",
    gpu="gpu/nvidia/rtx-6000-ada",
    os_drive="drive/samsung/990-pro-2tb",
    cooler="cooler/noctua/nh-d15-g2",
    psu="psu/seasonic/prime-tx-1600-atx-3-1",
    case="case/phanteks/enthoo-pro-2-server-edition",
)
WORKSTATION = Selection.of(
    cpu="cpu/amd/threadripper-pro-9975wx",
    board="board/asus/pro-ws-wrx90e-sage-se",
    memory="memory/v-color/8x32gb-tra532g64d832o",
    gpu="gpu/nvidia/rtx-6000-ada",
    os_drive="drive/samsung/990-pro-2tb",
    scratch_drive="drive/samsung/990-pro-4tb",
    cooler="cooler/silverstone/xe360-tr5",
    psu="psu/seasonic/prime-tx-1600-atx-3-1",
    case="case/phanteks/enthoo-pro-2-server-edition",
)
NON_ECC = "memory/corsair/2x32gb-cmk64gx5m2b5600c40"
ECC = "memory/kingston/1x32gb-ksm56e46bd8km-32ha"


@pytest.fixture(scope="module")
def judge(catalog: Catalog, model: Model) -> Judge:
    """Return what evaluates a build under one workload at its typical values."""

    def evaluate(
        build: Selection, *, regulated: bool = False, workload: str = "nnunet-3d-training"
    ) -> VariantEvaluation:
        definition = catalog.workloads[workload]
        inputs = {name: InputValue(entry.usual) for name, entry in definition.inputs.items()}
        project = Project(
            "Rules", "", "2026-11-21", "USD", Site(), Lab(regulated=regulated),
            (WorkloadUse(workload, workload, inputs=inputs),), (Variant("one", build),),
        )  # fmt: skip
        return Engine(catalog, model).evaluate_variant(project, "one")

    return evaluate


def verdict(evaluation: VariantEvaluation, rule: str) -> str:
    finding = next(each for each in evaluation.findings if each.rule.id == rule)
    return finding.verdict if finding.applies else "does not apply"


def test_that_parts_that_go_together_are_not_complained_of(judge: Judge) -> None:
    for build in (DESKTOP, WORKSTATION):
        found = judge(build).findings
        assert [each.text for each in found if each.verdict == "broken" and each.rule.severity == "block"] == []


def test_that_regulated_records_turn_the_advice_of_ecc_into_a_block(judge: Judge) -> None:
    plain, regulated = judge(DESKTOP.with_(memory=NON_ECC)), judge(DESKTOP.with_(memory=NON_ECC), regulated=True)
    assert verdict(plain, "MEM-010") == "broken"
    assert verdict(plain, "CLI-001") == "does not apply"
    assert verdict(regulated, "CLI-001") == "broken"
    assert regulated.card.status == "BLOCKED"
    assert plain.card.status != "BLOCKED"


def test_that_the_missing_link_of_the_ecc_chain_is_named(judge: Judge) -> None:
    evaluation = judge(DESKTOP.with_(memory=NON_ECC))
    assert [verdict(evaluation, rule) for rule in ("MEM-008", "MEM-009", "MEM-010")] == ["holds", "holds", "broken"]


def test_that_the_whole_chain_holds_with_ecc_modules(judge: Judge) -> None:
    evaluation = judge(DESKTOP.with_(memory=(ECC, 2)), regulated=True)
    assert [verdict(evaluation, rule) for rule in ("MEM-008", "MEM-009", "MEM-010", "CLI-001")] == ["holds"] * 4


def test_that_unbuffered_memory_does_not_fit_a_threadripper(judge: Judge) -> None:
    evaluation = judge(WORKSTATION.with_(memory=NON_ECC))
    assert verdict(evaluation, "MEM-001") == verdict(evaluation, "MEM-002") == "broken"


def test_that_one_kit_of_two_leaves_channels_empty(judge: Judge) -> None:
    assert verdict(judge(WORKSTATION), "MEM-006") == "holds"
    assert verdict(judge(WORKSTATION.with_(memory="memory/kingston/4x32gb-kf564r32rbe2k4-128")), "MEM-006") == "broken"


def test_that_a_second_card_on_a_desktop_board_is_said_to_run_on_fewer_lanes(judge: Judge) -> None:
    evaluation = judge(DESKTOP.with_(gpu=("gpu/nvidia/rtx-6000-ada", 2)))
    assert verdict(evaluation, "LAN-003") == "broken"
    assert verdict(evaluation, "LAN-001") == "holds", "eight lanes each are there"
    assert verdict(judge(DESKTOP), "LAN-003") == "holds"


def test_that_three_cards_have_all_their_lanes_on_a_workstation_board(judge: Judge) -> None:
    evaluation = judge(WORKSTATION.with_(gpu=("gpu/nvidia/rtx-6000-ada", 3)))
    assert [verdict(evaluation, rule) for rule in ("FIT-004", "LAN-001", "LAN-002", "LAN-003", "LAN-004")] == [
        "holds"
    ] * 5


def test_that_a_network_card_must_find_a_slot_beside_the_gpus(judge: Judge) -> None:
    nic = {"nic": "nic/intel/x550-t2"}
    assert verdict(judge(WORKSTATION.with_(gpu=("gpu/nvidia/rtx-6000-ada", 3), **nic)), "FIT-018") == "holds"
    assert verdict(judge(WORKSTATION.with_(gpu=("gpu/nvidia/rtx-6000-ada", 4), **nic)), "FIT-018") == "broken"


def test_that_an_unknown_that_nothing_needs_is_not_complained_of(judge: Judge, catalog: Catalog) -> None:
    """Ports that are unknown matter only where a drive wants one."""
    evaluation = judge(WORKSTATION)
    assert verdict(evaluation, "FIT-016") == "does not apply"
    unknown = [board for board in catalog.tables["board"].ids[1:] if catalog.datum(board, "u2_ports").value is None]
    if unknown:
        assert verdict(judge(WORKSTATION.with_(board=unknown[0])), "FIT-016") == "does not apply"


def test_that_a_tower_cooler_is_measured_and_a_liquid_one_is_not(judge: Judge) -> None:
    assert verdict(judge(WORKSTATION), "FIT-009") == "does not apply"
    assert verdict(judge(WORKSTATION), "FIT-010") == "holds"
    tower = judge(WORKSTATION.with_(cooler="cooler/noctua/nh-u14s-tr5-sp6"))
    assert verdict(tower, "FIT-009") == "holds"
    assert verdict(tower, "FIT-010") == "does not apply"


def test_that_a_desktop_cooler_does_not_fit_a_threadripper(judge: Judge) -> None:
    assert verdict(judge(WORKSTATION.with_(cooler="cooler/noctua/nh-d15-g2")), "FIT-008") == "broken"


def test_that_a_build_without_gpus_is_warned_and_not_refused(judge: Judge) -> None:
    evaluation = judge(WORKSTATION.without("gpu"))
    assert verdict(evaluation, "CLI-004") == "broken"
    assert verdict(evaluation, "MEM-012") == "does not apply"
    assert not [each for each in evaluation.findings if each.verdict == "broken" and each.rule.severity == "block"]


def test_that_what_cannot_be_told_names_the_data_that_are_missing(judge: Judge, catalog: Catalog) -> None:
    without = [board for board in catalog.tables["board"].ids[1:] if catalog.datum(board, "slots").value is None]
    assert without, "every board is known now: make the slots of one unknown here"
    evaluation = judge(WORKSTATION.with_(board=without[0], gpu=("gpu/nvidia/rtx-6000-ada", 2)))
    unknown = {each.rule.id: each for each in evaluation.findings if each.verdict == "unknown"}
    assert {"FIT-004", "PWR-001", "THM-002"} <= set(unknown)
    for finding in unknown.values():
        assert finding.unknown
        assert not any("guess" in reason for reason in finding.unknown)
    assert any("slots" in reason for reason in unknown["PWR-001"].unknown)


def test_that_every_rule_can_be_said_in_words(judge: Judge) -> None:
    for build in (DESKTOP, WORKSTATION, Selection()):
        for finding in judge(build).findings:
            assert finding.text
            assert "{" not in finding.remedy
            assert "nan" not in finding.text.lower().replace("nanometre", "")
