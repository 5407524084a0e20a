"""A build sheet made by hand, with numbers that agree with each other, so that paper is tested without the model."""

from __future__ import annotations

import json
import math
from decimal import Decimal

from steelyard.figures import (
    Reading,
    Readings,
    Stage,
    gpu_memory,
    gpu_time,
    power_waterfall,
    room_air,
    stage_balance,
    temperatures,
)
from steelyard.sheets.content import (
    Assumed,
    Bill,
    Block,
    BuildSheet,
    Cause,
    Finding,
    Key,
    Measure,
    Pair,
    PartLine,
    Requirement,
    Source,
    WorkloadBalance,
)

NAN = math.nan
HOUR = 3600.0
NUMBERS: dict[str, tuple[str, str, tuple[float, ...], tuple[float, ...], tuple[float, ...]]] = {
    "asked_rate": ("Asked rate", "samples/s", (6.25 / HOUR,), (), ()),
    "stage_capacity": (
        "Stage capacity",
        "samples/s",
        tuple(x / HOUR for x in (410, 12.7, 176, 11.4, 95)),
        tuple(x / HOUR for x in (290, 10.6, 140, 9.9, 70)),
        tuple(x / HOUR for x in (540, 14.4, 205, 12.6, 120)),
    ),
    "throughput": ("Throughput", "samples/s", (10.2 / HOUR,), (8.9 / HOUR,), (11.3 / HOUR,)),
    "bottleneck_stage": ("Slowest stage", "", (3.0,), (), ()),
    "stage_bound": ("What bounds the stage", "kinds", (0.0, 0.0, 0.0, 1.0, 0.0), (), ()),
    "gpu_busy": ("GPU busy", "", (0.88,), (0.84,), (0.92,)),
    "gpu_idle_share": ("GPU idle", "", (0.12,), (), ()),
    "gpu_wait_share": ("GPU waits", "", (0.07,), (), ()),
    "gpu_overlap_share": ("GPU hands over", "", (0.05,), (), ()),
    "gpu_speed_kept": ("GPU speed kept", "", (0.985,), (), ()),
    "gpu_memory": ("GPU memory", "GB", (48.0,), (), ()),
    "gpu_memory_needed": ("GPU memory needed", "GB", (23.5,), (), ()),
    "weights_memory": ("Weights", "GB", (0.1,), (), ()),
    "gradients_memory": ("Gradients", "GB", (0.1,), (), ()),
    "optimiser_memory": ("Optimiser", "GB", (0.2,), (), ()),
    "activations_memory": ("Activations", "GB", (19.6,), (), ()),
    "kv_memory": ("KV cache", "GB", (0.0,), (), ()),
    "workspace_memory": ("Workspace", "GB", (2.5,), (), ()),
    "communication_memory": ("Communication", "GB", (0.2,), (), ()),
    "framework_use": ("Framework", "GB", (0.8,), (), ()),
    "display_power": ("Display", "W", (0.0,), (), ()),
    "mains_power": ("Mains", "W", (1177.0,), (), ()),
    "gpus_power": ("GPUs", "W", (600.0,), (), ()),
    "cpu_power": ("CPU", "W", (350.0,), (), ()),
    "platform_power": ("Board", "W", (50.0,), (), ()),
    "memory_power": ("Memory", "W", (40.0,), (), ()),
    "cooling_power": ("Fans", "W", (26.0,), (), ()),
    "drives_power": ("Drives", "W", (24.0,), (), ()),
    "dc_load": ("DC load", "W", (1090.0,), (), ()),
    "peak_dc_load": ("Peak DC load", "W", (1960.0,), (), ()),
    "peak_excursion_power": ("Highest peak of the build", "W", (2450.0,), (), ()),
    "idle_dc_load": ("DC load at rest", "W", (160.0,), (), ()),
    "idle_psu_efficiency": ("Supply efficiency at rest", "", (0.82,), (), ()),
    "circuits_used": ("Circuits", "×", (1.0,), (), ()),
    "psu_efficiency": ("Supply efficiency", "", (1090 / 1177,), (), ()),
    "peak_psu_efficiency": ("Peak supply efficiency", "", (0.94,), (), ()),
    "psu_rating": ("Supply rating", "W", (3200.0,), (), ()),
    "psu_capacity": ("Supply capacity", "W", (3000.0,), (), ()),
    "gpu_power_allowed": ("Power allowed to a card", "W", (450.0,), (), ()),
    "capped_speed_kept": ("Speed kept at the power limit alone", "", (0.88,), (), ()),
    "least_capped_speed": ("Speed kept, heaviest work", "", (0.8,), (), ()),
    "most_capped_speed": ("Speed kept, lightest work", "", (0.97,), (), ()),
    "gpu_board_power": ("Board power", "W", (600.0,), (), ()),
    "gpu_power_floor": ("Lowest power limit", "W", (150.0,), (), ()),
    "psu_load_limit": ("Advised load", "", (0.8,), (), ()),
    "psu_loss": ("Supply loss", "W", (87.0,), (), ()),
    "wall_power": ("Wall power", "W", (1177.0,), (), ()),
    "other_load": ("Other load", "W", (90.0,), (), ()),
    "circuit_power": ("Circuit load", "W", (1267.0,), (), ()),
    "circuit_limit": ("Circuit limit", "W", (1440.0,), (), ()),
    "breaker_current": ("Breaker", "A", (15.0,), (), ()),
    "supply_voltage": ("Supply voltage", "V", (120.0,), (), ()),
    "continuous_share": ("Continuous share", "", (0.8,), (), ()),
    "card_temperature": ("Card temperature", "°C", (82.0, 77.0), (79.0, 74.0), (86.0, 81.0)),
    "gpu_temperature_limit": ("GPU limit", "°C", (90.0,), (), ()),
    "cpu_temperature": ("CPU temperature", "°C", (71.0,), (68.0,), (74.0,)),
    "cpu_temperature_limit": ("CPU limit", "°C", (95.0,), (), ()),
    "room_air": ("Room air", "°C", (24.9,), (24.2,), (25.8,)),
    "case_air": ("Case air", "°C", (33.0,), (), ()),
    "room_limit": ("Room limit", "°C", (27.0,), (), ()),
    "card_speed_kept": ("Speed kept by the card", "", (1.0, 1.0), (), ()),
    "cpu_speed_kept": ("Speed kept by the CPU", "", (1.0,), (), ()),
    "settling_error": ("Temperature that settling may be off", "K", (0.01,), (), ()),
    "room_rise": ("Room rise", "K", (5.9,), (), ()),
    "inlet_limit": ("Warmest air", "°C", (35.0,), (), ()),
    "room_ventilation": ("Ventilation", "m³/h", (420.0,), (), ()),
    "fans_noise": ("Noise of the case fans", "dB(A)", (31.0,), (), ()),
    "cards_noise": ("Noise of the cards", "dB(A)", (43.0,), (40.0,), (46.0,)),
    "cooler_noise_level": ("Noise of the CPU cooler", "dB(A)", (34.0,), (), ()),
    "psu_noise_level": ("Noise of the supply", "dB(A)", (28.0,), (), ()),
    "noise_at_one_metre": ("Noise at one metre", "dB(A)", (43.9,), (40.5,), (47.0,)),
    "noise_level": ("Noise at the listener", "dB(A)", (40.3,), (37.0,), (43.5,)),
    "noise_behind_door": ("Noise behind the door", "dB(A)", (40.3,), (37.0,), (43.5,)),
    "door_loss": ("Closed door", "dB(A)", (0.0,), (), ()),
    "noise_limit": ("Noise limit", "dB(A)", (40.0,), (), ()),
    "listening_distance": ("Listening distance", "m", (2.0,), (), ()),
}


