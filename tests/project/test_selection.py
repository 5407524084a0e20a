"""A build as people edit it: immutable, checked, and equal when it is filled alike."""

from __future__ import annotations

import pytest

from steelyard.errors import BadInputError
from steelyard.project.selection import Filling, Selection
from steelyard.workstation.roles import ROLES

BUILD = Selection.of(cpu="cpu/maker/a", gpu=("gpu/maker/b", 2))


def test_that_an_edit_makes_another_build() -> None:
    more = BUILD.with_(gpu=("gpu/maker/b", 3))
    assert (BUILD.count("gpu"), more.count("gpu")) == (2, 3)
    assert more.changed_from(BUILD) == ("gpu",)


def test_that_roles_come_in_their_own_order() -> None:
    turned = Selection.of(gpu=("gpu/maker/b", 2), cpu="cpu/maker/a")
    assert [role for role, _ in turned.items()] == ["cpu", "gpu"]
    assert turned == BUILD
    assert hash(turned) == hash(BUILD)


def test_that_none_of_a_part_is_an_empty_role() -> None:
    assert BUILD.with_(gpu=("gpu/maker/b", 0)) == BUILD.without("gpu")
    assert BUILD.without("gpu").part("gpu") is None
    assert "gpu" not in BUILD.without("gpu")


def test_that_a_build_shows_what_to_type_to_get_it_again() -> None:
    assert repr(BUILD) == "Selection.of(cpu=('cpu/maker/a', 1), gpu=('gpu/maker/b', 2))"


def test_that_an_empty_build_lacks_every_required_role() -> None:
    assert Selection().missing() == tuple(role.name for role in ROLES if role.required)


@pytest.mark.parametrize(
    ("role", "part", "count", "says"),
    [
        ("gpus", "gpu/maker/b", 1, 'Did you mean "gpu"?'),
        ("gpu", "cpu/maker/a", 1, "takes a gpu"),
        ("gpu", "gpu/maker/b", -1, "cannot hold -1 parts"),
        ("gpu", "gpu/maker/b", 1000, "at most"),
        ("gpu", "gpu/maker/b", 1.5, "whole number"),
        ("gpu", "gpu/maker/b", True, "whole number"),
    ],
)
def test_that_a_filling_that_cannot_be_meant_is_refused(role: str, part: str, count: int, says: str) -> None:
    with pytest.raises(BadInputError, match=says.replace("?", r"\?")):
        Selection({role: Filling(part, count)})


def test_that_a_role_that_does_not_exist_cannot_be_asked_for() -> None:
    with pytest.raises(BadInputError, match="no role"):
        BUILD.count("engine")
