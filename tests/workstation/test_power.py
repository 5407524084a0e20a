"""Where watts go: cards under a limit, plugs, peaks, circuits, batteries, and hours without work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from steelyard.catalog import Catalog
from steelyard.graph.model import Model

Numbers = Mapping[str, float | Sequence[float]]


def found(catalog: Catalog, model: Model, given: Numbers, *names: str) -> list[float]:
    """The quantities named, from numbers given by hand and the assumptions that are the same for every part."""
    values = {name: np.array([entry.value]) for name, entry in catalog.assumptions.items() if not entry.by}
    for name, number in given.items():
        array = np.array(number, dtype=np.float64)
        values[name] = array.reshape(1) if array.ndim == 0 else array[:, None]
    evaluation = model.evaluate(values, want=list(names))
    return [evaluation.at(name, 0) for name in names]


CARD = {"gpu_board_power": 300.0, "gpu_power_floor": 100.0, "gpu_power_ceiling": 325.0, "gpu_count": 4.0}


@pytest.mark.parametrize(("limit", "allowed"), [(np.inf, 300), (250, 250), (310, 300)])
def test_that_a_card_is_held_at_the_lower_of_its_own_limit_and_the_one_that_is_set(
    catalog: Catalog, model: Model, limit: float, allowed: float
) -> None:
    assert found(catalog, model, {**CARD, "power_limit_taken": limit}, "gpu_power_allowed", "peak_gpus_power") == [
        allowed, 4 * allowed,
    ]  # fmt: skip


@pytest.mark.parametrize(("limit", "margin"), [(250, 150), (90, -10), (320, 5), (330, -5)])
def test_that_a_limit_beyond_what_the_driver_takes_is_refused(
    catalog: Catalog, model: Model, limit: float, margin: float
) -> None:
    assert found(catalog, model, {**CARD, "power_limit": limit}, "power_limit_margin") == [margin]


def test_that_a_build_without_a_limit_is_not_judged_by_one(catalog: Catalog, model: Model) -> None:
    given = {**CARD, "power_limit": np.inf, "gpu_power_floor": np.nan, "gpu_power_ceiling": np.nan}
    assert found(catalog, model, given, "power_limit_margin") == [np.inf]


def test_that_slot_and_plugs_carry_all_that_a_card_draws(catalog: Catalog, model: Model) -> None:
    """Whatever the plugs, and up to what slot and plugs are made for together."""
    names = ("slot_load", "connector_16pin_load", "connector_8pin_load", "connector_eps_load")
    for plugs in ((1, 0, 0), (0, 2, 0), (0, 0, 1), (0, 1, 0), (0, 0, 0), (1, 2, 0), (2, 0, 0)):
        for power in (60.0, 140.0, 220.0, 350.0, 600.0):
            given = {
                "gpu_power_allowed": power, "slot_fed": 1.0,
                **dict(zip((f"gpu_connectors_{kind}" for kind in ("16pin", "8pin", "eps")), plugs, strict=True)),
            }  # fmt: skip
            slot, *leads = found(catalog, model, given, *names)
            assert slot + sum(load * count for load, count in zip(leads, plugs, strict=True)) == pytest.approx(power)


def test_that_a_module_on_its_own_board_loads_no_slot(catalog: Catalog, model: Model) -> None:
    given = {
        "gpu_power_allowed": 700, "slot_fed": 0, "gpu_connectors_16pin": 0, "gpu_connectors_8pin": 0,
        "gpu_connectors_eps": 0,
    }  # fmt: skip
    assert found(catalog, model, given, "slot_load", "slot_margin") == [0, np.inf]


@pytest.mark.parametrize(("coded", "volts", "limit"), [(600, 12, 600), (450, 12, 450), (600, 10.8, 594)])
def test_that_a_16_pin_lead_is_limited_by_its_sense_pins_its_plug_and_its_current(
    catalog: Catalog, model: Model, coded: float, volts: float, limit: float
) -> None:
    given = {"psu_lead_16pin_power": coded, "connector_voltage": volts}
    assert found(catalog, model, given, "connector_16pin_limit") == [pytest.approx(limit)]


def test_that_a_slot_gives_75_w_of_which_66_w_at_12_v(catalog: Catalog, model: Model) -> None:
    assert found(catalog, model, {}, "slot_limit") == [75]
    assert found(catalog, model, {"slot_second_rail_power": 0}, "slot_limit") == [66]


def test_that_one_card_peaks_alike_alone_and_in_step(catalog: Catalog, model: Model) -> None:
    """With one card there is nobody to be in step with; with four the bound is the higher one."""
    for count in (1, 4):
        given = {
            "cards": [1.0] * count, "gpu_count": count, "gpu_power_allowed": 300, "peak_dc_load": 300 * count + 400,
        }  # fmt: skip
        alone, together = found(catalog, model, given, "peak_excursion_power", "together_excursion_power")
        assert together == pytest.approx(alone) if count == 1 else together > alone


def test_that_a_supply_that_meets_the_guide_up_to_less_than_its_label_rides_out_less(
    catalog: Catalog, model: Model
) -> None:
    """Seasonic claims the peaks of ATX 3 up to 1,000 W for a supply of 1,600 W: 2,000 W for 100 µs, not 3,200 W."""
    given = {"psu_count": 1, "psu_capacity": 1600, "psu_connectors_16pin": 2}
    names = ("tolerated_power_100_microseconds", "tolerated_power_100_milliseconds")
    assert found(catalog, model, {**given, "psu_excursion_rated_power": 1000}, *names) == [2000, 1600]
    assert found(catalog, model, {**given, "psu_excursion_rated_power": 5000}, *names) == [3200, 1920]


SPREAD = {"mains_power": 3000.0, "other_load": 100.0}


@pytest.mark.parametrize(
    ("supplies", "batteries", "circuits", "load"),
    [(1, 0, 1, 3100), (1, 0, 2, 3100), (2, 0, 2, 1600), (2, 0, 3, 1600), (2, 1, 2, 3100)],
)
def test_that_a_circuit_carries_its_share_of_the_plugs(
    catalog: Catalog, model: Model, supplies: int, batteries: int, circuits: int, load: float
) -> None:
    given = {**SPREAD, "psu_count": supplies, "ups_count": batteries, "supply_circuits": circuits}
    assert found(catalog, model, given, "circuit_power") == [load]


def test_that_what_else_hangs_on_the_circuit_must_be_known(catalog: Catalog, model: Model) -> None:
    given = {
        **SPREAD, "other_load": np.nan, "circuits_used": 1, "supply_voltage": 208, "breaker_current": 30,
        "continuous_share": 0.8,
    }  # fmt: skip
    for name in ("circuit_margin", "circuit_reserve_margin"):
        assert np.isnan(found(catalog, model, given, name)).all()


BATTERY = {"ups_count": 1.0, "ups_real_power": 1000.0, "ups_runtime_half": 1200.0, "ups_runtime_full": 360.0}


def test_that_a_battery_lasts_the_longer_the_less_it_carries(catalog: Catalog, model: Model) -> None:
    loads = (100.0, 300.0, 500.0, 800.0, 1000.0)
    lasts = [found(catalog, model, {**BATTERY, "wall_power": load}, "ups_runtime")[0] for load in loads]
    assert lasts == sorted(lasts, reverse=True)
    assert lasts[2] == pytest.approx(1200)
    assert lasts[4] == pytest.approx(360)


def test_that_a_ups_beyond_its_rating_lasts_no_second(catalog: Catalog, model: Model) -> None:
    assert found(catalog, model, {**BATTERY, "wall_power": 1001}, "ups_runtime") == [0]


def test_that_a_runtime_is_found_from_the_only_one_that_is_published(catalog: Catalog, model: Model) -> None:
    half = {**BATTERY, "ups_runtime_full": 0.0, "wall_power": 500.0}
    full = {**BATTERY, "ups_runtime_half": 0.0, "wall_power": 1000.0}
    assert found(catalog, model, half, "ups_runtime") == [pytest.approx(1200)]
    assert found(catalog, model, full, "ups_runtime") == [pytest.approx(360)]


def test_that_a_build_without_a_ups_has_no_battery_to_wait_for(catalog: Catalog, model: Model) -> None:
    given = {
        "ups_count": 0, "ups_real_power": np.inf, "ups_runtime_half": np.inf, "ups_runtime_full": np.inf,
        "wall_power": 800,
    }  # fmt: skip
    assert found(catalog, model, given, "ups_runtime", "ups_runtime_margin") == [np.inf, np.inf]


def test_that_memory_and_drives_draw_between_rest_and_full_load(catalog: Catalog, model: Model) -> None:
    drives = {
        f"{role}_{field}": number
        for role in ("os_drive", "scratch_drive", "archive_drive")
        for field, number in (("count", 2.0), ("active_power", 8.0), ("idle_power", 2.0))
    }
    memory = {"memory_count": 2, "memory_modules": 4, "memory_module_power": 10}
    names = ("idle_memory_power", "memory_power", "peak_memory_power")
    for busy in (0.0, 0.4, 1.0):
        rest, load, full = found(catalog, model, {**memory, "cpu_busy": busy}, *names)
        assert load == pytest.approx(rest + busy * (full - rest))
    names = ("idle_drives_power", "drives_power", "peak_drives_power")
    for busy, everywhere in ((0.0, 0.0), (1.0, 1.0)):
        rest, load, full = found(
            catalog, model, {**drives, "scratch_busy": busy, "background_busy": everywhere}, *names
        )
        assert load == (full if everywhere else rest)


def test_that_fans_of_a_server_grow_with_the_cube_of_the_heat(catalog: Catalog, model: Model) -> None:
    given = {
        "gpu_count": 8,
        "gpu_needs_ducted_air": 1,
        "case_rack": 1,
        "ducted_fan_power": 42,
        "ducted_card_power": 300,
    }
    assert found(catalog, model, {**given, "gpus_power": 2400}, "ducted_fans_power") == [pytest.approx(336)]
    assert found(catalog, model, {**given, "gpus_power": 1200}, "ducted_fans_power") == [pytest.approx(42)]
    for case in ({"gpu_needs_ducted_air": 0}, {"case_rack": 0}, {"gpu_count": 0}):
        assert found(catalog, model, {**given, "gpus_power": 2400, **case}, "ducted_fans_power") == [0]


@pytest.mark.parametrize(("volts", "margin"), [(120, 1650 - 2100), (230, np.inf)])
def test_that_only_low_voltage_is_blamed_for_a_supply_that_gives_less_than_its_label(
    catalog: Catalog, model: Model, volts: float, margin: float
) -> None:
    supply = {"psu_count": 1, "psu_rated_power": 2000, "psu_low_line_power": 1650, "supply_voltage": volts}
    assert found(catalog, model, {**supply, "dc_load": 2100}, "low_line_margin") == [margin]
    none = {"psu_count": 0, "psu_rated_power": np.inf, "psu_low_line_power": np.inf, "supply_voltage": volts}
    assert found(catalog, model, {**none, "dc_load": 2100}, "low_line_margin") == [np.inf]


@pytest.mark.parametrize(
    ("newer", "leads", "wanted", "margin"),
    [(2, 2, 4, 0), (0, 2, 4, -2), (1, 2, 2, -1), (0, 0, 4, np.inf), (2, 2, 0, np.inf)],
)
def test_that_only_leads_that_are_there_are_of_the_earlier_kind(
    catalog: Catalog, model: Model, newer: float, leads: float, wanted: float, margin: float
) -> None:
    given = {"psu_count": 1, "psu_connectors_12v2x6": newer, "psu_connectors_16pin": leads}
    assert found(catalog, model, {**given, "leads_16pin_wanted": wanted}, "lead_kind_margin") == [margin]


def test_that_without_a_ups_nothing_is_asked_of_one_even_where_the_load_is_unknown(
    catalog: Catalog, model: Model
) -> None:
    none = dict.fromkeys(("ups_real_power", "ups_apparent_power"), np.inf)
    powers = ("wall_power", "apparent_power", "peak_wall_power", "peak_apparent_power", "unthrottled_wall_power")
    margins = ("ups_margin", "ups_peak_margin", "ups_ease_margin", "unthrottled_ups_margin")
    given = {"ups_count": 0, **none, **dict.fromkeys(powers, np.nan)}
    assert found(catalog, model, given, *margins) == [np.inf] * len(margins)
    site = {"ups_count": 0, "ups_input_voltage": 0, "supply_voltage": 120}
    assert found(catalog, model, site, "ups_voltage_margin") == [np.inf]
    chosen = {**given, "ups_count": 1, "ups_real_power": 1000, "ups_apparent_power": 1500}
    assert np.isnan(found(catalog, model, chosen, *margins)).all(), "of a UPS that is there it is a question"
