"""A shop's Odoo, series 16 to 19, over JSON-RPC or JSON-2: one adapter per port of the domain."""
