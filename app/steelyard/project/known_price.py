"""What is known of a build's price: the sum of the prices that there are, and how many there are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steelyard.money import minor_digits
from steelyard.wording import UNBREAKABLE, money, prices_missing

if TYPE_CHECKING:
    from decimal import Decimal

    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.selection import Selection


class KnownPrice(NamedTuple):
    """The sum of the known prices in the project's currency; of how many filled roles how many have none."""

    total: Decimal
    currency: str
    missing: int
    roles: int

    @property
    def exact(self) -> str:
        """The sum with its thousands parted, exact to the minor unit."""
        digits = minor_digits(self.currency)
        return money(self.total.scaleb(digits), "", digits)

    @property
    def incomplete(self) -> str:
        """How many prices are missing beside the sum of the others; empty where none is."""
        if not self.missing:
            return ""
        words = f"incomplete: {prices_missing(self.missing, self.roles)}"
        if self.missing == self.roles:
            return words
        return f"{words}, the others come to {self.exact}{UNBREAKABLE}{self.currency}"


def known_price(variant: VariantEvaluation) -> KnownPrice:
    """Add up what the parts of a build cost at the quantities bought; a price in another currency counts as none."""
    from decimal import Decimal  # noqa: PLC0415  # the first paint shows no exact price

    total, missing = Decimal(0), 0
    fillings = [filling for _, filling in variant.selection.items()]
    for filling in fillings:
        amount = amount_of(variant, variant.selection, filling.part)
        if amount is None:
            missing += 1
        else:
            total += amount * filling.count
    return KnownPrice(total, variant.project.currency, missing, len(fillings))


def amount_of(variant: VariantEvaluation, selection: Selection, part: str) -> Decimal | None:
    """Return what one costs at the quantity that a selection takes, in the project's currency; None: unknown."""
    price = variant.engine.catalog.price(part, selection.quantity(part))
    return None if price is None or price.currency != variant.project.currency else price.amount


def currency_remedy(project: str, book: str) -> str:
    """What to do where the project counts in one currency and the price book in use in another; empty where not."""
    if project == book:
        return ""
    return (
        f"The price book in use is in {book} and the project counts in {project}: "
        f"set the project's currency to {book} (in the Brief, or as currency in its file), "
        f"or use a price book in {project}."
    )
