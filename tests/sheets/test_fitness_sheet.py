"""The site fitness sheet: the exact numbers of the model on one page, whatever the names, and nothing made up."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType

import pytest
from reportlab.lib.pagesizes import A4, LETTER

from steelyard.catalog import load_catalog
from steelyard.errors import BadInputError
from steelyard.project.content import Given, Project, Site
from steelyard.project.evaluate import Engine
from steelyard.project.provenance import provenance_hash
from steelyard.project.rule_sets import on_circuit
from steelyard.project.samples import open_project
from steelyard.project.selection import Selection
from steelyard.sheets.fitness_sheet import content_of, fitness_sheet

HOSTILE = '<b>&amp; "x" </para><img src="/etc/passwd"/> \u202eevil ' + "W" * 100
NOTE = "maker's curve at the point"
CAUTION = "Not an electrical design; have it checked by a qualified person."
APP = str(Path(__file__).parents[2] / "app")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


@pytest.fixture(scope="module")
def office() -> Project:
    """The sample at its own site, which carries it."""
    return open_project("workstation-a-1").project


def closet(project: Project, **site: object) -> Project:
    """Story D: 1,700 W behind a supply of 92 % in a warm closet, on a shared circuit of 20 A and 120 V."""
    where = on_circuit(Site(), "us", "120 V, 20 A")._replace(
        other_load=150.0,
        dedicated=False,
        room_temperature=27.0,
        room_ventilation=85.0,
        ventilation_temperature=27.0,
        room_conductance=20.0,
        room_limit=35.0,
        listening_distance=3.0,
        door_loss=20.0,
    )
    given = {"dc_load": Given(1700.0, "added by hand"), "psu_efficiency": Given(0.92, NOTE)}
    variant = project.variants[0]._replace(
        given=MappingProxyType(given), selection=project.variants[0].selection.without("ups")
    )
    return project._replace(site=where._replace(**site), variants=(variant,))


def evaluated(engine: Engine, project: Project):
    return engine.evaluate_variant(project, project.variants[0].name)


def words(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def pairs(content) -> dict[str, str]:
    """Every line of the sheet's tables by its label, a label that stands twice with both values."""
    found: dict[str, str] = {}
    for block in content.blocks:
        for pair in block.pairs:
            value = words(pair.value)
            label = words(pair.label)
            found[label] = f"{found[label]}; {value}" if label in found else value
    return found


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("letter", LETTER)])
def test_that_it_is_one_page_with_embedded_fonts_no_image_and_the_marker(engine, office, pdf, paper, size) -> None:
    seen = pdf.read(fitness_sheet(evaluated(engine, office), paper=paper))
    assert len(seen.text) == 1
    assert seen.size == pytest.approx(size, abs=0.01)
    assert seen.embedded
    assert all(seen.embedded.values())
    assert seen.images == 0
    assert "\ufffd" not in seen.whole
    said = words(seen.whole)
    for each in ("page 1/1", "Estimate, not a measurement", "End of document – 1 page", CAUTION):
        assert each in said
    assert seen.title == "Site fitness: Workstation A-1, variant Balanced"
    assert provenance_hash(office, engine.catalog) in said.replace(" ", "")


def test_that_the_closet_of_the_core_facility_is_refused_with_its_watts_and_amps(engine, office, pdf) -> None:
    """1,700 W / 0.92 = 1,848 W; with 150 W beside 1,998 W of 20 A x 120 V x 0.8 = 1,920 W: 78 W too much."""
    found = evaluated(engine, closet(office))
    content = content_of(found)
    said = words(pdf.read(fitness_sheet(found, paper="letter")).whole)
    lines = pairs(content)

    assert content.verdict == ("block", "Does not fit: circuit, room")
    assert "Does not fit: circuit, room" in said
    assert "The circuit is overloaded: 1,998 W on 1,920 W, 78 W too much." in said
    assert "Block PWR-011" in said
    assert lines["Limit, 20 A × 120 V × 0.8"] == "1,920 W"
    assert lines["This machine, at the wall"] == "1,848 W"
    assert lines["On the circuit, for hours"] == "1,998 W"
    assert lines["Too much"] == "78 W; 4 %"
    assert lines["Current at 120 V, nominal"] == "16.6 A"
    assert lines["Breaker"] == "20 A, shared"
    assert (lines["Plug"], lines["Receptacle"]) == ("NEMA 5-20", "NEMA 5-20R")
    factor = float(lines["Power factor"])
    assert lines["Current at 108 V, low end"] == f"{(1700 / 0.92 + 150) / 108 / factor:.1f} A"
    for label, value in lines.items():
        assert label in said
        assert all(each in said for each in value.split("; "))


