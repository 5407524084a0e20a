"""`steelyard catalog own|override|patch`: what a user lays over the catalogue, with evidence, and can take back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from steelyard.cli.printing import print_json, print_table, print_text
from steelyard.cli.standing import standing_catalog
from steelyard.errors import BadInputError, CannotSaveError, ExitCode, SteelyardError
from steelyard.library.library import open_library
from steelyard.wording import counted

if TYPE_CHECKING:
    import argparse

    from steelyard.library.library import Library
    from steelyard.library.overrides import Kept

__all__ = ["override", "own", "patch"]

NAMED: Final = 120
"""Letters of an id or a file's name that a message shows."""


def own(options: argparse.Namespace) -> ExitCode:
    """Keep, begin, list, remove or write out parts of the user's own."""
    steps = {
        "add": _add,
        "template": _template,
        "list": _own_list,
        "remove": _own_remove,
        "export": _own_export,
    }
    return steps[options.step](open_library(), options)


def _add(library: Library, options: argparse.Namespace) -> ExitCode:
    """Print every complaint with its line and return 2 where there is one."""
    from steelyard.library.own_parts import change_own_part, read_own_part
    from steelyard.project.file import content_of

    catalog = standing_catalog()
    try:
        text = content_of(Path(options.file)).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInputError(f'"{options.file}" is not UTF-8 text.', "Save it in the UTF-8 encoding.") from None
    complaints = read_own_part(catalog, text, options.file).complaints
    if complaints:
        if options.json:
            print_json({"done": "nothing", "complaints": complaints})
        for complaint in () if options.json else complaints:
            print_text(str(complaint))
        return ExitCode.BAD_INPUT
    part, done = change_own_part(library, catalog, text, options.file)
    if options.json:
        print_json({"done": done, "part": part.part_id, "complaints": ()})
    else:
        words = {"added": "Added", "changed": "Changed", "nothing": "Nothing changed; the library has it already:"}
        print_text(f"{words[done]} {part.part_id}.")
    return ExitCode.DONE


def _template(library: Library, options: argparse.Namespace) -> ExitCode:
    from steelyard.library.own_parts import part_template

    text = part_template(library, standing_catalog(), options.kind, options.like)
    if options.json:
        print_json({"kind": options.kind, "text": text})
    else:
        sys.stdout.write(text)
    return ExitCode.DONE


def _own_list(library: Library, options: argparse.Namespace) -> ExitCode:
    from steelyard.library.own_parts import own_parts

    found = own_parts(library)
    if options.json:
        print_json(found)
    else:
        heads = ("Part", "Maker", "Name", "Number", "Changed (UTC)", "By")
        print_table(
            heads,
            ((p.part_id, p.manufacturer, p.name, p.mpn, p.changed_at[:19], p.changed_by) for p in found),
        )
    return ExitCode.DONE


def _own_remove(library: Library, options: argparse.Namespace) -> ExitCode:
    from steelyard.library.own_parts import remove_own_part

    part = remove_own_part(library, options.part)
    if options.json:
        print_json({"removed": part.part_id})
    else:
        print_text(f"Removed {part.part_id}; the log keeps its text.")
    return ExitCode.DONE


def _own_export(library: Library, options: argparse.Namespace) -> ExitCode:
    """Write the parts as they would lie in a catalogue's folder; what cannot be written is named and left out.

    Nothing is written over.
    """
    from steelyard.library.own_parts import own_parts

    files, left = [], []
    for part in own_parts(library):
        kind, maker, model = part.part_id.split("/")
        file = Path(options.folder) / kind / f"{maker}-{model}.toml"
        try:
            _write_part(file, part.document.encode())
        except SteelyardError as trouble:
            left.append((part.part_id, str(trouble)))
        else:
            files.append(str(file))
    if options.json:
        print_json({"written": files, "left_out": dict(left)} if left else files)
    else:
        for line in files:
            print_text(line)
        print_text(f"{counted(len(files), 'file')} written.")
    for identity, why in left:
        print(f"Not written: {identity[:NAMED]}. {why}", file=sys.stderr)
    return ExitCode.BAD_INPUT if left else ExitCode.DONE


