"""The order of a graph: what must come first, and what goes round in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def circles(after: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return the strongly connected parts of a graph, each after all that it needs (Tarjan, 1972, without recursion)."""
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    parts: list[list[str]] = []
    for root in after:
        if root in index:
            continue
        work = [(root, iter(after[root]))]
        index[root] = lowest[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            name, needs = work[-1]
            need = next(needs, None)
            if need is None:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[name])
                if lowest[name] == index[name]:
                    part: list[str] = []
                    while not part or part[-1] != name:
                        part.append(stack.pop())
                        on_stack.discard(part[-1])
                    parts.append(part)
            elif need not in index:
                index[need] = lowest[need] = len(index)
                stack.append(need)
                on_stack.add(need)
                work.append((need, iter(after[need])))
            elif need in on_stack:
                lowest[name] = min(lowest[name], index[need])
    return parts


def ordered(after: Mapping[str, Sequence[str]]) -> tuple[list[str], set[str]]:
    """Return the names so that each comes after all that it needs, and those that a circle keeps from being ordered."""
    parts = circles(after)
    open_circles = {name for part in parts for name in part if len(part) > 1 or name in after[name]}
    return [name for part in parts for name in part if name not in open_circles], open_circles
