"""What a workload says of those who wait for it: users with jobs, requests that come at random, care that depends."""

from __future__ import annotations

from typing import Any, Final

from steelyard.units import Count, Hour, Present, SamplePerSecond, Second

SERVICE: Final[tuple[tuple[str, str, Any, str, float], ...]] = (
    # --- users who share the machine
    ("queue_users", "Users who share it", Count, "People or groups whose jobs wait in one queue; 0: no queue.", 0.0),
    ("queue_jobs_per_week", "Jobs a user and week", Count, "Jobs that each of them starts in a week.", 0.0),
    ("queue_job_time", "Hours of a job", Hour, "Mean time that a job holds its cards.", 0.0),
    ("queue_cards", "Cards of a job", Count, "Cards that a job holds while it runs.", 1.0),
    # --- requests
    ("peak_rate", "Requests in the peak hour", SamplePerSecond, "Samples that come at random in the peak hour.", 0.0),
    (
        "response_limit",
        "Answer wanted within",
        Second,
        "Time in which all but the last few must be answered; 0: no limit.",
        0.0,
    ),
    # --- care
    ("real_time", "Real-time", Present, "1 where someone waits at the patient: cards of its own are then wanted.", 0.0),
    ("production", "Production", Present, "1 where care depends on the results; 0 for research and development.", 0.0),
)
"""Of a whole workload: name, label, unit, description, default."""