def test_that_heat_and_air_are_said_in_the_units_of_both_sides_of_the_sea(engine, office) -> None:
    """1,848 W are 6,305 BTU/h and, at 12,000 BTU/h a ton, 0.53 tons; a foot is 0.3048 m."""
    lines = pairs(content_of(evaluated(engine, closet(office))))
    watts = 1700 / 0.92

    assert lines["Heat into the room"] == f"{watts:,.0f} W; {watts * 3600 / 1055.05585262:,.0f} BTU/h"
    assert lines["Cooling that takes it away"] == f"{watts * 3600 / 1055.05585262 / 12_000:.2f} tons"
    assert lines["Air there is"] == "85 m³/h; 50 CFM"
    heat = 1206.0  # J a cubic metre and kelvin of air at sea level
    rise = 10.0
    wanted = ((watts - 20.0 * rise) / (heat * rise) * 3600, watts / (heat * rise) * 3600)
    for label, flow in zip(("Air for 10 K of rise", "if walls carry nothing"), wanted, strict=True):
        hours, feet = (float(each.split()[0]) for each in lines[label].split("; "))
        assert hours == pytest.approx(flow, rel=0.005)
        assert feet == pytest.approx(flow / 3600 / (0.3048**3 / 60), rel=0.005)


def test_that_the_noise_falls_by_the_door_and_each_state_has_its_watts(engine, office) -> None:
    content = content_of(evaluated(engine, closet(office)))
    lines = pairs(content)
    listener, behind = (float(lines[each].split()[0]) for each in ("At the listener, 3 m", "Behind a door of 20 dB"))
    assert listener - behind == pytest.approx(20.0, abs=0.11)
    assert "Behind a door of 20 dB" not in pairs(content_of(evaluated(engine, office)))
    for index in (1, 2, 3):
        rows = {row[0]: float(row[index].replace(",", "")) for row in content_of(evaluated(engine, office)).power.rows}
        parts = [
            rows[label]
            for label in rows
            if label in ("GPUs", "CPU", "Board, adapters", "Memory", "Fans, pump", "Drives")
        ]
        assert sum(parts) == pytest.approx(rows["DC load"], abs=3.5)
        assert rows["DC load"] + rows["Supply loss"] == pytest.approx(rows["At the wall"], abs=1.5)


def test_that_what_the_user_gave_stands_with_its_note_and_assumptions_with_range_and_source(
    engine, office, pdf
) -> None:
    found = evaluated(engine, closet(office))
    content = content_of(found)
    said = words(pdf.read(fitness_sheet(found, paper="a4", decimal="point")).whole)

    given = [each for each in content.taken if each.given]
    assert [words(each.value) for each in given] == ["1,700 W", "92 %"]
    assert f"given: {NOTE}" in said
    others = [each for each in content.taken if not each.given]
    numbers = {str(each.number) for each in content.sources}
    told = [each for each in others if words(f"{each.label} {each.value} {each.spread}") in said]
    assert told == others[: len(told)]
    assert len(told) >= 6
    assert f"{len(others) - len(told) + content.more} assumptions more move the answer less" in said
    assert {each.source for each in others} <= numbers
    for each in content.sources:
        assert words(each.title) in said


def test_that_assumptions_are_told_by_how_much_they_move_the_answer(engine, office) -> None:
    """A card of given power has no say in the circuit: what stands behind a given number is not told."""
    plain, given = (content_of(evaluated(engine, each)).taken for each in (office, closet(office)))
    power = "Power of the board itself"
    assert power in [each.label for each in plain]
    assert power not in [each.label for each in given]


def test_that_what_is_not_known_is_said_and_nothing_is_made_up(engine, office) -> None:
    lines = pairs(content_of(evaluated(engine, office)))
    assert lines["Inrush current"] == "not published"
    assert lines["Mass of the whole"] == "?"
    bare = closet(office, room_ventilation=None, rule_set="own", plug=None)
    content = content_of(evaluated(engine, bare))
    unknown = pairs(content)
    assert unknown["Room, steady"] == "?"
    assert unknown["Plug"] == "not said"
    assert content.room.missing
    assert content.heat.missing


def test_that_a_site_whose_load_is_not_known_cannot_be_told_and_is_a_draft(engine, office, pdf) -> None:
    unknown = office._replace(site=office.site._replace(other_load=None))
    found = evaluated(engine, unknown)
    seen = pdf.read(fitness_sheet(found))
    assert content_of(found).verdict == ("unknown", "Cannot be told")
    assert 'Whether the circuit carries it cannot be told: "Other load" is not known' in words(seen.whole)
    assert "DRAFT" in seen.whole


