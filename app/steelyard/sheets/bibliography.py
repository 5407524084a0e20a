"""The bibliography: exactly the sources that the numbers of a sheet used, found by following what each number reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.project.rule_sets import rule_sets
from steelyard.sheets.content import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from steelyard.catalog.sources import Source as CatalogSource
    from steelyard.graph.explain import Explanation
    from steelyard.project.evaluate import VariantEvaluation


class Bibliography:
    """Collects source ids while a sheet is made, then numbers them by title."""

    def __init__(self, evaluated: VariantEvaluation) -> None:
        """Start with no source."""
        self._evaluated = evaluated
        self._used: set[str] = set()
        self._seen: set[tuple[str, int]] = set()

    def cite(self, source: str) -> None:
        """Note a source by its id; what the catalogue does not list is not a source."""
        known = rule_sets()
        there = known.get(self._evaluated.project.site.rule_set)
        if there is not None and source in {each.source for each in known.values()}:
            source = there.source  # of the electrical codes the one that holds at the site
        if source in self._evaluated.engine.catalog.sources:
            self._used.add(source)

    def follow(self, names: Iterable[str], row: int) -> None:
        """Note every source of these numbers of a row, and of all that they were computed from."""
        model, evaluation = self._evaluated.engine.model, self._evaluated.evaluation
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if (name, row) in self._seen:
                continue
            self._seen.add((name, row))
            quantity = model.quantities.get(name)
            if quantity is not None:
                if name not in evaluation.given:  # what was given instead of computed rests on nothing
                    self.cite(quantity.source)
                    waiting += [need.name for need in quantity.needs]
            elif evaluation.origins is not None:
                for place in self._places(name):
                    origin = evaluation.origins(name, row, place)
                    self.cite(origin.source)
                    self._follow_causes(origin.because)

    def numbers(self, *sources: str) -> str:
        """Return the numbers under which sources stand in the bibliography, once all are noted."""
        order = {source.id: index for index, source in enumerate(self._sorted(), 1)}
        return ", ".join(str(number) for number in sorted({order[source] for source in sources if source in order}))

    def entries(self) -> tuple[Source, ...]:
        """Return the numbered bibliography."""
        return tuple(
            Source(number, each.title, each.publisher, each.address, each.date, each.tier, _remark(each))
            for number, each in enumerate(self._sorted(), 1)
        )

    def notices(self) -> tuple[str, ...]:
        """Return what the licences of the noted sources want printed, in the order of the bibliography."""
        return tuple(dict.fromkeys(source.notice for source in self._sorted() if source.notice))

    def _sorted(self) -> list[CatalogSource]:
        sources = self._evaluated.engine.catalog.sources
        return sorted((sources[name] for name in self._used), key=lambda source: (source.title.casefold(), source.id))

    def _places(self, name: str) -> Iterator[int | None]:
        """The positions of an input's small axis; none for a plain one."""
        if not self._evaluated.engine.model.inputs[name].axes:
            yield None
            return
        yield from range(len(self._evaluated.evaluation.value(name)))

    def _follow_causes(self, causes: Iterable[Explanation]) -> None:
        for cause in causes:
            self.cite(cause.source)
            self._follow_causes(cause.because)


def _remark(source: CatalogSource) -> str:
    """The notice that a licence asks for, and of a source without publisher and address what else is known of it."""
    held = "" if source.publisher or source.address else source.note
    return " ".join(words for words in (source.notice, held) if words)
