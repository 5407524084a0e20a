"""The law of the limit: where a run ends is where the steady state says, throttled or not."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from steelyard.project.content import Given
from steelyard.project.samples import FIRST_SAMPLE, open_project
from steelyard.transient.day import day_of
from steelyard.transient.load import Phase
from steelyard.transient.run import sustained_run

CARDS = (
    ("gpu/nvidia/rtx-6000-ada", 4),
    ("gpu/nvidia/geforce-rtx-3090-founders", 4),
    ("gpu/nvidia/geforce-rtx-5090-founders", 2),
    ("gpu/nvidia/rtx-pro-6000-blackwell-server", 3),
    ("gpu/nvidia/rtx-pro-6000-blackwell-workstation", 4),
    ("gpu/nvidia/a2", 1),
    ("gpu/nvidia/rtx-6000-ada", 0),
)
SITES = (
    {"room_temperature": 22.0},
    {"room_temperature": 35.0, "room_ventilation": 80.0, "ventilation_temperature": 30.0, "altitude": 1500.0},
    {"room_temperature": 44.0, "room_conductance": 120.0},
    {"room_temperature": 22.0, "room_ventilation": 85.0, "ventilation_temperature": 27.0},  # from a warm corridor
)
TWO_WEEKS, DAY = 336.0, 86_400.0


@pytest.mark.parametrize(("gpu", "site"), list(product(CARDS, SITES)), ids=lambda each: str(each)[:60])
def test_that_two_weeks_end_in_the_steady_state(gpu, site, evaluated) -> None:
    found = evaluated(gpu, **site)
    for row in found.rows:
        run = sustained_run(found, row, TWO_WEEKS)
        ends = run.outcome
        last_day = run.times >= run.times[-1] - DAY
        for name, steady in run.steady.items():
            assert run.temperatures[name][last_day] == pytest.approx(steady, abs=0.1)
        for place in range(gpu[1]):
            assert ends.card_power[place, -1] == pytest.approx(found.value("card_power", row, place), rel=0.005)
            assert ends.card_speed[place, -1] == pytest.approx(found.value("card_speed_kept", row, place), abs=0.005)
            assert ends.card_fan[place, -1] == pytest.approx(found.value("card_fan_speed", row, place), abs=0.01)
        assert ends.cpu_power[-1] == pytest.approx(found.value("cpu_power", row), rel=0.005)
        assert ends.cpu_fan[-1] == pytest.approx(found.value("cpu_fan_speed", row), abs=0.01)
        assert ends.cpu_speed[-1] == pytest.approx(found.value("cpu_speed_kept", row), abs=0.005)
        assert ends.mains_power[-1] == pytest.approx(found.value("mains_power", row), rel=0.005)
        assert ends.speed[-1] == pytest.approx(found.value("gpu_speed_kept", row), abs=0.005)


@pytest.mark.parametrize("ventilation", [0.0, 85.0, 510.0])
@pytest.mark.parametrize("card", [CARDS[0], CARDS[4]], ids=["300 W", "600 W"])
def test_that_cards_at_their_limit_do_not_hunt(card, ventilation, engine) -> None:
    """Fans at full speed, held too long, swing the cards by kelvins and the mains by tens of watts, and never rest."""
    project = open_project(FIRST_SAMPLE).project
    chosen = project.variant("Brute force")
    chosen = chosen._replace(
        selection=chosen.selection.with_(gpu=card), given={"gpu_busy": Given(1.0, "a stress load")}
    )
    site = project.site._replace(room_temperature=27.0, room_ventilation=ventilation, room_conductance=50.0)
    found = engine.evaluate_variant(project._replace(site=site, variants=(chosen,)), chosen.name)
    run = sustained_run(found, 0, TWO_WEEKS, 60.0)
    last_day = run.times >= run.times[-1] - DAY

    for name, steady in run.steady.items():
        assert run.temperatures[name][last_day] == pytest.approx(steady, abs=0.01), name
    assert run.outcome.mains_power[last_day] == pytest.approx(found.value("mains_power"), rel=1e-4)
    assert run.outcome.speed[last_day] == pytest.approx(found.value("gpu_speed_kept"), abs=1e-4)


def test_that_the_sample_of_the_law_holds_builds_that_heat_holds_back(evaluated) -> None:
    """So that the law is not met by cool builds alone."""
    speeds = [evaluated(gpu, **site).evaluation.value("gpu_speed_kept") for gpu, site in product(CARDS, SITES)]
    processors = [evaluated(gpu, **site).evaluation.value("cpu_speed_kept") for gpu, site in product(CARDS, SITES)]

    assert np.min(speeds) < 0.5
    assert np.min(processors) < 0.95
    assert np.max(speeds) == 1


def test_that_an_hour_held_to_five_seconds_ends_as_one_that_may_hurry(evaluated) -> None:
    found = evaluated(CARDS[1])
    exact, hurried = (sustained_run(found, 0, 6.0, 60.0, fixed=fixed) for fixed in (True, False))

    for name, values in exact.temperatures.items():
        assert np.abs(values - hurried.temperatures[name]).max() < 0.35, name
    assert np.abs(exact.outcome.throughput - hurried.outcome.throughput).max() < 0.005


def test_that_a_card_that_is_held_back_says_when_and_keeps_its_limit(evaluated) -> None:
    found = evaluated(CARDS[1])
    run = sustained_run(found, 0, 24.0)
    limit = found.value("gpu_temperature_limit")

    assert run.throttled == "GPU 4"  # the last in the air stream
    assert 1 < run.minutes_to_throttle < 30
    assert run.die("GPU 4").max() <= limit + 0.5  # between two decisions it may pass it by as much as it leaks more
    assert run.outcome.speed[0] == 1
    assert run.outcome.throughput[-1] < 0.9


def test_that_a_cool_build_is_never_held_back(evaluated) -> None:
    run = sustained_run(evaluated(variant="Balanced"), 0, 24.0)

    assert math.isinf(run.minutes_to_throttle)
    assert run.throttled == ""
    assert run.outcome.throughput.min() == 1


def test_that_everything_begins_at_the_temperature_of_the_room(evaluated) -> None:
    run = sustained_run(evaluated(CARDS[0], room_temperature=25.0), 0, 1.0)

    assert np.array([values[0] for values in run.temperatures.values()]) == pytest.approx(25.0)


def test_that_work_and_rest_swing_around_what_half_the_work_settles_at(evaluated) -> None:
    found = evaluated(CARDS[4])
    swinging = sustained_run(found, 1, 12.0, 10.0, phases=(Phase(120.0, 1.0), Phase(120.0, 0.0)))
    always = sustained_run(found, 1, 12.0, 10.0)
    late = swinging.times > 11 * 3600
    hot, calm = swinging.die("GPU 1")[late].max(), swinging.die("GPU 1")[late].min()

    assert calm < hot - 5
    assert hot < always.die("GPU 1")[-1]
    assert swinging.outcome.throughput.mean() == pytest.approx(0.5, abs=0.01)
    assert swinging.energy < always.energy
    assert swinging.mean["GPU 1 die"] < always.mean["GPU 1 die"]


def test_that_a_day_plan_has_the_work_of_the_day_and_then_that_of_the_night(evaluated) -> None:
    found = evaluated(CARDS[0])
    day, night = day_of(found)
    run = sustained_run(found, 0, 48.0, 600.0, phases=(day, night))
    at_noon, at_midnight = (run.outcome.mains_power[run.times == hours * 3600][0] for hours in (35.5, 47.5))

    assert (day.seconds, night.seconds) == (43_200, 43_200)
    assert {day.work, night.work} <= {None, *found.rows}
    for phase, power in ((day, at_noon), (night, at_midnight)):
        if phase.load:
            assert power == pytest.approx(found.value("mains_power", phase.work), rel=0.02)
    assert abs(at_noon - at_midnight) > 10


def test_that_energy_is_mean_power_times_time(evaluated) -> None:
    run = sustained_run(evaluated(CARDS[0]), 0, 2.0, 1.0, fixed=True)

    assert run.energy == pytest.approx(run.outcome.mains_power[:-1].sum(), rel=1e-9)
    assert run.mean["CPU die"] == pytest.approx(run.temperatures["CPU die"].mean(), abs=0.05)
