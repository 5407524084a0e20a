"""A library of the test's own, at a time and of a user that do not change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from steelyard.library.library import Library, open_library

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return open_library(tmp_path / "library.sqlite", clock=lambda: NOW, who="tester")
