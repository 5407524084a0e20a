"""What stands on one page agrees with every other page, and with what the command line says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from steelyard.__main__ import main
from steelyard.catalog.load import load_catalog
from steelyard.project.evaluate import Engine, ProjectEvaluation
from steelyard.project.file import project_text
from steelyard.project.samples import FIRST_SAMPLE, open_project
from steelyard.sheets import bind_words
from steelyard.sheets.build_sheet import content_of
from steelyard.sheets.compose import compose
from steelyard.sheets.content import BuildSheet, Finding
from steelyard.sheets.paper import paper_named


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


@pytest.fixture(scope="module")
def sample(engine) -> ProjectEvaluation:
    return engine.evaluate(open_project(FIRST_SAMPLE).project)


@pytest.fixture(scope="module")
def said(sample) -> BuildSheet:
    return content_of(sample.variants[0])


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_that_a_finding_stands_on_the_page_that_page_one_names(said, pdf, paper) -> None:
    many = tuple(
        Finding(f"{group}-{index:03}", "warn", f"Made up for {group} {index}", "so that it is long", "none", chapter)
        for index in range(12)
        for group, chapter in (("MEM", "findings"), ("THM", "site"))
    )
    for findings in (said.findings, many, many[::-1]):
        seen = pdf.read(compose(said._replace(findings=findings), paper_named(paper)))
        named = [int(number) for number in re.findall(r"\bpage (\d+)\n", seen.text[0])]
        assert named
        for finding, number in zip(findings, named, strict=False):
            assert finding.title in " ".join(seen.text[number - 1].split())


def test_that_estimates_are_said_wherever_the_total_is(said, pdf) -> None:
    seen = pdf.read(compose(said, paper_named("a4")))
    count = sum(line.mark == "estimate" for line in said.bill.lines)
    words = f"{count} of {len(said.bill.lines)} prices are estimates: likely {said.bill.likely}"

    assert count
    for text in seen.text[:2]:
        assert words.replace("\N{NO-BREAK SPACE}", " ") in " ".join(text.split())
    assert "independent of each other" in " ".join(seen.text[1].split())
    assert "estimates" not in said.bill._replace(lines=()).estimated


def test_that_each_figure_of_page_one_names_the_workload_it_is_of(sample, said) -> None:
    found = sample.variants[0]
    notes = {figure.label: figure.note for figure in said.figures}
    tightest = bind_words.name_of(found, bind_words.tightest_row(found))

    assert notes["Sustained, end to end"] == notes["GPUs busy"] == tightest
    assert notes["At the wall"] == "nnU-Net training, 3-D" != tightest
    assert "under nnU-Net training, 3-D" in said.why[2]


def test_that_the_workload_that_drives_the_rate_is_the_tightest_on_every_page(sample, said) -> None:
    rate = said.requirements[0]
    tightest = bind_words.name_of(sample.variants[0], said.bottleneck)

    assert rate.label == "Sustained rate, end to end"
    assert rate.driver == tightest == said.balances[said.bottleneck].name
    assert said.figures[1].value in rate.has


def test_that_each_printed_command_prints_the_printed_number(sample, said, tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("project.json").write_text(project_text(sample.project), encoding="utf-8")
    for key in said.keys:
        words = shlex.split(key.command)
        assert main([*words[1:], "--depth", "0"]) == 0
        assert capsys.readouterr().out.splitlines()[1].rpartition(" = ")[2] == key.value, key.command


def test_that_the_sample_prints_on_ten_pages_with_its_whole_bibliography(sample, pdf) -> None:
    for variant, most in zip(sample.variants, (10, 11), strict=True):
        content = content_of(variant)
        seen = pdf.read(compose(content, paper_named("a4")))
        tight = "".join(seen.whole.split())

        assert len(seen.text) <= most
        assert all("".join(f"{source.number} {source.title}".split()) in tight for source in content.sources)


def test_that_columns_keep_order_lose_nothing_and_tear_no_block_apart() -> None:
    from reportlab.platypus import Spacer

    from steelyard.sheets.newspaper import Newspaper

    blocks = [[Spacer(1, high), Spacer(1, 2)] for high in (40, 10, 90, 30, 20, 70, 55)]
    waiting, seen = Newspaper(blocks), []
    while True:
        parts = waiting.split(500, 100)
        assert parts
        assert parts[0].wrap(500, 100)[1] <= 100
        seen += parts[0].blocks
        if len(parts) == 1:
            break
        waiting = parts[1]

    assert seen == blocks
    assert Newspaper([[Spacer(1, 101)]]).split(500, 100) == []


def test_that_every_key_number_that_is_computed_has_its_formula_on_paper(said) -> None:
    assert [key.label for key in said.keys if not key.formula] == []


def test_that_a_ratio_that_is_no_share_is_a_bare_number() -> None:
    from steelyard.project.saying import Voice
    from steelyard.units import UNITS

    ratio, voice = UNITS[""], Voice()
    assert str(voice.say(0.944, ratio)) == "94.4 %"
    assert str(voice.say(10.0, ratio)) == "1,000 %"
    assert str(voice.say(20514.28, ratio)) == "20,514"
    assert str(voice.say(8.0, ratio, beside=12.0)) == "8"
    assert str(voice.say(12.0, ratio, beside=8.0)) == "1,200 %"


def test_that_a_project_in_another_currency_has_no_price_on_any_page(engine, pdf) -> None:
    project = open_project(FIRST_SAMPLE).project._replace(currency="EUR")
    content = content_of(engine.evaluate(project).variants[0])
    seen = pdf.read(compose(content, paper_named("a4")))
    first, second = (" ".join(text.split()) for text in seen.text[:2])

    assert content.bill.known is None
    assert "no part has a price in EUR" in first
    assert "not every part has a price in EUR" in first
    assert "none of them has a price in EUR" in second
    assert not re.search(r"(?<![\d,.])0(\.00)? EUR|33,9\d\d|faster for", seen.whole)
    price = next(each for each in content.requirements if each.label.startswith("Price"))
    assert (price.has, price.margin, price.driver, price.mark) == ("?", "?", "site and build", "unknown")
    why_and_remedy = r"priced\s+in\s+USD\s+only|currency\s+to\s+USD"
    assert "USD" not in re.sub(why_and_remedy, "", seen.whole)


def test_that_a_formula_of_our_own_is_cited_as_our_own_and_a_bare_title_says_what_it_is(engine, said) -> None:
    sources = engine.catalog.sources
    for name in ("pace", "gpu_busy", "gpu_wait_share", "engine_time"):
        assert sources[engine.model.quantities[name].source].publisher == "Steelyard", name
    bare = [source for source in said.sources if not source.publisher and not source.address]
    assert [source.title for source in bare if not source.notice] == []
