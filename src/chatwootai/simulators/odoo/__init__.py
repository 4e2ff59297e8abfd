"""A stand-in for Odoo 16 to 19: its external API with its traps, over plain PostgreSQL tables.

For development, tests and demonstrations. It knows nothing of the product: whatever works against it
works against a real Odoo by a change of address and key. `orm` is Odoo's object-relational layer, `models`
what it is told of, `wire` how clients reach it, `samples` the shops to begin with.
"""
