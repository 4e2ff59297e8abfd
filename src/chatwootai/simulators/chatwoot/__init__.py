"""A stand-in for Chatwoot 4.10 to 4.16, for development, tests and load.

The REST interface and webhooks that a bot meets, with their traps, and a customer's side to write from.
"""
