"""A REST face over the simulated shops, for people and scripts. A real Odoo has none like it.

Where Odoo's wire keeps Odoo's traps, this face guards people from them: it sells no goods that are not
there and books nobody twice. FastAPI's own pages load their scripts from elsewhere, which a simulation
that must work without the internet cannot rely on: `/docs` is a page of our own, rendered here, beside
`/openapi.json`. Both describe this face only.
"""

from __future__ import annotations

from chatwootai.simulators.odoo.rest import (
    appointments,
    business_rules,
    customers,
    orders,
    products,
    professionals,
    services,
    slots,
)
from chatwootai.simulators.odoo.rest.description import description_of

# Slots come before appointments: "available-slots" is no number of an appointment.
_RESOURCES = (
    products.router,
    customers.router,
    orders.router,
    services.router,
    professionals.router,
    slots.router,
    appointments.router,
    business_rules.router,
)
ROUTERS = (*_RESOURCES, description_of(_RESOURCES))
