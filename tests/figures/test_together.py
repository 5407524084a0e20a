"""What runs at the same time adds up on one card and in one day, and by turns it does not."""

from __future__ import annotations

from itertools import pairwise
from types import MappingProxyType

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.figures import day_plan, memory_together
from steelyard.figures.lanes import lanes_of
from steelyard.figures.plot import Role
from steelyard.figures.readings import Reading
from steelyard.project.concurrent import Window, windows_of
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.samples import FIRST_SAMPLE, open_project

NAN = float("nan")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


def evaluated(engine: Engine, *runs: str, selection=None) -> VariantEvaluation:
    project = open_project(FIRST_SAMPLE).project
    uses = tuple(use._replace(runs=when) for use, when in zip(project.workloads, runs, strict=True))
    project = project._replace(workloads=uses)
    if selection is not None:
        project = project.with_selection(project.variants[0].name, selection(project.variants[0].selection))
    return engine.evaluate_variant(project, project.variants[0].name)


def test_that_what_always_runs_stands_in_every_window() -> None:
    assert windows_of(["day", "night", "always", "turns", "day"]) == (
        Window("day", (0, 2, 4)),
        Window("night", (1, 2)),
        Window("turns", (2, 3)),
    )


def test_that_work_by_turns_meets_nobody_and_what_only_always_runs_meets_itself() -> None:
    assert windows_of(["turns", "turns"]) == (Window("turns", (0,)), Window("turns", (1,)))
    assert windows_of(["always", "always"]) == (Window("always", (0, 1)),)
    assert windows_of([]) == ()


def test_that_the_fullest_window_is_the_peak_that_the_model_weighs(engine) -> None:
    variant = evaluated(engine, "day", "day", "always")
    figure = memory_together.curves(lanes_of(variant, memory_together.READS))
    peak = max(variant.value("gpu_memory_at_peak", row) for row in variant.rows)
    together = max(float(row[2]) for row in figure.table.rows if row[1] == "Together")

    assert together == pytest.approx(peak, rel=5e-3)
    assert figure.sentence.startswith("By day Clinical imaging pipeline, nnU-Net training, 3-D and")


def test_that_each_window_stacks_its_workloads_without_a_gap_up_to_what_is_free(engine) -> None:
    variant = evaluated(engine, "day", "night", "always")
    figure = memory_together.curves(lanes_of(variant, memory_together.READS))

    assert [place.label for place in figure.places] == ["By day", "By night"]
    for place in range(2):
        bars = [bar for bar in figure.bars if bar.place == place]
        assert all(before.end == pytest.approx(after.start) for before, after in pairwise(bars))
        assert bars[-1].role is Role.FREE
        assert bars[-1].end == variant.value("gpu_memory", 0)
        braces = [brace for brace in figure.braces if brace.place == place]
        assert len(braces) == 2
        assert braces[0].end == pytest.approx(braces[1].start)


def test_that_memory_that_is_missing_is_called_missing(engine) -> None:
    beside = lanes_of(evaluated(engine, "day", "night", "always"), memory_together.READS)
    small = Reading("gpu_memory", "GPU memory", "GB", (8.0,))
    lanes = tuple(
        lane._replace(
            readings=lane.readings._replace(
                quantities=MappingProxyType({**lane.readings.quantities, "gpu_memory": small})
            )
        )
        for lane in beside.lanes
    )
    figure = memory_together.curves(beside._replace(lanes=lanes))

    assert figure.sentence.endswith("are missing.")
    assert figure.bars[-1].role is Role.SHORTFALL


def test_that_without_a_card_the_plot_says_where_the_work_is_done(engine) -> None:
    variant = evaluated(engine, "day", "night", "always", selection=lambda each: each.without("gpu"))
    figure = memory_together.curves(lanes_of(variant, memory_together.READS))

    assert "processor" in figure.missing
    assert not figure.bars


