"""Odoo over JSON-RPC (series 16 to 18): the shop's products, prices and stock."""
