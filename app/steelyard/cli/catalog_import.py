"""`steelyard catalog import opendb PATH`, and `catalog take` and `catalog leave` for what it brought."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from steelyard.cli.printing import print_json, print_table, print_text
from steelyard.errors import BadInputError, ExitCode
from steelyard.wording import counted

if TYPE_CHECKING:
    import argparse

    from steelyard.library.library import Library
    from steelyard.library.opendb.report import RuleCount
    from steelyard.library.opendb.run import Outcome, Progress

__all__ = ["bring_in", "leave", "take"]

_NAMED = 20
_REPORTS = (".json", ".csv")


def bring_in(options: argparse.Namespace) -> ExitCode:
    """Import OpenDB; 130 when it was stopped: what was read is kept and the next run goes on from there."""
    from steelyard.cli.standing import standing_catalog
    from steelyard.library.library import open_library
    from steelyard.library.opendb.report import rule_counts, write_report
    from steelyard.library.opendb.run import import_opendb

    report = Path(options.report) if options.report else None
    if report is not None and report.suffix.lower() not in _REPORTS:
        raise BadInputError(f'"{report.name}" is no report.', "Let its name end in .json or .csv.")
    library = open_library()
    try:
        outcome = import_opendb(
            library, Path(options.path), standing_catalog(), progress=_progress(options), let_go=options.let_go
        )
    except KeyboardInterrupt:
        _clear_line()
        print("Stopped. What was read is kept; the same command goes on from there.", file=sys.stderr)
        return ExitCode.STOPPED
    finally:
        _clear_line()
    with library.reading() as connection:
        counts = rule_counts(connection)
        summary = _summary(outcome)
        if report is not None:
            write_report(connection, report, summary)
    if options.json:
        print_json({**summary, "rules": [count._asdict() for count in counts]})
    else:
        _print_summary(outcome, counts)
        if report is not None:
            print_text(f"Report: {report}")
    return ExitCode.DONE


def take(options: argparse.Namespace) -> ExitCode:
    """Let imported parts stand in builds."""
    from steelyard.library.opendb.use import take as take_parts
    from steelyard.library.opendb.use import take_of_kind

    library = _opened(options)
    if options.kind:
        done = take_of_kind(library, options.kind, options.maker or "", options.max)
    else:
        done = take_parts(library, *options.parts)
    _say(done, "can now stand in builds", "Nothing to do: they already can stand in builds.", as_json=options.json)
    return ExitCode.DONE


def leave(options: argparse.Namespace) -> ExitCode:
    """Let imported parts no longer stand in builds."""
    from steelyard.library.opendb.use import leave as leave_parts
    from steelyard.library.opendb.use import leave_of_kind

    library = _opened(options)
    if options.kind:
        done = leave_of_kind(library, options.kind, options.maker or "")
    else:
        done = leave_parts(library, *options.parts)
    _say(done, "can no longer stand in builds", "Nothing to do: none of them was in use.", as_json=options.json)
    return ExitCode.DONE


def _opened(options: argparse.Namespace) -> Library:
    from steelyard.library.library import open_library

    if bool(options.parts) == bool(options.kind):
        raise BadInputError("Which parts?", "Name parts by their ids, or a kind with --kind; not both.")
    if options.maker and not options.kind:
        raise BadInputError("--maker goes with --kind.", "Name a kind too.")
    return open_library()


def _say(done: tuple[str, ...], now: str, nothing: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"parts": done})
    elif done:
        print_text(f"{counted(len(done), 'part')} {now}.")
        for part_id in done[:_NAMED]:
            print_text(f"  {part_id}")
        if len(done) > _NAMED:
            print_text(f"  and {len(done) - _NAMED} more")
    else:
        print_text(nothing)


# --- what the import says


def _progress(options: argparse.Namespace) -> Any:  # noqa: ANN401  # a callback or none
    if options.json and not sys.stderr.isatty():
        return None

    def show(progress: Progress) -> None:
        end = "\r" if sys.stderr.isatty() else "\n"
        if sys.stderr.isatty() or progress.read % 5000 == 0:
            print(f"{progress.read:,} records read, {progress.changed:,} of them new", end=end, file=sys.stderr)

    return show


def _clear_line() -> None:
    if sys.stderr.isatty():
        print("\033[K", end="", file=sys.stderr)


def _summary(outcome: Outcome) -> dict[str, Any]:
    totals = outcome.totals
    states, files = totals["states"], totals["files"]
    return {
        "read": outcome.read,
        "unchanged": outcome.unchanged,
        "new": outcome.new,
        "changed": outcome.changed,
        "gone": outcome.gone,
        "gone_parts": outcome.gone_parts,
        "compared_anew": outcome.compared_anew,
        "resumed": outcome.resumed,
        "taken": states.get("taken", 0),
        "duplicates": states.get("duplicate", 0),
        "quarantined": states.get("quarantined", 0),
        "fixed": files.get("fixed", 0),
        "nulled": files.get("nulled", 0),
        "warned": files.get("warned", 0),
        "kinds": totals["kinds"],
        "kept_in_use": outcome.kept_in_use,
        "out_of_use": outcome.out_of_use,
        "skipped": outcome.skipped,
        "passed_over": [passed._asdict() for passed in outcome.passed],
        "other_families": outcome.others,
        "seconds": round(outcome.seconds, 2),
        "peak_megabytes": None if outcome.peak is None else round(outcome.peak, 1),
    }


def _print_summary(outcome: Outcome, counts: tuple[RuleCount, ...]) -> None:
    said = _summary(outcome)
    memory = "" if said["peak_megabytes"] is None else f", at most {said['peak_megabytes']:.0f} MB of memory"
    went_on = " (went on with a run that was stopped)" if outcome.resumed else ""
    print_text(f"{said['read']:,} records read in {said['seconds']:.1f} s{memory}{went_on}.")
    print_text(
        f"{said['new']:,} new, {said['changed']:,} changed, {said['gone']:,} gone, {said['unchanged']:,} as before."
    )
    print_text(
        f"In the library: {said['taken']:,} taken, {said['duplicates']:,} duplicates, "
        f"{said['quarantined']:,} quarantined."
    )
    print_text(
        f"Records in which rules fixed something: {said['fixed']:,}, took something out: {said['nulled']:,}, "
        f"warned: {said['warned']:,}."
    )
    rows = [(each.rule, each.action, f"{each.files:,}", each.sentence) for each in counts if each.files]
    if rows:
        print_text()
        print_table(("Rule", "Action", "Files", "What it says"), rows)
    for why, number in said["skipped"].items():
        print_text(f"Passed over: {counted(number, 'file')}, {why}; the report names them.")
    for title, parts in (
        ("Gone from the source, and removed", outcome.gone_parts),
        ("Gone from the source, kept because in use", outcome.kept_in_use),
        ("No longer usable, taken out of use", outcome.out_of_use),
    ):
        for part_id in parts:
            print_text(f"{title}: {part_id}")
    print_text('None of them stands in builds by itself: "steelyard catalog take PART" lets one.')