def hand_made(**changed: tuple[float, ...]) -> Readings:
    """Return readings that agree with each other, some changed."""
    quantities = {
        name: Reading(name, label, unit, changed.get(name, values), *(((), ()) if name in changed else (low, high)))
        for name, (label, unit, values, low, high) in NUMBERS.items()
    }
    room = tuple((x, 19 + 1177 / (60 + 0.335 * x)) for x in range(0, 901, 30))
    level = tuple((x / 4, 43.9 - 12 * math.log10(x / 4)) for x in range(1, 33))
    supply = tuple((x, x / (1.04 * x + 30 + 1e-5 * x**2)) for x in range(0, 3201, 50))
    caps = [(12.5 * x, x / 48) for x in range(49)]
    return Readings(
        quantities,
        (
            Stage("Ingest", "network, 10 Gbit/s"),
            Stage("Normalise and augment", "CPU, 56 workers"),
            Stage("Features", "CPU, 8 workers"),
            Stage("Train and evaluate", "2 GPUs, a fold each"),
            Stage("Statistics", "CPU, memory"),
        ),
        ("GPU A", "GPU B"),
        "case",
        "nnU-Net training, 3-D",
        {
            ("room_ventilation", "room_air"): room,
            ("dc_load", "psu_efficiency"): supply,
            ("listening_distance", "noise_behind_door"): level,
            ("gpu_power_allowed", "capped_speed_kept"): tuple((x, y**0.5) for x, y in caps),
            ("gpu_power_allowed", "least_capped_speed"): tuple(caps),
            ("gpu_power_allowed", "most_capped_speed"): tuple((x, y**0.1) for x, y in caps),
        },
    )


