"""Assumptions and workloads are read with the same care as parts."""

from __future__ import annotations

from math import isnan

import pytest

from steelyard.catalog.assumptions import field_behind, values_by_code

ASSUMPTIONS = """\
[air_density]
label = "Density of air"
value = 1.18
low = 1.1
high = 1.2
unit = ""
source = "page"

[card_noise]
label = "Loudness of a card"
unit = "dB(A)"
by = "gpu_cooling"
fills = "cooler_noise"
group = "noise"
source = "memory"
[card_noise.values]
blower = { value = 44, low = 40, high = 49, source = "page", note = "at full speed" }
passive = { unknown = "no fan of its own" }
"""

WORKLOAD = """\
id = "training"
name = "Training"
family = "imaging"
tags = ["3d"]
description = "A network learns."
sample = "case"

[inputs.cases]
label = "Cases"
unit = "samples"
required = true
typical = 300
[inputs.epochs]
label = "Epochs"
default = 1000

[asked]
value = 2
unit = "samples/s"
source = "page"
scales_with = { cases = 1, epochs = -0.5 }

[demands.activation_memory]
unknown = "not measured"

[[stages]]
id = "augment"
label = "Augment"
resource = "cpu"
[stages.demands.cpu_demand]
value = 0.3
unit = "s/sample"
source = "memory"

[[stages]]
id = "train"
label = "Train"
"""


@pytest.fixture
def defined(folder):
    folder.write("assumptions/air.toml", ASSUMPTIONS)
    folder.write("workloads/training.toml", WORKLOAD)
    return folder


def test_that_assumptions_are_read_with_their_spread_and_origin(defined):
    catalog = defined.load()
    assert catalog.complaints == ()
    air = catalog.assumptions["air_density"]
    assert (air.value, air.low, air.high, air.tier) == (1.18, 1.1, 1.2, "maker")
    noise = catalog.assumptions["card_noise"]
    assert (noise.by, noise.fills, noise.group, noise.tier) == ("gpu_cooling", "cooler_noise", "noise", "recalled")
    codes = catalog.schema["gpu"].fields["cooling"].categories
    values = values_by_code(noise, catalog.schema)
    assert values[codes.index("blower")] == 44
    assert isnan(values[codes.index("passive")])
    assert isnan(values[codes.index("liquid")])
    assert values_by_code(noise, catalog.schema, "high")[codes.index("blower")] == 49


def test_that_a_role_is_understood_by_the_kind_at_its_end(shipped):
    assert field_behind("scratch_drive_class", shipped.schema) is shipped.schema["drive"].fields["class"]
    assert field_behind("case_fan_size", shipped.schema) is shipped.schema["fan"].fields["size"]
    assert field_behind("display_gpu_cooling", shipped.schema) is shipped.schema["gpu"].fields["cooling"]
    assert field_behind("colour", shipped.schema) is None


def test_that_a_workload_is_read_with_its_inputs_demands_and_stages(defined):
    work = defined.load().workloads["training"]
    assert work.inputs["cases"].required
    assert work.inputs["cases"].typical == 300
    assert work.inputs["epochs"].default == 1000
    assert work.asked.scales_with == {"cases": 1, "epochs": -0.5}
    assert work.demands["activation_memory"].value is None
    assert work.demands["activation_memory"].why_unknown == "not measured"
    assert [stage.id for stage in work.stages] == ["augment", "train"]
    assert work.stages[0].demands["cpu_demand"].tier == "recalled"


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "words"),
    [
        ("assumptions/air.toml", "low = 1.1", "low = 1.3", 1, "not between its low and its high"),
        ("assumptions/air.toml", "low = 1.1\n", "", 1, "Missing: low"),
        ("assumptions/air.toml", "gpu_cooling", "gpu_colour", 12, "no category of a part"),
        ("assumptions/air.toml", "cooler_noise", "cooler_noize", 13, "no part field behind"),
        ("assumptions/air.toml", "blower =", "blow =", 17, 'Did you mean "blower"?'),
        ("assumptions/air.toml", 'unit = "dB(A)"', 'unit = "dB"', 11, 'Did you mean "dB(A)"?'),
        ("assumptions/air.toml", 'source = "memory"', 'source = "nowhere"', 15, 'no source "nowhere"'),
        ("workloads/training.toml", 'id = "training"', 'id = "trainings"', 1, "does not belong to this file"),
        ("workloads/training.toml", "cases = 1", "casses = 1", 21, 'Did you mean "cases"?'),
        ("workloads/training.toml", 'unknown = "not measured"', "", 23, "has no value"),
        ("workloads/training.toml", 'id = "train"\n', 'id = "augment"\n', 36, 'two stages "augment"'),
        ("workloads/training.toml", "value = 0.3", 'value = "0.3"', 31, "must be a number"),
        ("workloads/training.toml", "default = 1000", "", 13, "neither required nor has a default"),
        ("workloads/training.toml", 'name = "Training"', "", 1, '"name" is missing'),
    ],
)
def test_that_a_mistake_in_a_definition_is_named_with_its_line(defined, file, old, new, line, words):
    defined.change(old, new, file)
    complaints = defined.complaints()
    assert any(text.startswith(f"{file}:{line}: ") and words in text for text in complaints), complaints


def test_that_one_assumption_in_two_files_is_refused(defined):
    defined.write("assumptions/more.toml", ASSUMPTIONS)
    assert [text.split(" ")[0] for text in defined.complaints()] == [
        "assumptions/more.toml:1:",
        "assumptions/more.toml:9:",
    ]
