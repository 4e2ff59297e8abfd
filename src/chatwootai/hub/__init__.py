"""The life of a turn. No I/O of its own and no framework: everything outside comes through ports."""
