"""Figures on accuracy made by hand: two families, three cases, errors that can be counted in the head."""

from __future__ import annotations

from typing import Any


def example() -> dict[str, Any]:
    """Return what `make accuracy` would have written."""
    good = case("bench/timm-resnet50-infer", "RTX 4090", 1000.0, 1100.0, {"compile": "0"})
    fair = case("bench/timm-vit-base-infer", "RTX 3090", 200.0, 190.0, {})
    far = case("bench/llama-3-8b-decode", "2 x A40 48GB", 40.0, 80.0, {"quant": "f16", "tokens": "512"})
    worst = [{**far, "where": "table.csv:7", "cause": "A host <b>that</b> nobody knows."}]
    return {
        "tables": {"timm": "ab12"},
        "pooled_coverage": 0.6667,
        "families": [
            family("timm", [good, fair], [{**good, "where": "line 3", "cause": "not known"}], 0.075),
            family("llama-cpp", [far], worst, 1.0),
        ],
        "checks": [
            {
                "name": "V7",
                "title": "Power at the wall",
                "cases": 12,
                "worst": held(2000.0, 2200.0),
                "missed": [{**held(2000.0, 2200.0), "cause": "A host <b>that</b> nobody knows."}],
            },
            {"name": "", "title": "Fans", "cases": 4, "worst": held(19.8, 19.8001), "missed": []},
        ],
    }


def case(bench: str, on: str, measured: float, predicted: float, settings: dict[str, str]) -> dict[str, Any]:
    """One case, its range a tenth to either side."""
    ends = {"low": predicted * 0.9, "high": predicted * 1.1}
    return {"bench": bench, "settings": settings, "on": on, "measured": measured, "predicted": predicted, **ends}


def family(name: str, cases: list[Any], worst: list[Any], median: float) -> dict[str, Any]:
    """A family; its worst tenth is twice its median, and in sample it is half."""
    out = {"count": float(len(cases)), "median": median, "tenth_worst": 2 * median, "bias": -median}
    inside = {name: value if name == "count" else value / 2 for name, value in out.items()}
    return {"name": name, "in_sample": inside, "left_out": out, "coverage": 0.5, "cases": cases, "worst": worst}


def held(measured: float, predicted: float) -> dict[str, Any]:
    """A number that the model was held against, to six per cent."""
    ends = {"error": predicted - measured, "tolerance": 0.06 * measured}
    return {"case": "four cards", "measured": measured, "predicted": predicted, "unit": "W", **ends}
