"""Projects: what a user decides, kept in a file, and its evaluation.

Light on purpose: nothing here imports numpy, so that the window can open a project before the model is loaded.
The modules that join catalogue and model (`assemble`, `evaluate`) are imported where they are used.
"""
