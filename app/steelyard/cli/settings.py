"""The settings of a prediction, as `--set k=v` gives them, and its further parts, as `--with role=part:count` does."""

from __future__ import annotations

from steelyard.errors import BadInputError, did_you_mean
from steelyard.workstation.roles import ROLES

__all__ = ["parts_of", "settings_of"]


def settings_of(pairs: list[str]) -> dict[str, str]:
    """Read `k=v` pairs. Raises BadInputError for what is none."""
    found = {}
    for pair in pairs:
        name, is_pair, value = pair.partition("=")
        if not is_pair:
            raise BadInputError(f'"{pair[:60]}" is not a setting.', "Write it as cases=300.")
        found[name.strip()] = value.strip()
    return found


def parts_of(pairs: list[str]) -> dict[str, tuple[str, int]]:
    """Read `role=part` and `role=part:count`. Raises BadInputError for what is none."""
    found = {}
    roles = [role.name for role in ROLES]
    for pair in pairs:
        name, is_pair, filling = pair.partition("=")
        part, _, count = filling.partition(":")
        if not is_pair or not part or not (count or "1").isdecimal():
            raise BadInputError(f'"{pair[:60]}" names no part.', "Write it as case_fan=PART:3.")
        if name not in roles:
            hint = did_you_mean(name, roles) or f" Roles: {', '.join(roles)}."
            raise BadInputError(f'There is no role "{name[:60]}" in a build.{hint}')
        found[name] = (part, int(count or "1"))
    return found
