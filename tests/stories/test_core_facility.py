"""Story D: a core-facility engineer, four cards, a 20 A circuit at 120 V, and a warm closet."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest

from steelyard.catalog import load_catalog
from steelyard.figures.sustained_taken import run_figures
from steelyard.project.content import Given, Lab, Project, Site, Variant, WorkloadUse, checked
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.file import load_project, save_project
from steelyard.project.fixes import Fix, fixes_of
from steelyard.project.rooms import in_room
from steelyard.project.rule_sets import budget_words, on_circuit, plug_of, rule_sets, what_changed, with_convention
from steelyard.project.samples import open_project
from steelyard.transient.run import sustained_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from steelyard.project.findings import Finding

    Act = Callable[..., Any]

CFM = 0.3048**3 * 60  # cubic metres an hour
CARD, LARGE_CARD = "gpu/nvidia/rtx-6000-ada", "gpu/nvidia/rtx-pro-6000-blackwell-workstation"
UPS = "ups/cyberpower/pfc-sinewave-cp1500pfclcd"  # 1,500 VA, 1,000 W, 120 V
STRESS = "a stress load, before anything slows down"
AT_POINT = "maker's curve at the point"
GIVEN = {
    "gpu_busy": Given(1.0, STRESS),
    "card_asked_power": Given(300.0, STRESS),
    "card_carried_power": Given(1000.0, STRESS),
    "leakage_slope": Given(0.0, "nominal watts"),
    "cpu_power": Given(350.0, "its limit"),
    "memory_power": Given(60.0, "measured"),
    "drives_power": Given(15.0, "measured"),
    "cooling_power": Given(25.0, "measured"),
    "platform_power": Given(50.0, "measured"),
    "psu_efficiency": Given(0.92, AT_POINT),
    "peak_psu_efficiency": Given(0.92, AT_POINT),
}
"""What the story states instead of leaving it to the model: watts at full load, and the supply's efficiency."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


def build(*, card: str = CARD, cards: int = 4, **changes: Any) -> Variant:
    """Four cards, a processor of 350 W, and a supply of 1,600 W."""
    selection = open_project("workstation-a-1").project.variants[1].selection.without("ups")
    selection = selection.with_(
        gpu=(card, cards), cpu="cpu/amd/threadripper-pro-9985wx", psu=selection.part("psu") or ""
    )
    return Variant("Four cards", selection, given=GIVEN)._replace(**changes)


def closet() -> Site:
    """D1: 120 V, 20 A, shared with 150 W; a closet with a grille of 50 CFM beside a corridor of 27 °C."""
    site = on_circuit(Site(dedicated=False, other_load=150.0), "us", "120 V, 20 A")
    return in_room(site, "closet")._replace(noise_limit=None, room_ventilation=50 * CFM)


def story(variant: Variant, site: Site, **changes: Any) -> Project:
    use = WorkloadUse("training", "nnunet-3d-training")
    for name, value in {
        "cases": 300.0,
        "channels": 4.0,
        "volume": 8_928_000.0,
        "folds": 5.0,
        "finish_within": 48.0,
    }.items():
        use = use.with_input(name, value)
    project = Project("Core facility", "Training", "2026-11-21", "USD", site, Lab(), (use,), (variant,))
    return checked(project._replace(**changes))


def evaluated(engine: Engine, variant: Variant, site: Site, **changes: Any) -> VariantEvaluation:
    return engine.evaluate(story(variant, site, **changes)).variants[0]


def finding(found: VariantEvaluation, rule: str) -> Finding:
    return next(each for each in found.findings if each.rule.id == rule)


def is_broken(found: VariantEvaluation, rule: str, severity: str) -> bool:
    told = finding(found, rule)
    return told.verdict == "broken" and told.rule.severity == severity


@pytest.fixture(scope="module")
def four(engine: Engine) -> VariantEvaluation:
    return evaluated(engine, build(), closet())


@pytest.fixture(scope="module")
def capped(engine: Engine) -> VariantEvaluation:
    return evaluated(engine, build(power_limit=250.0), closet())


@pytest.fixture(scope="module")
def fixes(engine: Engine) -> tuple[Fix, ...]:
    return fixes_of(engine, story(build(), closet()), "Four cards")


def said(text: str) -> str:
    """Return a text with plain blanks."""
    return " ".join(text.split())


