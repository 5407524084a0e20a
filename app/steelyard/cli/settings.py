"""The settings of a prediction, as `--set k=v` gives them."""

from __future__ import annotations

from steelyard.errors import BadInputError

__all__ = ["settings_of"]


def settings_of(pairs: list[str]) -> dict[str, str]:
    """Read `k=v` pairs. Raises BadInputError for what is none."""
    found = {}
    for pair in pairs:
        name, is_pair, value = pair.partition("=")
        if not is_pair:
            raise BadInputError(f'"{pair[:60]}" is not a setting.', "Write it as cases=300.")
        found[name.strip()] = value.strip()
    return found
