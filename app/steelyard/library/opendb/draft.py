"""A record while the rules go over it: typed facts, what was done to them, and what is to be said of them."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from steelyard.library.opendb.names import clean

if TYPE_CHECKING:
    from collections.abc import Callable

ACTIONS: Final = ("fixed", "nulled", "quarantined", "warned")

_LONGEST_SAID: Final = 80
_MOST_ENTRIES: Final = 64
_LARGEST: Final = 1e12


class Fact(NamedTuple):
    """One thing that a record of OpenDB may say.

    `form`: number, text, flag, texts (a list of words) or rows (a list of objects). `measure`: zero means unknown.
    """

    name: str
    path: str
    form: str = "number"
    measure: bool = False


class Hit(NamedTuple):
    """What a rule did: to which field of the record, what it was and what it is now."""

    rule: str
    action: str
    field: str
    was: str
    now: str


class Rule(NamedTuple):
    """A quarantine rule: `family` a folder of OpenDB or "all"; `actions` what it may do; `apply` what does it.

    A rule over many records at once has no `apply`: the second pass does it.
    """

    id: str
    family: str
    sentence: str
    actions: tuple[str, ...]
    apply: Callable[[Draft], None] | None = None


class Draft:
    """A record on its way: `facts` by name, None or missing where the record says nothing usable."""

    __slots__ = ("_paths", "_rule", "facts", "family", "file", "hits", "notes", "this_year")

    def __init__(self, family: str, file: str, document: dict[str, Any], facts: tuple[Fact, ...], year: int) -> None:
        """Read every fact; one of a wrong type or beyond all bounds is a hit of the rule "type" and is dropped."""
        self.family = family
        self.file = file
        self.this_year = year
        self.facts: dict[str, Any] = {}
        self.hits: list[Hit] = []
        self.notes: dict[str, str] = {}
        self._rule = "type"
        self._paths = {fact.name: fact.path for fact in facts}
        for fact in facts:
            self._read(fact, document)

    def apply(self, rule: Rule) -> None:
        """Let a rule look at the record; what it does is noted under its id."""
        self._rule = rule.id
        if rule.apply is not None:
            rule.apply(self)

    def number(self, name: str) -> float | None:
        """Return a number, or None where it is unknown."""
        value = self.facts.get(name)
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    def text(self, name: str) -> str:
        """Return a text, empty where there is none."""
        value = self.facts.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """Return a list of texts, empty where there is none."""
        value = self.facts.get(name)
        return value if isinstance(value, list) else []

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return a list of objects, empty where there is none."""
        value = self.facts.get(name)
        return value if isinstance(value, list) else []

    def fix(self, name: str, now: object) -> None:
        """Put another value in the place of one that is surely wrong."""
        self._note("fixed", name, now)
        self.facts[name] = now

    def null(self, name: str) -> None:
        """Drop a value that cannot be trusted; nothing happens where there is none."""
        if self.facts.get(name) is not None:
            self._note("nulled", name, None)
            self.facts[name] = None

    def quarantine(self, name: str) -> None:
        """Refuse the record because of this fact; the fact stays, so that one sees why."""
        self._note("quarantined", name, self.facts.get(name))

    def warn(self, name: str) -> None:
        """Keep a value and say that it may be incomplete."""
        self._note("warned", name, self.facts.get(name))

    def say(self, field: str, note: str) -> None:
        """Note something for the data sheet about a field of our schema."""
        self.notes[field] = note

    @property
    def is_quarantined(self) -> bool:
        """Whether a rule has refused the record."""
        return any(hit.action == "quarantined" for hit in self.hits)

    def _note(self, action: str, name: str, now: object) -> None:
        was = self.facts.get(name)
        self.hits.append(Hit(self._rule, action, self._paths.get(name, name), said(was), said(now)))

    def _read(self, fact: Fact, document: dict[str, Any]) -> None:
        value: Any = document
        for key in fact.path.split("."):
            if value is None:
                return
            if not isinstance(value, dict):
                self.hits.append(Hit("type", "nulled", fact.path, said(value), ""))
                return
            value = value.get(key)
        if value is None:
            return
        read, dropped = _READERS[fact.form](value)
        if dropped:
            self.hits.append(Hit("type", "nulled", fact.path, said(value), said(read)))
        if read is not None:
            self.facts[fact.name] = read


def said(value: object) -> str:
    """Return a value as a short text for the report; of what is large, its beginning."""
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case float():
            text = f"{value:.12g}"
        case int():
            text = str(value) if abs(value) < _LARGEST else "a huge number"
        case str():
            text = value
        case list():
            text = ", ".join(said(each) for each in value[:8])
        case dict():
            text = " ".join(f"{said(key)} {said(each)}" for key, each in list(value.items())[:8] if key != "_id")
        case _:
            text = type(value).__name__
    return clean(text)[:_LONGEST_SAID]


# --- each reader returns what it could use of a value, and whether it had to drop something


def _number(value: Any) -> tuple[float | int | None, bool]:  # noqa: ANN401  # whatever JSON holds
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None, True
    if isinstance(value, int):
        return (value, False) if abs(value) < _LARGEST else (None, True)
    if not isfinite(value) or abs(value) >= _LARGEST:
        return None, True
    return (int(value) if value.is_integer() else value), False


def _text(value: Any) -> tuple[str | None, bool]:  # noqa: ANN401
    if not isinstance(value, str):
        return None, True
    return clean(value) or None, False


def _flag(value: Any) -> tuple[bool | None, bool]:  # noqa: ANN401
    return (value, False) if isinstance(value, bool) else (None, True)


def _texts(value: Any) -> tuple[list[str] | None, bool]:  # noqa: ANN401
    if not isinstance(value, list):
        return None, True
    kept = [clean(each) for each in value[:_MOST_ENTRIES] if isinstance(each, str)]
    return kept, len(kept) < len(value)


def _rows(value: Any) -> tuple[list[dict[str, Any]] | None, bool]:  # noqa: ANN401
    if not isinstance(value, list):
        return None, True
    kept = [each for each in value[:_MOST_ENTRIES] if isinstance(each, dict)]
    return kept, len(kept) < len(value)


_READERS: Final[dict[str, Callable[[Any], tuple[Any, bool]]]] = {
    "number": _number,
    "text": _text,
    "flag": _flag,
    "texts": _texts,
    "rows": _rows,
}
