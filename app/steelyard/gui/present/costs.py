"""What imbalance costs: idle cards, people who wait, and how full the queue is where users share the machine."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.figures.imbalance import LINES, NEVER, NO_GPU, NOT_COSTED, WITHOUT_END, never_done, no_card, not_costed
from steelyard.gui.present.numbers import reading_of
from steelyard.wording import NO_LIMIT, share

if TYPE_CHECKING:
    from steelyard.gui.readings import Reading
    from steelyard.project.evaluate import VariantEvaluation


class CostLine(NamedTuple):
    """One line: a number with its name, and a note. state: empty, or the symbol of what is wrong with it."""

    reading: Reading
    note: str = ""
    state: str = ""


def costs_view(variant: VariantEvaluation, row: int) -> tuple[CostLine, ...]:
    """The three lines of money and time, then the queue's where this workload has one."""
    idle = idle_reading(variant, row)._replace(label=LINES["gpu_idle_cost"])
    return (CostLine(idle, _idle_note(variant, row)), *_waiting(variant, row), *_queue(variant, row))


def idle_reading(variant: VariantEvaluation, row: int) -> Reading:
    """What idle cards cost a year; that there is none where that is so."""
    idle = reading_of(variant, "gpu_idle_cost", row, label="Cost of idle GPUs")
    return idle._replace(value=NO_GPU, unit="", known=True) if no_card(variant) else idle


def _idle_note(variant: VariantEvaluation, row: int) -> str:
    if no_card(variant):
        return "none that could be idle"
    if math.isnan(variant.value("gpu_idle_cost", row)):
        return "a price or the pace is not known"
    return "their idle share of the price"


def _waiting(variant: VariantEvaluation, row: int) -> tuple[CostLine, ...]:
    """Hours of delay, and what they cost where an hour has a price."""
    hours = variant.value("queue_delay", row)
    delay = _endless(reading_of(variant, "queue_delay", row, label=LINES["queue_delay"]))
    paid = _endless(reading_of(variant, "waiting_cost", row, label=LINES["waiting_cost"]))
    if not_costed(variant, row):
        paid = paid._replace(value=NOT_COSTED, known=True, unit="")
    price = "set a researcher's hour in the brief" if not_costed(variant, row) else ""
    if hours == 0:
        return CostLine(delay, "the pace is kept, no queue"), CostLine(paid, price)
    said = "queues, and work that is late"
    if never_done(variant, row):
        delay = delay._replace(value=NEVER, unit="")
        said = "the work piles up: a year brings as much delay as hours of work"
    if price:
        return CostLine(delay, said, "warn"), CostLine(paid, price)
    return CostLine(delay, said, "" if math.isnan(hours) else "warn"), CostLine(paid)


def _queue(variant: VariantEvaluation, row: int) -> tuple[CostLine, ...]:
    """Use and mean wait of the users' queue; of requests in the peak hour use and the time of an answer."""
    lines = []
    if variant.value("queue_users", row) > 0:
        use, limit = variant.value("queue_use", row), variant.value("queue_use_limit", row)
        full = use > limit
        note = f"over {share(limit)}: waits grow fast" if full else f"up to {share(limit)} waits stay short"
        lines += [
            CostLine(reading_of(variant, "queue_use", row, label="Use of the queue"), note, "warn" if full else ""),
            CostLine(_endless(reading_of(variant, "queue_wait", row, label="Mean wait of a job"))),
        ]
    if variant.value("peak_rate", row) > 0:
        lines += [
            CostLine(reading_of(variant, "request_use", row, label="Use in the peak hour")),
            CostLine(
                _endless(reading_of(variant, "response_time_p95", row, label="Answer within")), "all but the last few"
            ),
        ]
    return tuple(lines)


def _endless(reading: Reading) -> Reading:
    """A wait that only grows has no limit, but says so better."""
    return reading._replace(value=WITHOUT_END) if reading.value == NO_LIMIT else reading
