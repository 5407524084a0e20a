"""What an unbalanced machine costs those who wait for it: hours a year, and what they are worth to the lab."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import when
from steelyard.units import Count, Hour, HourPerYear, MoneyPerHour, MoneyPerYear, PerYear, SamplePerSecond


@quantity("Hours a year that jobs wait in the queue", source="allen-cunneen")
def queued_hours(
    queue_users: Count, queue_jobs_per_week: Count, working_weeks: PerYear, queue_wait: Hour
) -> HourPerYear:
    """Every job of every user waits its time."""
    jobs = queue_users * queue_jobs_per_week * working_weeks
    return when(-jobs, 0, when(-queue_wait, 0, jobs * queue_wait))


@quantity("Hours a year that work is late", source="steelyard-pipeline")
def late_hours(asked_rate: SamplePerSecond, throughput: SamplePerSecond, hours_per_year: HourPerYear) -> HourPerYear:
    """What is asked in an hour and takes longer keeps people waiting for the rest of that time, all year at most."""
    behind = np.clip(asked_rate / throughput - 1, 0, 1)
    return when(-asked_rate, 0, behind * hours_per_year)


@quantity("Delay", source="steelyard-pipeline")
def queue_delay(queued_hours: HourPerYear, late_hours: HourPerYear, hours_per_year: HourPerYear) -> HourPerYear:
    """Behind the jobs of others, and behind a pace that is asked and not kept; a year has no more hours than it has."""
    return np.minimum(queued_hours + late_hours, hours_per_year)


@quantity("Cost of researchers' time", source="steelyard-pipeline")
def waiting_cost(queue_delay: HourPerYear, researcher_rate: MoneyPerHour) -> MoneyPerYear:
    """Nobody waits where there is no delay, and then no rate is needed."""
    return when(-queue_delay, 0, queue_delay * researcher_rate)
