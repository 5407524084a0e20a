"""The room that the build heats: its steady air, rooms that make no sense, and what is said of them."""

from __future__ import annotations

import numpy as np
import pytest

from accuracy.rows import predicted
from steelyard.catalog import Catalog
from steelyard.project.content import Site
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.samples import FIRST_SAMPLE, open_project

CFM = 1.699010796  # m³/h
CLOSET = {"mains_power": 1630.0, "room_conductance": 20.0, "room_temperature": 27.0, "ventilation_temperature": 27.0}


def room(want: str, **given: float) -> float:
    return predicted(want, {**CLOSET, "altitude": 0.0, **given})


def test_that_a_closet_with_a_grille_settles_at_61_degrees_and_is_blocked() -> None:
    assert room("room_air", room_ventilation=50 * CFM) == pytest.approx(60.6, abs=0.05)
    assert room("inlet_margin", room_ventilation=50 * CFM) == pytest.approx(35 - 60.6, abs=0.05)


def test_that_the_heat_of_sealed_air_is_no_answer_for_a_room() -> None:
    """Heating 6.5 m³ of air and nothing else gives 360 K an hour for 800 W; a room settles where heat leaves it."""
    sealed = 800 * 3600 / (6.5 * 1.225 * 1005)
    assert sealed == pytest.approx(360, abs=1)
    for volume in (6.5, 65.0):
        rise = room("room_rise", mains_power=800.0, room_ventilation=0.0, room_volume=volume)
        assert rise == pytest.approx(40, abs=1e-9), "800 W through 20 W/K, whatever the volume"


def test_that_what_a_room_takes_up_is_far_more_than_its_air() -> None:
    rate = 800 * 3600 / room("room_heat_capacity", room_volume=6.5)
    assert 30 < rate < 130, "K in the first hour, not 360"


def test_that_a_room_without_any_way_out_has_no_steady_air() -> None:
    sealed = {"room_ventilation": 0.0, "room_conductance": 0.0}
    assert room("room_air", **sealed) == np.inf
    assert room("trapped_margin", **sealed) == pytest.approx(-1630)
    assert room("inlet_margin", **sealed) == -np.inf


@pytest.mark.parametrize(("conductance", "ventilation"), [(20.0, 0.0), (0.0, 85.0), (1e-6, 0.0)])
def test_that_walls_or_air_alone_are_a_way_out(conductance: float, ventilation: float) -> None:
    given = {"room_conductance": conductance, "room_ventilation": ventilation}
    assert np.isfinite(room("room_air", **given))
    assert room("trapped_margin", **given) == np.inf


def test_that_nothing_is_passed_where_the_ventilation_is_not_known() -> None:
    assert np.isnan(room("trapped_margin", room_ventilation=np.nan))
    assert np.isnan(room("inlet_margin", room_ventilation=np.nan))


@pytest.mark.parametrize(("metres", "limit"), [(0, 35), (900, 35), (1500, 33), (3050, 27.833)])
def test_that_thin_air_lowers_what_parts_are_made_for(metres: float, limit: float) -> None:
    assert room("inlet_limit", altitude=float(metres)) == pytest.approx(limit, abs=0.01)


@pytest.fixture(scope="module")
def engine(catalog: Catalog) -> Engine:
    return Engine.of(catalog)


def sample_at(engine: Engine, **changed: float) -> VariantEvaluation:
    project = open_project(FIRST_SAMPLE).project
    site: Site = project.site._replace(**changed)  # type: ignore[arg-type]  # numbers of the site by name
    return engine.evaluate(project._replace(site=site, variants=project.variants[:1])).variants[0]


def test_that_a_sealed_room_gets_its_own_sentence(engine: Engine) -> None:
    found = {each.rule.id: each for each in sample_at(engine, room_ventilation=0.0, room_conductance=0.0).findings}
    assert found["THM-011"].verdict == "broken"
    assert "Nothing carries the heat out of the room" in found["THM-011"].text
    assert found["THM-010"].verdict == "broken"
    unknown = [each.rule.id for each in found.values() if each.rule.id.startswith("THM") and each.verdict == "unknown"]
    assert not unknown, "what is infinitely warm is not unknown"


def test_that_the_sample_breaks_none_of_these_at_its_own_site(engine: Engine) -> None:
    broken = {each.rule.id for each in sample_at(engine).findings if each.verdict == "broken"}
    assert not broken & {f"THM-{number:03}" for number in range(10, 20)}
