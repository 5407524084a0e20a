"""Bad input, missing files and a machine that lacks something: one or two sentences, the right code, nothing lost."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from steelyard import __version__
from steelyard.cli.commands import COMMANDS
from steelyard.project.file import project_text

if TYPE_CHECKING:
    from tests.cli.conftest import Run

    from steelyard.project.content import Project

ROOT = Path(__file__).parents[2]
PREDICT = ("predict", "--workload", "nnunet-3d-training", "--gpu", "gpu/nvidia/rtx-6000-ada")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["evaluate", "none.json"], 3, 'There is no file "none.json"'),
        (["evaluate", "workstation-a1"], 3, 'Did you mean "workstation-a-1"?'),
        (["evaluate"], 2, "FILE"),
        (["evalute", "workstation-a-1"], 2, 'Did you mean "evaluate"?'),
        (["evaluate", "workstation-a-1", "--variant", "Balance"], 2, 'Did you mean "Balanced"?'),
        (["evaluate", "workstation-a-1", "--jsn"], 2, "--jsn"),
        (["explain", "workstation-a-1", "wall_powr"], 2, 'Did you mean "wall_power"?'),
        (["explain", "PWR-01"], 2, 'Did you mean "PWR-0'),
        (["explain", "workstation-a-1", "PWR-999"], 2, "No quantity and no rule"),
        (["explain", "workstation-a-1", "wall_power", "--workload", "trainin"], 2, 'Did you mean "training"?'),
        (["explain", "workstation-a-1", "wall_power", "--depth", "-3"], 2, "-3 is less than 0"),
        (["explain", "workstation-a-1", "wall_power", "--place", "1"], 2, "Leave --place out"),
        (["explain", "workstation-a-1", "card_temperature", "--place", "9"], 2, "2 are filled"),
        (["explain", "workstation-a-1", "card_temperature", "--place", "0"], 2, "0 is less than 1"),
        (["catalog", "show", "gpu/nvidia/rtx-6000-adda"], 2, 'Did you mean "gpu/nvidia/rtx-6000-ada"?'),
        (
            ["catalog", "show", "gpu/nvidia/rtx-pro-6000-blackwell"],
            2,
            '-max-q", "gpu/nvidia/rtx-pro-6000-blackwell-server" or "gpu/nvidia/rtx-pro-6000-blackwell-workstation"?',
        ),
        (["catalog", "list", "--kind", "gpus"], 2, 'Did you mean "gpu"?'),
        (["catalog", "lint", "no-such-folder"], 3, "is not there"),
        (["workloads", "show", "imaging"], 2, "There is no workload"),
        (["schema", "parts"], 2, "parts"),
        ([*PREDICT, "--gpus", "-1"], 2, "cannot hold -1 parts"),
        ([*PREDICT, "--gpus", "two"], 2, "not a whole number"),
        ([*PREDICT, "--set", "cases"], 2, '"cases" is not a setting'),
        ([*PREDICT, "--set", "cases=nan"], 2, "no number that can be meant"),
        ([*PREDICT, "--set", "case=3"], 2, 'Did you mean "cases"?'),
        ([*PREDICT, "--set", "room_temperature=300"], 2, "from -10 to 60"),
        (
            [*PREDICT, "--set", "epochs=0"],
            2,
            'Epochs ("epochs") of the workload "nnunet-3d-training" cannot be 0; usual is',
        ),
        ([*PREDICT, "--set", "epochs=-1"], 2, "at least 3 and at most 400,000"),
        ([*PREDICT, "--set", "batch=1e9"], 2, "cannot be 1,000,000,000"),
        ([*PREDICT, "--cpu", "gpu/nvidia/rtx-6000-ada"], 2, "takes a cpu"),
        (["--screenshot", "desk.jpg"], 2, "must be a PNG"),
        (["--screenshot", "no-such-folder/desk.png"], 2, "its folder does not exist"),
        (["evaluate", ""], 2, "No project is named"),
        (["evaluate", " "], 2, "No project is named"),
        (["--nonsense"], 2, "not understood"),
    ],
)
def test_that_trouble_is_a_sentence_with_the_right_code(run: Run, words: list[str], code: int, says: str) -> None:
    said = run(*words)
    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert len(said.err.splitlines()) == 1


def broken(sample: Project, old: str, new: str) -> str:
    text = project_text(sample)
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("gpu/nvidia/rtx-6000-ada", "gpu/nvidia/rtx-6000-adda", 'Did you mean "gpu/nvidia/rtx-6000-ada"?'),
        ('"imaging-pipeline"', '"imaging-pipelin"', 'Did you mean "imaging-pipeline"?'),
        ('"cases"', '"casess"', 'Did you mean "cases"?'),
        ('"count": 2', '"count": -2', "stands -2"),
        ('"format"', '"format', "is damaged"),
    ],
)
def test_that_a_project_that_cannot_be_meant_is_refused(
    run: Run, sample: Project, tmp_path: Path, old: str, new: str, says: str
) -> None:
    file = tmp_path / "plan.json"
    file.write_text(broken(sample, old, new), encoding="utf-8")
    said = run("evaluate", str(file), "--json")
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert file.read_text(encoding="utf-8") == broken(sample, old, new)


def test_that_a_number_in_quotes_is_answered_with_the_number(run: Run, sample: Project, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(
        broken(sample, '"schema_version": 1', '"schema_version": "1"'), encoding="utf-8"
    )
    assert 'stands "1"; it must be 1, without quotes. ' in run("check", str(tmp_path / "plan.json")).err


def test_that_one_complaint_is_one(run: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "components_db", tmp_path / "data")
    (tmp_path / "data" / "workloads" / "private-llm-retrieval.toml").write_text("id =\n", encoding="utf-8")
    assert run("catalog", "lint", str(tmp_path / "data")).out.splitlines()[-1].startswith("1 complaint, ")


def test_that_the_roles_that_are_empty_are_named(run: Run, sample: Project, tmp_path: Path) -> None:
    variant = sample.variants[0]
    bare = variant._replace(selection=variant.selection.without("psu", "os_drive"))
    file = tmp_path / "plan.json"
    file.write_text(project_text(sample.with_variant(bare)), encoding="utf-8")
    said = run("evaluate", str(file))
    assert "INCOMPLETE" in said.out.splitlines()[0]
    assert "  Not chosen yet: OS drive, Supply" in said.out.splitlines()


def test_that_no_picture_is_taken_of_a_project_that_cannot_be_meant(
    child: Run, sample: Project, tmp_path: Path
) -> None:
    pytest.importorskip("PySide6")
    (tmp_path / "plan.json").write_text(
        broken(sample, "gpu/nvidia/rtx-6000-ada", "gpu/nvidia/rtx-6000-adda"), encoding="utf-8"
    )
    said = child("--screenshot", str(tmp_path / "desk.png"), str(tmp_path / "plan.json"))
    assert said.code == 2
    assert 'Did you mean "gpu/nvidia/rtx-6000-ada"?' in said.err
    assert not (tmp_path / "desk.png").exists()


def test_that_a_truncated_project_is_refused_and_left_alone(run: Run, sample: Project, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    half = project_text(sample).encode()[:700]
    file.write_bytes(half)
    said = run("check", str(file))
    assert said.code == 2
    assert "ends too early" in said.err
    assert file.read_bytes() == half


def test_that_a_file_edited_by_hand_is_said_on_the_other_output(run: Run, sample: Project, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(broken(sample, '"altitude": 0', '"altitude": 5'), encoding="utf-8")
    said = run("evaluate", str(tmp_path / "plan.json"), "--json")
    assert said.code == 0
    assert said.json["variants"]
    assert "edited by hand or damaged" in said.err


def test_that_a_mistake_of_ours_is_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_options: object) -> int:
        return 1 // 0

    monkeypatch.setattr("steelyard.cli.builds.evaluate", fail)
    said = run("evaluate", "workstation-a-1")
    assert said.code == 70
    assert "Steelyard made a mistake (ZeroDivisionError" in said.err


def test_that_a_stop_is_code_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("steelyard.cli.builds.evaluate", stop)
    assert run("evaluate", "workstation-a-1") == (130, "", "Stopped.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_that_control_c_stops_a_real_run(environment: dict[str, str]) -> None:
    program = (
        "import os, signal, time; import steelyard.cli.builds as builds; from steelyard.cli import main;"
        "builds.evaluate = lambda _: (os.kill(os.getpid(), signal.SIGINT), time.sleep(9));"
        "raise SystemExit(main(['evaluate', 'workstation-a-1']))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 130
    assert done.stderr == b"Stopped.\n"


@pytest.mark.parametrize(
    ("loading", "trouble"), [("steelyard.cli", "stop"), ("numpy", "ImportError('stopped') from stop")]
)
def test_that_control_c_while_the_program_loads_is_no_traceback(
    environment: dict[str, str], loading: str, trouble: str
) -> None:
    program = (
        "import sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {loading!r}:\n"
        "            try:\n"
        "                raise KeyboardInterrupt\n"
        "            except KeyboardInterrupt as stop:\n"
        f"                raise {trouble}\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from steelyard.__main__ import main\n"
        "raise SystemExit(main(['evaluate', 'workstation-a-1']))"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr in {b"", b"Stopped.\n"}


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell to close an output")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_that_a_closed_output_is_no_trouble(environment: dict[str, str], closed: str) -> None:
    command = f"{sys.executable} -m steelyard check workstation-a-1 {closed}"
    done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(shutil.which("head") is None, reason="there is no head")
def test_that_a_reader_who_has_enough_is_no_trouble(environment: dict[str, str]) -> None:
    command = f"{sys.executable} -m steelyard catalog list --json | head -1"
    done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"[\n", b"")


def test_that_json_survives_a_terminal_without_letters(child: Run) -> None:
    said = child("evaluate", "workstation-a-1", "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "\N{DEGREE SIGN}C" in json.loads(said.out)["variants"][0]["card"]["temp"]
    assert child("evaluate", "workstation-a-1", PYTHONIOENCODING="ascii", PYTHONUTF8="0").code == 0


def test_that_help_and_version_are_there(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        run("--help")
    assert done.value.code == 0
    out = capsys.readouterr().out
    assert all(command in out for command in COMMANDS)
    with pytest.raises(SystemExit):
        run("--version")
    assert __version__ in capsys.readouterr().out


def test_that_one_version_is_said_everywhere() -> None:
    stated = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert stated is not None
    assert stated[1] == __version__


def test_that_a_light_command_imports_neither_numpy_nor_qt(environment: dict[str, str]) -> None:
    program = (
        "import sys; from steelyard.cli import main; import steelyard.project.samples as s;"
        "s.open_project('workstation-a-1'); print(sorted({'numpy', 'PySide6', 'reportlab'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert done.stdout == b"[]\n"


def test_that_a_command_without_screen_never_imports_qt(environment: dict[str, str]) -> None:
    program = (
        "import sys; from steelyard.cli import main; main(['evaluate', 'workstation-a-1', '--json']);"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False).returncode
        == 0
    )
