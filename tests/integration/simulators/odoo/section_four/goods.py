"""Things and people of their own for tests that share a database."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fixtures.odoo_shop import Value
    from tests.integration.simulators.odoo.section_four.clients import Erp

_NUMBERS = itertools.count(1001)


def numbered(text: str) -> str:
    """A name that nothing else has."""
    return f"{text}{next(_NUMBERS)}"


def phone() -> str:
    """A mobile number of São Paulo that nobody else has, in E.164."""
    return f"+5511970{next(_NUMBERS):06}"


def lotion(erp: Erp, stock: int, name: str = "Loção", **more: Value) -> int:
    """A product of R$ 35,00 with so many units in the shop's warehouse; none there if zero."""
    rows = erp.rows
    good = rows.product(name, "35.00", rows.category(numbered("Corpo ")), **more)
    if stock:
        warehouse = rows.value("SELECT min(id) FROM erp.warehouses WHERE company_id = 1")
        assert isinstance(warehouse, int)
        rows.stock(good, warehouse, stock)
    return good