def test_that_only_what_is_ready_is_no_draft(engine, office, pdf) -> None:
    assert "DRAFT" not in pdf.read(fitness_sheet(evaluated(engine, office))).whole
    assert "DRAFT" in pdf.read(fitness_sheet(evaluated(engine, closet(office)))).whole


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_that_hostile_and_endless_words_stay_on_the_page_and_do_nothing(engine, office, pdf, paper) -> None:
    note = HOSTILE + "long words of no end " * 8
    names = ("psu_loss_ratio", "ups_efficiency", "board_own_power", "memory_module_power")
    project = closet(
        office, plug=HOSTILE[:60], rule_set="own", notes=MappingProxyType(dict.fromkeys(Site._fields[:20], note[:300]))
    )
    variant = project.variants[0]
    given = {name: Given(float(at + 1), note[:300].strip()) for at, name in enumerate(names)}
    project = project._replace(
        name=HOSTILE[:200],
        variants=(variant._replace(name=("V" * 200), given=MappingProxyType({**variant.given, **given})),),
    )
    seen = pdf.read(fitness_sheet(evaluated(engine, project), paper=paper))
    assert len(seen.text) == 1
    assert seen.images == 0
    shown = "".join(HOSTILE[:60].replace("\u202e", "[U+202E]").split())
    assert shown in "".join(seen.text[0].split())
    assert "End of document – 1 page" in words(seen.whole)


def test_that_the_rules_of_the_european_union_bring_comma_plug_and_a4(engine, office, pdf) -> None:
    """16 A x 230 V = 3,680 W, for no code there names a share; 1,998 W leave 1,682 W; 1,998 W / 230 V = 8.7 A."""
    project = closet(office)
    there = on_circuit(project.site, "eu", "230 V, 16 A")
    found = evaluated(engine, project._replace(site=there))
    seen = pdf.read(fitness_sheet(found))
    said = words(seen.whole)
    assert seen.size == pytest.approx(A4, abs=0.01)
    for each in ("16 A × 230 V × 1", "3 680 W", "1 682 W", "8,7 A", "0,53 tons", "CEE 7/7", "CEE 7/3 or 7/5"):
        assert each in said
    assert pdf.read(fitness_sheet(evaluated(engine, project))).size == pytest.approx(LETTER, abs=0.01)
    forced = pdf.read(fitness_sheet(found, paper="letter", decimal="point"))
    assert forced.size == pytest.approx(LETTER, abs=0.01)
    assert "8.7 A" in words(forced.whole)


