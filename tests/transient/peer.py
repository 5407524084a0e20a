"""ngspice as an independent peer: a thermal network as a netlist, 1 V for 1 °C, 1 A for 1 W, 1 F for 1 J/K.

Air that carries heat one way is a current that a voltage commands. Numbers are written with 17 digits: a netlist with
six would err by half a kelvin over an edge.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest

from steelyard.transient.network import Network
from steelyard.units import Array

EDGE = 1e-5  # s, of a step of power: a die moves by less than a ten thousandth of a kelvin meanwhile

needs_ngspice = pytest.mark.skipif(
    shutil.which("ngspice") is None, reason="the peer, ngspice, is not installed on this machine"
)


@dataclass
class Twin:
    """The same network twice: for the program, and as lines of a netlist."""

    network: Network = field(default_factory=Network)
    names: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def node(self, name: str, capacity: float, start: float) -> None:
        self.network.node(name, capacity)
        self.names.append(name)
        if capacity:
            self.lines.append(f"C{len(self.lines)} {name} 0 {capacity:.17g} IC={start:.17g}")

    def fixed(self, name: str, temperature: float) -> None:
        self.network.fixed(name, temperature)
        self.lines.append(f"V{len(self.lines)} {name} 0 {temperature:.17g}")

    def conduct(self, one: str, other: str, conductance: float) -> None:
        self.network.conduct(one, other, conductance)
        self.lines.append(f"R{len(self.lines)} {one} {other} {1 / conductance:.17g}")

    def blow(self, source: str, target: str, conductance: float) -> None:
        self.network.blow(source, target, conductance)
        self.lines.append(f"G{len(self.lines)} 0 {target} {source} {target} {conductance:.17g}")

    def power(self, name: str, starts: Array, powers: Array) -> None:
        """A power that is constant from each start to the next."""
        if len(starts) == 1:
            self.lines.append(f"I{len(self.lines)} 0 {name} {powers[0]:.17g}")
            return
        points = [f"0 {powers[0]:.17g}"]
        for at, before, after in zip(starts[1:], powers, powers[1:], strict=False):
            points += [f"{at - EDGE / 2:.17g} {before:.17g}", f"{at + EDGE / 2:.17g} {after:.17g}"]
        self.lines += [f"I{len(self.lines)} 0 {name} PWL({points[0]}", *(f"+ {each}" for each in points[1:]), "+ )"]


@dataclass
class Solved:
    """What ngspice found: temperatures by time and node, and the seconds that the program took for it."""

    times: Array
    temperatures: Array
    seconds: float


def solve(
    lines: list[str], names: list[str], until: float, every: float, longest: float, folder: Path, strict: float
) -> Solved:
    """Run ngspice over a netlist; longest: its time step, s. strict: how far it lets a step err, its own `trtol`."""
    vectors = " ".join(f"v({name})" for name in names)
    text = "\n".join(
        [
            "* thermal network",
            *lines,
            f".options reltol=1e-7 abstol=1e-9 vntol=1e-9 chgtol=1e-12 method=trap trtol={strict:g} itl4=100",
            f".tran {every:.17g} {until:.17g} 0 {longest:.17g} UIC",
            ".control",
            "set filetype=binary",
            "run",
            f"linearize {vectors}",
            f"write out.raw {vectors}",
            "quit",
            ".endc",
            ".end",
            "",
        ]
    )
    (folder / "net.cir").write_text(text, encoding="ascii")
    start = perf_counter()
    done = subprocess.run(["ngspice", "-b", "net.cir"], cwd=folder, capture_output=True, text=True, check=False)
    seconds = perf_counter() - start
    assert (folder / "out.raw").exists(), done.stdout + done.stderr
    found = _read_raw(folder / "out.raw")
    return Solved(found[:, 0], found[:, 1:], seconds)


def _read_raw(path: Path) -> Array:
    head, _, body = path.read_bytes().partition(b"Binary:\n")
    count = int(next(line for line in head.decode().splitlines() if line.startswith("No. Variables")).split(":")[1])
    return np.frombuffer(body, dtype=np.float64).reshape(-1, count)


def netlist(network: Network, start: float, starts: Array, powers: Array) -> tuple[list[str], list[str]]:
    """A whole network as lines of a netlist, and the names of its nodes there; powers: in the order of its system."""
    nodes = network.system().nodes
    names = {name: f"n{place}" for place, name in enumerate((*nodes, *network._fixed))}
    twin = Twin()
    for name, capacity in network._capacity.items():
        if capacity:
            twin.lines.append(f"C{len(twin.lines)} {names[name]} 0 {capacity:.17g} IC={start:.17g}")
    for name, temperature in network._fixed.items():
        twin.lines.append(f"V{len(twin.lines)} {names[name]} 0 {temperature:.17g}")
    for target, source, carried in network._links:
        if target not in network._fixed:
            ends = f"0 {names[target]} {names[source]} {names[target]}"
            twin.lines.append(f"G{len(twin.lines)} {ends} {carried:.17g}")
    for name, each in zip(nodes, powers.T, strict=True):
        if (each == each[0]).all():
            twin.power(names[name], starts[:1], each)
        else:
            twin.power(names[name], starts, each)
    return twin.lines, [names[name] for name in nodes]
