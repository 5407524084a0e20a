"""The sheet of a real project says what its evaluation says, to the cent and to the source."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4, LETTER

from steelyard.catalog.load import load_catalog
from steelyard.errors import BadInputError, CannotSaveError
from steelyard.project.answers import evaluation_hash
from steelyard.project.evaluate import Engine, ProjectEvaluation
from steelyard.project.file import project_from_text
from steelyard.project.rule_sets import on_circuit
from steelyard.project.samples import FIRST_SAMPLE, open_project
from steelyard.project.selection import Selection
from steelyard.sheets.bind_needs import LINES
from steelyard.sheets.build_sheet import build_sheet, content_of, write
from steelyard.sheets.compose import compose
from steelyard.sheets.content import BuildSheet
from steelyard.sheets.paper import paper_named


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


@pytest.fixture(scope="module")
def sample(engine) -> ProjectEvaluation:
    return engine.evaluate(open_project(FIRST_SAMPLE).project)


@pytest.fixture(scope="module")
def both(sample) -> tuple[BuildSheet, ...]:
    return tuple(content_of(variant) for variant in sample.variants)


@pytest.fixture(scope="module")
def said(both) -> BuildSheet:
    return both[0]


@pytest.fixture(scope="module")
def seen(said, pdf):
    return pdf.read(compose(said, paper_named("a4")))


def test_that_the_total_is_the_models_price_to_the_cent_in_every_variant(sample, both) -> None:
    for variant, content in zip(sample.variants, both, strict=True):
        bill = content.bill
        exact = sum(
            sample.catalog.price(filling.part).amount * filling.count
            for filling in dict(variant.selection.items()).values()
        )

        assert bill.total == exact * 100
        assert Decimal(variant.value("build_price")) == bill.total


def test_that_the_pages_show_the_card_the_total_and_every_part_with_its_number(sample, seen) -> None:
    card = sample.variants[0].card
    first = " ".join(seen.text[0].split())

    assert card.name in first
    assert card.role in first
    assert card.status in first
    for reading in (card.vram, card.cores, card.storage):
        shown = re.sub(r"[ \-x×]", "", reading).lower()
        assert shown in re.sub(r"[ \-x×]", "", first).lower()
    assert card.condition in first
    assert "All 3 workloads are carried" in seen.whole
    assert sample.project.notes in seen.whole
    parts = "".join(seen.text[1].split())
    for filling in dict(sample.variants[0].selection.items()).values():
        part = sample.catalog.part(filling.part)
        assert "".join(part.name.split()) in parts
        assert "".join(part.mpn.split()) in parts
    assert f"{sample.variants[0].value('build_price') / 100:,.2f}" in seen.text[1]


def test_that_every_finding_that_does_not_hold_is_printed_with_its_rule(sample, said, seen) -> None:
    open_ones = {each.rule.id for each in sample.variants[0].findings if each.verdict != "holds" and each.applies}

    assert {each.rule for each in said.findings} == open_ones
    assert all(rule in seen.whole for rule in open_ones)


def test_that_the_bibliography_lists_used_sources_only_and_each_cited_number_is_in_it(sample, said) -> None:
    titles = {source.title for source in sample.catalog.sources.values()}
    numbers = [source.number for source in said.sources]
    cited = {int(number) for key in said.keys for cause in key.causes for number in re.findall(r"\d+", cause.sources)}
    cited |= {int(number) for line in said.bill.lines for number in re.findall(r"\d+", line.price_source)}

    assert numbers == list(range(1, len(numbers) + 1))
    assert {source.title for source in said.sources} < titles
    assert cited <= set(numbers)
    for filling in dict(sample.variants[0].selection.items()).values():
        price = sample.catalog.price(filling.part)
        assert sample.catalog.sources[price.source].title in {source.title for source in said.sources}


def test_that_a_source_of_a_part_that_is_not_in_the_build_is_not_listed(engine, said) -> None:
    project = open_project(FIRST_SAMPLE).project
    without = project.variants[0].selection.without("gpu")
    smaller = engine.evaluate(project.with_selection(project.variants[0].name, without))
    fewer = content_of(smaller.variants[0])

    catalog, card = engine.catalog, project.variants[0].selection.part("gpu")

    def cited(part: str) -> set[str]:
        fields = catalog.schema[catalog.part(part).kind].fields
        return {catalog.datum(part, field).source for field in fields}

    elsewhere = {each.source for each in catalog.assumptions.values()}.union(
        *(cited(f.part) for _, f in without.items())
    )
    titles = {catalog.sources[source].title for source in cited(card) - elsewhere - {""}}
    printed = titles & {source.title for source in said.sources}

    assert printed
    assert not printed & {source.title for source in fewer.sources}


def test_that_the_explanations_have_the_values_of_the_evaluation(sample, said) -> None:
    wall = next(key for key in said.keys if key.name == "wall_power")
    hardest = max(range(3), key=lambda row: sample.variants[0].value("circuit_power", row))

    assert wall.value == f"{sample.variants[0].value('wall_power', hardest):.0f} W"
    assert {cause.label for cause in wall.causes if cause.depth == 0} == {
        "DC load, sustained",
        "Supply efficiency, sustained",
    }


def test_that_the_attached_project_opens_as_the_same_project(sample, seen) -> None:
    assert project_from_text(seen.attached["project.json"], "project.json").project == sample.project


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_that_page_one_is_one_page_and_the_site_another_on_both_papers(both, pdf, paper) -> None:
    for content in both:
        pages = pdf.read(compose(content, paper_named(paper))).text

        assert "\nParts\n" in pages[1]
        site = next(number for number, text in enumerate(pages) if "\nSite fitness\n" in text)
        assert "\nRecord\n" in pages[site + 1]
        assert len(pages) <= 13


def test_that_the_sheet_is_written_whole_and_the_same_bytes_each_time(sample, tmp_path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    write(sample, first)
    write(sample, second, variant="Balanced")

    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.pdf", "second.pdf"]


def test_that_the_sheet_carries_the_hash_that_scripts_read(sample, said, seen) -> None:
    assert said.hash == evaluation_hash(sample)
    assert said.hash in "".join(seen.whole.split())


def test_that_a_stated_date_is_on_the_sheet_and_a_day_that_does_not_exist_is_refused(sample, pdf) -> None:
    seen = pdf.read(build_sheet(sample.variants[0], date="2027-02-28"))

    assert all("2027-02-28" in text for text in seen.text)
    with pytest.raises(BadInputError, match="2027-02-30"):
        content_of(sample.variants[0], date="2027-02-30")


def test_that_an_unwritable_place_is_said_in_a_sentence(sample) -> None:
    with pytest.raises(CannotSaveError, match="was not saved"):
        write(sample, Path("/no/such/folder/sheet.pdf"))


def test_that_an_empty_build_prints_as_incomplete_with_nothing_made_up(engine, pdf) -> None:
    project = open_project(FIRST_SAMPLE).project
    empty = engine.evaluate(project.with_selection(project.variants[0].name, Selection.of()))
    seen = pdf.read(build_sheet(empty.variants[0]))

    assert "INCOMPLETE" in seen.text[0]
    assert "DRAFT" in seen.text[0]
    assert "No role is filled yet." in seen.whole
    assert not re.search(r"\bnan\b|\binf\b|None\b(?!:)", seen.whole)


def test_that_a_project_without_workloads_prints(engine, pdf) -> None:
    project = open_project(FIRST_SAMPLE).project._replace(workloads=())
    seen = pdf.read(build_sheet(engine.evaluate(project).variants[0]))

    assert "No workload is chosen" in seen.text[0]
    assert not re.search(r"\bnan\b|\binf\b", seen.whole)


def test_that_an_input_left_empty_makes_its_numbers_unknown_not_zero(engine, pdf) -> None:
    project = open_project(FIRST_SAMPLE).project
    use = project.workloads[0].with_input("cases", None)
    variant = engine.evaluate(project.with_workload(use)).variants[0]
    seen = pdf.read(build_sheet(variant))

    assert math.isnan(variant.value("asked_rate", 0))
    assert "cannot be told" in seen.text[0]
    assert "empty: set it in the brief" in seen.whole
    assert not re.search(r"\bnan\b", seen.whole)


def test_that_two_currencies_are_not_added(engine, pdf) -> None:
    project = open_project(FIRST_SAMPLE).project._replace(currency="EUR")
    seen = pdf.read(build_sheet(engine.evaluate(project).variants[0]))

    page = " ".join(seen.text[1].split())
    assert "Total, incomplete" in page
    assert "priced in USD only" in page


def test_that_roomy_paper_is_set_roomily(said) -> None:
    from steelyard.sheets.document import Layout
    from steelyard.sheets.page_heads import height
    from steelyard.sheets.page_site import DENSITIES, _page

    heights = [height(_page(said, Layout({}, 0), {}, density)) for density in DENSITIES]

    assert heights == sorted(heights, reverse=True)
    assert 300 < heights[0] < paper_named("a4").room


def test_that_as_many_workloads_as_a_project_may_hold_print(engine, pdf) -> None:
    project = open_project(FIRST_SAMPLE).project
    uses = tuple(
        project.workloads[index % len(project.workloads)]._replace(id=f"number-{index}", runs="turns")
        for index in range(32)
    )
    seen = pdf.read(build_sheet(engine.evaluate(project._replace(workloads=uses)).variants[0]))

    assert "the tightest of 32 workloads" in seen.whole
    assert f"page {len(seen.text)}/{len(seen.text)}" in seen.text[-1]


def test_that_a_long_name_and_role_leave_page_one_one_page_on_short_paper(engine, pdf) -> None:
    name = (
        "Workstation of the second reading room on the third floor, for the trial that follows the pilot of last year"
    )
    project = open_project(FIRST_SAMPLE).project._replace(name=name, role=f"{name} and whatever comes after it")
    seen = pdf.read(build_sheet(engine.evaluate(project).variants[0], paper="letter"))

    assert "\nParts\n" in seen.text[1]
    assert seen.text[0].replace("\n", " ").count(name) == 2


def test_that_an_exchange_on_paper_is_what_the_exchanged_build_evaluates_to(sample, both) -> None:
    for variant, content in zip(sample.variants, both, strict=True):
        assert content.swaps
        for swap in content.swaps:
            role = {"GPU": "gpu", "CPU": "cpu"}[swap.role]
            name = swap.part.rpartition(" × ")[2]
            part = next(each.id for each in sample.catalog.parts.values() if each.name == name and each.kind == role)
            other = variant.selection.with_(**{role: (part, variant.selection.count(role))})
            project = sample.project.with_selection(variant.variant.name, other)
            found = variant.engine.evaluate_variant(project, variant.variant.name)
            rate = found.voice(content.bottleneck).say(
                found.value("throughput", content.bottleneck), found.engine.model.quantities["throughput"].unit
            )

            assert swap.rate == str(rate)
            assert found.card.status != "BLOCKED"
            assert found.value("throughput", content.bottleneck) > variant.value("throughput", content.bottleneck)
            bought = (found.value("build_price") - variant.value("build_price")) / 100
            assert float(swap.price.replace("−", "-").replace(",", "")) == pytest.approx(bought, abs=0.5)


def test_that_dearer_exchanges_are_faster_ones(both) -> None:
    for content in both:
        prices = [float(swap.price.replace("−", "-").replace(",", "")) for swap in content.swaps]
        multiples = [float(swap.multiple.rstrip("×")) for swap in content.swaps]

        assert prices == sorted(prices)
        assert multiples == sorted(multiples)


def test_that_what_is_asked_and_what_is_there_are_in_one_unit(engine) -> None:
    for line in LINES:
        asked, has = (engine.model.quantities.get(name) or engine.model.inputs[name] for name in (line.asked, line.has))
        assert asked.unit == has.unit, line.label


def test_that_paper_and_marks_are_those_of_the_electrical_rules_unless_told(engine, pdf) -> None:
    project = open_project("workstation-a-1").project
    there = project._replace(site=on_circuit(project.site, "eu", "230 V, 16 A"))
    usual = pdf.read(build_sheet(engine.evaluate(there).variants[0]))
    told = pdf.read(build_sheet(engine.evaluate(there).variants[0], paper="letter", decimal="point"))
    assert usual.size == pytest.approx(A4, abs=0.01)
    assert told.size == pytest.approx(LETTER, abs=0.01)
    assert "3 680 W" in usual.whole.replace("\u00a0", " ")
    assert "3,680" in told.whole
    assert "3,680" not in usual.whole


def test_that_of_a_build_without_parts_it_cannot_be_told_whether_the_site_carries_it(engine) -> None:
    project = open_project("workstation-a-1").project
    empty = project._replace(variants=(project.variants[0]._replace(selection=Selection()),))
    content = content_of(engine.evaluate(empty).variants[0])
    assert content.site_verdict == ("unknown", "Cannot be told")
    assert content.waterfall.missing
    assert content.room.missing
    assert {pair.value for block in content.blocks for pair in block.pairs if pair.label == "To spare"} == {"?"}
