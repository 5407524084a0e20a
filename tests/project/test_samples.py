"""The projects that come with the program open without a notice and say only what the catalogue knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.errors import MissingFileError
from steelyard.project.file import project_text
from steelyard.project.samples import FIRST_SAMPLE, open_project, sample_file, sample_names

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", sample_names())
def test_that_a_sample_is_as_we_would_save_it(name: str) -> None:
    opened = open_project(name)
    assert not opened.notices
    assert sample_file(name).read_text(encoding="utf-8") == project_text(opened.project)


@pytest.mark.parametrize("name", sample_names())
def test_that_a_sample_names_parts_and_workloads_of_the_catalogue(name: str) -> None:
    catalog = load_catalog()
    project = open_project(name).project
    for variant in project.variants:
        assert not variant.selection.missing()
        for filling in dict(variant.selection.items()).values():
            assert catalog.part(filling.part)
    for use in project.workloads:
        assert set(use.inputs) <= set(catalog.workloads[use.workload].inputs)


def test_that_the_first_sample_is_there() -> None:
    assert FIRST_SAMPLE in sample_names()


def test_that_a_misspelt_sample_is_answered_with_the_nearest() -> None:
    with pytest.raises(MissingFileError, match='Did you mean "workstation-a-1"'):
        open_project("workstation-a1")


def test_that_a_file_goes_before_a_sample_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    renamed = open_project(FIRST_SAMPLE).project._replace(name="Mine")
    (tmp_path / FIRST_SAMPLE).write_text(project_text(renamed), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert open_project(FIRST_SAMPLE).project.name == "Mine"
