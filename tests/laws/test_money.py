"""A build has one price: the model, the bill, the CSV, the PDF and the window say the same, to the smallest unit.

What they must say is worked out here from the book alone, in whole minor units.
"""

from __future__ import annotations

import csv
import io
import math
import random
import re
from collections import Counter
from decimal import Decimal
from typing import NamedTuple

import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from steelyard.catalog import Catalog, load_catalog
from steelyard.catalog.layers import BARE
from steelyard.catalog.part import Price
from steelyard.catalog.prices import Book, Line
from steelyard.gui.present.parts import total_reading, total_text
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.samples import open_project
from steelyard.project.selection import Selection
from steelyard.sheets.bibliography import Bibliography
from steelyard.sheets.bill_csv import bill_csv
from steelyard.sheets.bind_bill import bill_of
from steelyard.sheets.build_sheet import build_sheet
from steelyard.sheets.content import Bill, PartLine
from steelyard.workstation.roles import ROLES

CATALOG = load_catalog(cache=None)
DIGITS = {"USD": 2, "JPY": 0, "KWD": 3}
LEASTS = (1, 2, 3, 4, 6, 10)


class Priced(NamedTuple):
    """A build and the book that it is priced by: part -> least quantity -> minor units. No lines: indicative prices."""

    build: Selection
    currency: str
    fills_gaps: bool
    lines: dict[str, dict[int, int]] | None


def amount(minor: int, digits: int) -> str:
    """Write minor units as decimal text, by hand."""
    text = str(minor).zfill(digits + 1)
    return f"{text[:-digits]}.{text[-digits:]}" if digits else text


def thousands(minor: int, digits: int) -> str:
    """Write minor units with commas between thousands, by hand."""
    whole, point, fraction = amount(minor, digits).partition(".")
    groups = [whole[max(end - 3, 0) : end] for end in range(len(whole), 0, -3)]
    return ",".join(reversed(groups)) + point + fraction


def is_free(price: Price | None) -> bool:
    return price is not None and price.kind == "list" and price.amount == 0


def owed(case: Priced) -> tuple[int, int]:
    """Return the sum of all known prices in minor units, and how many roles have none."""
    fillings = [filling for _, filling in case.build.items()]
    bought: Counter[str] = Counter()
    for filling in fillings:
        bought[filling.part] += filling.count
    total = missing = 0
    for filling in fillings:
        breaks = (case.lines or {}).get(filling.part, {})
        reached = [least for least in breaks if least <= bought[filling.part]]
        indicative = CATALOG.price(filling.part)
        may_fill = case.lines is None or (case.fills_gaps and not breaks)
        if reached:
            total += breaks[max(reached)] * filling.count
        elif case.lines is not None and not breaks and is_free(indicative):
            continue  # zero is zero in every currency
        elif may_fill and indicative is not None and indicative.currency == case.currency:
            total += int(indicative.amount * 100) * filling.count
        else:
            missing += 1
    return total, missing


def evaluated(case: Priced) -> VariantEvaluation:
    """Evaluate the build under its book."""
    book = None
    if case.lines is not None:
        lines = {
            part: tuple(Line(least, amount(minor, DIGITS[case.currency])) for least, minor in sorted(breaks.items()))
            for part, breaks in case.lines.items()
        }
        book = Book("Law", case.currency, "a law", "2026-11-20", "quote", case.fills_gaps, lines)
    catalog: Catalog = load_catalog(layers=lambda _: BARE._replace(book=book))
    sample = open_project("workstation-a-1").project
    project = sample._replace(
        currency=case.currency,
        workloads=(),
        site=sample.site._replace(energy_price=None),
        lab=sample.lab._replace(budget=None),
        variants=(sample.variants[0]._replace(selection=case.build),),
    )
    return Engine.of(catalog).evaluate(project).variants[0]


def parts_of(kind: str) -> tuple[str, ...]:
    return CATALOG.tables[kind].ids[1:]


