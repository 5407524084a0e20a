"""Signed catalogues on the command line, as whoever keeps an offline site uses them."""

from __future__ import annotations

import shutil
from base64 import b64encode
from pathlib import Path

import pytest

from steelyard.library.bundle.minisign import SecretKey, public_key_text, public_of
from steelyard.places import components_db

KEY = SecretKey("0123456789ABCDEF", bytes(range(32)))


@pytest.fixture
def site(tmp_path, monkeypatch) -> Path:
    """A folder with a publisher's two key files and a small catalogue, and a home of its own."""
    monkeypatch.setenv("STEELYARD_HOME", str(tmp_path / "home"))
    body = bytes.fromhex(KEY.id)[::-1] + KEY.seed + public_of(KEY).raw + bytes(32)
    secret = b64encode(b"Ed\0\0B2" + bytes(48) + body)
    (tmp_path / "publisher.key").write_bytes(b"untrusted comment: a key of a test\n" + secret + b"\n")
    (tmp_path / "publisher.pub").write_bytes(public_key_text(public_of(KEY)))
    shutil.copytree(components_db(), tmp_path / "catalogue", ignore=shutil.ignore_patterns("parts"))
    for part in ("gpu/nvidia-l4", "gpu/nvidia-l40s", "psu/corsair-rm850x-2024"):
        source = components_db() / "parts" / f"{part}.toml"
        (tmp_path / "catalogue" / "parts" / source.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(source, tmp_path / "catalogue" / "parts" / source.parent.name)
    return tmp_path


@pytest.fixture
def make(run, site):
    """Make a bundle with the command."""

    def making(version: str) -> Path:
        out = site / f"{version}.steelyard-catalogue"
        said = run("catalog", "bundle", "make", "--key", site / "publisher.key", "--out", out, "--version", version,
                   "--expires", "2099-12-31", "--from", site / "catalogue")  # fmt: skip
        assert said.code == 0, said.err
        assert f"signed with key {KEY.id}" in said.out
        return out

    return making


def test_that_an_unsigned_build_says_so_and_applies_nothing(run, make):
    bundle = make("20261101")
    assert "Unsigned build: no key is pinned" in run("catalog", "keys", "list").out
    assert "unsigned build" in run("catalog", "bundle", "list").out
    for step in ("apply", "preview"):
        said = run("catalog", "bundle", step, bundle)
        assert said.code == 2
        assert "no key is pinned, so no bundle can be verified. Nothing was changed." in said.err


def test_the_way_of_a_bundle_from_key_to_rollback(run, make, site):
    said = run("catalog", "keys", "add", site / "publisher.pub")
    assert "Warning: whoever holds it can give you any catalogue." in said.out
    assert f"key {KEY.id}, added by " in run("catalog", "keys", "list").out
    first = make("20261101")
    said = run("catalog", "bundle", "preview", first)
    assert said.code == 0
    assert "signature: valid, key 0123456789ABCDEF, added by " in said.out
    assert "... and" in said.out
    assert "... and" not in run("catalog", "bundle", "preview", first, "--all").out
    assert "in use; before it was the program's own" in run("catalog", "bundle", "apply", first).out
    assert "nothing to do" in run("catalog", "bundle", "apply", first).out

    (site / "catalogue" / "parts" / "gpu" / "nvidia-l4.toml").unlink()
    second = make("20261102")
    said = run("catalog", "bundle", "preview", second, "--json")
    assert said.json["version_now"] == 20261101
    assert [part["id"] for part in said.json["differences"]["parts"]["removed"]] == ["gpu/nvidia/l4"]
    said = run("catalog", "diff", first, second)
    assert "- 20261101.steelyard-catalogue, version 20261101, signature valid" in said.out
    assert "Parts: +0, ~0, -1" in said.out
    assert "Nothing differs." in run("catalog", "diff", "current", first).out
    assert run("catalog", "bundle", "apply", second).code == 0
    said = run("catalog", "bundle", "apply", first)
    assert (said.code, said.out) == (2, "")
    assert "20261101 is older than 20261102" in said.err
    assert "In use is catalogue 20261101 again" in run("catalog", "bundle", "rollback").out
    refused, rolled_back = run("audit", "list", "--last", "2").out.splitlines()[1:]
    assert '"20261101.steelyard-catalogue" is refused: its version 20261101 is older than 20261102' in refused
    assert "catalogue rolled back  catalogue 20261102 " in rolled_back
    assert rolled_back.endswith("from 20261102 to 20261101")
    state = run("catalog", "bundle", "list", "--json").json
    assert (state["active"]["version"], [each["version"] for each in state["applied"]]) == (
        20261101,
        [20261102, 20261101],
    )
    assert run("catalog", "bundle", "rollback", "--json").json["now"] is None
    assert run("catalog", "bundle", "rollback").code == 2
    assert run("catalog", "bundle", "apply", second, "--json").json["version"] == 20261102
    assert run("catalog", "keys", "list", "--json").json[0]["key"] == KEY.id
    assert "no longer trusted" in run("catalog", "keys", "remove", KEY.id).out


def test_that_a_folder_is_compared_without_a_library(run, site):
    said = run("catalog", "diff", "shipped", site / "catalogue", "--json")
    assert said.json["differences"]["parts"]["added"] == []
    assert not (site / "home" / "data").exists()
    assert run("catalog", "diff", "shipped", "nowhere").code == 3


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--version", "new", "is no version"),
        ("--version", "0", "not from 1"),
        ("--expires", "2020-01-01", "expired already"),
        ("--expires", "soon", "is no day"),
        ("--out", "bundle.zip", "no name for a bundle"),
        ("--key", "publisher.pub", "no secret key"),
        ("--key", "none.key", "There is no file"),
        ("--from", "nowhere", "There is no folder"),
    ],
)
def test_that_a_bundle_is_not_made_of_what_cannot_be_meant(run, site, monkeypatch, option, value, says):
    monkeypatch.chdir(site)
    given = {"--key": "publisher.key", "--out": "a.steelyard-catalogue", "--version": "1", "--expires": "2099-12-31",
             "--from": "catalogue"} | {option: value}  # fmt: skip
    said = run("catalog", "bundle", "make", *(word for pair in given.items() for word in pair))
    assert said.code in {2, 3}
    assert says in said.err
    assert not (site / "a.steelyard-catalogue").exists()


