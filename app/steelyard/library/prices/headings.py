"""What the headings of a price list mean, in the languages that lists come in."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

FIELDS: Final = {
    "part": "the part's id here, such as gpu/nvidia/l4",
    "mpn": "the manufacturer's part number",
    "manufacturer": "who makes it",
    "name": "what it is called",
    "price": "the price of one",
    "per": "how many pieces the price is for; any but 1 is refused",
    "currency": "the currency of the row",
    "quantity": "the least quantity for which the price holds",
    "date": "the day of the price",
    "note": "a remark",
}
"""What a column can be."""

PRICE: Final = "price"

_LONGEST: Final = 80
"""Letters of a heading that are looked at."""

_WORDS: Final[dict[str, str]] = {
    "part": "steelyard part; steelyard id; part id",
    "mpn": (
        "mpn; manufacturer part number; manufacturer part no; manufacturer number; manufacturers part number;"
        " manufacturer s part number; maker s number; mfr part number; mfg part number; mfr part no; mfr part; mfr pn;"
        " mfg pn; mfr no; hersteller nr; herstellernr; herstellernummer; hersteller nummer; hersteller artikelnummer;"
        " hersteller artikelnr; hersteller artikel nr; hersteller teilenummer; herstellerteilenummer; référence"
        " fabricant; réf fabricant; référence constructeur; réf constructeur; codice produttore; código fabricante;"
        " referencia fabricante; fabrikantnummer; numer producenta; kod producenta; tillverkarens artikelnummer;"
        " part number; part no; partnumber; p n; pn; teilenummer; teilenr; teile nr; part; model number; model no;"
        " modellnummer; model; modell; modèle; sku; article number; artikelnummer; artikelnr; artikel nr; art nr;"
        " article no; artikel; article; item number; item no; item; product code; product number; produktnummer;"
        " bestellnummer; bestellnr; bestell nr; référence; réf; referencia; codice; código; artikelnummer lieferant"
    ),
    "manufacturer": (
        "manufacturer; maker; mfr; mfg; brand; hersteller; herstellername; marke; fabricant; constructeur; marque;"
        " produttore; marca; fabricante; fabrikant; merk; producent; tillverkare; make"
    ),
    "name": (
        "description; name; product name; product description; item description; product; bezeichnung; beschreibung;"
        " artikelbezeichnung; produktbezeichnung; produktname; produkt; désignation; libellé; descriptif; descrizione;"
        " descripción; denominación; omschrijving; nazwa; opis; benämning; title"
    ),
    "per": "price unit; price per; per; preiseinheit; pe; preis pro; unité de prix; prijseenheid; pricing unit",
    "currency": "currency; ccy; curr; währung; waehrung; devise; monnaie; valuta; moneda; waluta",
    "quantity": (
        "minimum quantity; min quantity; minimum qty; min qty; least; from quantity; from qty; from; moq; price break;"
        " break quantity; break qty; break; staffelmenge; staffel; mindestmenge; ab menge; ab stück; ab; quantité min;"
        " quantité minimum; à partir de; dès; quantità minima; cantidad mínima; vanaf; qty; quantity; menge; anzahl;"
        " stückzahl; quantité; qté; quantità; cantidad; aantal; ilość; antal"
    ),
    "date": (
        "price date; date of price; priced on; date; dated; as of; valid from; preisdatum; preisstand; stand; datum;"
        " gültig ab; date du prix; date; data; fecha"
    ),
    "note": "note; notes; remark; remarks; comment; comments; bemerkung; anmerkung; kommentar; hinweis; remarque; nota",
}
"""Headings in small letters, without punctuation; the most telling first."""

_RANKS: Final = {
    field: {words.strip(): rank for rank, words in reversed(list(enumerate(said.split(";"))))}
    for field, said in _WORDS.items()
}

_PRICE_WORDS: Final = re.compile(
    r"\b(?:\w*price|\w*preis|prix|prezzo|precio|preço|prijs|cena|pris|msrp|cost|ek|p u|pu|hek)\b"
)
_NOT_A_PRICE: Final = re.compile(
    r"\b(?:total|gesamt\w*|summe|subtotal|ext|extended|line|zeilen\w*|positions\w*|brutto\w*|gross|ttc|incl|inkl\w*|"
    r"including|including vat|ivato|old|alt|alter|previous|bisher\w*|change|änderung|diff|discount|rabatt|shipping|"
    r"versand\w*|unit of|montant|date|datum|einheit|code|group|gruppe|list no|low|high|"
    r"indicative|cents?|ct|rappen|pence|teur|keur|tsd|thousands?)\b"
)
_TAX: Final = re.compile(r"\b(?:mwst|ust|vat|tax|tva|iva|btw|moms|gst)\b")
_WITHOUT: Final = re.compile(r"\b(?:ohne|exkl\w*|ex|excl\w*|zzgl|without|hors|ht|net|netto|senza|sin|before|plus)\b")
_OF_MANY: Final = re.compile(r"(?:/|\b(?:pro|per|je|par|pour|for|für|por))\s*(?!1\b)\d")
"""Prices with tax, and prices of a hundred pieces, are prices; they are not what one costs."""
_BREAK: Final = (
    re.compile(r"(?:\bab|\bfrom|\bvanaf|\bdès|\bà partir de|≥|>=|@)\s*(\d{1,6})\b"),
    re.compile(r"\b(\d{1,6})\s*\+"),
    re.compile(r"\b(\d{1,6})\s*[-\u2013]\s*(\d{1,6})\b"),
    re.compile(r"\b(\d{1,6})\s*(?:pcs|pc|pieces|stk|stück|st|units|qty|pièces|pz|szt)\b"),
    re.compile(r"\b(?:qty|quantity|menge|quantité)\s*(\d{1,6})\b"),
)
_RANGE: Final = 2
"""The group of a range's end: a range that ends before it begins is none."""
_ONLY_BREAK: Final = re.compile(r"(?:ab|from|vanaf|dès|qty|pcs|pc|stk|stück|units|à partir de|\d|[^\w])+")


