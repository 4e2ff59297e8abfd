"""One module per version of the tables, with its SQL beside it."""