def test_that_a_catalogue_with_mistakes_is_not_signed(run, site):
    part = site / "catalogue" / "parts" / "gpu" / "nvidia-l4.toml"
    part.write_text(part.read_text().replace("[specs]", "[specs]\nspeed = 3", 1))
    said = run("catalog", "bundle", "make", "--key", site / "publisher.key", "--out", site / "a.steelyard-catalogue",
               "--version", "1", "--expires", "2099-12-31", "--from", site / "catalogue")  # fmt: skip
    assert said.code == 2
    assert "is not signed" in said.err
    assert "parts/gpu/nvidia-l4.toml" in said.err


@pytest.fixture
def applied(run, make, site) -> Path:
    """The folder of a catalogue that was applied."""
    run("catalog", "keys", "add", site / "publisher.pub")
    assert run("catalog", "bundle", "apply", make("20261101")).code == 0
    (folder,) = (site / "home" / "data" / "catalogues").iterdir()
    return folder


@pytest.fixture(params=["altered", "gone"])
def spoiled(request, applied) -> str:
    """What became of the catalogue that was applied, in the word that must be said of it."""
    if request.param == "gone":
        applied.rename(applied.parent.parent / "elsewhere")
    else:
        part = applied / "parts" / "gpu" / "nvidia-l4.toml"
        part.write_text(part.read_text() + "# a word more\n")
    return request.param


def test_that_every_command_says_that_the_applied_catalogue_does_not_stand(run, spoiled):
    commands = (
        ("catalog", "list"),
        ("catalog", "show", "gpu/nvidia/l4"),
        ("catalog", "diff", "shipped", "current"),
        ("workloads", "list"),
        ("schema", "part", "gpu"),
        ("check", "workstation-a-1"),
    )
    for words in commands:
        said = run(*words)
        assert f"{spoiled}; the program's own stands in" in said.err, words
        assert "catalog bundle rollback" in said.err


def test_that_the_list_of_bundles_names_what_really_stands(run, spoiled):
    said = run("catalog", "bundle", "list")
    verb = "is" if spoiled == "gone" else "was"
    assert f"In use: the program's own because the applied catalogue 20261101 {verb} {spoiled}." in said.out
    assert "Apply it again, or go back" in said.out
    assert run("catalog", "bundle", "list", "--json").json["active_stands"] is False
    assert "catalogue 20261101" in run("catalog", "diff", "shipped", "current").out
    found = run("catalog", "diff", "shipped", "current", "--json").json
    assert found["differences"]["parts"] == {"added": [], "changed": [], "removed": []}, "the shipped one stands"


def test_that_the_checks_of_files_and_installation_fail_where_the_applied_catalogue_does_not_stand(run, spoiled):
    said = run("catalog", "lint")
    assert said.code == 2
    assert spoiled in said.out
    assert said.out.splitlines()[-1].startswith("1 complaint, ")
    said = run("library", "check")
    assert said.code == 2
    assert f"{spoiled}; the program's own stands in" in said.out
    outcomes = run("self-test", "--json").json
    (wrong,) = [each for each in outcomes if not each["right"]]
    assert "library" in wrong["check"]
    assert spoiled in wrong["found"]


@pytest.mark.usefixtures("spoiled")
def test_that_a_spoiled_catalogue_can_be_looked_at_and_applied_again(run, site):
    bundle = site / "20261101.steelyard-catalogue"
    found = run("catalog", "bundle", "preview", bundle, "--json").json
    assert (found["already"], found["version_now"], found["refusal"]) == (False, None, "")
    assert "the program's own stands in" in found["warnings"][0]
    assert run("catalog", "bundle", "apply", bundle).code == 0
    said = run("catalog", "list", "--all")
    assert ("gpu/nvidia/l4" in said.out, said.err) == (True, "")
