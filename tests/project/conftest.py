"""A small project that has one of everything."""

from __future__ import annotations

import pytest

from steelyard.project.content import Lab, Project, Site, Variant, WorkloadUse
from steelyard.project.selection import Selection


@pytest.fixture
def project() -> Project:
    build = Selection.of(cpu="cpu/maker/sixty-four", gpu=("gpu/maker/large", 2), psu="psu/maker/strong")
    use = WorkloadUse("training", "nnunet-3d-training").with_input("cases", 300.0).with_input("epochs", None)
    return Project(
        name="Größe 1 µ",
        role="Deep Learning Unit",
        as_of="2026-11-21",
        currency="USD",
        site=Site(energy_price="0.1768", room_ventilation=None),
        lab=Lab(budget="25000.00", regulated=True),
        workloads=(use,),
        variants=(Variant("Balanced", build), Variant("Other", build.without("gpu"), notes="two\nlines")),
    )
