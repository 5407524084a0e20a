"""The display card in the air of the others, fans that hold a target, and heat that feeds itself."""

from __future__ import annotations

import random

import numpy as np
import pytest

from steelyard.catalog import Catalog
from steelyard.errors import BadInputError
from steelyard.graph.evaluation import Evaluation
from steelyard.project.benchmarks import benchmark_project
from steelyard.project.content import Given
from steelyard.project.evaluate import Engine
from steelyard.project.selection import Selection
from steelyard.workstation.roles import ROLES

BURN = "bench/gpu-burn"
OPEN, FLOW_THROUGH = "gpu/nvidia/geforce-rtx-3090-founders", "gpu/nvidia/geforce-rtx-5090-founders"
PASSIVE, SMALL = "gpu/nvidia/rtx-pro-6000-blackwell-server", "gpu/nvidia/rtx-pro-2000-blackwell"


@pytest.fixture(scope="module")
def engine(catalog: Catalog) -> Engine:
    return Engine.of(catalog)


def burnt(
    engine: Engine, part: str, count: int, want: list[str], given: dict[str, float] | None = None, **settings: float
) -> Evaluation:
    said = {name: repr(number) for name, number in settings.items()}
    project = benchmark_project(engine.catalog, BURN, said, part, count, {"display_gpu": (SMALL, 1)})
    variant = project.variants[0]
    more = {name: Given(number, "for this test") for name, number in (given or {}).items()}
    variant = variant._replace(given={**variant.given, **more})
    return engine.run(project, [variant], project.workloads, want)[1]


def test_that_swapping_the_display_card_changes_who_is_hottest(engine: Engine) -> None:
    """A display card that works: last in the air it is the hottest, first in it the card behind the others is."""
    want = ["hottest_card", "display_temperature", "card_temperature", "display_inlet", "display_preheat"]
    work = {"display_power": 60.0}
    last = burnt(engine, FLOW_THROUGH, 2, want, work, room_temperature=25)
    first = burnt(engine, FLOW_THROUGH, 2, want, work, room_temperature=25, display_place=0)
    assert last.at("hottest_card", 0) == 2
    assert first.at("hottest_card", 0) == 1
    assert first.at("display_temperature", 0) < last.at("display_temperature", 0) - 10
    assert first.at("card_temperature", 0, 1) >= last.at("card_temperature", 0, 1)
    assert (last.value("display_preheat") == 0).all()
    assert (first.value("display_preheat") > 0).all()


def test_that_fans_turn_up_just_as_far_as_holds_the_target(engine: Engine) -> None:
    want = ["card_fan_speed", "card_temperature", "gpu_temperature_target", "card_resistance", "least_card_resistance"]
    seen = []
    for room in (20, 30, 34, 40, 50):
        found = burnt(engine, OPEN, 1, want, room_temperature=room)
        speed, hot = found.at("card_fan_speed", 0, 0), found.at("card_temperature", 0, 0)
        target = found.at("gpu_temperature_target", 0)
        if seen and seen[-1] < speed < 1:
            assert hot == pytest.approx(target, abs=1e-5)
        assert found.at("card_resistance", 0, 0) >= found.at("least_card_resistance", 0, 0) - 1e-12
        seen.append(speed)
    assert seen == sorted(seen)
    assert seen[0] < seen[-1] == 1


def test_that_thin_air_warms_a_card_by_its_fins_alone(engine: Engine) -> None:
    """At 2,000 m air has 0.822 of its density: convection as its power of 0.8, and the die as before."""
    want = ["card_sink_resistance", "card_die_resistance", "card_fan_speed"]
    low = burnt(engine, FLOW_THROUGH, 1, want, room_temperature=15, power_limit=400)
    high = burnt(engine, FLOW_THROUGH, 1, want, room_temperature=15, power_limit=400, altitude=2000)
    assert high.at("card_die_resistance", 0) == low.at("card_die_resistance", 0)
    ratio = high.at("card_sink_resistance", 0, 0) / low.at("card_sink_resistance", 0, 0)
    faster = high.at("card_fan_speed", 0, 0) / low.at("card_fan_speed", 0, 0)
    assert ratio == pytest.approx((0.8216 * faster) ** -0.8, rel=1e-3)


