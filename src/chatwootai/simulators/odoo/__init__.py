"""A stand-in for Odoo: its JSON-RPC wire, with its traps, over plain PostgreSQL tables.

For development, tests and demonstrations. It knows nothing of the product: whatever works against it
works against a real Odoo by a change of address and key. Series 16, 17 and 18 so far; models: products
with their stock, categories, currencies, companies and users, all read-only over the wire.
"""
