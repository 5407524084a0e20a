"""The catalogue in the desk: every part of every layer, what is known of it, and what was laid over it."""
