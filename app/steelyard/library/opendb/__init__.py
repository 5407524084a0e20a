"""BuildCores OpenDB as a second, lower layer: read within bounds, put through rules, mapped to our schema."""