def test_that_an_unknown_need_is_a_question_mark_and_no_sum(engine) -> None:
    beside = lanes_of(evaluated(engine, "turns", "turns", "turns"), memory_together.READS)
    first = beside.lanes[0]
    unsure = {**first.readings.quantities, "gpu_memory_needed": Reading("gpu_memory_needed", "", "GB", (NAN,))}
    lane = first._replace(readings=first.readings._replace(quantities=MappingProxyType(unsure)))
    figure = memory_together.curves(beside._replace(lanes=(lane, *beside.lanes[1:])))

    assert ("By turns", first.readings.workload, "?") in figure.table.rows
    assert ("By turns", "Together", "?") in figure.table.rows
    assert len(figure.places) == 2


def test_that_the_day_has_a_lane_for_each_workload_and_a_sum_for_each_meeting(engine) -> None:
    variant = evaluated(engine, "day", "night", "always")
    figure = day_plan.curves(lanes_of(variant, day_plan.READS))

    assert [(bar.place, bar.start, bar.end) for bar in figure.bars] == [
        (0, 6.0, 18.0),
        (1, 0.0, 6.0),
        (1, 18.0, 24.0),
        (2, 0.0, 24.0),
    ]
    assert [row[0] for row in figure.table.rows][3:] == ["By day, 2 together", "By night, 2 together"]
    assert figure.table.sums == (3, 4)


def test_that_the_sum_of_a_meeting_is_what_its_workloads_take(engine) -> None:
    variant = evaluated(engine, "day", "night", "always")
    figure = day_plan.curves(lanes_of(variant, day_plan.READS))
    cores = variant.value("system_cores") + sum(variant.value("cores_asked", row) for row in (0, 2))
    share = 100 * sum(variant.value("engine_taken", row) for row in (0, 2))
    by_day = figure.table.rows[3]

    assert float(by_day[2].split(" of ")[0]) == pytest.approx(cores, rel=5e-3)
    assert float(by_day[3].split(" of ")[0]) == pytest.approx(share, rel=5e-3)
    assert by_day[3].endswith("over") is (share > 100)
    assert ("GPU time" in figure.sentence) is (share > 100)


def test_that_by_turns_nothing_meets_and_the_sentence_says_so(engine) -> None:
    figure = day_plan.curves(lanes_of(evaluated(engine, "turns", "turns", "turns"), day_plan.READS))

    assert figure.sentence == "No two workloads run at the same time; each has the machine to itself."
    assert not figure.table.sums


def test_that_work_by_turns_is_drawn_where_the_day_leaves_it_room_and_who_is_late_is_named(engine) -> None:
    variant = evaluated(engine, "turns", "turns", "day")
    figure = day_plan.curves(lanes_of(variant, day_plan.READS))
    turns = [(bar.start, bar.end) for bar in figure.bars if bar.role is Role.FREE]
    late = [row for row in (0, 1) if variant.value("asked_rate", row) / variant.value("throughput", row) > 0.5]

    assert turns == 2 * [(0.0, 6.0), (18.0, 24.0)]
    assert "By day other work has the machine, and work by turns has the other 12 h" in figure.sentence
    assert ("will be late" in figure.sentence) is bool(late)
    names = [row[0] for row in figure.table.rows]
    assert all((names[row] in figure.sentence) is (row in late) for row in (0, 1))


def test_that_nothing_is_left_to_work_by_turns_where_day_and_night_are_taken(engine) -> None:
    figure = day_plan.curves(lanes_of(evaluated(engine, "turns", "night", "day"), day_plan.READS))
    assert not [bar for bar in figure.bars if bar.role is Role.FREE]
    assert "no hour is left to work by turns" in figure.sentence


def test_that_each_turn_beside_work_that_always_runs_is_named_for_its_own(engine) -> None:
    figure = day_plan.curves(lanes_of(evaluated(engine, "turns", "turns", "always"), day_plan.READS))
    sums = [figure.table.rows[at][0] for at in figure.table.sums]
    assert len(set(sums)) == len(sums) == 2
