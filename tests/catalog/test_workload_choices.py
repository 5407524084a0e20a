"""Choices, factors, kernels and benchmarks of workload files: read as they are meant, and each mistake is named."""

from __future__ import annotations

import pytest

KERNELS = """\
[kernel_decode]
label = "Decoding"
unit = ""
by = "gpu_architecture"
source = "page"
[kernel_decode.values]
Ada = { value = 0.8, low = 0.7, high = 0.9 }

[kernel_prefill]
label = "Reading"
unit = ""
by = "gpu_architecture"
source = "page"
[kernel_prefill.values]
Ada = { value = 0.4, low = 0.3, high = 0.5 }

[kernel_plain]
label = "No share by architecture"
value = 1
low = 1
high = 1
unit = ""
source = "page"
"""

WORKLOAD = """\
id = "writing"
name = "Writing"
family = "language"
description = "A model writes."
sample = "token"
runs = "night"
search = ["chat", "gpt"]

[inputs.quant]
label = "Weights"
default = "q4_k_m"
choices = { q4_k_m = "4-bit mixture", f16 = "16-bit" }
[inputs.tokens]
label = "Tokens"
default = 512

[[stages]]
id = "write"
label = "Write"
kernel = { by = "quant", values = { q4_k_m = "decode", f16 = "prefill" } }
[stages.demands.gpu_traffic_demand]
value = 1.0
unit = "GB/sample"
source = "page"
scales_with = { tokens = 1 }
factors.quant = { q4_k_m = 4.58, f16 = 14.96 }
"""

KERNEL = WORKLOAD[WORKLOAD.index("kernel =") :].split("\n", maxsplit=1)[0]

BENCH = """\
[bench]
quantity = "throughput_peak"
unit = "samples/s"
family = "made up"
part = "gpu"
source = "page"
"""


@pytest.fixture
def written(folder):
    folder.write("assumptions/kernels.toml", KERNELS)
    folder.write("workloads/writing.toml", WORKLOAD)
    return folder


def test_that_a_choice_has_words_and_a_demand_a_factor_for_each(written):
    catalog = written.load()
    assert catalog.complaints == ()
    work = catalog.workloads["writing"]
    assert work.inputs["quant"].choices == {"q4_k_m": "4-bit mixture", "f16": "16-bit"}
    assert work.inputs["quant"].usual == "q4_k_m"
    demand = work.stages[0].demands["gpu_traffic_demand"]
    assert demand.factors == {"quant": {"q4_k_m": 4.58, "f16": 14.96}}
    assert demand.scales_with == {"tokens": 1}
    assert work.stages[0].kernel.assumption("f16") == "kernel_prefill"
    assert work.stages[0].kernel.assumptions == ("kernel_decode", "kernel_prefill")
    assert (work.runs, work.search, work.bench) == ("night", ("chat", "gpt"), None)


def test_that_a_kernel_may_be_one_for_all(written):
    written.change(
        WORKLOAD[WORKLOAD.index("kernel =") :].split("\n", maxsplit=1)[0], 'kernel = "decode"', "workloads/writing.toml"
    )
    kernel = written.load().workloads["writing"].stages[0].kernel
    assert kernel.assumption("f16") == kernel.assumption(None) == "kernel_decode"


def test_that_a_benchmark_lies_in_its_folder_and_says_what_it_predicts(written):
    text = WORKLOAD.replace('id = "writing"', 'id = "bench/writing"').replace(
        "[inputs.quant]", f"{BENCH}\n[inputs.quant]"
    )
    written.write("workloads/bench/writing.toml", text)
    catalog = written.load()
    assert catalog.complaints == ()
    bench = catalog.workloads["bench/writing"].bench
    assert (bench.quantity, bench.unit, bench.part, bench.per) == ("throughput_peak", "samples/s", "gpu", "")


def test_that_the_cache_gives_back_what_was_read(written, tmp_path):
    from steelyard.catalog import load_catalog

    fresh = load_catalog(written.root, cache=tmp_path / "cache")
    kept = load_catalog(written.root, cache=tmp_path / "cache")
    assert kept.workloads == fresh.workloads
    assert kept.workloads["writing"].stages[0].kernel.by == "quant"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("q4_k_m = 4.58", "q4km = 4.58", 26, 'Did you mean "q4_k_m"?'),
        ("q4_k_m = 4.58, ", "", 26, "Nothing is said for q4_k_m"),
        ("f16 = 14.96", "f16 = -1", 26, "is negative"),
        ("factors.quant", "factors.quants", 26, 'Did you mean "quant"?'),
        ("factors.quant =", "factors.tokens =", 26, "is a number, not a choice"),
        ("tokens = 1 }", "quant = 1 }", 25, "is a choice, not a number"),
        ('default = "q4_k_m"', 'default = "q4"', 11, "none of the choices"),
        ('default = "q4_k_m"', "default = 4", 11, "in quotation marks"),
        ('label = "Weights"\n', 'label = "Weights"\nlow = 1\n', 11, 'has no "low"'),
        ('q4_k_m = "4-bit mixture"', 'Q4 = "4-bit mixture"', 12, "no word of a choice"),
        ('f16 = "16-bit"', 'f16 = "4-bit mixture"', 12, "Two words are labelled"),
        ('f16 = "prefill"', 'f16 = "decoding"', 20, 'Did you mean "kernel_decode"?'),
        ('f16 = "prefill"', 'f16 = "plain"', 20, "no share by architecture"),
        ('by = "quant"', 'by = "tokens"', 20, "is a number, not a choice"),
        (', f16 = "prefill"', "", 20, "Nothing is said for f16"),
        (
            WORKLOAD[WORKLOAD.index("kernel =") :].split("\n", maxsplit=1)[0] + "\n",
            "",
            17,
            "has gpu_traffic_demand but no kernel",
        ),
        ('runs = "night"', 'runs = "nightly"', 6, 'Did you mean "night"?'),
        ("[inputs.quant]", BENCH + "[inputs.quant]", 9, "stand in bench/"),
    ],
)
def test_that_each_mistake_is_named_with_its_line(written, old, new, line, words):
    written.change(old, new, "workloads/writing.toml")
    complaints = written.load().complaints
    assert any(words in str(each) and each.line == line for each in complaints), [str(each) for each in complaints]


def test_that_a_benchmark_requires_nothing(written):
    text = WORKLOAD.replace('id = "writing"', 'id = "bench/writing"').replace("default = 512", "required = true")
    written.write("workloads/bench/writing.toml", text.replace("[inputs.quant]", f"{BENCH}\n[inputs.quant]"))
    assert any("A benchmark sets everything" in str(each) for each in written.load().complaints)