def fix_of(fixes: tuple[Fix, ...], kind: str, words: str = "") -> Fix:
    return next(each for each in fixes if each.kind == kind and words in said(each.title))


def effect(fix: Fix, label: str) -> float:
    return next(each.after for each in fix.effects if each.label == label)


# --- D1, D2: the circuit's budget, and what the build takes of it


def test_d1_that_the_budget_of_the_circuit_is_1920_w_less_the_other_load(four: VariantEvaluation) -> None:
    assert said(budget_words(closet())) == ("20 A × 120 V × 80 % = 1,920 W, less 150 W of other load: 1,770 W")
    assert four.value("circuit_limit") == pytest.approx(1920)
    assert four.value("circuit_budget_left") == pytest.approx(1770)


def test_d2_that_four_cards_of_300_w_draw_1848_w_and_overload_the_circuit_by_78_w(four: VariantEvaluation) -> None:
    assert four.value("dc_load") == pytest.approx(1700)
    assert four.value("wall_power") == pytest.approx(1848, abs=0.5)
    assert four.value("machine_current") == pytest.approx(15.4, abs=0.05)
    assert is_broken(four, "PWR-011", "block")
    assert finding(four, "PWR-011").margin == pytest.approx(-78, abs=0.5)
    assert "over by 77.8" in finding(four, "PWR-011").text


def test_d2_that_the_supply_and_a_ups_of_1500_va_are_too_small(engine: Engine, four: VariantEvaluation) -> None:
    assert is_broken(four, "PWR-001", "block")
    assert finding(four, "PWR-001").margin == pytest.approx(1600 - 1700)
    fed = build(selection=build().selection.with_(ups=UPS))
    assert is_broken(evaluated(engine, fed, closet()), "PWR-014", "block")


def test_d2_that_the_amps_at_the_low_end_stand_beside_the_nominal_ones(four: VariantEvaluation) -> None:
    assert four.value("circuit_current_low") > four.value("circuit_current")
    assert four.value("circuit_current_low") >= (1848 + 150) / 108 - 0.01


# --- D3, D4: what would help, and taking it


@pytest.mark.parametrize(
    ("kind", "words", "effects"),
    [
        ("power-limit", "250 W", {"DC load": 1500, "At the wall": 1630, "Current of the build": 13.6}),
        ("dedicate", "120 V, 20 A", {"Limit for hours": 1920, "Circuit, to spare": 72.2}),
        ("circuit", "208 V, 20 A", {"Limit for hours": 3328}),
        ("circuit", "240 V, 20 A", {"Limit for hours": 3840}),
        ("fewer-cards", "3 cards instead of 4", {"DC load": 1400, "At the wall": 1522, "Current of the build": 12.7}),
    ],
)
def test_d3_that_each_way_out_is_offered_with_its_effect(
    fixes: tuple[Fix, ...], kind: str, words: str, effects: dict[str, float]
) -> None:
    fix = fix_of(fixes, kind, words)
    assert "PWR-011" in fix.mends
    for label, wanted in effects.items():
        assert effect(fix, label) == pytest.approx(wanted, abs=0.05 if wanted < 100 else 0.5)


def test_d3_that_two_supplies_on_two_circuits_halve_what_each_circuit_carries(fixes: tuple[Fix, ...]) -> None:
    fix = fix_of(fixes, "two-supplies")
    assert {"PWR-001", "PWR-011"} <= set(fix.mends)
    assert effect(fix, "Circuit, to spare") == pytest.approx(1920 - 150 - 1848 / 2, abs=0.5)


def test_d3_that_ventilation_is_offered_and_what_mends_most_comes_first(fixes: tuple[Fix, ...]) -> None:
    assert "ventilation" in {each.kind for each in fixes}
    severity = {"PWR-011", "PWR-001"}
    mended = [len(severity & set(each.mends)) for each in fixes if each.kind in {"dedicate", "power-limit"}]
    assert mended == sorted(mended, reverse=True)


def test_d3_that_a_cap_costs_a_band_of_speed_and_a_circuit_none(fixes: tuple[Fix, ...]) -> None:
    cap = fix_of(fixes, "power-limit", "250 W")
    assert 0.73 <= cap.speed.low < cap.speed.value < cap.speed.high < 1.001  # between the two published sources
    circuit = fix_of(fixes, "circuit")
    assert circuit.speed.value == pytest.approx(1)