def plain(heading: str) -> str:
    """Return a heading in small letters, its punctuation and blanks as single blanks."""
    return " ".join(re.sub(r"[^\w]+|_", " ", unicodedata.normalize("NFKC", heading).casefold()).split())


def rank_of(field: str, heading: str) -> int | None:
    """Return how well a heading fits a field other than the price, 0 best; None where it does not."""
    return _RANKS[field].get(plain(heading))


def least_of(heading: str) -> int | None:
    """Return from which quantity on a column of prices holds, 0 where its heading says none; None for other columns."""
    heading = heading[:_LONGEST]
    words = unicodedata.normalize("NFKC", heading).casefold()
    priced = _PRICE_WORDS.search(plain(heading)) is not None
    if _NOT_A_PRICE.search(plain(heading)) or _OF_MANY.search(words):
        return None
    if _TAX.search(plain(heading)) and not _WITHOUT.search(plain(heading)):
        return None
    for form in _BREAK:
        found = form.search(words)
        if found is not None and found.lastindex == _RANGE and int(found[_RANGE]) < int(found[1]):
            return None
        if found is not None and int(found[1]) and (priced or _ONLY_BREAK.fullmatch(words)):
            return int(found[1])
    return 0 if priced else None


def currencies_in(heading: str) -> frozenset[str]:
    """Return the currencies that a heading such as "Preis (EUR)" names."""
    from steelyard.library.prices.currencies import codes_of  # noqa: PLC0415

    found: frozenset[str] = frozenset()
    for word in re.findall(r"\b[A-Z]{3}\b|[A-Z]{0,2}[$€£¥₩₹]", heading):
        found |= codes_of(word)
    return found
