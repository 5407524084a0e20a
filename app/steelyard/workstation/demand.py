"""What a workload asks of a machine: the vocabulary in which the files under components_db/workloads speak.

A workload is a pipeline of stages that run together, each on its own sample, so that the slowest sets the pace.
Every entry here is an input of the model; what a workload does not mention has the value in `DEFAULTS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from steelyard.graph.quantity import Input
from steelyard.units import (
    Byte,
    BytePerParameter,
    BytePerToken,
    Count,
    FlopPerSample,
    Gigabyte,
    GigabytePerSample,
    GigabytePerYear,
    Hour,
    JoulePerSample,
    Parameter,
    PerSample,
    PerStage,
    Present,
    Ratio,
    Sample,
    SamplePerSecond,
    SecondPerSample,
    Token,
    Year,
    axes_of,
    unit_of,
)
from steelyard.workstation.handling_words import HANDLING
from steelyard.workstation.language_words import LANGUAGE, LANGUAGE_STAGE
from steelyard.workstation.needs_words import ASKED_BESIDE, STATED
from steelyard.workstation.service_words import SERVICE
from steelyard.workstation.volume_words import VOLUME

if TYPE_CHECKING:
    from collections.abc import Iterator


class Demand(NamedTuple):
    """One word of the vocabulary: an input of the model that a workload file may set."""

    name: str
    label: str
    unit: Any
    description: str
    default: float = 0.0


INFINITE: Final = float("inf")

STAGE: Final = (
    Demand("stages", "Stages", PerStage[Present], "1 at each place of the pipeline that holds a stage."),
    Demand("stage_index", "Place of the stage", PerStage[Count], "0 for the first stage, 1 for the next."),
    Demand(
        "cpu_demand",
        "Processor work",
        PerStage[SecondPerSample],
        "Seconds that one core of the reference design works on a sample at the reference clock.",
    ),
    Demand(
        "stage_workers", "Workers wanted", PerStage[Count], "Worker processes that the stage can keep busy, at most."
    ),
    Demand(
        "collect_demand",
        "Collecting",
        PerStage[SecondPerSample],
        "Seconds that the main process at the reference clock takes over a sample that a worker prepared.",
    ),
    Demand(
        "stage_memory_demand",
        "Memory of a worker",
        PerStage[Gigabyte],
        "Host memory that one worker holds, prefetched samples included.",
    ),
    Demand(
        "gpu_compute_demand",
        "Matrix work on the GPU",
        PerStage[FlopPerSample],
        "Operations of dense layers in 16 bits with sums in 32, on the matrix units.",
    ),
    Demand(
        "gpu_compute8_demand",
        "Matrix work on the GPU, 8-bit",
        PerStage[FlopPerSample],
        "Operations of dense layers in 8 bits, whole numbers or FP8, whichever the card has.",
    ),
    Demand(
        "gpu_compute32_demand",
        "Matrix work on the GPU, 32-bit",
        PerStage[FlopPerSample],
        "Operations of dense layers stored in FP32: TF32 on cards that have it, else on the vector units.",
    ),
    Demand(
        "gpu_vector_demand",
        "Vector work on the GPU",
        PerStage[FlopPerSample],
        "Operations of normalisation, activation and loss, on the vector units, calibrated.",
    ),
    Demand(
        "gpu_traffic_demand",
        "GPU memory traffic",
        PerStage[GigabytePerSample],
        "Bytes that the layers move through the card's memory, calibrated.",
    ),
    Demand(
        "gpu_stream_demand",
        "GPU memory streamed",
        PerStage[GigabytePerSample],
        "Bytes read once and in order from the card's memory, such as a key-value cache.",
    ),
    Demand(
        "weight_reads_demand",
        "Weight reads",
        PerStage[PerSample],
        "How often all weights are read for one sample; one over the batch when decoding.",
    ),
    Demand(
        "gpu_energy_demand",
        "Energy on the GPU",
        PerStage[JoulePerSample],
        "Energy that the work takes where the power limit, and neither arithmetic nor memory, sets the pace.",
    ),
    Demand(
        "gpu_launch_demand",
        "Fixed time on the GPU",
        PerStage[SecondPerSample],
        "Launches and steps of the host that take their time on any card.",
    ),
    Demand(
        "sync_demand",
        "Exchanged between cards",
        PerStage[GigabytePerSample],
        "Gradients or activations that each card exchanges, shared out over the samples that it has in a step.",
    ),
    Demand("scratch_read_demand", "Scratch read", PerStage[GigabytePerSample], "Read from the scratch drives."),
    Demand("file_open_demand", "Files opened", PerStage[PerSample], "Files opened on the scratch drives for a sample."),
    Demand("scratch_write_demand", "Scratch written", PerStage[GigabytePerSample], "Written to the scratch drives."),
    Demand("archive_read_demand", "Archive read", PerStage[GigabytePerSample], "Read from the archive drives."),
    Demand("network_demand", "Network", PerStage[GigabytePerSample], "Received over the network."),
    *(Demand(*word) for word in LANGUAGE_STAGE),
)
"""The words of a stage: inputs over the small axis of stages."""

WORKLOAD: Final = (
    Demand("asked_rate", "Asked rate", SamplePerSecond, "Samples a second that the work must keep up with."),
    Demand(
        "job_samples", "Samples of the job", Sample, "Samples until the job is done; infinite for a service.", INFINITE
    ),
    Demand(
        "epoch_samples",
        "Samples of an epoch",
        Sample,
        "Share of the job's samples that one training epoch stands for.",
        INFINITE,
    ),
    Demand(
        "step_samples",
        "Samples of a step",
        Sample,
        "Share of the job's samples that one optimiser step stands for.",
        INFINITE,
    ),
    Demand("run_length", "Run length", Hour, "Hours that a run goes on without a break."),
    Demand(
        "overlap_kept",
        "Pace kept when items are handed over",
        Ratio,
        "Share of the engine's pace that is left when real items are handed to it: copies, the main process.",
        1.0,
    ),
    Demand(
        "prefetch",
        "Items in flight",
        Count,
        "Batches, cases or requests between the stages at once; 0 takes what loaders prepare ahead.",
    ),
    Demand(
        "card_spread",
        "Use of further cards",
        Ratio,
        "1 when a second card does as much as the first, 0 when the work stays on one.",
        1.0,
    ),
    Demand(
        "pipeline_pieces",
        "Pieces in flight",
        Count,
        "Where the layers are split over the cards: pieces of work that follow each other through them.",
        INFINITE,
    ),
    Demand(
        "card_exchange",
        "Exchange between cards",
        Ratio,
        "1 when the cards exchange gradients or activations at every step, 0 when each runs its own job.",
    ),
    Demand(
        "card_processes",
        "Processes of its own for each card",
        Ratio,
        "1 when every card's process starts its own workers, 0 when all cards share those of one process.",
    ),
    Demand(
        "weights_split",
        "Weights split over cards",
        Ratio,
        "1 when each card holds its part of the weights and the cache, 0 when each holds all.",
    ),
    Demand("model_parameters", "Model parameters", Parameter, "Parameters of the model that is loaded."),
    Demand("weight_bytes", "Bytes of a weight", BytePerParameter, "As loaded on the card."),
    Demand("gradient_bytes", "Bytes of a gradient", BytePerParameter, "Per parameter while training."),
    Demand(
        "optimiser_bytes",
        "Bytes of optimiser state",
        BytePerParameter,
        "Per parameter while training, master weights included.",
    ),
    Demand(
        "step_memory",
        "Memory that a step fills",
        Gigabyte,
        "Card memory beside the model's state that the demands' batch fills, where the batch grows with the card: "
        "weight reads and exchange weigh less on a larger one. 0 where the batch stays.",
    ),
    Demand("activation_memory", "Activations", Gigabyte, "Held on each card at the peak of a step."),
    Demand(
        "kv_bytes_per_token", "Key-value bytes of a token", BytePerToken, "Keys and values of all layers for one token."
    ),
    Demand("kv_tokens", "Tokens in the cache", Token, "Tokens of all users at once."),
    Demand("training_tokens", "Tokens trained on", Token, "Tokens that a language model is trained on."),
    Demand("working_set_memory", "Working set", Gigabyte, "Data that the work keeps in host memory."),
    Demand("dataset_size", "Data on scratch", Gigabyte, "Data that lies on the scratch drives while the work runs."),
    Demand("archive_size", "Data in the archive", Gigabyte, "Data that the archive keeps."),
    Demand(
        "model_spread",
        "Time over predicted time",
        Ratio,
        "What measured times of this kind of work are of the predicted ones: its range is that of the model's errors.",
        1.0,
    ),
    Demand("yearly_intake", "New data a year", GigabytePerYear, "What comes in during the first year and is kept."),
    Demand("retention", "Retention", Year, "How long new data must be kept."),
    Demand("copies", "Copies", Count, "Copies of the data kept, the first included.", 1.0),
    Demand("archive_redundancy", "Redundancy of the archive", Ratio, "Share of the archive drives' room: 0.5 mirrors."),
    Demand(
        "checkpoint_interval", "Interval between checkpoints", Hour, "Time from one checkpoint to the next; 0: none."
    ),
    Demand("checkpoints_kept", "Checkpoints kept", Count, "How many lie on the scratch drives at once."),
    Demand(
        "reads_repeated", "Reads repeated", Ratio, "Share of the scratch reads that were read before: later epochs."
    ),
    Demand(
        "scratch_read_share",
        "Share of the drives' label reached",
        Ratio,
        "Where it is known for this work; 0 takes the catalogue's assumption for real files.",
    ),
    Demand("index_vectors", "Vectors in the index", Count, "Passages of all documents."),
    Demand("vector_dimension", "Numbers of a vector", Count, "Dimension of the embedding."),
    Demand("vector_bytes", "Bytes of a number", Byte, "4 in single precision, 1 quantised."),
    Demand("index_overhead", "Index over its vectors", Ratio, "Links and text on top: 1 is the vectors alone.", 1.0),
    Demand("image_rows", "Rows of an image", Count, "Height of one image in pixels."),
    Demand("image_columns", "Columns of an image", Count, "Width of one image in pixels."),
    Demand("pixel_bytes", "Bytes of a pixel", Byte, "2 for 9 to 16 bits."),
    Demand("gpu_power_share", "GPU power while busy", Ratio, "Share of its board power that a busy card draws.", 1.0),
    Demand(
        "cpu_power_share",
        "Processor power while busy",
        Ratio,
        "Share of its package power that a fully busy processor draws.",
        1.0,
    ),
    *(Demand(*word) for word in LANGUAGE),
    *(Demand(*word) for word in SERVICE),
    *(Demand(*word) for word in HANDLING),
    *(Demand(*word) for word in VOLUME),
    *(Demand(*word) for word in STATED),
)
"""The words of a whole workload: one number a row."""

KERNEL: Final = Demand(
    "kernel_efficiency",
    "Share of the peak rates",
    PerStage[Ratio],
    "What the stage's kind of work reaches on the card's architecture; 1 where the engine has nothing to do.",
    1.0,
)
"""Gathered for every stage from the assumption of its kernel: no word that a file sets."""

BESIDE: Final = (
    Demand("memory_beside", "Host memory taken beside", Gigabyte, "Held by work that runs at the same time."),
    Demand("gpu_memory_beside", "GPU memory taken beside", Gigabyte, "Held on each card by work at the same time."),
    Demand("cores_beside", "Cores taken beside", Count, "Kept busy by work that runs at the same time."),
    Demand("engine_beside", "Cards' time taken beside", Ratio, "Share of it that goes to work at the same time."),
    Demand("scratch_beside", "Scratch time taken beside", Ratio, "Share of it that goes to work at the same time."),
    Demand("network_beside", "Network time taken beside", Ratio, "Share of it that goes to work at the same time."),
    Demand("dataset_beside", "Data on scratch beside", Gigabyte, "Of work that runs at the same time."),
    Demand("archive_beside", "Data in the archive beside", Gigabyte, "Of all other work."),
    Demand("training_beside", "Trainings on the machine", Count, "Other work that trains a model, at any time."),
    *(Demand(*word) for word in ASKED_BESIDE),
)
"""What other work takes while this runs: zero when it is alone."""

DEFAULTS: Final = {demand.name: demand.default for demand in (*STAGE, KERNEL, *WORKLOAD, *BESIDE)}
"""What a workload that does not mention a word says by it."""


def demand_inputs() -> tuple[Input, ...]:
    """Return the vocabulary as inputs of the model."""
    return tuple(_inputs())


def _inputs() -> Iterator[Input]:
    for demand in (*STAGE, KERNEL, *WORKLOAD, *BESIDE):
        yield Input(demand.name, demand.label, unit_of(demand.unit), axes_of(demand.unit), demand.description)
