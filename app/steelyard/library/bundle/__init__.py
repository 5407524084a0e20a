"""Catalogues that come as one signed file: made, looked at, applied, rolled back. See `resources/docs/bundles.md`."""
