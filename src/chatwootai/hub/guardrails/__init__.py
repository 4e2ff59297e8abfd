"""Deterministic checks of a draft against the ledger of its turn."""
