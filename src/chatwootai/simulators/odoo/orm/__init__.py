"""Models over tables, as Odoo's own object-relational layer shows them on the wire.

A model (`model.py`) is a table expression with fields, rights and a `Behaviour`; `records.py` is a model
as one caller sees it inside one transaction; `calls.py` is the one door for all transports.
"""