def test_that_a_held_card_draws_what_its_limit_and_its_air_leave(engine: Engine) -> None:
    """The limit less the inlet over the resistance, whatever the leakage."""
    want = ["card_power", "card_inlet", "least_card_resistance", "gpu_temperature_limit", "card_temperature"]
    powers = []
    for slope in (0.001, 0.006):
        found = burnt(engine, PASSIVE, 1, want, {"leakage_slope": slope}, room_temperature=25)
        limit, inlet = found.at("gpu_temperature_limit", 0), found.at("card_inlet", 0, 0)
        powers.append(found.at("card_power", 0, 0))
        assert powers[-1] == pytest.approx((limit - inlet) / found.at("least_card_resistance", 0, 0), rel=1e-6)
        assert found.at("card_temperature", 0, 0) == pytest.approx(limit, abs=1e-5)
    assert powers[0] == pytest.approx(powers[1], rel=1e-6)


def test_that_heat_that_feeds_itself_is_said_and_not_only_unknown(engine: Engine) -> None:
    """A card at 0.6 K/W whose power of 600 W grows by 0.3 % a kelvin: 1.08 K for a kelvin, which has no end."""
    rule = next(each for each in engine.model.rules.values() if each.margin.name == "runaway_margin")
    want = ["runaway_margin", "card_temperature"]
    usual = burnt(engine, FLOW_THROUGH, 1, want)
    runs = burnt(engine, FLOW_THROUGH, 1, want, {"card_loop_resistance": 0.6})
    assert usual.margin(rule.id) > 0.5
    assert runs.margin(rule.id) < 0
    assert np.isfinite(runs.value("card_temperature")).all()


def test_that_a_wrong_word_of_a_benchmark_is_named(engine: Engine) -> None:
    with pytest.raises(BadInputError, match=r"no setting of bench/gpu-burn.*power_limit"):
        benchmark_project(engine.catalog, BURN, {"power_limits": "300"}, OPEN, 1)
    with pytest.raises(BadInputError, match="is not a setting"):
        benchmark_project(engine.catalog, BURN, {"power_limit": "much"}, OPEN, 1)


def test_that_rows_that_settle_are_settled_to_a_millionth_of_a_kelvin(engine: Engine) -> None:
    """What the loop leaves, put in and computed once more: no card and no processor moves by more."""
    chance = random.Random(7)  # noqa: S311  # the same builds every time
    ids = {kind: table.ids[1:] for kind, table in engine.catalog.tables.items()}
    builds = [
        Selection.of(**{
            role.name: (chance.choice(ids[role.kind]), chance.randint(1, min(role.most, 4)))
            for role in ROLES
            if role.required or chance.random() < 0.7
        })
        for _ in range(1_000)
    ]  # fmt: skip
    project = benchmark_project(engine.catalog, BURN, {}, OPEN, 1)
    settled = tuple(name for name, entry in engine.model.quantities.items() if entry.settled)
    seen = ("card_temperature", "cpu_temperature")
    batch, found = engine.run(project, builds, project.workloads, (*seen, *settled))
    again = engine.model.evaluate({**batch.values, **{name: found.value(name) for name in settled}}, seen)
    cards = np.arange(found.value(seen[0]).shape[0])[:, None] < np.array([build.count("gpu") for build in builds])
    moved = np.abs(again.value(seen[0]) - found.value(seen[0]))
    assert np.nanmax(np.where(cards, moved, 0)) < 1e-6
    assert np.nanmax(np.abs(again.value(seen[1]) - found.value(seen[1]))) < 1e-6
    assert np.isfinite(found.value(seen[1])).mean() > 0.5