def test_d3_that_the_command_line_offers_the_same(act: Act, fixes: tuple[Fix, ...], tmp_path: Path) -> None:
    path = tmp_path / "facility.json"
    save_project(story(build(), closet()), path)
    done = act("check", path, "--fixes", "--json")
    assert done.code == 1
    assert [each["title"] for each in json.loads(done.out)] == [each.title for each in fixes]
    words = said(act("check", path, "--fixes").out)
    assert "Cap each card at 250 W" in words
    assert "DC load 1,700 → 1,500 W; At the wall 1,848 → 1,630 W" in words


def test_d4_that_the_cap_makes_the_circuit_hold_with_its_margin_in_watts_and_per_cent(
    capped: VariantEvaluation,
) -> None:
    told = finding(capped, "PWR-011")
    assert told.verdict == "holds"
    assert told.margin == pytest.approx(1770 - 1630.4, abs=0.5)
    assert (capped.value("dc_load"), round(capped.value("wall_power"))) == (1500, 1630)
    assert 1 - capped.value("circuit_share_used") == pytest.approx(139.6 / 1920, abs=1e-3)


@pytest.mark.usefixtures("qapp")
def test_d4_that_taking_it_in_the_desk_is_one_step_that_can_be_undone(engine: Engine, fixes: tuple[Fix, ...]) -> None:
    from steelyard.gui.desk import Desk

    desk = Desk(engine)
    desk.open(story(build(), closet()), None)
    cap = fix_of(fixes, "power-limit", "250 W")
    assert desk.edit(cap.after, cap.undo)
    assert desk.undo_stack.undoText() == "power cap 300→250\u00a0W"
    assert desk.variant.power_limit == 250
    desk.undo_stack.undo()
    assert desk.variant.power_limit is None


# --- D5, D6: the room


def test_d5_that_the_closet_settles_near_61_degrees_and_blocks(capped: VariantEvaluation) -> None:
    assert capped.value("room_rise") == pytest.approx(33.6, abs=0.05)
    assert capped.value("room_air") == pytest.approx(60.6, abs=0.1)
    told = finding(capped, "THM-010")
    assert (told.verdict, told.rule.severity) == ("broken", "block")
    assert "above maximum inlet temperature" in told.text
    assert capped.explain("room_conductance").note.endswith("preset closet: estimate")


@pytest.mark.parametrize(("limit", "room"), [(None, 65.1), (250.0, 60.6)])
def test_d5_that_a_day_is_drawn_of_room_case_and_each_card_up_to_where_they_settle(
    engine: Engine, limit: float | None, room: float
) -> None:
    found = evaluated(engine, build(power_limit=limit), closet())
    run = sustained_run(found, 0, 24.0)
    watts = 4 * (limit or 300.0) + 350 + 60 + 15 + 25 + 50
    assert run.outcome.mains_power == pytest.approx(watts / 0.92)  # as given, from the first second to the last
    assert run.temperatures["Room air"][-1] == pytest.approx(room, abs=0.1)
    assert {name: run.temperatures[name][-1] for name in run.steady} == pytest.approx(run.steady, abs=0.1)
    assert {"GPU 1 die", "GPU 2 die", "GPU 3 die", "GPU 4 die", "Case air", "Room air"} <= set(run.steady)
    heat, _ = run_figures(found, 0)
    assert not heat.missing
    labels = [curve.label for curve in heat.curves]
    assert {"Room", "Case air"} <= set(labels)
    assert sum(label.startswith("GPU") for label in labels) == 4


@pytest.mark.parametrize(("cfm", "rise"), [(50, 33.6), (150, 15.5), (300, 8.5), (500, 5.4)])
def test_d6_that_more_air_lowers_the_rise(engine: Engine, cfm: float, rise: float) -> None:
    site = closet()._replace(room_ventilation=cfm * CFM)
    assert evaluated(engine, build(power_limit=250.0), site).value("room_rise") == pytest.approx(rise, abs=0.05)


def test_d6_that_the_cards_no_longer_throttle_with_500_cfm(engine: Engine) -> None:
    own = {name: each for name, each in GIVEN.items() if name != "card_carried_power"}  # so that heat may tell
    kept = {
        cfm: evaluated(
            engine, build(power_limit=250.0, given=own), closet()._replace(room_ventilation=cfm * CFM)
        ).value("gpu_speed_kept")
        for cfm in (50, 500)
    }
    cool = evaluated(engine, build(power_limit=250.0, given=own), closet()).value("capped_speed_kept")
    assert kept[50] < cool - 0.01
    assert kept[500] == pytest.approx(cool, abs=0.01)


