"""The crew that tells prices and stock."""
