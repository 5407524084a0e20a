"""The machine that plans, evaluates and explains formulas; it knows nothing of computers, files or screens."""
