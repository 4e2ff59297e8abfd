"""Logs, metrics and health: what the running product tells of itself."""
