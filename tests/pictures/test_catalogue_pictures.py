"""Pictures of the catalogue's window and its dialogs, light and dark, wide and narrow; see test_desk_pictures.py."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from uuid import UUID

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from steelyard.gui.catalogue.override_dialog import OverrideDialog
from steelyard.gui.catalogue.own_part_dialog import OwnPartDialog
from steelyard.gui.catalogue.price_import import PriceImport
from steelyard.gui.catalogue.stock import Stock
from steelyard.gui.catalogue.window import CatalogueWindow
from steelyard.gui.look import register_fonts
from steelyard.gui.opening import application_for
from steelyard.library.bundle.keys import add_key
from steelyard.library.bundle.making import sealed
from steelyard.library.bundle.minisign import SecretKey, public_key_text, public_of
from steelyard.library.bundle.payload import files_of
from steelyard.library.library import open_library
from steelyard.library.opendb.run import import_opendb
from steelyard.library.overrides import Wish, set_override
from steelyard.library.standing import standing_catalog
from steelyard.places import components_db

FEWEST_COLOURS = 40
PATIENCE = 30.0
CARD = "gpu/nvidia/rtx-6000-ada"
SIZES = {"": (1280, 800), "-small": (900, 640)}
FANS = ("Airy NF-77 140mm", "Airy NF-66 120mm", "Airy NF-55 92mm")
DIALOGS = {"own": (900, 680), "import": (1000, 720)}
NAMES = ("browse", "override", "own", "import", "books", "bundle", "log")
PRICES = """Hersteller;Herstellernummer;Bezeichnung;Preis EUR;ab Menge
NVIDIA;900-5G144-2200-000;RTX PRO 6000 Blackwell;8.499,00;1
NVIDIA;900-5G144-2200-000;RTX PRO 6000 Blackwell;8.199,00;10
NVIDIA;VCNRTXPRO4500B-PB;RTX PRO 4500 Blackwell;2.489,00;1
Acme;XX-000;Halter;99,00;1
NVIDIA;VCNRTXPRO5000B-PB;RTX PRO 5000 Blackwell;auf Anfrage;1
"""

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture
def manager():
    application_for("light", 1.0)
    register_fonts(first=False)
    library = open_library(clock=lambda: datetime(2026, 11, 21, 12, tzinfo=UTC), who="tester")
    home = library.path.parent
    fans = home / "open-db" / "CaseFan"
    fans.mkdir(parents=True)
    for place, name in enumerate(FANS):
        identity = str(UUID(int=place + 1))
        about = {"name": name, "manufacturer": "Airy", "part_numbers": [f"AIRY-{place}000-X"]}
        record = {"opendb_id": identity, "metadata": about, "size": 140, "quantity": 1, "max_airflow": 60.0}
        (fans / f"{identity}.json").write_text(json.dumps(record), encoding="utf-8")
    import_opendb(library, home, standing_catalog())
    why = "Ours draw more with four monitors"
    set_override(library, standing_catalog(), Wish(CARD, "idle_power", 31, "own-measurement", "wall meter", why))
    manager = CatalogueWindow(Stock(standing_catalog()))
    manager.changed.connect(lambda: (manager.stock.renew(standing_catalog()), manager.refresh()))
    yield manager
    finish(manager)
    manager.close()
    manager.deleteLater()


def finish(manager):
    end = monotonic() + PATIENCE
    while manager.tasks.working and monotonic() < end:
        QApplication.processEvents()
    for _ in range(4):
        QApplication.processEvents()


def browse(manager):
    manager.parts.search.setText("rtx")
    manager.parts.settle()
    results = manager.parts.results
    lines = results.model().lines
    row = next(place for place in range(len(lines)) if lines[place].part_id == CARD)
    results.setCurrentIndex(results.model().index(row, 1))
    QApplication.processEvents()
    manager.parts.sheet.values.choose("idle_power")
    manager.parts.search.setFocus()
    return manager


def override(manager):
    browse(manager)
    manager.parts.sheet.values.choose("board_power")
    manager.parts.sheet.override.click()
    dialog = manager.findChildren(OverrideDialog)[0]
    dialog.value.show_text("280")
    dialog.apply.click()
    return dialog


def own(manager):
    browse(manager)
    manager.parts.sheet.copy.click()
    dialog = manager.findChildren(OwnPartDialog)[0]
    dialog.texts["name"].setText("RTX 6000 Ada, at 250 W")
    dialog.rows["length"].entry.show_text("26,7 cm")
    dialog.rows["length"].entry.edited.emit()
    dialog.keep.click()
    return dialog


def prices(manager):
    file = manager.stock.library.path.with_name("quote-118.csv")
    file.write_text(PRICES, encoding="utf-8")
    manager.show_page("prices")
    manager._pages["prices"].open_import(file)
    dialog = manager.findChildren(PriceImport)[0]
    dialog.currency.setText("EUR")
    dialog.look_again()
    finish(manager)
    return dialog


def books(manager):
    dialog = prices(manager)
    dialog.book.source.setText("quote 118 of Huber Medizintechnik")
    dialog.book.name.setText("Huber, autumn 2026")
    dialog.book.dated.setText("2026-10-30")
    dialog.book.right.setChecked(True)
    dialog.book.gaps.setChecked(True)
    dialog.apply.click()
    table = manager._pages["prices"].books
    table.setCurrentIndex(table.model().index(1, 1))
    manager.notice.hide()
    return manager


def bundle(manager):
    seed = hashlib.sha256(b"a publisher of this picture").digest()
    key = SecretKey(seed.hex()[:16].upper(), seed)
    files = dict(files_of(components_db()))
    card = f"parts/{CARD.replace('nvidia/', 'nvidia-')}.toml"
    files[card] = files[card].replace(b'name = "RTX 6000 Ada"', b'name = "RTX 6000 Ada Generation"')
    files.pop(next(name for name in files if name.startswith("parts/fan/")))
    home = manager.stock.library.path.parent
    public = public_key_text(public_of(key))
    (home / "publisher.pub").write_bytes(public if isinstance(public, bytes) else public.encode())
    file = home / "catalogue-20261120.steelyard-catalogue"
    file.write_bytes(sealed(files, key, 20261120, "2027-05-01", datetime(2026, 11, 20, 9, tzinfo=UTC)))
    add_key(manager.stock.library, home / "publisher.pub")
    manager.show_page("updates")
    manager._pages["updates"].open_bundle(file)
    return manager


def log(manager):
    manager.show_page("log")
    return manager


SHOWN = {
    "browse": browse,
    "override": override,
    "own": own,
    "import": prices,
    "books": books,
    "bundle": bundle,
    "log": log,
}


def picture(manager, name, theme, size, out):
    application_for(theme, 1.0)
    manager.resize(*SIZES[size])
    manager.show()
    manager.show_page("parts")
    shown = SHOWN[name](manager)
    if name in DIALOGS:  # the screen of a test is smaller than any real one
        shown.resize(*DIALOGS[name])
    finish(manager)
    shown.grab().save(str(out))
    if shown is not manager:
        shown.reject()
    finish(manager)


def colours_of(path):
    image = QImage(str(path))
    return {image.pixel(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 3)}


def folder(tmp_path):
    kept = os.environ.get("STEELYARD_PICTURES")
    return Path(kept) if kept else tmp_path


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_that_every_view_of_the_catalogue_is_drawn_in_both_themes(tmp_path, manager, name, theme):
    out = folder(tmp_path) / f"catalogue-{name}-{theme}.png"
    picture(manager, name, theme, "", out)
    assert len(colours_of(out)) > FEWEST_COLOURS
    image = QImage(str(out))
    assert (image.pixelColor(6, image.height() - 6).lightness() > 128) is (theme == "light")
    application_for("light", 1.0)


def test_that_the_catalogue_fits_a_small_window(tmp_path, manager):
    out = folder(tmp_path) / "catalogue-browse-small.png"
    picture(manager, "browse", "light", "-small", out)
    image = QImage(str(out))
    assert (image.width(), image.height()) == SIZES["-small"]
    assert len(colours_of(out)) > FEWEST_COLOURS
