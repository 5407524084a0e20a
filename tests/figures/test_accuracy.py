"""The plot of predicted against measured shows every case once, and its table the same figures."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from steelyard.figures.accuracy import curves, signed, worst_rows
from steelyard.project.accuracy import Accuracy, load_accuracy

example = runpy.run_path(str(Path(__file__).parents[1] / "project" / "accuracy_example.py"))["example"]
BLANK = "\u00a0"


@pytest.fixture
def found(tmp_path) -> Accuracy:
    path = tmp_path / "accuracy.json"
    path.write_text(json.dumps(example()), encoding="utf-8")
    return load_accuracy(path)


def test_that_every_case_is_a_point_of_its_family(found) -> None:
    figure = curves(found)

    assert [(each.label, each.xs, each.ys) for each in figure.scatters] == [
        ("timm, inference", (1000.0, 200.0), (1100.0, 190.0)),
        ("llama.cpp", (40.0,), (80.0,)),
    ]
    assert len({(each.role, each.hollow) for each in figure.scatters}) == len(figure.scatters)


def test_that_ten_families_have_ten_looks(found) -> None:
    many = found._replace(families=tuple(found.families[0]._replace(name=f"family {n}") for n in range(10)))

    assert len({(each.role, each.hollow) for each in curves(many).scatters}) == 10


def test_that_the_band_is_a_quarter_to_either_side_of_the_diagonal_over_the_whole_scale(found) -> None:
    figure = curves(found)
    (near,) = figure.curves

    assert near.xs == near.ys == (figure.across.low, figure.across.high)
    assert near.lows == pytest.approx([0.75 * x for x in near.xs])
    assert near.highs == pytest.approx([1.25 * x for x in near.xs])
    assert (figure.across.low, figure.across.high) == (figure.up.low, figure.up.high)


def test_that_the_table_has_a_row_a_family_left_out_before_in_sample(found) -> None:
    row = curves(found).table.rows[0]

    assert [cell.replace(BLANK, " ") for cell in row] == [
        "timm, inference", "2", "7.5 %", "15.0 %", "−7.5 %", "50 %", "3.8 %", "7.5 %",
    ]  # fmt: skip


def test_that_the_sentence_names_the_worst_family_and_the_coverage(found) -> None:
    sentence = curves(found).sentence.replace(BLANK, " ")

    assert sentence.startswith("3 published measurements")
    assert "7.5 % (timm, inference) to 100.0 % (llama.cpp)" in sentence
    assert "67 % of all lie inside" in sentence


def test_that_the_furthest_off_come_first_with_their_cause(found) -> None:
    table = worst_rows(found.families)

    assert [row[0] for row in table.rows] == [
        "llama-3-8b-decode quant=f16 tokens=512",
        "timm-resnet50-infer compile=0",
    ]
    assert table.rows[0][5].replace(BLANK, " ") == "+100 %"
    assert "nobody knows" in table.rows[0][6]


def test_that_half_as_much_is_as_far_off_as_twice(found) -> None:
    low = found.families[1].worst[0]._replace(predicted=19.0)
    families = (found.families[1]._replace(worst=(found.families[1].worst[0], low)),)

    assert [row[3] for row in worst_rows(families).rows] == ["19", "80"]


def test_that_no_error_has_no_sign() -> None:
    assert signed(0.0) == signed(-0.0001) == f"0.0{BLANK}%"


def test_that_nothing_measured_is_said(found) -> None:
    assert curves(found._replace(families=())).missing == "No measured case is known."
