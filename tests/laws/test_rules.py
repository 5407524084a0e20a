"""Laws of every rule: it speaks in sentences, names its numbers rightly, and its margin has a unit that people know."""

from __future__ import annotations

import re
from string import Formatter

from steelyard.graph.model import Model
from steelyard.graph.quantity import Rule

SUBJECTS = {"FIT", "LAN", "MEM", "STO", "CLI", "PWR", "THM", "ACO", "CST", "BAL", "ORD", "VID", "NET", "HOS"}
LONGEST = 90


def test_that_its_id_is_subject_and_number(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}-\d{3}", rule.id)
    assert rule.id[:3] in SUBJECTS


def test_that_its_severity_is_one_of_three(rule: Rule) -> None:
    assert rule.severity in {"block", "warn", "note"}


def test_that_title_and_opposite_are_short_phrases(rule: Rule) -> None:
    for phrase in (rule.title, rule.otherwise):
        assert phrase[0].isupper() or phrase[0].isdigit()
        assert not phrase.endswith((".", "!"))
        assert len(phrase) <= LONGEST
    assert rule.otherwise != rule.title
    assert not rule.otherwise.startswith("Not so"), "say what is so when it is broken: otherwise="


def test_that_too_much_heat_noise_or_money_is_over_and_not_short(rule: Rule) -> None:
    too_much = r"\b(too (long|tall|loud|late)|overloads?|beyond the|draws more)\b"
    if rule.margin.unit.symbol in {"K", "dB(A)", "¢", "mm"} or re.search(too_much, rule.otherwise):
        assert rule.beyond, "more is broken here: beyond=True, so that a reader is told by how much it is over"
    if re.search(r"\b(too (few|little|narrow|small)|fewer|less than)\b", rule.otherwise):
        assert not rule.beyond, "what lacks is short of something: no beyond"


def test_that_its_remedy_says_what_to_do_with_numbers_that_exist(rule: Rule, model: Model) -> None:
    assert rule.remedy
    assert not rule.remedy.endswith(".")
    for _, name, form, conversion in Formatter().parse(rule.remedy):
        if name is not None:
            assert name in model.quantities or name in model.inputs, f"{{{name}}} is no quantity and no input"
            assert not form
            assert not conversion


def test_that_its_margin_is_called_a_margin(rule: Rule) -> None:
    assert rule.margin.name.endswith("_margin")


def test_that_rules_of_one_subject_count_up(model: Model) -> None:
    for subject in SUBJECTS:
        numbers = sorted(int(name[4:]) for name in model.rules if name.startswith(subject))
        assert numbers == list(range(1, len(numbers) + 1))


def test_that_no_two_rules_say_the_same(model: Model) -> None:
    phrases = [phrase for rule in model.rules.values() for phrase in (rule.title, rule.otherwise)]
    assert len(set(phrases)) == len(phrases)
