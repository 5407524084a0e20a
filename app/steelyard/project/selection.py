"""One build as people edit it: which part fills each role, and how many.

Selection.of(cpu="cpu/amd/threadripper-9980x").with_(gpu=("gpu/nvidia/rtx-6000-ada", 2)).without("ups")
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, NamedTuple

from steelyard.errors import BadInputError, did_you_mean
from steelyard.project.shape import Bounds, Most, Text
from steelyard.workstation.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Filling", "PartId", "Selection"]

PartId = Annotated[
    str, Text(120, pattern=r"[a-z_]+/[a-z0-9.-]+/[a-z0-9._+-]+", says="a part id such as gpu/maker/model")
]
MOST_PUBLISHED = 64
"""Parts of a role in a machine that somebody measured."""

_ROLES = {role.name: role for role in ROLES}


class Filling(NamedTuple):
    """A part and how many of it a role holds."""

    part: PartId
    count: Annotated[int, Bounds(0, 64)] = 1  # type: ignore[assignment]  # hides a tuple's count()


class Selection:
    """The fillings of one build, role by role. Immutable: every edit makes another one.

    A role with a count of zero is an empty role, and is not kept.
    """

    __slots__ = ("_fillings",)

    def __init__(self, fillings: Mapping[str, Filling] | None = None, *, most: int = 0) -> None:
        """Check roles, kinds and counts, and keep them in the order of the roles. Raises BadInputError.

        most: how many of a part a role may hold where that is more than it holds in a workstation.
        """
        given = {name: _checked(name, filling, most) for name, filling in (fillings or {}).items()}
        self._fillings = MappingProxyType({name: given[name] for name in _ROLES if name in given and given[name].count})

    @classmethod
    def of(cls, **roles: str | tuple[str, int]) -> Selection:
        """Make a selection from part ids, with a count where it is not one."""
        return cls().with_(**roles)

    @classmethod
    def of_published(cls, **roles: tuple[str, int]) -> Selection:
        """Make a selection of a machine that somebody measured, which may hold more than a workstation does."""
        return cls({name: Filling(*what) for name, what in roles.items()}, most=MOST_PUBLISHED)

    def with_(self, **roles: str | tuple[str, int]) -> Selection:
        """Return this selection with other fillings for the roles named; a bare part id means one of it."""
        given = {name: Filling(what) if isinstance(what, str) else Filling(*what) for name, what in roles.items()}
        return Selection({**self._fillings, **given})

    def without(self, *roles: str) -> Selection:
        """Return this selection with the roles named left empty."""
        for name in roles:
            _role(name)
        return Selection({name: filling for name, filling in self._fillings.items() if name not in roles})

    def part(self, role: str) -> str | None:
        """Return the id of the part in this role, or None where it is empty."""
        _role(role)
        return self._fillings[role].part if role in self._fillings else None

    def count(self, role: str) -> int:
        """Return how many parts this role holds, zero where it is empty."""
        _role(role)
        return self._fillings[role].count if role in self._fillings else 0

    def quantity(self, part: str) -> int:
        """Return how many of a part the build takes, over all roles: what a price break counts."""
        return sum(filling.count for filling in self._fillings.values() if filling.part == part)

    def items(self) -> Iterator[tuple[str, Filling]]:
        """Yield the filled roles in the order of the roles."""
        yield from self._fillings.items()

    def missing(self) -> tuple[str, ...]:
        """Name the required roles that are empty."""
        return tuple(role.name for role in ROLES if role.required and role.name not in self._fillings)

    def changed_from(self, other: Selection) -> tuple[str, ...]:
        """Name the roles that this selection fills otherwise than the other one."""
        return tuple(name for name in _ROLES if self._fillings.get(name) != other._fillings.get(name))

    @staticmethod
    def plain_shape() -> object:
        """Tell `shape` how a selection is written: role -> {part, count}."""
        from collections.abc import Mapping  # noqa: PLC0415  # the class needs it for its own description only

        return Annotated[Mapping[str, Filling], Most(64)]

    @classmethod
    def from_plain(cls, fillings: Mapping[str, Filling]) -> Selection:
        """Make a selection from what a file holds."""
        return cls(fillings)

    def plain(self) -> dict[str, Filling]:
        """Return the fillings by role, for a file."""
        return dict(self._fillings)

    def __contains__(self, role: object) -> bool:
        """Say whether this role is filled."""
        return role in self._fillings

    def __eq__(self, other: object) -> bool:
        """Two selections are equal when every role is filled alike."""
        return isinstance(other, Selection) and self._fillings == other._fillings

    def __hash__(self) -> int:
        """Equal selections share one hash, so that evaluations can be looked up by selection."""
        return hash(tuple(self._fillings.items()))

    def __repr__(self) -> str:
        """Show what to type to get it again."""
        inside = ", ".join(f"{name}=({filling.part!r}, {filling.count})" for name, filling in self.items())
        return f"Selection.of({inside})"


def _role(name: str) -> object:
    if name not in _ROLES:
        hint = did_you_mean(name, list(_ROLES)) or f" Roles: {', '.join(_ROLES)}."
        raise BadInputError(f'There is no role "{name[:60]}" in a build.{hint}')
    return _ROLES[name]


def _checked(name: str, filling: Filling, most: int) -> Filling:
    _role(name)
    role, (part, count) = _ROLES[name], filling
    kind = part.partition("/")[0]
    if kind != role.kind:
        raise BadInputError(f'The role "{name}" takes a {role.kind}, but "{part[:60]}" is a {kind[:20]}.')
    if isinstance(count, bool) or not isinstance(count, int):
        raise BadInputError(f'The role "{name}" needs a whole number of parts.', "Give a count such as 1 or 2.")
    if count < 0:
        raise BadInputError(f'The role "{name}" cannot hold {count} parts.', "Give 0 to leave it empty, or more.")
    if count > max(role.most, most):
        raise BadInputError(f'The role "{name}" holds at most {max(role.most, most)} parts, not {count}.')
    return filling
