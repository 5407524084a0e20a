"""The order of a graph: what must come first, and what goes round in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


def circles(after: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return the strongly connected parts of a graph, each after all that it needs (Tarjan 1972, without recursion)."""
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


def settled_order(after: Mapping[str, Sequence[str]], guessed: Collection[str]) -> list[str]:
    """Return the names of a circle in an order in which only guessed ones are needed before they are computed.

    What needs no guess that is still to be computed goes first, so that as little as possible rests on guesses. Names
    that a circle without a guess keeps from being ordered are left out.
    """
    placed: dict[str, None] = {}
    waiting = list(after)
    while waiting:
        ready = [name for name in waiting if all(need in placed or need in guessed for need in after[name])]
        if not ready:
            break
        chosen = min(ready, key=lambda name: sum(need not in placed for need in after[name]))
        placed[chosen] = None
        waiting.remove(chosen)
    return list(placed)
