"""The desk: the only place that knows PySide6."""
