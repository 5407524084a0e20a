"""How each role looks: the colour token, the hatch and the outline. One table, read by desk and sheets alike.

Brass is what is asked, steel is what the build has or does; hatches and outlines keep it readable without colour.
"""

from __future__ import annotations

from typing import NamedTuple

from steelyard.figures.plot import Role


class Look(NamedTuple):
    """Tokens of `resources/themes`: fill and outline (empty: none), the hatch, its colour, the text on it, the dash.

    hatch: "" none, "/" and its mirror image diagonal, "|" upright. dash: lengths on and off, empty for a solid line.
    symbol: the shape of its points.
    """

    fill: str
    outline: str = ""
    hatch: str = ""
    hatch_colour: str = ""
    text: str = "ink"
    dash: tuple[float, ...] = ()
    symbol: str = "square"


LOOKS: dict[Role, Look] = {
    Role.ASKED: Look("brasssoft"),
    Role.BUILD: Look("steelfill", text="base"),
    Role.SHORTFALL: Look("base", outline="block", hatch="/", hatch_colour="block"),
    Role.PART: Look("steelmid"),
    Role.SUM: Look("steel", text="base"),
    Role.LOSS: Look("base", outline="ink", hatch="/", hatch_colour="ink"),
    Role.OTHER: Look("base", outline="ink"),
    Role.FREE: Look("base", outline="line2", hatch="\\", hatch_colour="line2"),
    Role.FIRST: Look("s1", text="base"),
    Role.SECOND: Look("s2", hatch="/", hatch_colour="base", dash=(4.0, 2.0), symbol="diamond"),
    Role.THIRD: Look("s3", hatch="|", hatch_colour="base", symbol="circle"),
    Role.FOURTH: Look("s4", hatch="\\", hatch_colour="base", dash=(6.0, 2.0), symbol="diamond"),
    Role.FIFTH: Look("s5", symbol="triangle", dash=(3.0, 2.0)),
    Role.SIXTH: Look("s6", hatch="|", hatch_colour="base", dash=(1.5, 1.5)),
}
