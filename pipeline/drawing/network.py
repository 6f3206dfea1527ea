"""Where the nodes of a network stand: ties pull, all nodes push, and no label covers another.

Everything is computed from the network alone, without chance, so that the same network always
looks the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
STEPS = 300
FIRST_STEP = 0.12  # how far a node may move at first, in widths of the area
PULL = 1.0
GRAVITY = 0.35
ROOM = np.array([0.1, 0.2])  # between boxes if possible, so that the lines between them show
FEW_PUSHES, MOST_PUSHES = 200, 3000
NEAR = 1e-6
DECIMALS = 9


def placed(ties: Floats, boxes: Floats, area: Floats) -> Floats:
    """Places for nodes whose boxes lie within an area and apart from each other.

    Parameters
    ----------
    ties
        Square and symmetric: how strongly each two nodes are tied, 0 if they aren't.
    boxes
        Width and height that each node needs.
    area
        Width and height of the area.

    Returns
    -------
    Floats
        Centres of the boxes, measured from the lower left corner of the area.
    """
    places = stretched(balanced(ties), boxes, area)
    return apart(apart(places, boxes + ROOM, area, FEW_PUSHES), boxes, area, MOST_PUSHES)


def balanced(ties: Floats) -> Floats:
    """Places where pull and push are in balance, of any scale, from a spiral as the start.

    Each tie counts by its share in what both ends are tied with, so that a hub tied to all does
    not pull everything onto one spot, and groups among its partners show.
    """
    nodes = len(ties)
    strengths = np.maximum(ties.sum(axis=1), NEAR)
    pulls = ties / np.sqrt(np.outer(strengths, strengths))
    order = np.argsort(np.argsort(-strengths, kind="stable"), kind="stable")
    angles, radii = order * GOLDEN_ANGLE, np.sqrt(order / nodes) / 2
    places = np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])
    ideal = 1 / np.sqrt(nodes)
    for step in range(STEPS):
        gaps = places[:, None, :] - places[None, :, :]
        distances = np.maximum(np.linalg.norm(gaps, axis=2), NEAR)
        push = ideal**2 / distances**2
        pull = PULL * pulls * distances / ideal
        forces = (gaps * (push - pull)[:, :, None]).sum(axis=1) - GRAVITY * places
        lengths = np.maximum(np.linalg.norm(forces, axis=1, keepdims=True), NEAR)
        most = FIRST_STEP * (1 - step / STEPS)
        places += forces / lengths * np.minimum(lengths, most)
        # Processors differ in the last digits, which many steps would make visible.
        places = places.round(DECIMALS)
    return places


def stretched(places: Floats, boxes: Floats, area: Floats) -> Floats:
    """The places spread over the area: half by where they are, half by their order.

    By their places alone a few nodes far from all others would squeeze those together.
    """
    low, high = boxes.max(axis=0) / 2, area - boxes.max(axis=0) / 2
    span = np.ptp(places, axis=0)
    shares = (places - places.min(axis=0)) / np.maximum(span, NEAR)
    ranks = np.argsort(np.argsort(places, axis=0, kind="stable"), axis=0, kind="stable")
    mixed = (shares + ranks / max(len(places) - 1, 1)) / 2
    spread: Floats = low + np.where(span > NEAR, mixed, 0.5) * (high - low)
    return spread


def apart(places: Floats, boxes: Floats, area: Floats, most_pushes: int) -> Floats:
    """The places after boxes that overlap have pushed each other apart, within the area."""
    places = places.copy()
    needed = (boxes[:, None, :] + boxes[None, :, :]) / 2
    others = ~np.eye(len(places), dtype=bool)
    below = np.tri(len(places), k=-1, dtype=bool).T
    for _ in range(most_pushes):
        gaps = places[:, None, :] - places[None, :, :]
        overlaps = needed - np.abs(gaps)
        touching = np.all(overlaps > NEAR, axis=2) & others
        if not touching.any():
            break
        # Along the direction in which less is to be moved; of two on one spot the first goes up.
        upright = overlaps[:, :, 1] <= overlaps[:, :, 0]
        axis = np.stack([~upright, upright], axis=2)
        signs = np.where(np.abs(gaps) > NEAR, np.sign(gaps), np.where(below, 1, -1)[:, :, None])
        moves = np.where(axis & touching[:, :, None], overlaps * signs / 2, 0)
        places += 0.5 * moves.sum(axis=1) + NEAR * np.sign(moves.sum(axis=1))
        places = np.clip(places, boxes / 2, area - boxes / 2).round(DECIMALS)
    return places
