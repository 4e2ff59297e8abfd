"""The records of the stand-in and the tables that keep them, one module per noun."""
