"""`steelyard catalog bundle make|preview|apply|rollback|list`, `catalog keys add|list|remove` and `catalog diff`."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.catalog.diff import differences, lines
from steelyard.catalog.load import load_catalog
from steelyard.cli.printing import print_json, print_table, print_text
from steelyard.cli.standing import standing_catalog
from steelyard.errors import BadInputError, ExitCode, MissingFileError
from steelyard.places import components_db

if TYPE_CHECKING:
    import argparse

    from steelyard.catalog.load import Catalog
    from steelyard.library.bundle.previewing import Preview
    from steelyard.library.bundle.snapshots import Snapshot
    from steelyard.library.library import Library

__all__ = ["bundle", "diff", "keys"]

_OWN = "the program's own catalogue"


def bundle(options: argparse.Namespace) -> ExitCode:
    """Make, look at, apply or take back a signed catalogue."""
    steps = {"make": _make, "preview": _preview, "apply": _apply, "rollback": _roll_back, "list": _list}
    return steps[options.step](options)


def keys(options: argparse.Namespace) -> ExitCode:
    """Show or change whose signatures count."""
    return {"add": _add_key, "list": _list_keys, "remove": _remove_key}[options.step](options)


def diff(options: argparse.Namespace) -> ExitCode:
    """Print what differs between two catalogues."""
    with ExitStack() as stack:
        (old, old_words), (new, new_words) = (_catalogue(each, stack) for each in (options.old, options.new))
        found = differences(old, new)
    if options.json:
        print_json({"old": old_words, "new": new_words, "differences": found})
        return ExitCode.DONE
    print_text(f"- {old_words}")
    print_text(f"+ {new_words}")
    for line in lines(found, None) if options.all else lines(found):
        print_text(line)
    return ExitCode.DONE


def _library() -> Library:
    from steelyard.library.library import open_library

    return open_library()


# --- bundles


def _make(options: argparse.Namespace) -> ExitCode:
    from steelyard.library.bundle.making import make, open_key

    if not options.version.isascii() or not options.version.isdigit() or len(options.version) > 12:  # noqa: PLR2004
        raise BadInputError(f'"{options.version[:40]}" is no version.', "Use a whole number such as 20261101.")
    key = open_key(Path(options.key), lambda: _password(options.password_file))
    folder = Path(options.folder) if options.folder else components_db()
    made = make(folder, key, Path(options.out), int(options.version), options.expires, datetime.now(UTC))
    said = made.manifest
    if options.json:
        about = {**said._asdict(), "files": len(said.files)}
        print_json({"file": str(made.file), "size": made.size, "key": made.key_id, **about})
        return ExitCode.DONE
    print_text(f"{made.file}: version {said.version}, {len(said.files)} files, {made.size / 1e6:.2f} MB")
    print_text(f"signed with key {made.key_id}, may be applied until {said.expires}")
    return ExitCode.DONE


def _password(file: str | None) -> str:
    if file is not None:
        try:
            return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        except FileNotFoundError:
            raise MissingFileError(f'There is no file "{file}".', "Name the file that holds the password.") from None
    if not sys.stdin.isatty():
        raise BadInputError("The secret key has a password.", "Name the file that holds it: --password-file PATH.")
    from getpass import getpass

    return getpass("Password of the secret key: ")


def _preview(options: argparse.Namespace) -> ExitCode:
    from steelyard.library.bundle.previewing import preview

    found = preview(_library(), Path(options.file))
    if options.json:
        print_json(found)
    else:
        _print_preview(found, everything=options.all)
    return ExitCode.BAD_INPUT if found.refusal else ExitCode.DONE


def _print_preview(found: Preview, *, everything: bool) -> None:
    parts = sum(count for name, count in found.counts.items() if name.startswith("parts/"))
    in_use = _OWN if found.version_now is None else f"version {found.version_now}"
    print_text(f"{found.file}: version {found.version}, {parts} parts; in use is {in_use}")
    print_text(f"  signature: {found.signature}")
    print_text(f"  made on {found.created[:10]}, may be applied until {found.expires}")
    print_text(f"  newest price: {found.price_date or 'none'}; in use: {found.price_date_now or 'none'}")
    for warning in found.warnings:
        print_text(f"  warning: {warning}")
    for complaint in found.complaints:
        print_text(f"  {complaint}")
    for line in lines(found.differences, None) if everything else lines(found.differences):
        print_text(line)
    if found.already:
        print_text("It is in use already: there is nothing to do.")
    print_text(found.refusal or "Nothing was changed.")


def _apply(options: argparse.Namespace) -> ExitCode:
    from steelyard.library.bundle.changing import apply

    done = apply(_library(), Path(options.file))
    for warning in done.warnings:
        print(f"Warning: {warning}", file=sys.stderr)
    if options.json:
        print_json(done)
    elif done.already:
        print_text(f"Catalogue {done.version} is applied already: there is nothing to do.")
    else:
        print_text(f"Catalogue {done.version} is in use; before it was {_named(done.before)}.")
        print_text("Go back with: steelyard catalog bundle rollback")
    return ExitCode.DONE


def _roll_back(options: argparse.Namespace) -> ExitCode:
    from steelyard.library.bundle.changing import roll_back

    done = roll_back(_library())
    if options.json:
        print_json(done)
        return ExitCode.DONE
    for words in done.skipped:
        print_text(words)
    print_text(f"In use is {_named(done.now)} again; before it was {_named(done.before)}.")
    return ExitCode.DONE


def _list(options: argparse.Namespace) -> ExitCode:
    from steelyard.library.bundle.in_use import in_use
    from steelyard.library.bundle.snapshots import active, snapshots

    library = _library()
    _, state, stands = in_use(library)
    with library.reading() as connection:
        current, known = active(connection), snapshots(connection)
    if options.json:
        print_json({"in_use": state, "active": current, "active_stands": stands, "applied": known})
        return ExitCode.DONE
    print_text(f"In use: {state.words}.")
    for warning in state.warnings:
        print_text(f"Warning: {warning}")
    if known:
        rows = [
            (str(each.version), each.applied_at[:10], each.applied_by, each.expires, each.key_id, each.folder or "gone")
            for each in known
        ]
        print_table(("Version", "Applied", "By", "Expires", "Key", "Folder"), rows)
    return ExitCode.DONE


def _named(found: Snapshot | None) -> str:
    return _OWN if found is None else f"catalogue {found.version}"


# --- keys


def _add_key(options: argparse.Namespace) -> ExitCode:
    from steelyard.library.bundle.keys import add_key

    done = add_key(_library(), Path(options.file))
    if options.json:
        print_json({"key": done.key.key.id, "words": done.key.words, "vouched_by": done.vouched_by})
        return ExitCode.DONE
    if done.vouched_by:
        print_text(f"The key {done.key.key.id} is trusted from now on: key {done.vouched_by} signed it.")
    else:
        print_text(f"The key {done.key.key.id} is trusted from now on, because you say so.")
        print_text("Warning: whoever holds it can give you any catalogue. Compare its number with the publisher by")
        print_text("another way than the one by which you got it, such as by telephone.")
    return ExitCode.DONE


def _list_keys(options: argparse.Namespace) -> ExitCode:
    from steelyard.library.bundle.keys import NO_KEY, trusted_keys

    with _library().reading() as connection:
        known = trusted_keys(connection)
    if options.json:
        print_json([{"key": each.key.id, "pinned": each.is_pinned, "who": each.who, "at": each.at}
                    for each in known.values()])  # fmt: skip
        return ExitCode.DONE
    for each in known.values():
        print_text(each.words)
    if not known:
        print_text(f"{NO_KEY[:1].upper()}{NO_KEY[1:]}.")
    return ExitCode.DONE


def _remove_key(options: argparse.Namespace) -> ExitCode:
    from steelyard.library.bundle.keys import remove_key

    gone = remove_key(_library(), options.key)
    if options.json:
        print_json({"key": gone.key.id, "pinned": gone.is_pinned})
    else:
        print_text(f"The key {gone.key.id} is no longer trusted. What it signed and is in use stays, and says so.")
    return ExitCode.DONE


# --- what can be compared


def _catalogue(said: str, stack: ExitStack) -> tuple[Catalog, str]:
    """Return a catalogue and what it is in words; `stack` keeps the files of a bundle until they were compared."""
    if said == "shipped":
        return load_catalog(), _OWN
    if said == "current":
        return _current()
    path = Path(said)
    if path.is_dir():
        return load_catalog(path, cache=None), f"the folder {path}"
    from steelyard.library.bundle.laying import laid_out
    from steelyard.library.bundle.previewing import verified_file

    if not path.exists():
        raise MissingFileError(f'There is no folder or bundle "{said}".', "Name one, or write shipped or current.")
    found = verified_file(_library(), path)
    _, catalog = stack.enter_context(laid_out(found, Path(tempfile.gettempdir()), durable=False))
    return catalog, f"{path.name}, version {found.manifest.version}, signature valid, {found.signer.words}"


def _current() -> tuple[Catalog, str]:
    from steelyard.library.location import library_file

    if not library_file().exists():
        return load_catalog(), _OWN
    from steelyard.library.bundle.in_use import in_use

    standing_catalog()  # says it where the applied one does not stand
    found = in_use(_library())
    return found.catalog, found.state.words