def test_d6_that_the_air_for_ten_degrees_and_the_heat_are_said(capped: VariantEvaluation) -> None:
    assert capped.value("air_for_rise") / CFM == pytest.approx(251, abs=0.5)
    assert capped.value("air_for_rise_alone") / CFM == pytest.approx(286, abs=0.6)
    assert capped.value("heat_output") == pytest.approx(5563, abs=1)


# --- D7, D8: the cards' order, and the noise behind a door


def test_d7_that_cards_side_by_side_warn_of_the_inner_ones_and_blowers_help(engine: Engine) -> None:
    site = Site(noise_limit=None, room_ventilation=2000.0)
    found = evaluated(engine, build(card=LARGE_CARD, given={}), site)
    assert is_broken(found, "THM-022", "warn")
    assert finding(found, "THM-022").title.startswith("The inner cards")
    assert all(words in finding(found, "THM-022").remedy for words in ("a slot free", "swap", "blow out"))
    temperatures = [found.value("card_temperature", 0, place) for place in range(4)]
    assert found.value("hottest_card") == temperatures.index(max(temperatures)) == 3
    assert finding(evaluated(engine, build(given={}), site), "THM-022").verdict == "holds"


def test_d7_that_a_hot_display_card_is_hottest_last_and_not_once_it_is_swapped(engine: Engine) -> None:
    viewer = {"display_power": Given(450.0, "a viewer of volumes at full load")}
    selection = build(card=LARGE_CARD, cards=2).selection.with_(display_gpu=LARGE_CARD)
    site = Site(noise_limit=None, room_ventilation=2000.0)
    last = build(selection=selection, given=viewer)
    found = evaluated(engine, last, site)
    assert found.value("hottest_card") == 2  # the display card, after the two others
    swapped = evaluated(engine, last._replace(display_place=0), site)
    assert swapped.value("hottest_card") != 2
    assert swapped.value("display_temperature") < found.value("display_temperature") - 1
    offered = fix_of(fixes_of(engine, story(last, site), "Four cards"), "display-place", "first in the air")
    assert offered.after.variants[0].display_place == 0
    assert effect(offered, "Display card") == pytest.approx(swapped.value("display_temperature"))


def test_d8_that_the_door_lowers_the_level_and_two_equal_sources_add_3_db(four: VariantEvaluation) -> None:
    assert closet().door_loss == 20
    assert four.value("noise_behind_door") == pytest.approx(four.value("noise_level") - 20)
    levels = [four.value("card_noise", 0, place) for place in range(4)]
    together = 10 * math.log10(sum(10 ** (level / 10) for level in levels))
    assert four.value("cards_noise") == pytest.approx(together, abs=1e-6)


# --- D9, D10: larger cards, and the year


def larger(site: Site) -> tuple[Variant, Site]:
    given = {**GIVEN, "card_asked_power": Given(600.0, STRESS)}
    return build(card=LARGE_CARD, given=given), site


def test_d9_that_four_cards_of_600_w_overload_120_v_and_leave_208_v_little(engine: Engine) -> None:
    here = evaluated(engine, *larger(closet()))
    assert here.value("dc_load") == pytest.approx(2900)
    assert here.value("wall_power") == pytest.approx(3152, abs=0.5)
    assert here.value("machine_current") == pytest.approx(26.3, abs=0.05)
    assert is_broken(here, "PWR-011", "block")
    site = on_circuit(closet(), "us", "208 V, 20 A")._replace(dedicated=True, other_load=0.0)
    there = evaluated(engine, *larger(site))
    assert there.value("machine_current") == pytest.approx(15.2, abs=0.05)
    assert finding(there, "PWR-011").verdict == "holds"
    assert finding(there, "PWR-011").margin / there.value("circuit_limit") == pytest.approx(0.05, abs=0.005)
    reserve = [each for each in there.findings if each.rule.margin.name == "circuit_reserve_margin"]
    assert [(each.verdict, each.rule.severity) for each in reserve] == [("broken", "warn")]


