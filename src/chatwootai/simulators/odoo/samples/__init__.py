"""The sample shops: always the same but for their dates, which count from today."""

from chatwootai.simulators.odoo.samples.filling import fill, register, reset

__all__ = ["fill", "register", "reset"]
