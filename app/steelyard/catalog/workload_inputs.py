"""The inputs of a workload file: numbers with their usual range, and choices with their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from steelyard.catalog.sources import check_source
from steelyard.catalog.workload import WorkloadInput
from steelyard.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.catalog.page import Page
    from steelyard.catalog.sources import Source

__all__ = ["read_inputs"]

_KEYS: Final = ("label", "unit", "required", "default", "typical", "low", "high", "help", "source", "choices", "whole")
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9._-]*")
_NUMBERS_ONLY: Final = ("unit", "low", "high", "whole")


def read_inputs(page: Page, sources: Mapping[str, Source]) -> dict[str, WorkloadInput]:
    """Read the table `inputs` of a workload file."""
    entries = page.table(page.data, (), "inputs")
    return {key: _read_one(page, key, page.table(entries, ("inputs",), key), sources) for key in entries}


def _read_one(page: Page, name: str, entry: dict[str, object], sources: Mapping[str, Source]) -> WorkloadInput:
    keys = ("inputs", name)
    page.only(entry, keys, _KEYS)
    label = page.text(entry, keys, "label", required=True)
    required = entry.get("required", False) is True
    if not required and "default" not in entry:
        page.complain(
            keys, f'"{name}" is neither required nor has a default.', "Add required = true, or default = ...."
        )
    source = check_source(page, entry, keys, sources) if "source" in entry else ""
    told = page.text(entry, keys, "help")
    if "choices" in entry:
        choices = _read_choices(page, entry, keys)
        default, typical = (_read_word(page, entry, keys, key, choices) for key in ("default", "typical"))
        return WorkloadInput(name, label, "×", required, default, typical, None, None, told, source, choices)
    unit = page.unit(entry, keys)
    least, usual, low, high = (page.number(entry, keys, key) for key in ("default", "typical", "low", "high"))
    whole = entry.get("whole", False)
    if not isinstance(whole, bool):
        page.complain((*keys, "whole"), '"whole" is neither true nor false.', "Write whole = true for a count.")
    if whole is True and any(each is not None and each % 1 for each in (least, usual, low, high)):
        page.complain(keys, f'"{name}" is whole, and one of its numbers is not.', "Round it, or remove whole.")
    return WorkloadInput(name, label, unit, required, least, usual, low, high, told, source, {}, whole is True)


def _read_choices(page: Page, entry: dict[str, object], keys: tuple[str, ...]) -> dict[str, str]:
    for key in _NUMBERS_ONLY:
        if key in entry:
            page.complain((*keys, key), f'A choice has no "{key}".', f"Remove {key}, or the choices.")
    given = page.table(entry, keys, "choices")
    if not given:
        page.complain((*keys, "choices"), "A choice needs one word or more.", 'Write choices = { word = "label" }.')
    choices: dict[str, str] = {}
    for word, label in given.items():
        if not _WORD.fullmatch(word):
            what = f'"{word[:40]}" is no word of a choice.'
            page.complain((*keys, "choices"), what, "Write small letters and digits, and . _ - after the first.")
        elif not isinstance(label, str) or not label.strip():
            page.complain((*keys, "choices", word), f'"{word}" has no label.', f'Write {word} = "what it means".')
        elif label in choices.values():
            page.complain((*keys, "choices", word), f'Two words are labelled "{label}".', "Give each its own label.")
        else:
            choices[word] = label
    return choices


def _read_word(
    page: Page, entry: dict[str, object], keys: tuple[str, ...], key: str, choices: Mapping[str, str]
) -> str | None:
    if key not in entry:
        return None
    word = entry[key]
    if isinstance(word, str) and word in choices:
        return word
    near = did_you_mean(word, tuple(choices)).strip() if isinstance(word, str) else "Write the word in quotation marks."
    page.complain((*keys, key), f'"{key}" is none of the choices.', near or f"Choices: {', '.join(choices)}.")
    return None