def test_that_the_same_project_gives_the_same_bytes_elsewhere_and_another_site_others(engine, office) -> None:
    once = fitness_sheet(evaluated(engine, office))
    script = (
        "import hashlib; from steelyard.catalog import load_catalog; from steelyard.project.evaluate import Engine; "
        "from steelyard.project.samples import open_project; from steelyard.sheets.fitness_sheet import fitness_sheet; "
        "p = open_project('workstation-a-1').project; "
        "f = Engine.of(load_catalog()).evaluate_variant(p, p.variants[0].name); "
        "print(hashlib.sha256(fitness_sheet(f)).hexdigest())"
    )
    elsewhere = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland", "PYTHONPATH": APP}
    answer = subprocess.run([sys.executable, "-c", script], env=elsewhere, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == hashlib.sha256(once).hexdigest()
    warmer = office._replace(site=office.site._replace(room_temperature=23.0))
    assert fitness_sheet(evaluated(engine, warmer)) != once


def test_that_a_day_that_is_none_is_refused(engine, office) -> None:
    with pytest.raises(BadInputError, match="not a day of the calendar"):
        fitness_sheet(evaluated(engine, office), date="2026-02-30")


def test_that_a_site_near_patients_is_told_what_holds_there(engine, office, pdf) -> None:
    near = office._replace(site=office.site._replace(patient_vicinity=True))
    found = evaluated(engine, near)
    rules = {each.rule: each.mark for each in content_of(found).findings}
    said = words(pdf.read(fitness_sheet(found)).whole)

    assert rules["HOS-001"] == "block"
    assert "HOS-004" in rules
    assert content_of(found).verdict == ("block", "Does not fit: patients")
    assert "Block HOS-001" in said
    assert not any(each.rule.startswith("HOS") for each in content_of(evaluated(engine, office)).findings)


def test_that_a_run_that_cannot_follow_given_numbers_is_left_out_and_the_room_stands_in_its_place(
    engine, office, pdf
) -> None:
    variant = office.variants[0]
    rise = {"lower_rise": Given(10.0, "measured")}
    found = evaluated(engine, office._replace(variants=(variant._replace(given=rise),)))
    content = content_of(found)

    assert "lower_rise is given as" in content.heat.missing
    assert not content.room.missing
    assert "Room against fresh air" in words(pdf.read(fitness_sheet(found)).whole)
    assert not content_of(evaluated(engine, office)).heat.missing


def test_that_an_empty_build_prints_as_a_draft_with_nothing_made_up(engine, office, pdf) -> None:
    variant = office.variants[0]
    empty = office._replace(variants=(variant._replace(selection=Selection()),))
    seen = pdf.read(fitness_sheet(evaluated(engine, empty)))

    assert len(seen.text) == 1
    assert "DRAFT" in seen.whole
    assert "The build is not whole, so what it draws is not known. Missing:" in words(seen.whole)
    content = content_of(evaluated(engine, empty))
    assert content.verdict == ("unknown", "Cannot be told")
    told = pairs(content)
    drawn = ("This machine, at the wall", "On the circuit, for hours", "To spare", "Energy a year", "Noise at 1 m")
    assert {told[each] for each in (*drawn, "Room, steady", "Cooling that takes it away")} == {"?"}
    assert told["Limit, 20 A × 120 V × 0.8"].startswith("1,920")
    assert {row[0]: row[1:] for row in content.power.rows}["DC load"] == ("?", "?", "?")
    assert content.waterfall.missing
    assert content.room.missing
    assert "Missing: CPU, Board, Memory, OS drive, CPU cooler, Supply, Case." in words(seen.whole)
    assert not content.findings, "nothing is found about what is not there"


def test_that_two_supplies_on_two_circuits_load_each_with_half(engine, office) -> None:
    """1,848 W over two circuits are 924 W on each; with 150 W beside 1,074 W of 1,920 W: 846 W to spare."""
    project = closet(office, circuits=2.0)
    variant = project.variants[0]
    psu = variant.selection.part("psu")
    two = project._replace(variants=(variant._replace(selection=variant.selection.with_(psu=(psu, 2))),))
    content = content_of(evaluated(engine, two))
    lines = pairs(content)

    assert lines["Circuits of this kind; used"] == "2; 2"
    assert lines["On the circuit, for hours"] == "1,074 W"
    assert lines["To spare"] == "846 W; 44 %"
    assert ("On each of 2", "924") in [(row[0], row[2]) for row in content.power.rows]


def test_that_the_ups_is_told_with_what_it_carries_and_how_long(engine, office) -> None:
    found = evaluated(engine, office)
    content = content_of(found)
    lines = pairs(content)
    row = max(found.rows, key=lambda each: found.value("circuit_power", each))

    assert lines["UPS"] == "1,980 VA; 1,800 W"
    minutes = [float(each.split()[0]) for each in lines["Runtime; batteries due"].split("; ")]
    assert minutes[0] == pytest.approx(found.value("ups_runtime", row) / 60, abs=0.5)
    assert 0 < minutes[1] <= minutes[0]
    assert pairs(content_of(evaluated(engine, closet(office))))["UPS"] == "none"


def test_that_everything_broken_at_once_still_has_one_page(engine, office, pdf) -> None:
    site = {
        "breaker_current": 5.0, "cord_current": 2.0, "room_ventilation": 0.0, "room_conductance": 0.0,
        "patient_vicinity": True, "noise_limit": 5.0, "other_load": 2000.0, "continuous_share": 0.95,
    }  # fmt: skip
    project = closet(office, **site)
    variant = project.variants[0]._replace(selection=office.variants[0].selection)
    found = evaluated(engine, project._replace(variants=(variant,)))
    for paper in ("a4", "letter"):
        seen = pdf.read(fitness_sheet(found, paper=paper))
        assert len(seen.text) == 1
        assert "Block PWR-011" in words(seen.whole)
    assert len(content_of(found).findings) >= 8
    lines = pairs(content_of(found))
    assert lines["Room, steady"] == lines["Warmest air at a card"] == "without end"
    assert ": ." not in words(seen.whole)


def test_that_what_cools_the_room_is_told_with_its_energy_its_price_and_its_carbon(engine, office) -> None:
    """Cooling that carries away three times what it takes: a third of the energy, of its price and of its carbon."""
    site = {"cooling_performance": 3.0, "energy_price": "0.16", "carbon_intensity": 0.35}
    lines = pairs(content_of(evaluated(engine, closet(office, **site))))
    amounts = {label: float(value.split()[0].replace(",", "")) for label, value in lines.items() if value[:1].isdigit()}

    energy = amounts["Energy a year"]
    assert amounts["Price of energy a year"] == pytest.approx(energy * 0.16, abs=1)
    assert amounts["Energy of its cooling"] == pytest.approx(energy / 3, abs=1)
    assert amounts["Price of its cooling"] == pytest.approx(energy / 3 * 0.16, abs=1)
    assert amounts["Carbon of its cooling"] == pytest.approx(energy / 3 * 0.35, abs=1)
    assert "Price of its cooling" not in pairs(content_of(evaluated(engine, closet(office, energy_price="0.16"))))


def test_that_no_loss_below_nothing_is_printed_where_given_watts_contradict_the_parts(engine, office) -> None:
    """Given 200 W at the wall at rest cannot come from parts that draw more: what the supply loses is not known."""
    project = closet(office)
    variant = project.variants[0]
    given = MappingProxyType({**variant.given, "idle_wall_power": Given(40.0, "read off a meter")})
    content = content_of(evaluated(engine, project._replace(variants=(variant._replace(given=given),))))
    rows = {row[0]: row[1:] for row in content.power.rows}
    assert float(rows["DC load"][0]) > 40 == float(rows["At the wall"][0])
    assert rows["Supply loss"][0] == "?"


def test_that_a_circuit_whose_other_load_is_not_known_carries_at_least_what_is(engine, office) -> None:
    rows = {row[0]: row[1:] for row in content_of(evaluated(engine, closet(office, other_load=None))).power.rows}
    assert rows["Other load"] == ("?", "?", "?")
    assert rows["On the circuit"][1] == "≥1,848"


def test_that_one_unknown_value_behind_many_findings_is_said_once(engine, office, pdf) -> None:
    found = evaluated(engine, closet(office, other_load=None, noise_limit=40.0))
    content = content_of(found)
    unknown = [each for each in content.findings if each.mark == "unknown"]
    said = words(pdf.read(fitness_sheet(found)).whole)

    assert len(unknown) > len({each.detail for each in unknown}), "several hang on the same value"
    for each in unknown:
        assert f"{each.title} ({each.rule})" in said
    assert said.count('Cannot tell: "Other load" is not known') == 1


def test_that_the_code_of_the_site_is_cited_and_no_other(engine, office) -> None:
    def cited(project: Project) -> str:
        return "; ".join(each.title for each in content_of(evaluated(engine, project)).sources)

    european = on_circuit(office.site, "eu", "230 V, 16 A")._replace(breaker_current=1.0)
    assert "NFPA 70" not in cited(office._replace(site=european))
    assert "IEC 60364" in cited(office._replace(site=european))
    assert "NFPA 70" in cited(office._replace(site=european._replace(rule_set="us")))


def test_that_everything_at_full_load_and_the_peaks_of_a_moment_have_names_of_their_own(engine, office) -> None:
    found = evaluated(engine, office)
    row = max(found.rows, key=lambda each: found.value("circuit_power", each))
    said = words(content_of(found).waterfall.subtitle)
    full, peak = (f"{found.value(name, row):,.0f} W" for name in ("peak_dc_load", "peak_excursion_power"))
    assert f"everything at full load {full}, peaks for 100 µs {peak}" in said


def test_that_the_head_says_that_the_room_fails_where_the_circuit_carries_it(engine, office) -> None:
    """16 A x 230 V carry 1,998 W, and 85 m³/h of air at 27 °C do not keep the closet at 35 °C."""
    closed = closet(office)
    there = on_circuit(closed.site, "eu", "230 V, 16 A")
    content = content_of(evaluated(engine, closed._replace(site=there)))
    assert content.verdict == ("block", "Does not fit: room")
    assert content.answer.startswith("The circuit carries it")
    assert f"The room settles at {pairs(content)['Room, steady']}" in words(content.answer)


def test_that_every_curve_of_a_run_has_its_name_on_the_page(engine, office, pdf) -> None:
    found = evaluated(engine, closet(office))
    content = content_of(found)
    assert not content.heat.missing
    for paper in ("a4", "letter"):
        printed = words(pdf.read(fitness_sheet(found, paper=paper)).whole)
        for curve in (*content.heat.curves, *content.speed.curves):
            assert f"{curve.label} {curve.ys[-1]:.0f}" in printed
