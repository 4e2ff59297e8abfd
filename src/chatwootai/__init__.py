"""Specialised AI crews behind Chatwoot."""
