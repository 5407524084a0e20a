"""From an evaluation to what the widgets show: words, order and grouping; no physics and no drawing."""