def _write_part(file: Path, content: bytes) -> None:
    from steelyard.project.atomic import write_atomically

    try:
        if file.exists() and file.read_bytes() != content:
            raise CannotSaveError(f'"{file}" is there already and holds something else.', "Choose an empty folder.")
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise CannotSaveError(
            f'"{file.name[:NAMED]}" cannot be written: {trouble.strerror}.',
            "Choose another folder; a part with a shorter id if its name is too long.",
        ) from None
    write_atomically(file, content)


def override(options: argparse.Namespace) -> ExitCode:
    """Put a value in the place of the catalogue's, take one back, or list them."""
    from steelyard.library.overrides import Wish, overrides, said_value, set_override, undo_override, value_of

    library = open_library()
    if options.step == "list":
        return _override_list(overrides(library, history=options.history, part=options.part), as_json=options.json)
    if options.step == "undo":
        kept = undo_override(library, options.part, options.field)
        done = f"The catalogue's own value of {kept.field} of {kept.part} stands again"
    else:
        catalog = standing_catalog()
        catalog.stated(options.part, options.field)
        field = catalog.schema[catalog.part(options.part).kind].fields[options.field]
        value = value_of(field, options.value)
        kept = set_override(
            library, catalog, Wish(options.part, options.field, value, options.source, options.where, options.why)
        )
        done = f"{kept.field} of {kept.part} is {said_value(kept.value, field.unit if field.form == 'number' else '')}"
    if options.json:
        print_json(kept)
    else:
        print_text(f"{done}.")
    return ExitCode.DONE


def _override_list(found: tuple[Kept, ...], *, as_json: bool) -> ExitCode:
    from steelyard.library.overrides import said_value

    if as_json:
        print_json(found)
        return ExitCode.DONE
    heads = ("Part", "Field", "Value", "Source", "Where", "Why", "By", "On (UTC)", "Until")
    rows = (
        (
            each.part,
            each.field,
            said_value(each.value),
            each.source,
            each.where,
            each.why,
            each.set_by,
            each.set_at[:10],
            "" if each.undone_at is None else f"{each.undone_at[:10]} ({each.undone_by})",
        )
        for each in found
    )
    print_table(heads, rows)
    return ExitCode.DONE


def patch(options: argparse.Namespace) -> ExitCode:
    """Write the overrides in force to a file, look through such a file, make its changes, or take them back."""
    from steelyard.library.patch import apply_patch, export_patch, preview_patch, read_patch, revert_patch

    library, catalog, file = open_library(), standing_catalog(), Path(options.file)
    if options.step == "export":
        count = len(export_patch(library, catalog, file).changes)
        return _said({"path": options.file, "changes": count}, f"{counted(count, 'change')} written.", options)
    found = read_patch(file)
    if options.step == "apply":
        count = apply_patch(library, catalog, found, despite_conflicts=options.despite_conflicts)
        words = f"{counted(count, 'value')} changed; take them back with: steelyard catalog patch revert {file}"
        return _said({"changed": count}, words, options)
    if options.step == "revert":
        back = revert_patch(library, catalog, found)
        left = f" {counted(len(back.left), 'value')} left alone: changed since, or never applied." if back.left else ""
        return _said(back, f"{counted(len(back.undone), 'value')} taken back.{left}", options)
    lines = preview_patch(library, catalog, found)
    if options.json:
        print_json(lines)
    else:
        print_text(f"Written by {found.written_by} on {found.written_at[:10]}.")
        heads = ("", "Part", "Field", "Stands now", "Becomes", "")
        rows = (
            (each.state, each.change.part, each.change.field, each.stands, each.change.value, each.says)
            for each in lines
        )
        print_table(heads, rows)
    return ExitCode.DONE


def _said(value: object, words: str, options: argparse.Namespace) -> ExitCode:
    if options.json:
        print_json(value)
    else:
        print_text(words)
    return ExitCode.DONE
