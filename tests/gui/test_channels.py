"""Several input images of a case cost more of the processor than one, and the card says how much and why."""

from __future__ import annotations

import pytest

from steelyard.gui.present.channels import channels_remark
from steelyard.project.content import WorkloadUse


def use_of(definition, **given):
    use = WorkloadUse(definition.id, definition.id)
    for name, entry in definition.inputs.items():
        if entry.required:
            use = use.with_input(name, given.get(name, entry.typical))
    return use


def test_that_the_cost_of_channels_is_that_of_the_demands(engine):
    definition = engine.catalog.workloads["nnunet-3d-training"]
    four, one = use_of(definition, channels=4), use_of(definition, channels=1)
    said = channels_remark(four, definition, 0)
    assert said.text.startswith("4 channels cost about ")
    told = float(said.text.split("about ")[1].split("×")[0])
    augment = 6.36e-5 * 128**3 * 2 * 5 * 1000 / 300  # of one channel; the others by the file's own factors
    prepare, ingest, export = (each * 8_928_000 for each in (9e-7, 6e-8, 2.0e-6))
    whole = (augment * 4**0.6 + 4 * (prepare + ingest) + export) / (augment + prepare + ingest + export)
    assert told == pytest.approx(whole, rel=0.03)
    assert said.asks == "cpu_demand[2]@0"
    assert channels_remark(one, definition, 0).text == ""


def test_that_the_card_tells_it_and_why_opens_the_number(conductor, desk, window):
    window.show_view("brief")
    conductor.settle()
    pane = conductor.view("brief")
    definition = desk.engine.catalog.workloads["nnunet-3d-training"]
    present = next(use for use in desk.project.workloads if use.workload == definition.id)
    desk.edit(desk.project.with_workload(present.with_input("channels", 4)), "channels")
    box = pane.boxes[present.id]
    assert not box.why.isHidden()
    box.why.click()
    assert window.popover.isVisible()