def test_d10_that_energy_and_cost_are_exact_with_cooling_apart(engine: Engine) -> None:
    site = closet()._replace(duty=0.7, energy_price="0.16", hours_per_year=8760.0, cooling_performance=3.0)
    idle = {**GIVEN, "idle_wall_power": Given(200.0, "measured"), "ups_efficiency": Given(1.0, "none")}
    found = evaluated(engine, build(power_limit=250.0, given=idle), site)
    energy = 8.76 * (0.7 * 1500 / 0.92 + 0.3 * 200)
    assert found.value("energy_per_year") == pytest.approx(energy)
    assert found.value("energy_cost") == pytest.approx(100 * 0.16 * energy)  # cents
    assert found.value("cooling_energy") == pytest.approx(energy / 3)
    assert found.value("cooling_cost") == pytest.approx(100 * 0.16 * energy / 3)


# --- D11, D12: on paper, and in another country


def test_d11_that_facilities_get_one_page(act: Act, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="reads the page back")
    path, out = tmp_path / "facility.json", tmp_path / "facility.pdf"
    save_project(story(build(power_limit=250.0), closet()), path)
    done = act("sheet", path, "--kind", "site", "--out", out)
    assert done.code == 0, done.err
    document = pdfium.PdfDocument(out)
    assert len(document) == 1
    words = said(document[0].get_textpage().get_text_bounded())
    for each in ("NEMA 5-20", "120 V", "BTU/h", "CFM", "m³/h", "dB(A)", "preset closet"):
        assert each in words
    assert "Not an electrical design" in words


def test_d12_that_europe_takes_no_share_unless_it_is_asked_for(engine: Engine) -> None:
    before = closet()
    after = on_circuit(before, "eu", "230 V, 16 A")
    assert evaluated(engine, build(power_limit=250.0), after).value("circuit_limit") == pytest.approx(3680)
    full = finding(evaluated(engine, build(), after), "PWR-018")
    assert full.verdict == "holds", "its code names no share, so nobody is told to keep to one"
    (habit,) = rule_sets()["eu"].conventions
    habitual = with_convention(after, habit.label)
    assert evaluated(engine, build(power_limit=250.0), habitual).value("circuit_limit") == pytest.approx(2944)
    assert plug_of(before) == "NEMA 5-20"
    assert plug_of(after) == "CEE 7/7"
    assert any(each.startswith("Limit for hours") for each in what_changed(before, after))
    assert (rule_sets()["eu"].paper, rule_sets()["eu"].decimal) == ("a4", "comma")


def test_d12_that_the_sheet_writes_as_the_country_does(act: Act, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="reads the page back")
    path, out = tmp_path / "europe.json", tmp_path / "europe.pdf"
    save_project(story(build(power_limit=250.0), on_circuit(closet(), "eu", "230 V, 16 A")), path)
    done = act("sheet", path, "--kind", "site", "--out", out)
    assert done.code == 0, done.err
    page = pdfium.PdfDocument(out)[0]
    assert page.get_size() == pytest.approx((595.3, 841.9), abs=0.5)  # A4
    words = page.get_textpage().get_text_bounded()
    assert "CEE 7/7" in words
    assert "3 680 W" in said(words)
    assert "33,6 K" in said(words)


# --- D13: what cannot be told


def test_d13_that_a_card_without_its_power_leaves_the_circuit_untold(act: Act, tmp_path: Path) -> None:
    from steelyard.places import components_db

    known = (components_db() / "parts" / "gpu" / "nvidia-rtx-6000-ada.toml").read_text(encoding="utf-8")
    lines = [
        'board_power = { unknown = "the maker does not say" }' if each.startswith("board_power =") else each
        for each in known.replace(CARD, "gpu/own/new-card").splitlines()
    ]
    part, path = tmp_path / "own.toml", tmp_path / "facility.json"
    part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    own = {"STEELYARD_HOME": str(tmp_path / "home")}
    added = act("catalog", "own", "add", part, **own)
    assert added.code == 0, added.out + added.err
    asked = {name: each for name, each in GIVEN.items() if name not in {"card_asked_power", "card_carried_power"}}
    unknown = build(selection=build().selection.with_(gpu=("gpu/own/new-card", 4)), given=asked)
    save_project(story(unknown, closet()), path)
    told = [json.loads(line) for line in act("check", path, **own).out.splitlines()]
    circuit = next(each for each in told if each["rule"] == "PWR-011")
    assert (circuit["verdict"], circuit["margin"]) == ("unknown", None)
    assert "Cannot tell" in circuit["text"]
    assert "board power" in circuit["text"]
    assert "with its source" in circuit["remedy"]
    card = json.loads(act("evaluate", path, "--json", **own).out)["variants"][0]["card"]
    assert card["status"] != "READY"