@st.composite
def priced_builds(draw: st.DrawFn) -> Priced:
    roles = {
        role.name: st.none() | st.tuples(st.sampled_from(parts_of(role.kind)), st.integers(1, role.most))
        for role in ROLES
    }
    chosen = draw(st.fixed_dictionaries(roles))
    if chosen["scratch_drive"] and draw(st.booleans()):  # one part in two roles is bought together
        chosen["archive_drive"] = (chosen["scratch_drive"][0], draw(st.integers(1, 4)))
    build = Selection.of(**{role: filling for role, filling in chosen.items() if filling})
    if draw(st.integers(0, 5)) == 0:
        return Priced(build, "USD", fills_gaps=True, lines=None)
    lines = {}
    for part in sorted({filling.part for _, filling in build.items()}):
        if draw(st.integers(0, 9)):
            leasts = draw(st.sets(st.sampled_from(LEASTS), min_size=1, max_size=3))
            lines[part] = {least: draw(st.integers(1, 10**8)) for least in sorted(leasts)}
    return Priced(build, draw(st.sampled_from(sorted(DIGITS))), fills_gaps=draw(st.booleans()), lines=lines)


def rows_of(found: VariantEvaluation) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(bill_csv(found).decode("utf-8-sig"), newline="")))


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(case=priced_builds())
def test_that_model_bill_csv_and_window_say_one_price(case: Priced) -> None:
    total, missing = owed(case)
    found, digits = evaluated(case), DIGITS[case.currency]

    core = found.value("build_price")
    assert math.isnan(core) if missing else core == total

    bill = bill_of(found, Bibliography(found))
    assert (bill.total, len(bill.unpriced), bill.digits) == (Decimal(total), missing, digits)

    *lines, last = rows_of(found)
    assert len(lines) == len(list(case.build.items()))
    known = [line for line in lines if line["Line total"]]
    assert sum((Decimal(line["Line total"]) for line in known), Decimal(0)) == Decimal(amount(total, digits))
    for line in known:
        assert Decimal(line["Unit price"]) * int(line["Quantity"]) == Decimal(line["Line total"])
    assert all(line["Note"].startswith("price missing") for line in lines if not line["Line total"])
    words = f"{missing} of {len(lines)} {'price' if len(lines) == 1 else 'prices'} missing"
    assert last["Line total"] == (f"incomplete: {words}" if missing else amount(total, digits))
    assert {line["Currency"] for line in (*lines, last)} == {case.currency}

    reading = total_reading(found)
    assert reading.value == ("incomplete" if missing else thousands(total, digits))
    assert (words in total_text(found)) == bool(missing)


def seeded(number: int) -> Priced:
    """Return a build; from 3 on one of its prices is missing."""
    chance = random.Random(number)  # noqa: S311  # a law, no secret
    currency = sorted(DIGITS)[number % 3]
    filled = {
        role.name: (chance.choice(parts_of(role.kind)), chance.randint(1, role.most))
        for role in ROLES
        if role.required or chance.random() < 0.7
    }
    build = Selection.of(**filled)
    parts = sorted({filling.part for _, filling in build.items()})
    lines = {part: {1: chance.randint(1, 10**7), 4: chance.randint(1, 10**7)} for part in parts}
    if number >= 3:
        del lines[chance.choice(parts)]
    return Priced(build, currency, fills_gaps=False, lines=lines)


@pytest.mark.parametrize("number", range(5))
def test_that_the_pdf_says_the_price_of_the_bill(number: int) -> None:
    case = seeded(number)
    total, missing = owed(case)
    assert bool(missing) == (number >= 3)
    document = pypdfium2.PdfDocument(build_sheet(evaluated(case)))
    pages = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    said = re.findall(r"Total(, incomplete)? ([\d,.]+\d)", pages)
    assert len(said) >= 2  # on the page of the decision and on that of the parts
    expected = thousands(total, DIGITS[case.currency])
    assert set(said) == {(", incomplete" if missing else "", expected)}
    headline = re.search(r"Total, without tax and shipping ([\d,.]+\d)", pages)
    assert headline is None if missing else headline is not None and headline[1] == expected


def test_that_ten_thousand_times_a_price_is_exact() -> None:
    line = PartLine("GPU", "a card", "maker", "number", 1, Decimal(1999), "2026-11-20", "")
    assert Bill((line,) * 10_000, "USD", 2, "2026-11-20").total == Decimal(19_990_000)
    assert sum([19.99] * 10_000) != 199_900  # what binary fractions make of it
