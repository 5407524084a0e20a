"""A number that a user gives replaces the computed, assumed or published one, and says so wherever it is shown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.errors import BadInputError
from steelyard.project.answers import answer
from steelyard.project.content import Given, checked
from steelyard.project.evaluate import Engine
from steelyard.project.file import project_from_text, project_text
from steelyard.project.samples import open_project
from steelyard.project.shape import plain

if TYPE_CHECKING:
    from steelyard.project.content import Project

NOTE = "maker's curve at the point"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


@pytest.fixture(scope="module")
def sample() -> Project:
    return open_project("workstation-a-1").project


def with_given(project: Project, **numbers: float) -> Project:
    """Return the project whose first build alone is left and gives these numbers."""
    given = {name: Given(value, NOTE) for name, value in numbers.items()}
    return checked(project._replace(variants=(project.variants[0]._replace(given=given),)))


def test_that_a_given_number_replaces_a_computed_one_and_what_follows_from_it(engine: Engine, sample: Project) -> None:
    found = engine.evaluate(with_given(sample, psu_efficiency=0.8, rest_power=150.0)).variants[0]
    assert found.value("psu_efficiency") == 0.8
    parts = [found.value(name) for name in ("gpus_power", "cpu_power", "display_power")]
    assert found.value("dc_load") == pytest.approx(sum(parts) + 150.0, rel=1e-12)
    assert found.value("wall_power") == pytest.approx(found.value("dc_load") / 0.8, rel=1e-12)


def test_that_a_given_number_has_no_range(engine: Engine, sample: Project) -> None:
    found = engine.evaluate(with_given(sample, psu_efficiency=0.8)).variants[0]
    assert found.range("psu_efficiency") == (0.8, 0.8)


def test_that_a_given_number_replaces_an_assumption_and_a_fact_of_a_part(engine: Engine, sample: Project) -> None:
    found = engine.evaluate(with_given(sample, ups_efficiency=0.5, gpu_board_power=100.0)).variants[0]
    assert found.value("mains_power") == pytest.approx(found.value("wall_power") / 0.5)
    assert found.value("peak_gpus_power") == 100.0 * found.selection.count("gpu")


def test_that_a_number_over_cards_is_given_for_every_card(engine: Engine, sample: Project) -> None:
    found = engine.evaluate(with_given(sample, card_power=123.0)).variants[0]
    cards = found.selection.count("gpu")
    assert [found.value("card_power", 0, card) for card in range(cards)] == [123.0] * cards
    assert found.value("gpus_power") == 123.0 * cards


def test_that_the_explanation_says_where_a_given_number_is_from(engine: Engine, sample: Project) -> None:
    found = engine.evaluate(with_given(sample, psu_efficiency=0.8, ups_efficiency=0.5)).variants[0]
    for name in ("psu_efficiency", "ups_efficiency"):
        why = found.explain(name)
        assert (why.note, why.tier, why.because) == (f"given: {NOTE}", "you", ())
    because = {cause.name: cause.note for cause in found.explain("mains_power").because}
    assert because["ups_efficiency"] == f"given: {NOTE}"


def test_that_scripts_are_told_which_numbers_were_given(engine: Engine, sample: Project) -> None:
    whole = engine.evaluate(with_given(sample, psu_efficiency=0.8, ups_efficiency=0.5))
    said = plain(answer(whole))["variants"][0]
    assert said["quantities"]["psu_efficiency"]["given"] == f"given: {NOTE}"
    assert "given" not in said["quantities"]["dc_load"]
    assert said["given"]["ups_efficiency"]["value"] == 0.5
    assert said["given"]["ups_efficiency"]["note"] == f"given: {NOTE}"
    assert "given" not in plain(answer(engine.evaluate(sample)))["variants"][0]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("psu_eficiency", 'Did you mean "psu_efficiency"'),
        ("breaker_current", "a setting of the site"),
        ("power_limit", "a setting of the build"),
        ("gpu_count", "how many parts"),
        ("gpu_price", "price book"),
        ("asked_rate", "asked by the workload"),
        ("circuit_margin", "what a rule finds"),
        ("gpu_architecture", "a property of the part"),
    ],
)
def test_that_what_cannot_be_given_is_refused_with_what_to_do(
    engine: Engine, sample: Project, name: str, words: str
) -> None:
    with pytest.raises(BadInputError) as refused:
        engine.evaluate(with_given(sample, **{name: 1.0}))
    assert words in str(refused.value)
    assert f'"{name}"' in str(refused.value)


@pytest.mark.parametrize("value", ["[0.9, 0.9]", '"0.9"', "null", "true", "1e999"])
def test_that_a_given_value_that_is_no_number_is_refused_with_its_place(sample: Project, value: str) -> None:
    text = project_text(with_given(sample, psu_efficiency=0.125)).replace("0.125", value)
    with pytest.raises(Exception, match=r"variants\[0\]\.given\.psu_efficiency\.value|1e999"):
        project_from_text(text.encode(), "x.json")


def test_that_a_given_number_without_its_source_is_refused(sample: Project) -> None:
    with pytest.raises(BadInputError, match="where the number is from"):
        checked(sample._replace(variants=(sample.variants[0]._replace(given={"psu_efficiency": Given(0.9, "")}),)))


def test_that_the_builds_of_one_batch_give_the_same_numbers(engine: Engine, sample: Project) -> None:
    one = with_given(sample, psu_efficiency=0.8).variants[0]
    with pytest.raises(ValueError, match="one by one"):
        engine.run(sample, [one, one._replace(given={})], engine.uses_of(sample), ["dc_load"])


def test_that_settings_of_a_build_reach_their_rows_of_a_batch(engine: Engine, sample: Project) -> None:
    build = sample.variants[0]
    builds = [build._replace(power_limit=200.0), build, build._replace(power_limit=150.0, display_place=1)]
    uses = engine.uses_of(sample)
    batch, found = engine.run(sample, builds, uses, ["power_limit", "display_place"])
    rows = [batch.row(place, 0) for place in range(3)]
    assert [found.at("power_limit", row) for row in rows] == [200.0, math.inf, 150.0]
    assert [found.at("display_place", row) for row in rows] == [math.inf, math.inf, 1.0]
    _, bare = engine.run(sample, [each.selection for each in builds], uses, ["power_limit"])
    assert bare.at("power_limit", 0) == math.inf


@pytest.mark.parametrize(
    ("name", "number", "says"),
    [
        ("cpu_power", -350, "Give 0 or more"),
        ("wall_power", 1e9, "no more than 1,000,000"),
        ("psu_efficiency", 0, "Give more than 0, and no more than 1."),
        ("psu_efficiency", 1.4, "Give more than 0, and no more than 1."),
        ("gpu_busy", 5, "Give 0 or more, and no more than 1."),
        ("card_inlet", 500, "no more than 250"),
        ("leakage_slope", -1, "Give 0 or more"),
    ],
)
def test_that_a_given_number_that_nature_forbids_is_refused(
    engine: Engine, sample: Project, name: str, number: float, says: str
) -> None:
    with pytest.raises(BadInputError) as trouble:
        engine.evaluate(with_given(sample, **{name: number})).variants[0].value("dc_load")
    assert f'gives "{name}" as' in trouble.value.message
    assert says in trouble.value.remedy.replace("\u00a0", " ")


def test_that_room_to_spare_may_be_given_below_nothing(engine: Engine, sample: Project) -> None:
    found = engine.evaluate(with_given(sample, gpu_memory_free=-4.0)).variants[0]
    assert found.value("gpu_memory_free") == -4
