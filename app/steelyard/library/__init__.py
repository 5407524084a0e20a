"""The library: what the user keeps. Builds, own parts, overrides, price books, applied catalogues, the log."""
