"""Those who wait: users whose jobs share the cards, and requests that come at random in the peak hour.

Waits are approximations that are good to some percent near full use: many servers with one queue after Allen and
Cunneen, in the form of Sakasegawa; the tail of a wait falls off like an exponential.
"""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import when
from steelyard.units import (
    BytePerParameter,
    Count,
    Hour,
    Present,
    Ratio,
    Sample,
    SamplePerSecond,
    Second,
    SecondPerSample,
)

# --- users and jobs


@quantity("Jobs that run at once", source="allen-cunneen")
def queue_places(gpu_count: Count, queue_cards: Count) -> Count:
    """Each job holds its cards; without a card the processor runs one job."""
    return np.maximum(1, np.floor(np.maximum(gpu_count, 1) / np.maximum(queue_cards, 1)))


@quantity("Use of the shared cards", source="allen-cunneen")
def queue_use(
    queue_users: Count,
    queue_jobs_per_week: Count,
    queue_job_time: Hour,
    machine_week: Hour,
    queue_places: Count,
    engine_beside: Ratio,
    asked_rate: SamplePerSecond,
    throughput: SamplePerSecond,
) -> Ratio:
    """Hours of all jobs over those that other work leaves, or jobs that come over those served; above one it grows."""
    hours = queue_users * queue_jobs_per_week * queue_job_time
    held = hours / (machine_week * queue_places * (1 - engine_beside))
    return when(-hours, 0, np.maximum(held, asked_rate / throughput))


@quantity("Mean wait of a job", source="allen-cunneen")
def queue_wait(queue_job_time: Hour, queue_use: Ratio, queue_places: Count, job_spread: Ratio) -> Hour:
    """Jobs come at random, and the more their lengths differ the longer the others wait; without end when full."""
    crowded = queue_use ** (np.sqrt(2 * (queue_places + 1)) - 1) / np.maximum(1 - queue_use, 0)
    return when(-queue_use, 0, queue_job_time / queue_places * crowded * (1 + job_spread**2) / 2)


# --- requests in the peak hour


@quantity("Use in the peak hour", source="allen-cunneen")
def request_use(peak_rate: SamplePerSecond, throughput: SamplePerSecond) -> Ratio:
    """Requests that come over those that can be answered."""
    return when(-peak_rate, 0, peak_rate / throughput)


@quantity("Mean wait of a request", source="allen-cunneen")
def request_wait(request_use: Ratio, throughput: SamplePerSecond, request_spread: Ratio, one_request: Sample) -> Second:
    """As in front of one server that is as fast as the pipeline: several slower ones make nobody wait longer."""
    crowded = request_use / np.maximum(1 - request_use, 0)
    return when(-request_use, 0, one_request / throughput * crowded * (1 + request_spread**2) / 2)


@quantity("Time of an answer, half of the requests", source="allen-cunneen")
def response_time(
    sample_latency: SecondPerSample, one_request: Sample, request_wait: Second, request_use: Ratio
) -> Second:
    """The way through the pipeline, and the wait that half of the requests do not exceed."""
    use = np.minimum(request_use, 1)
    waits = request_wait / use * np.log(np.maximum(2 * use, 1))
    return sample_latency * one_request + when(-request_wait, 0, when(1 - 2 * request_use, 0, waits))


@quantity("Time of an answer, all but the last few", source="allen-cunneen")
def response_time_p95(
    sample_latency: SecondPerSample, one_request: Sample, request_wait: Second, request_use: Ratio, late_share: Ratio
) -> Second:
    """As for half of them: the share that waits longer falls off like an exponential."""
    use = np.minimum(request_use, 1)
    waits = request_wait / use * np.log(np.maximum(use / late_share, 1))
    return sample_latency * one_request + when(-request_wait, 0, when(late_share - request_use, 0, waits))


# --- care


@quantity("Training", source="zero-memory")
def trains(gradient_bytes: BytePerParameter) -> Present:
    """What keeps gradients is a training."""
    return when(-gradient_bytes, 0, 1)
