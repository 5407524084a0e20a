"""`steelyard library save|list|open|remove|export|path|check|backup` and `steelyard audit verify|list|export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.cli.printing import print_json, print_table, print_text
from steelyard.errors import ExitCode
from steelyard.wording import counted

if TYPE_CHECKING:
    import argparse

    from steelyard.library.audit import Entry
    from steelyard.library.library import Library

__all__ = ["audit", "library"]


def library(options: argparse.Namespace) -> ExitCode:
    """Do what is asked of the library."""
    if options.step == "path":
        from steelyard.library.location import library_file

        place = library_file()
        if options.json:
            print_json({"path": str(place), "exists": place.exists()})
        else:
            print_text(str(place))
        return ExitCode.DONE
    from steelyard.library.library import open_library

    steps = {
        "save": _save,
        "list": _list,
        "open": _open,
        "remove": _remove,
        "export": _export,
        "check": _check,
        "backup": _backup,
    }
    return steps[options.step](open_library(), options)


def _save(kept: Library, options: argparse.Namespace) -> ExitCode:
    from steelyard.library.builds import save_build
    from steelyard.project.file import content_of, project_text
    from steelyard.project.samples import open_project

    project = open_project(options.file).project
    file = Path(options.file)
    document = content_of(file).decode() if file.is_file() else project_text(project)
    saved, new = save_build(kept, options.name or project.name, document)
    if options.json:
        print_json({**saved._asdict(), "new": new})
    else:
        done = "Saved" if new else "Nothing changed; this is already"
        print_text(f'{done} revision {saved.revision} of "{saved.name}".')
    return ExitCode.DONE


def _list(kept: Library, options: argparse.Namespace) -> ExitCode:
    from steelyard.library.builds import saved_builds

    found = saved_builds(kept, all_revisions=options.all)
    if options.json:
        print_json(found)
    elif found:
        heads = ("Build", "Revision", "Saved (UTC)", "By", "Bytes")
        print_table(heads, ((b.name, str(b.revision), b.saved_at[:19], b.saved_by, f"{b.size:,}") for b in found))
    else:
        print_text('There is no build yet: "steelyard library save FILE" keeps one.')
    return ExitCode.DONE


def _open(kept: Library, options: argparse.Namespace) -> ExitCode:
    from steelyard.library.builds import document_of
    from steelyard.project.atomic import write_atomically

    document = document_of(kept, options.name, options.revision)
    if options.out:
        write_atomically(Path(options.out), document.encode())
    if options.json:
        print_json({"name": options.name, "document": document, "file": options.out})
    elif options.out:
        print_text(f'Written to "{options.out}".')
    else:
        sys.stdout.write(document)
    return ExitCode.DONE


def _remove(kept: Library, options: argparse.Namespace) -> ExitCode:
    from steelyard.library.builds import remove_build

    count = remove_build(kept, options.name, options.confirm)
    if options.json:
        print_json({"name": options.name, "revisions": count})
    else:
        print_text(f'Removed {counted(count, "revision")} of "{options.name}".')
    return ExitCode.DONE


def _export(kept: Library, options: argparse.Namespace) -> ExitCode:
    from steelyard.library.builds import export_builds

    return _written(export_builds(kept, Path(options.folder), all_revisions=options.all), options)


def _written(files: tuple[Path, ...], options: argparse.Namespace) -> ExitCode:
    if options.json:
        print_json(tuple(str(file) for file in files))
    else:
        for file in files:
            print_text(str(file))
        print_text(f"{counted(len(files), 'file')} written.")
    return ExitCode.DONE


def _check(kept: Library, options: argparse.Namespace) -> ExitCode:
    from steelyard.cli.standing import standing_catalog
    from steelyard.library.upkeep import troubles

    found = troubles(kept, standing_catalog())
    if options.json:
        print_json({"path": str(kept.path), "sound": not found, "troubles": found})
    else:
        for trouble in found:
            print_text(str(trouble))
        print_text(f"{counted(len(found), 'trouble')}." if found else "The library is sound, to the last document.")
    return ExitCode.BAD_INPUT if found else ExitCode.DONE


def _backup(kept: Library, options: argparse.Namespace) -> ExitCode:
    from steelyard.library.upkeep import back_up

    size = back_up(kept, Path(options.out))
    if options.json:
        print_json({"path": options.out, "bytes": size})
    else:
        print_text(f'Copied to "{options.out}": {size:,} bytes.')
    return ExitCode.DONE


def audit(options: argparse.Namespace) -> ExitCode:
    """Verify the log, list it, or write it as CSV."""
    from steelyard.library.audit import broken_at, entries
    from steelyard.library.library import open_library

    with open_library().reading() as connection:
        if options.step == "verify":
            return _verify(broken_at(connection), sum(1 for _ in entries(connection)), as_json=options.json)
        found = list(entries(connection))
    if options.step == "export":
        return _export_log(found, options)
    found = found[-options.last :] if options.last and options.last > 0 else found
    if options.json:
        print_json(tuple(found))
    else:
        heads = ("Line", "Time (UTC)", "User", "Action", "Subject", "Hash", "Why")
        print_table(heads, ((str(e.seq), e.at[:19], e.who, e.action, e.subject, e.hash[:12], e.why) for e in found))
    return ExitCode.DONE


def _verify(broken: int | None, count: int, *, as_json: bool) -> ExitCode:
    if as_json:
        print_json({"whole": broken is None, "entries": count, "broken_at": broken})
    elif broken is None:
        print_text(f"OK: the chain of {counted(count, 'line')} is whole.")
    else:
        print_text(f"Chain broken at line {broken}: from there on the log is not what was written.")
    return ExitCode.DONE if broken is None else ExitCode.BAD_INPUT


def _export_log(found: list[Entry], options: argparse.Namespace) -> ExitCode:
    from steelyard.project.atomic import write_atomically
    from steelyard.project.csv_cells import csv_bytes

    heads = ("line", "time_utc", "user", "action", "subject", "detail", "previous_hash", "hash")
    write_atomically(Path(options.out), csv_bytes([heads, *(tuple(map(str, entry)) for entry in found)]))
    if options.json:
        print_json({"path": options.out, "entries": len(found)})
    else:
        print_text(f'{counted(len(found), "line")} written to "{options.out}".')
    return ExitCode.DONE
