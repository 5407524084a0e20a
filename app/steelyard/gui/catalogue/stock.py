"""What the manager asks of catalogue and library. The library is opened when it is first needed, not before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

from steelyard.gui.catalogue.sheet import Sheet, sheet_of, sheet_of_file

if TYPE_CHECKING:
    from steelyard.catalog import Catalog
    from steelyard.catalog.part import PartFile
    from steelyard.library.library import Library
    from steelyard.library.overrides import Wish
    from steelyard.library.search import Entry, Finder

PAGE = 60
"""Rows that are read at a time: what a high window shows at once."""


class Wanted(NamedTuple):
    """What the list is asked for; None asks for all."""

    text: str = ""
    kind: str | None = None
    layer: str | None = None
    maker: str | None = None
    status: str | None = None
    order: str = "best"


class Pages(Sequence["Entry"]):
    """The results of one search, read a page at a time when a row of it is looked at."""

    def __init__(self, finder: Finder, wanted: Wanted) -> None:
        """Read the first page, which also says how many there are."""
        self._finder, self._wanted = finder, wanted
        self._pages: dict[int, tuple[Entry, ...]] = {}
        self._total = 0
        self._page(0)

    def __len__(self) -> int:
        """How many results there are in all."""
        return self._total

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        """The result at a place, from 0."""
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        if not 0 <= at < self._total:
            raise IndexError(at)
        return self._page(at // PAGE)[at % PAGE]

    @property
    def first(self) -> tuple[Entry, ...]:
        """The first page."""
        return self._pages[0]

    def _page(self, page: int) -> tuple[Entry, ...]:
        if page not in self._pages:
            found = self._finder.find(**self._wanted._asdict(), limit=PAGE, offset=page * PAGE)
            self._pages[page] = found.rows
            if page == 0:
                self._total = found.total
        return self._pages[page]


class Stock:
    """The catalogue of the moment and the user's library."""

    def __init__(self, catalog: Catalog, used: Callable[[str], str] = lambda _part: "") -> None:
        """Show this catalogue until another one is loaded; `used` says which builds of the project use a part."""
        self.catalog = catalog
        self.used = used
        self._library: Library | None = None
        self._finder: Finder | None = None

    @property
    def library(self) -> Library:
        """The user's library, opened; SteelyardError where it does not open."""
        if self._library is None:
            from steelyard.library.library import open_library

            self._library = open_library()
        return self._library

    @property
    def today(self) -> str:
        """The day, to count ages to."""
        return self.library.now()[:10]

    def renew(self, catalog: Catalog) -> None:
        """Show another catalogue, in the search too."""
        self.catalog = catalog
        if self._finder is not None:
            self._finder.index(catalog)

    def search(self, wanted: Wanted) -> Pages:
        """The parts that are wanted."""
        return Pages(self._ready(), wanted)

    def counts(self, wanted: Wanted) -> dict[str, dict[str, int]]:
        """For every choice of every filter, how many parts it would leave."""
        return self._ready().facets(**{name: value for name, value in wanted._asdict().items() if name != "order"})

    def sheet(self, part_id: str) -> Sheet:
        """The data sheet of a part of any layer; BadInputError where there is no such part."""
        if part_id in self.catalog.parts:
            return sheet_of(self.catalog, part_id, self.today)
        return sheet_of_file(self.catalog, self._file(part_id))

    def use(self, part_id: str, *, use: bool) -> None:
        """Let an imported part stand in builds, or no longer."""
        from steelyard.library.opendb.use import leave, take

        if use:
            self._file(part_id)  # what cannot be read stays out, and says why
            take(self.library, part_id)
        else:
            leave(self.library, part_id)

    def override(self, wish: Wish) -> None:
        """Put a value in the place of the catalogue's."""
        from steelyard.library.overrides import set_override

        set_override(self.library, self.catalog, wish)

    def undo_override(self, part_id: str, field: str) -> None:
        """Let the catalogue's value stand again."""
        from steelyard.library.overrides import undo_override

        undo_override(self.library, part_id, field)

    def template(self, part_id: str) -> str:
        """The text of a part's file to begin a new part with."""
        from steelyard.library.own_parts import part_template

        return part_template(self.library, self.catalog, self.catalog.part(part_id).kind, part_id)

    def document(self, part_id: str) -> str:
        """The text of an own part's file."""
        from steelyard.library.own_parts import document_of

        return document_of(self.library, self.catalog, part_id)

    def keep_part(self, text: str) -> None:
        """Keep an own part."""
        from steelyard.library.own_parts import change_own_part

        change_own_part(self.library, self.catalog, text)

    def remove_part(self, part_id: str) -> None:
        """Remove an own part; the log keeps it."""
        from steelyard.library.own_parts import remove_own_part

        remove_own_part(self.library, part_id)

    def close(self) -> None:
        """Let go of the library's file."""
        if self._finder is not None:
            self._finder.close()
            self._finder = None

    def _file(self, part_id: str) -> PartFile:
        from steelyard.library.imported import imported_file

        with self.library.reading() as connection:
            return imported_file(connection, self.catalog, part_id)

    def _ready(self) -> Finder:
        if self._finder is None:
            from steelyard.library.search import Finder

            finder = Finder(self.library)
            finder.index(self.catalog)
            self._finder = finder
        return self._finder
