"""The crew that greets, and tells hours and address."""
