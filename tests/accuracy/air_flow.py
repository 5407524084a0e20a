"""V11: the air that a card without fans needs, by the temperature of that air; and fans against their data sheets."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from accuracy.rows import Row, constant, predicted
from accuracy.shared import table

LIMIT, POWER = 85.0, 66.0  # of the accelerator card; only their ratio to what the fins leave matters


def rows() -> tuple[Row, ...]:
    return (*needed_air(), *fans())


def needed_air() -> tuple[Row, ...]:
    """Two constants of the card, by least squares over its sheet; the exponent of the flow is the model's own."""
    sheet = {
        float(row["inlet_c"]): float(row["lfm_85C_qsfp"]) for row in table("thermal_airflow_vs_inlet_intelpac")
    }  # fmt: skip
    flows = np.log(list(sheet.values()))
    ceilings = np.arange(max(sheet) + 5, LIMIT, 0.05)  # the inlet at which no air is enough
    shapes = -np.log(ceilings[:, None] - np.array(list(sheet))) / constant("convection_exponent")
    scales = (flows - shapes).mean(axis=1)
    best = int(np.argmin(np.square(flows - shapes - scales[:, None]).sum(axis=1)))
    inside = (LIMIT - ceilings[best]) / POWER
    scale = np.exp(scales[best] - np.log(POWER) / constant("convection_exponent"))
    return tuple(
        Row(f"air for the accelerator card at {inlet:.0f} °C", flow, scale * _air(inlet, inside), "LFM", 0.03 * flow)
        for inlet, flow in sheet.items()
    )


def _air(inlet: float, inside: float) -> float:
    given = {
        "card_inlet": inlet, "gpu_temperature_limit": LIMIT, "card_asked_power": POWER, "card_die_resistance": inside,
        "card_design_resistance": inside + 1, "card_fan_floor": 1, "card_wanted_air": 1, "altitude": 0, "cards": 1,
    }  # fmt: skip
    return predicted("card_air_needed", given)


def fans() -> tuple[Row, ...]:
    """A fan of 120 mm at three speeds: flow in step with it, level with its logarithm."""
    full, flow, level = 1300.0, 54.0, 19.8
    found = []
    for speed, moved, heard in ((1100.0, 46.0, 16.9), (900.0, 37.0, 12.6)):
        given = {"case_fan_speed_share": speed / full, "case_draught": 0, "full_fan_airflow": flow}
        noise = {
            "case_fan_speed_share": speed / full, "case_fan_count": 1, "case_fan_noise": level, "case_included_fans": 0
        }  # fmt: skip
        found.append(
            Row(f"air of a fan at {speed:.0f} rpm", moved, predicted("fan_airflow", given), "CFM", 0.03 * moved)
        )
        found.append(Row(f"level of a fan at {speed:.0f} rpm", heard, predicted("fans_noise", noise), "dB(A)", 1.0))
    return tuple(found)


def working_points() -> tuple[Row, ...]:
    """Where a measured curve of pressure against flow meets the case, against the straight line of the model."""
    curve = ((269.3, 0.0), (208.2, 25.8), (139.3, 39.0), (65.7, 75.2), (0.0, 103.2))
    free, size = curve[0][0], 0.14
    dynamic = constant("air_density") * (free / 3600 / size**2) ** 2 / 2
    met = _crossing(curve, constant("opening_loss") * dynamic / free**2)
    given = {
        "case_fan_count": 1, "case_fan_airflow": free, "case_fan_size": 140, "case_fan_static_pressure": curve[-1][1]
    }  # fmt: skip
    return (Row("working point of a fan of 3000 rpm", met / free, predicted("fan_working_share", given), "", 0.05),)


def _crossing(curve: tuple[tuple[float, float], ...], resistance: float) -> float:
    """The flow at which the pieces of a curve meet a resistance that grows with the square, found by halving."""
    for (high, low_pressure), (low, high_pressure) in pairwise(curve):
        if high_pressure < resistance * low**2:
            continue
        left, right = low, high
        for _ in range(60):
            middle = (left + right) / 2
            pressure = high_pressure + (low_pressure - high_pressure) * (middle - low) / (high - low)
            left, right = (middle, right) if pressure > resistance * middle**2 else (left, middle)
        return left
    raise ValueError(curve)
