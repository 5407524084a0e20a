"""The families of OpenDB: what a record may say, the rules over it, and how it becomes a part of ours."""