def line(slot: str, part: str, quantity: int, cents: int | None, mark: str = "") -> PartLine:
    """Return a filled role."""
    price = None if cents is None else Decimal(cents)
    return PartLine(slot, part, "a maker", f"100-{abs(hash_of(part)):06d}", quantity, price, "2026-10-15", "2", mark)


def hash_of(word: str) -> int:
    """Return a number that is the same in every process, unlike `hash`."""
    return int.from_bytes(word.encode()[:4], "big") % 1_000_000


def made_sheet(readings: Readings, **changed: object) -> BuildSheet:
    """Return a whole sheet of the hand-made readings, some fields changed."""
    sheet = BuildSheet(
        project="Workstation A-1",
        role="Deep Learning Unit for brain-MRI segmentation, radiomics and a private language model",
        variant="A “Balanced”",
        date="2026-11-21",
        status="READY",
        counts=(("block", 0), ("warn", 2), ("note", 3), ("unknown", 0)),
        card=(
            Measure("VRAM", "2 × 48", "GB"),
            Measure("Cores", "64", "core TR"),
            Measure("Storage", "8", "TB NVMe"),
            Measure("Temp", "82", "°C", "GPU A, 22 °C room, sustained"),
        ),
        figures=(
            Measure("Total, without tax and shipping", "23,870.00", "USD"),
            Measure("Sustained, end to end", "10.2", "cases/h"),
            Measure("GPUs busy", "88", "%, 84 to 92"),
            Measure("At the wall", "1,177", "W"),
        ),
        why=(
            "It finishes 300 cases in 29 hours where 48 are allowed.",
            "The GPUs and the cores that feed them differ by only 11 %, so neither waits long for the other.",
            "Nothing in it slows down in continuous work, on an ordinary 15 A office circuit.",
        ),
        limits=("Train and evaluate, at 11.4 cases/h.",),
        balance="The workload is carried.",
        balances=(
            WorkloadBalance(
                "nnU-Net training, 3-D",
                "300 cases within 48 h",
                stage_balance.curves(readings),
                gpu_time.curves(readings),
                gpu_memory.curves(readings),
            ),
        ),
        bottleneck=0,
        swaps=(),
        findings=(
            Finding(
                "MEM-002",
                "warn",
                "GPU B keeps 4.1 GB of VRAM free",
                "7.2 GB is advised (15 %)",
                "a larger card",
                "balance",
            ),
            Finding(
                "PWR-008",
                "warn",
                "No UPS: a power cut loses an hour’s training",
                "no part fills the role",
                "a UPS",
                "site",
            ),
            Finding("PWR-005", "note", "Circuit has 173 W to spare", "1,267 of 1,440 W", "", "site"),
        ),
        bill=Bill(
            (
                line("GPU", "RTX 6000 Ada Generation", 2, 689_000),
                line("CPU", "Threadripper 7980X", 1, 469_999),
                line("Board", "TRX50 board", 1, 102_801, "estimate"),
                line("Memory", "256 GB ECC RDIMM kit", 1, 148_800),
                line("Scratch drive", "4 TB data-centre NVMe", 2, 56_400),
                line("Supply", "1,600 W Titanium", 1, 55_300),
                line("Case", "tower", 1, 29_900),
                line("Cooler", "360 mm liquid", 1, 25_400),
            ),
            "USD",
            2,
            "2026-10-15",
            Decimal(2_500_000),
        ),
        requirements=(
            Requirement(
                "Compute", "Sustained rate", "6.25 cases/h", "10.2 cases/h", "3.95 cases/h", "nnU-Net training", "holds"
            ),
            Requirement("Memory", "GPU memory, one card", "43.9 GB", "48 GB", "4.1 GB", "private LLM", "warn"),
            Requirement("Site", "Circuit", "1,267 W", "1,440 W", "173 W", "site", "holds"),
        ),
        assumed=(Assumed("nnU-Net training", "Epochs", "1,000", "typical value"),),
        site="Office circuit of 120 V and 15 A with 90 W of other load; room at 22 °C.",
        site_verdict=("holds", "The site carries it"),
        waterfall=power_waterfall.curves(readings),
        temperatures=temperatures.curves(readings),
        room=room_air.curves(readings),
        blocks=(
            Block(
                "Circuit",
                (
                    Pair("Sustained, at the wall", "1,177 W"),
                    Pair("Limit", "1,440 W", "asked"),
                    Pair("To spare", "173 W", "sum"),
                ),
            ),
            Block("Heat and air", (Pair("Heat into the room", "4,016 BTU/h"), Pair("Room, steady", "24.9 °C"))),
            Block(
                "Noise at 1 m", (Pair("Together", "42.2 dB(A)", "sum"), Pair("Limit", "45 dB(A)", "asked")), "± 3 dB(A)"
            ),
        ),
        site_note="Not an electrical design; have it checked by a qualified person.",
        keys=(
            Key(
                "Wall power",
                "1,177 W",
                "1,110 – 1,240",
                "dc load + supply loss",
                "1,090 W + 87 W",
                "What the supply draws is what it delivers and what it loses.",
                (
                    Cause(0, "DC load", "1,090 W", "derived", ""),
                    Cause(1, "GPU power", "300 W", "maker", "1"),
                    Cause(0, "Loss", "87 W", "estimate", "2"),
                ),
            ),
        ),
        unknowns=(Pair("Noise of the supply", "not published"),),
        not_checked=("Electromagnetic compatibility, wiring and earthing of the room.", "Software licences."),
        overrides=(),
        notes=("First line.\nSecond line.",),
        sources=(
            Source(1, "A data sheet", "a maker", "https://example.org/sheet.pdf", "2026-01-01", "maker"),
            Source(2, "A table of efficiencies", "a body", "https://example.org/table", "2025-05-05", "measured"),
        ),
        catalogue="Catalogue 2026-11-01, not signed",
        prices="Prices 2026-10-15",
        rules="Rules 2026.11",
        hash="9c4e71d0a2f803bb" * 4,
        attachment=json.dumps({"format": "steelyard-project", "name": "Workstation A-1 – Bär"}).encode(),
    )
    return sheet._replace(**changed)  # type: ignore[arg-type]
