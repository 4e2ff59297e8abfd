"""Processamento: the crews and the deterministic dialogues that answer without a model."""
