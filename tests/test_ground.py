"""The ground that all stands on: places, fonts, locks, the wheel, and the core without Qt."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from steelyard import places

ROOT = Path(__file__).parent.parent
WHOLE_FILE_CHECKSUM = 0xB1B0AFBA  # OpenType 1.9, head.checkSumAdjustment
FONTS = sorted((ROOT / "resources" / "fonts").glob("*.ttf"))


# --- places


def test_that_a_checkout_reads_its_own_data() -> None:
    assert places.components_db() == ROOT / "components_db"
    assert places.resources() == ROOT / "resources"


def test_that_one_variable_moves_all_that_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STEELYARD_HOME", str(tmp_path))
    assert (places.user_data(), places.user_cache()) == (tmp_path / "data", tmp_path / "cache")


@pytest.mark.parametrize("stated", ["", "relative/path"])
def test_that_without_a_valid_path_the_standard_folders_are_used(
    stated: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("STEELYARD_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", stated)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "scratch"))
    assert places.user_data() == tmp_path / ".local" / "share" / "steelyard"
    assert places.user_cache() == tmp_path / "scratch" / "steelyard"


# --- fonts


def test_that_ten_fonts_and_their_licence_are_there() -> None:
    assert len(FONTS) == 10
    assert 'Reserved Font Name "Plex"' in (ROOT / "resources" / "fonts" / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_that_a_font_is_the_file_that_its_maker_released(path: Path) -> None:
    content = path.read_bytes()
    content += bytes(-len(content) % 4)
    assert sum(struct.unpack(f">{len(content) // 4}I", content)) & 0xFFFFFFFF == WHOLE_FILE_CHECKSUM


# --- locks


def locked(name: str) -> dict[str, str]:
    """Return package -> version of a lock file."""
    text = (ROOT / "packaging" / "lock" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, flags=re.MULTILINE))


def test_that_every_locked_wheel_has_a_hash() -> None:
    for name in ("run", "test"):
        text = (ROOT / "packaging" / "lock" / f"{name}.txt").read_text(encoding="utf-8")
        entries = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
        assert len(entries) == len(locked(name))
        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text, "a lock names no host"


def test_that_the_tests_run_on_the_versions_that_the_program_runs_on() -> None:
    assert locked("run").items() <= locked("test").items()


def test_that_all_that_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["gui"]]
    names = {re.split(r"[<>=]", requirement)[0].lower() for requirement in asked}
    assert names <= locked("run").keys()
    tools = {re.split(r"[<>=]", tool)[0].lower() for tool in project["dependency-groups"]["test"]}
    assert tools <= locked("test").keys()


# --- what is installed


def test_that_the_core_and_the_sheets_work_where_there_is_no_qt(tmp_path: Path) -> None:
    (tmp_path / "PySide6.py").write_text("raise ImportError('there is no Qt here')")
    done = subprocess.run(
        [sys.executable, "-c", "import steelyard.cli, steelyard.sheets; steelyard.load_catalog; print('imported')"],
        env={"PYTHONPATH": f"{tmp_path}:{ROOT / 'app'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "imported\n", done.stderr


def test_that_a_wheel_carries_the_data_and_finds_it(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    wheel = next(tmp_path.glob("steelyard-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "installed")  # our own file, made a moment ago
    for shipped in ("components_db/sources.toml", "resources/fonts/OFL.txt", "resources/fonts/IBMPlexSans-Regular.ttf"):
        assert f"steelyard/_data/{shipped}" in names
    assert not [name for name in names if name.startswith("tests") or name.endswith(".pyc")]
    ask = "from steelyard.places import resources; print((resources() / 'fonts' / 'OFL.txt').is_file())"
    done = subprocess.run(
        [sys.executable, "-c", ask],
        env={"PYTHONPATH": str(tmp_path / "installed")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "True\n"


# --- what is written down


def test_that_decisions_are_numbered_without_a_gap() -> None:
    decisions = sorted((ROOT / "resources" / "docs" / "decisions").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]} ")
        for part in ("Context", "Decision", "Consequences", "Alternatives"):
            assert f"\n## {part}\n" in text, f"{path.name} lacks {part}"


def test_that_every_dependency_is_imported_somewhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["gui"]]
    names = {re.split(r"[<>=]", requirement)[0] for requirement in asked}
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    modules = {name: f"{name.partition('-')[0]}|{name.replace('-', '_')}" for name in names}
    imported = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE).findall(code)
    unused = {name for name, said in modules.items() if not any(re.fullmatch(said, each) for each in imported)}
    assert unused <= {"shiboken6"}, "shiboken6 is named to pin it; a library that nobody imports is not asked for"


def test_that_the_formulas_on_the_architecture_page_are_the_programs_own() -> None:
    page = (ROOT / "resources" / "docs" / "architecture.md").read_text(encoding="utf-8")
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "app" / "steelyard" / "workstation").rglob("*.py")
    )
    shown = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)[0].strip().split("\n\n\n")
    assert len(shown) == 2
    assert [formula for formula in shown if formula not in code] == []
