"""What the catalogue's own parts are called and what they say, so that an imported record can be told to be one."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from steelyard.catalog.layers import IMPORTED
from steelyard.library.opendb.draft import Hit, said
from steelyard.library.opendb.names import name_key, number_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from steelyard.catalog import Catalog

TOLERANCE: Final = 0.05
"""How far two numbers of one thing may be apart, as a share of the curated one."""

_SPLIT: Final = re.compile(r"[,;]\s*|\s/\s")
_LEAST_NUMBER: Final = 5


class _Known(NamedTuple):
    part_id: str
    maker: str


class Curated:
    """The parts that stand above an import: their ids, their names and order numbers, their values."""

    def __init__(self, catalog: Catalog) -> None:
        """Look through the catalogue once; what was itself imported is no authority."""
        self._catalog = catalog
        self._by_number: dict[tuple[str, str], list[_Known]] = {}
        self._by_name: dict[tuple[str, str, str], str] = {}
        self.ids = frozenset(name for name, info in catalog.parts.items() if info.layer != IMPORTED)
        for identity in sorted(self.ids):
            info = catalog.parts[identity]
            maker = plain(info.manufacturer)
            for number in filter(None, map(number_of, _SPLIT.split(info.mpn))):
                if len(number) >= _LEAST_NUMBER:
                    self._by_number.setdefault((info.kind, number), []).append(_Known(identity, maker))
            self._by_name.setdefault((info.kind, maker, name_key(info.name, info.manufacturer)), identity)

    @property
    def mark(self) -> str:
        """A fingerprint of all that a comparison may read."""
        infos = [self._catalog.parts[each] for each in sorted(self.ids)]
        told = [(info.id, info.manufacturer, info.name, info.mpn, self._values(info.id)) for info in infos]
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    def same_as(self, kind: str, manufacturer: str, name: str, numbers: Iterable[str]) -> str:
        """Return the id of the curated part that a record is, or an empty text."""
        maker = plain(manufacturer)
        for number in map(number_of, numbers):
            for known in self._by_number.get((kind, number), []):
                if known.maker.startswith(maker) or maker.startswith(known.maker):
                    return known.part_id
        return self._by_name.get((kind, maker, name_key(name, manufacturer)), "")

    def differences(self, part_id: str, values: Mapping[str, Any], notes: Mapping[str, str]) -> list[Hit]:
        """Return where a record and the curated part that it is say different things.

        X3 where a number differs by more than TOLERANCE; a number that the record only infers is not held against it.
        """
        found = []
        table = self._catalog.schema[self._catalog.parts[part_id].kind]
        for name, field in table.fields.items():
            value = values.get(name)
            if value is None or name in notes or field.form in {"text", "slots"}:
                continue
            datum = self._catalog.stated(part_id, name)
            if datum.value is None:
                continue
            if field.form == "number":
                if abs(value - datum.value) > TOLERANCE * abs(datum.value):
                    found.append(Hit("X3", "quarantined", name, said(value), f"{datum.value:g}"))
                elif value != datum.value:
                    found.append(Hit("curated", "warned", name, said(value), f"{datum.value:g}"))
            elif sorted(_words(value).split(", ")) != sorted(datum.words.split(", ")):
                found.append(Hit("curated", "warned", name, _words(value), said(datum.words)))
        return found

    def _values(self, part_id: str) -> list[tuple[str, float | None]]:
        kind = self._catalog.parts[part_id].kind
        table = self._catalog.tables[kind]
        row = table.row(part_id)
        fields = (name for name, field in self._catalog.schema[kind].fields.items() if field.form != "slots")
        return [(name, float(table.columns[name][row])) for name in fields]


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)
