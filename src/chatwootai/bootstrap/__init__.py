"""The composition root: from settings to parts that work together. One module per process."""