# --- and what nobody can mean


@pytest.mark.parametrize(
    ("field", "value"),
    [("room_temperature", 70), ("room_temperature", -50), ("room_ventilation", -5), ("breaker_current", 0)],
)
def test_that_an_absurd_site_is_refused_by_file_line_and_range(
    act: Act, tmp_path: Path, field: str, value: float
) -> None:
    path = tmp_path / "facility.json"
    save_project(story(build(), closet()), path)
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(at for at, line in enumerate(lines) if f'"{field}"' in line)
    lines[place] = f'      "{field}": {value},'
    path.write_text("\n".join(lines), encoding="utf-8")
    done = act("check", path)
    assert done.code == 2
    assert (
        f'"{path}", line {place + 1}, cannot be read: At "project.site.{field}" stands {value}; it must be' in done.err
    )


def test_that_a_cap_below_the_lowest_of_the_card_is_a_finding(engine: Engine) -> None:
    low = evaluated(engine, build(power_limit=50.0), closet())
    told = finding(low, "PWR-019")
    assert (told.verdict, told.margin) == ("broken", -50)  # its driver takes no less than 100 W
    assert "between 100 W" in told.remedy
    assert low.value("gpu_power_allowed") == 300, "refused, so the cards stay at their own"
    own = evaluated(engine, build(), closet())
    assert low.value("wall_power") == own.value("wall_power")
    assert is_broken(low, "PWR-011", "block")


def test_that_a_room_without_any_way_out_for_the_heat_is_a_finding_in_words(engine: Engine) -> None:
    shut = closet()._replace(room_ventilation=0.0, room_conductance=0.0)
    found = evaluated(engine, build(power_limit=250.0), shut)
    assert is_broken(found, "THM-011", "block")
    assert found.card.status == "BLOCKED"


def test_that_the_story_reads_back_as_it_was_saved(tmp_path: Path) -> None:
    project = story(build(power_limit=250.0), closet())
    save_project(project, tmp_path / "facility.json")
    assert load_project(tmp_path / "facility.json").project == project


# --- a load that is low only because heat holds it back


def plain(**changes: Any) -> Variant:
    """The build with nothing stated about its watts."""
    return build()._replace(given={}, **changes)


def test_that_a_closet_that_slows_the_cards_is_judged_by_what_they_draw_once_it_is_cool(engine: Engine) -> None:
    shut, ducted = (closet()._replace(room_ventilation=air) for air in (0.0, 5000.0))
    hot, cool = (evaluated(engine, plain(), site._replace(other_load=400.0)) for site in (shut, ducted))
    assert hot.value("gpu_speed_kept") < 0.7
    assert cool.value("gpu_speed_kept") > 0.99
    assert finding(hot, "PWR-011").verdict == "holds"
    assert is_broken(hot, "PWR-033", "block")
    for name in ("dc_load", "wall_power", "circuit_power"):
        assert hot.value(name) < cool.value(name) <= hot.value(f"unthrottled_{name}"), name
        assert cool.value(f"unthrottled_{name}") == pytest.approx(cool.value(name)), "nothing is held back there"
    amperes = hot.value("cord_load") + hot.value("withheld_current")
    assert hot.value("cord_load") < cool.value("cord_load") <= amperes
    assert cool.value("withheld_current") == pytest.approx(0, abs=1e-6)
    assert hot.value("unthrottled_dc_load") <= hot.value("peak_dc_load")


def test_that_a_power_limit_counts_where_heat_does_not(engine: Engine) -> None:
    shut = closet()._replace(room_ventilation=0.0)
    free, capped = (evaluated(engine, plain(power_limit=limit), shut) for limit in (None, 200.0))
    assert capped.value("unthrottled_gpus_power") <= 4 * 200
    assert capped.value("unthrottled_gpus_power") < free.value("unthrottled_gpus_power")


def test_that_every_draw_of_throttled_cards_behind_a_ups_settles(engine: Engine) -> None:
    fed = plain(selection=plain().selection.with_(ups=UPS))
    project = story(fed, closet())
    names = [quantity.name for quantity in engine.model.quantities.values() if quantity.settled]
    _, found = engine.run(project, [fed], project.workloads, ranges=True)
    for name in names:
        bound = engine.model.quantities[name].settled
        assert bound is not None
        assert (found.value(f"{name}_residual") <= bound.within).all(), name
