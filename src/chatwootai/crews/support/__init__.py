"""Support: what becomes of orders."""
