"""How a library of every earlier version becomes one of this version; run by `opening`, never by hand."""
