"""Language models on cards: llama.cpp's writing and reading, serving by requests at once."""

from __future__ import annotations

import pytest

from accuracy import llama, serving
from accuracy.cards import card_of
from accuracy.case import Case
from accuracy.engine import predict
from accuracy.shared import table
from steelyard.catalog import load_catalog


def test_that_the_broken_rows_and_those_without_a_part_are_left_out() -> None:
    cases = llama.cases()
    assert len(cases) == 442
    assert not [case for case in cases if "M1" in case.held or "M2" in case.held or "M3" in case.held]
    doubtful = [
        case
        for case in cases
        if case.bench == "bench/llama-3-8b-prefill" and case.settings["quant"] == "f16" and "L40S" in case.held
    ]
    assert not doubtful
    assert len(serving.cases()) == 14


def test_that_several_cards_write_as_fast_as_one_and_read_faster_the_longer_the_prompt() -> None:
    def rate(task: str, tokens: int, count: int) -> float:
        settings = {"quant": "f16", "tokens": str(tokens)}
        case = Case("", f"bench/llama-3-8b-{task}", settings, "gpu/nvidia/a40", count, 1.0, "", "")
        return predict([case])[0].value

    assert rate("decode", 1024, 4) == pytest.approx(rate("decode", 1024, 1))
    gains = [rate("prefill", tokens, 4) / rate("prefill", tokens, 1) for tokens in (512, 1024, 4096, 8192)]
    assert gains[0] == pytest.approx(1)
    assert gains == sorted(gains)
    assert gains[-1] < 4


def test_that_more_requests_at_once_serve_more_together_and_each_one_less() -> None:
    some = [
        Case("", serving.BENCH, {"concurrency": str(count)}, "gpu/nvidia/rtx-a6000", 1, 1.0, "", "")
        for count in (1, 4, 16, 64, 256)
    ]
    rates = [said.value for said in predict(some)]
    each = [rate / int(case.settings["concurrency"]) for rate, case in zip(rates, some, strict=True)]
    assert rates == sorted(rates)
    assert each == sorted(each, reverse=True)


WIDE = llama.Shape(48, 40, 5120, {"q4_k_m": 8.55}, 2 * 48 * 8 * 128 * 2, 28e9)
"""A model of 14 billion parameters: 48 layers, 8 key-value heads of 128, 8.99 GB with the input tokens' table."""


def test_that_a_model_between_the_two_sizes_is_written_as_fast_as_others_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Later releases start their kernels faster, and the hosts differ: a quarter more or less."""
    monkeypatch.setitem(llama.SHAPES, "14b", WIDE)
    kernel = load_catalog(cache=None).assumptions["kernel_llamacpp_decode"].values
    rows = llama.rows_of([case for case in llama.cases() if "decode" in case.bench])
    found = llama.search(rows, llama.decode_seconds, llama.DECODE_START)
    seen = 0
    for row in table("llm_geerlingguy"):
        if row["gpu"] in REPORTED and row["system"].startswith("Intel"):
            card = card_of(REPORTED[row["gpu"]])
            run = llama.Row(
                card.bandwidth, card.vector, card.power, card.architecture, 1, "14b", "q4_k_m", 512, 1.0, 1.0
            )
            shares = {card.architecture: kernel[card.architecture].value}
            rate = 1 / llama.decode_seconds(run, {**found, **shares})
            assert rate == pytest.approx(float(row["decode_tokens_per_s"]), rel=0.25), row["gpu"]
            seen += 1
    assert seen == len(REPORTED)


REPORTED = {
    "Nvidia RTX 4090": "gpu/nvidia/geforce-rtx-4090-founders",
    "Nvidia RTX 3080 Ti": "gpu/nvidia/geforce-rtx-3080-ti",
    "AMD Radeon AI Pro R9700": "gpu/amd/radeon-ai-pro-r9700",
    "Nvidia RTX 4070 Ti": "gpu/nvidia/geforce-rtx-4070-ti",
    "Nvidia RTX 2080 Ti": "gpu/nvidia/geforce-rtx-2080-ti-founders",
    "Nvidia RTX 3060": "gpu/nvidia/geforce-rtx-3060-12gb",
}
