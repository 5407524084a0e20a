"""Whatever is not to the last bit what a trusted key signed is refused: nothing changes, and the log says why."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from steelyard.errors import BadInputError, DamagedFileError, MissingFileError, SteelyardError
from steelyard.library.bundle.changing import apply, roll_back
from steelyard.library.bundle.container import LARGEST_BUNDLE, REMARK, verified
from steelyard.library.bundle.keys import TrustedKey
from steelyard.library.bundle.making import sealed
from steelyard.library.bundle.manifest import comment_of, manifest_of
from steelyard.library.bundle.minisign import public_of, sign
from steelyard.library.bundle.previewing import preview

MADE = datetime(2026, 11, 1, 9, tzinfo=UTC)
FLIPS = int(os.environ.get("STEELYARD_FLIPS", "200"))  # 10,000 on a quiet evening
CUTS = int(os.environ.get("STEELYARD_CUTS", "30"))


def refused(library, file, state_of, log_of, kind=SteelyardError):
    """Try to apply; return why it was refused, once it is sure that this is all that happened."""
    before, entries = state_of(library), len(log_of(library))
    with pytest.raises(kind) as trouble:
        apply(library, file)
    assert state_of(library) == before
    action, detail = log_of(library)[-1]
    assert (action, len(log_of(library))) == ("bundle refused", entries + 1)
    assert "Nothing was changed." in detail
    assert trouble.value.message.count(". ") == 1, "one sentence says why"
    return trouble.value.message


def places_of(raw: bytes) -> list[tuple[int, int]]:
    """Return the stretches of a bundle that a bit can be flipped in: its four lines, and the archive in three parts."""
    ends = [0]
    for _ in range(4):
        ends.append(raw.index(b"\n", ends[-1]) + 1)
    directory = raw.index(b"PK\1\2", ends[-1])
    last = raw.rindex(b"PK\5\6")
    ends += [ends[-1] + 30, directory, last, len(raw)]
    return list(pairwise(ends))


def test_that_every_flipped_bit_is_refused(trusting, first, saved, state_of, log_of):
    chance = random.Random(20261121)  # noqa: S311  # where to flip
    stretches = places_of(first)
    for turn in range(FLIPS):
        start, end = stretches[turn % len(stretches)]
        place, bit = chance.randrange(start, end), chance.randrange(8)
        raw = bytearray(first)
        raw[place] ^= 1 << bit
        if turn < 2 * len(stretches):
            refused(trusting, saved(bytes(raw)), state_of, log_of)
        else:  # the same, without a look at everything each time
            with pytest.raises((BadInputError, DamagedFileError)):
                apply(trusting, saved(bytes(raw)))
    assert state_of(trusting).folders == []
    apply(trusting, saved(first))


def test_that_every_bit_of_the_lines_counts(parties):
    keys = {parties.publisher.id: TrustedKey(public_of(parties.publisher), "", "")}
    small = sealed({"sources.toml": b""}, parties.publisher, 1, "2027-05-01", MADE)
    verified("small", small, keys)
    for place in range(places_of(small)[3][1]):
        for bit in range(8):
            raw = bytearray(small)
            raw[place] ^= 1 << bit
            with pytest.raises((BadInputError, DamagedFileError)):
                verified("small", bytes(raw), keys)


def test_that_every_cut_is_refused(trusting, first, saved, state_of, log_of):
    chance = random.Random(7)  # noqa: S311  # where to cut
    edges = {end + by for _, end in places_of(first) for by in (-1, 0, 1) if end + by < len(first)}
    cuts = sorted({0, 1, *edges, *(chance.randrange(len(first)) for _ in range(CUTS))})
    for cut in cuts:
        refused(trusting, saved(first[:cut]), state_of, log_of)


def test_that_anything_appended_is_refused(trusting, first, saved, state_of, log_of):
    for more in (b"\0", b"\n", first):
        refused(trusting, saved(first + more), state_of, log_of)


def test_that_an_unknown_key_is_refused_by_its_number(trusting, files, parties, saved, state_of, log_of):
    raw = sealed(files, parties.stranger, 20261101, "2027-05-01", MADE)
    why = refused(trusting, saved(raw), state_of, log_of, BadInputError)
    assert parties.stranger.id in why


def test_that_a_strangers_signature_under_a_trusted_number_is_refused(
    trusting, files, parties, saved, state_of, log_of
):
    forger = parties.stranger._replace(id=parties.publisher.id)
    raw = sealed(files, forger, 20261101, "2027-05-01", MADE)
    assert "signature does not match" in refused(trusting, saved(raw), state_of, log_of, DamagedFileError)


def test_that_signature_and_payload_of_two_bundles_do_not_make_one(trusting, first, second, saved, state_of, log_of):
    mixed = first[: places_of(first)[3][1]] + second[places_of(second)[3][1] :]
    assert "signature does not match" in refused(trusting, saved(mixed), state_of, log_of)


def test_that_the_comment_of_another_bundle_does_not_fit(trusting, first, second, saved, state_of, log_of):
    ours, theirs = (raw[: places_of(raw)[3][1]].split(b"\n") for raw in (first, second))
    payload = first[places_of(first)[3][1] :]
    for taken in ((2,), (3,), (2, 3)):
        mixed = [theirs[at] if at in taken else ours[at] for at in range(5)]
        refused(trusting, saved(b"\n".join(mixed) + payload), state_of, log_of)


def test_that_what_else_the_publisher_signed_is_no_catalogue(trusting, parties, first, saved, state_of, log_of):
    payload = first[places_of(first)[3][1] :]
    raw = sign(payload, parties.publisher, "an invoice", REMARK) + payload
    assert "no catalogue" in refused(trusting, saved(raw), state_of, log_of)


def test_that_comment_and_manifest_must_agree(trusting, parties, files, first, saved, state_of, log_of):
    payload = first[places_of(first)[3][1] :]
    other = manifest_of(files, 20261109, MADE.isoformat(timespec="seconds"), "2027-05-01")
    honest = comment_of(manifest_of(files, 20261101, MADE.isoformat(timespec="seconds"), "2027-05-01"))
    later = honest.replace("2027-05-01", "2029-05-01")
    higher = honest.replace("version=20261101", "version=20261109")
    for comment in (comment_of(other), later, higher):
        raw = sign(payload, parties.publisher, comment, REMARK) + payload
        assert "manifest" in refused(trusting, saved(raw), state_of, log_of)


def test_that_an_older_version_is_refused(trusting, first, second, saved, state_of, log_of):
    apply(trusting, saved(second))
    why = refused(trusting, saved(first), state_of, log_of, BadInputError)
    assert "20261101 is older than 20261102" in why


def test_that_going_back_does_not_let_an_older_version_in(trusting, first, second, saved, state_of, log_of):
    apply(trusting, saved(second))
    roll_back(trusting)
    assert "older" in refused(trusting, saved(first), state_of, log_of)


def test_that_an_equal_version_with_other_content_is_refused(
    trusting, newer_files, parties, first, saved, state_of, log_of
):
    apply(trusting, saved(first))
    other = sealed(newer_files, parties.publisher, 20261101, "2027-05-01", MADE)
    assert "another file" in refused(trusting, saved(other), state_of, log_of, BadInputError)


def test_that_an_expired_bundle_is_refused(trusting, files, parties, saved, state_of, log_of):
    raw = sealed(files, parties.publisher, 20261101, "2026-11-20", MADE)
    assert "expired on 2026-11-20; today is 2026-11-21" in refused(trusting, saved(raw), state_of, log_of)
    apply(trusting, saved(sealed(files, parties.publisher, 20261101, "2026-11-21", MADE)))


def test_that_a_catalogue_with_mistakes_is_refused(trusting, files, parties, saved, state_of, log_of):
    name = min(name for name in files if name.startswith("parts/gpu/"))
    broken = files[name].replace(b"[specs]", b'[specs]\nspeed = { value = "fast" }', 1)
    raw = sealed({**files, name: broken}, parties.publisher, 20261101, "2027-05-01", MADE)
    assert name in refused(trusting, saved(raw), state_of, log_of, BadInputError)


def test_that_a_catalogue_for_other_formulas_is_refused(trusting, files, parties, saved, state_of, log_of):
    without = {name: raw for name, raw in files.items() if name != "assumptions/cards.toml"}
    raw = sealed(without, parties.publisher, 20261101, "2027-05-01", MADE)
    assert "another version of Steelyard" in refused(trusting, saved(raw), state_of, log_of, BadInputError)


def test_that_nothing_is_verified_without_a_key(library, first, saved, state_of, log_of):
    why = refused(library, saved(first), state_of, log_of, BadInputError)
    assert "unsigned build: no key is pinned, so no bundle can be verified" in why


def test_that_a_file_larger_than_any_bundle_is_refused(trusting, tmp_path, state_of, log_of):
    file = tmp_path / "large.steelyard-catalogue"
    with file.open("wb") as stream:
        stream.truncate(LARGEST_BUNDLE + 1)
    assert "larger than 50 MB" in refused(trusting, file, state_of, log_of, DamagedFileError)


def test_that_a_preview_refuses_the_same_and_logs_it(trusting, first, saved, state_of, log_of):
    raw = bytearray(first)
    raw[-100] ^= 1
    before = state_of(trusting)
    with pytest.raises(DamagedFileError, match="signature does not match"):
        preview(trusting, saved(bytes(raw)))
    assert state_of(trusting) == before
    assert log_of(trusting)[-1][0] == "bundle refused"


def test_that_a_missing_file_is_only_missing(trusting, tmp_path, log_of):
    entries = log_of(trusting)
    with pytest.raises(MissingFileError):
        apply(trusting, tmp_path / "none.steelyard-catalogue")
    assert log_of(trusting) == entries
