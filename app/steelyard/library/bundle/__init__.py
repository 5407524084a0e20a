"""Catalogues that come as one signed file: made, looked at, applied, rolled back. `resources/docs/bundles.md` tells how."""
