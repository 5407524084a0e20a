"""Published measurements: what the engine says of them, and the fits of its constants."""
