"""Drives: the places that they take, the room that they give, and how long flash lasts."""

from __future__ import annotations

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import among, convert, total_over, when
from steelyard.units import (
    Categories,
    Category,
    Count,
    Gigabyte,
    GigabytePerSample,
    Hour,
    HourPerYear,
    PerStage,
    Present,
    SamplePerSecond,
    Second,
    Terabyte,
    Year,
)

# --- places


@quantity("M.2 drives", source="pcie-m2")
def m2_drives(
    os_drive_count: Count,
    scratch_drive_count: Count,
    archive_drive_count: Count,
    os_drive_form_factor: Category,
    scratch_drive_form_factor: Category,
    archive_drive_form_factor: Category,
    m2_form_factors: Categories,
) -> Count:
    """An M.2 drive wants a socket of its own on the board."""
    return (
        os_drive_count * when(among(os_drive_form_factor, m2_form_factors), 1, 0)
        + scratch_drive_count * when(among(scratch_drive_form_factor, m2_form_factors), 1, 0)
        + archive_drive_count * when(among(archive_drive_form_factor, m2_form_factors), 1, 0)
    )


@quantity("U.2 drives", source="sff-8639")
def u2_drives(
    os_drive_count: Count,
    scratch_drive_count: Count,
    archive_drive_count: Count,
    os_drive_form_factor: Category,
    scratch_drive_form_factor: Category,
    archive_drive_form_factor: Category,
    u2_form_factors: Categories,
) -> Count:
    """A cabled NVMe drive wants a four-lane port of the board."""
    return (
        os_drive_count * when(among(os_drive_form_factor, u2_form_factors), 1, 0)
        + scratch_drive_count * when(among(scratch_drive_form_factor, u2_form_factors), 1, 0)
        + archive_drive_count * when(among(archive_drive_form_factor, u2_form_factors), 1, 0)
    )


@quantity("3.5-inch drives", source="sff-8301")
def bay_drives(
    os_drive_count: Count,
    scratch_drive_count: Count,
    archive_drive_count: Count,
    os_drive_form_factor: Category,
    scratch_drive_form_factor: Category,
    archive_drive_form_factor: Category,
    bay_form_factors: Categories,
) -> Count:
    """A 3.5-inch drive wants a bay of its own."""
    return (
        os_drive_count * when(among(os_drive_form_factor, bay_form_factors), 1, 0)
        + scratch_drive_count * when(among(scratch_drive_form_factor, bay_form_factors), 1, 0)
        + archive_drive_count * when(among(archive_drive_form_factor, bay_form_factors), 1, 0)
    )


@quantity("SATA drives", source="sata-3")
def sata_drives(
    os_drive_count: Count,
    scratch_drive_count: Count,
    archive_drive_count: Count,
    os_drive_interface: Category,
    scratch_drive_interface: Category,
    archive_drive_interface: Category,
    sata_interfaces: Categories,
) -> Count:
    """SATA joins one drive to one port."""
    return (
        os_drive_count * when(among(os_drive_interface, sata_interfaces), 1, 0)
        + scratch_drive_count * when(among(scratch_drive_interface, sata_interfaces), 1, 0)
        + archive_drive_count * when(among(archive_drive_interface, sata_interfaces), 1, 0)
    )


# --- room and wear


@quantity("Scratch capacity", source="steelyard-fit")
def scratch_capacity(scratch_drive_count: Count, scratch_drive_capacity: Gigabyte) -> Gigabyte:
    """Scratch data can be made again, so the drives are joined without redundancy."""
    return scratch_drive_count * scratch_drive_capacity


@quantity("Archive capacity", source="steelyard-fit")
def archive_capacity(archive_drive_count: Count, archive_drive_capacity: Gigabyte) -> Gigabyte:
    """All that the archive drives hold, before any redundancy."""
    return archive_drive_count * archive_drive_capacity


@quantity("Room for the data in use", source="steelyard-fit")
def data_room(
    scratch_drive_count: Count, scratch_capacity: Gigabyte, os_drive_count: Count, os_drive_capacity: Gigabyte
) -> Gigabyte:
    """Without scratch drives the data lie on the system's drive."""
    return when(scratch_drive_count - 1, scratch_capacity, os_drive_count * os_drive_capacity)


@quantity("Written to the drives that hold the work, over the life", source="jesd218")
def scratch_written(
    stages: PerStage[Present],
    scratch_write_demand: PerStage[GigabytePerSample],
    asked_rate: SamplePerSecond,
    hours_per_year: HourPerYear,
    life: Year,
) -> Terabyte:
    """The asked pace, kept up in all hours that the machine works."""
    seconds = convert(hours_per_year * life, Hour, Second)
    return convert(asked_rate * total_over(stages, scratch_write_demand) * seconds, Gigabyte, Terabyte)


@quantity("Endurance of the drives that hold the work", source="jesd218")
def scratch_endurance(
    scratch_drive_count: Count, scratch_drive_endurance: Terabyte, os_drive_endurance: Terabyte
) -> Terabyte:
    """Drives side by side share what is written."""
    return when(scratch_drive_count - 1, scratch_drive_count * scratch_drive_endurance, os_drive_endurance)
