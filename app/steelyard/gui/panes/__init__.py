"""The views of the rail, one file each."""
