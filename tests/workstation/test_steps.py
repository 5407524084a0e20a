"""What comes once a step: it weighs by the batch that the card holds, and is exchanged over what joins the cards."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from steelyard.graph.evaluation import Evaluation
from steelyard.graph.model import Model

Run = Callable[..., Evaluation]


def weight(model: Model, **given: float) -> float:
    values = {"gpu_count": 1.0, "gpu_memory": 24.0, "model_state_memory": 4.0, "step_memory": 20.0} | given
    arrays = {name: np.array([number]) for name, number in values.items()}
    return model.evaluate(arrays, want=["step_weight"]).at("step_weight", 0)


def test_that_a_card_with_twice_the_free_memory_shares_a_step_by_twice_the_samples(model: Model) -> None:
    assert weight(model) == 1
    assert weight(model, gpu_memory=44) == pytest.approx(0.5)
    assert weight(model, gpu_memory=14) == pytest.approx(2)


def test_that_a_batch_that_stays_weighs_the_same_on_every_card(model: Model) -> None:
    assert weight(model, step_memory=0, gpu_memory=8) == 1
    assert weight(model, step_memory=0, gpu_memory=np.nan) == 1
    assert weight(model, gpu_count=0, gpu_memory=0) == 1


def test_that_a_model_that_fills_the_card_leaves_no_room_for_a_step(model: Model) -> None:
    assert weight(model, gpu_memory=4) == np.inf


def link(model: Model, count: float, peer: float) -> float:
    given = {"card_bus_rate": 32.0, "gpu_peer_access": peer, "gpu_count": count, "link_share": 0.75}
    arrays = {name: np.array([number]) for name, number in (given | {"host_link_share": 0.1}).items()}
    return model.evaluate(arrays, want=["card_bus_link"]).at("card_bus_link", 0)


def test_that_cards_without_peer_access_share_the_way_through_the_host(model: Model) -> None:
    assert link(model, 2, 0) == pytest.approx(3.2)
    assert link(model, 8, 0) == pytest.approx(0.8)
    assert link(model, 2, 1) == link(model, 8, 1) == pytest.approx(24)


def test_that_a_pair_without_peer_access_is_not_taken_to_have_a_bridge(run: Run) -> None:
    """Measured pairs of RTX 2080 Ti trained BERT large as slowly with a bridge as without one."""
    given = {"gpu_count": 2, "gpu_nvlink_bandwidth": 600}
    bridged, apart = (
        run("imaging-pipeline", ["card_link_rate", "card_bus_link"], gpu_peer_access=peer, **given) for peer in (1, 0)
    )
    assert bridged.at("card_link_rate", 0) > bridged.at("card_bus_link", 0)
    assert apart.at("card_link_rate", 0) == apart.at("card_bus_link", 0)
