"""Numbers given in the place of computed ones: a run takes them as they are, and ends in the steady state."""

from __future__ import annotations

import pytest

from steelyard.errors import BadInputError
from steelyard.figures.sustained_taken import run_figures
from steelyard.project.content import Given
from steelyard.project.samples import FIRST_SAMPLE, open_project
from steelyard.transient.load import Phase
from steelyard.transient.run import sustained_run

HOT = ("gpu/nvidia/rtx-pro-6000-blackwell-workstation", 4)
SITE = {"room_temperature": 27.0, "room_ventilation": 250.0}
POWERS = {"card_power": 310.0, "cpu_power": 220.0, "memory_power": 75.0, "rest_power": 160.0, "display_power": 60.0}
DRAWN = {
    "gpus_power": 1100.0, "dc_load": 1500.0, "psu_loss": 90.0, "psu_efficiency": 0.9, "wall_power": 1700.0,
    "mains_power": 1650.0,
}  # fmt: skip
WORK = {
    "card_asked_power": 330.0, "card_busy_power": 280.0, "card_carried_power": 900.0, "gpu_busy": 1.0, "cpu_busy": 0.6,
    "cpu_asked_power": 260.0, "gpu_speed_kept": 0.8, "card_clock_kept": 0.9,
}  # fmt: skip
AIR = {
    "room_air": 41.0, "room_rise": 9.0, "card_inlet": 48.0, "card_preheat": 3.0, "cpu_inlet": 52.0,
    "case_air": 55.0, "case_airflow": 0.05, "lower_air": 44.0,
}  # fmt: skip
DIES = {
    "card_temperature": 84.0,
    "cpu_temperature": 77.0,
    "memory_temperature": 60.0,
    "coolant_temperature": 50.0,
}
FANS = {"card_fan_speed": 0.7, "card_resistance": 0.12, "cpu_fan_speed": 0.8, "least_card_resistance": 0.13}
NUMBERS = POWERS | DRAWN | WORK | AIR | DIES | FANS


@pytest.fixture(scope="module")
def given(engine):
    """Evaluate the sample's build of hot cards in a warm room, with numbers given."""

    def evaluate(**numbers: float):
        project = open_project(FIRST_SAMPLE).project
        chosen = project.variant("Brute force")
        chosen = chosen._replace(
            selection=chosen.selection.with_(gpu=HOT),
            given={name: Given(value, "measured") for name, value in numbers.items()},
        )
        project = project._replace(site=project.site._replace(**SITE), variants=(chosen,))
        return engine.evaluate_variant(project, chosen.name)

    return evaluate


@pytest.mark.parametrize("name", NUMBERS)
def test_that_two_weeks_end_in_the_steady_state_that_has_the_given_number(name, given) -> None:
    found = given(**{name: NUMBERS[name]})
    run = sustained_run(found, 0, 336.0)
    ends = run.outcome

    assert {node: run.temperatures[node][-1] for node in run.steady} == pytest.approx(run.steady, abs=0.1)
    for place in range(HOT[1]):
        assert ends.card_power[place, -1] == pytest.approx(found.value("card_power", 0, place), rel=0.005)
        assert ends.card_speed[place, -1] == pytest.approx(found.value("card_speed_kept", 0, place), abs=0.005)
        assert ends.card_fan[place, -1] == pytest.approx(found.value("card_fan_speed", 0, place), abs=0.01)
    assert ends.cpu_power[-1] == pytest.approx(found.value("cpu_power"), rel=0.005)
    assert ends.cpu_speed[-1] == pytest.approx(found.value("cpu_speed_kept"), abs=0.005)
    assert ends.mains_power[-1] == pytest.approx(found.value("mains_power"), rel=0.005)
    assert ends.speed[-1] == pytest.approx(found.value("gpu_speed_kept"), abs=0.005)


def test_that_what_is_given_is_the_same_at_all_times(given) -> None:
    run = sustained_run(given(room_air=41.0, card_temperature=84.0, cpu_power=220.0, mains_power=1650.0), 0, 24.0)

    assert run.temperatures["Room air"] == pytest.approx(41.0, abs=1e-6)
    assert run.die("GPU 3") == pytest.approx(84.0, abs=1e-9)
    assert (run.peak["GPU 3 die"], run.mean["GPU 3 die"]) == pytest.approx((84.0, 84.0))
    assert run.outcome.cpu_power == pytest.approx(220.0)
    assert run.outcome.mains_power == pytest.approx(1650.0)
    assert run.temperatures["CPU die"][0] == pytest.approx(41.0)  # it was as warm as its room


def test_that_the_room_gets_what_the_mains_gives(given) -> None:
    """500 W more from the mains warm a room that lets out so much a kelvin by 500 W over that."""
    one, other = (given(card_power=200.0, mains_power=watts) for watts in (1500.0, 2000.0))
    warmer = [sustained_run(found, 0, 336.0).temperatures["Room air"][-1] for found in (one, other)]
    leaving = one.value("room_conductance") + one.value("ventilation_conductance")

    assert warmer[1] - warmer[0] == pytest.approx(500 / leaving, rel=1e-3)


def test_that_a_pause_takes_given_powers_of_work_back(given) -> None:
    found = given(card_power=310.0, cpu_power=220.0)
    run = sustained_run(found, 0, 1.0, 10.0, phases=(Phase(600.0, 1.0), Phase(600.0, 0.0)))
    working, resting = run.times == 300, run.times == 900

    assert run.outcome.card_power[0][working] == pytest.approx(310)
    assert run.outcome.card_power[0][resting] == pytest.approx(found.value("gpu_idle_power"))
    assert run.outcome.cpu_power[resting] == pytest.approx(found.value("idle_cpu_power"))


@pytest.mark.parametrize("name", ["lower_heat", "case_rise", "cpu_rise"])
def test_that_a_number_which_no_run_can_follow_is_named(name, given) -> None:
    found = given(**{name: 30.0})

    with pytest.raises(BadInputError, match=f"{name} is given as 30"):
        sustained_run(found, 0, 1.0)
    heat, speed = run_figures(found, 0)
    assert f"{name} is given as 30" in heat.missing
    assert speed.missing == heat.missing


@pytest.mark.parametrize("slope", [0.0, 0.01, 0.025])
def test_that_cold_cards_draw_no_less_than_half_however_steep_their_leakage(slope, given) -> None:
    """From 27 °C a line of 2.5 % a kelvin about 70 °C would begin below nought, and cool the cards for ever."""
    found = given(leakage_slope=slope, gpu_busy=1.0, room_air=40.0)
    run = sustained_run(found, 0, 336.0)

    assert run.outcome.card_power[:, 0].min() >= found.value("card_asked_power") / 2
    assert min(values.min() for values in run.temperatures.values()) >= 40 - 1e-6
    assert {node: run.temperatures[node][-1] for node in run.steady} == pytest.approx(run.steady, abs=0.1)


def test_that_without_a_workload_nothing_runs(engine) -> None:
    project = open_project(FIRST_SAMPLE).project._replace(workloads=())
    found = engine.evaluate_variant(project, project.variants[0].name)

    with pytest.raises(BadInputError, match="No workload is chosen"):
        sustained_run(found, 0, 1.0)
    assert "No workload is chosen" in run_figures(found, 0)[0].missing
