"""The REST face against its own description: whatever is sent, the answer is one that is documented."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok
from schemathesis.python.asgi import shutdown_lifespans
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi import checks as openapi_checks
from tests.fixtures.odoo import BELA, DATABASE, LOGINS
from tests.fixtures.odoo_shop import Rows
from tests.integration.simulators.odoo.rest_shop import Stock, at, furnish, monday

from chatwootai.simulators.odoo.app import create_app
from chatwootai.simulators.odoo.settings import Settings

pytestmark = pytest.mark.integration

CHECKS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]
BOUNDED = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
OPERATIONS = 39

Known = dict[str, int | str]
Operation: TypeAlias = "APIOperation[Any, Any, Any, Any]"


def _known(rows: Rows, stock: Stock) -> Known:
    """Something real for every name under which it is asked for."""
    day = monday()
    start, end = (at(day, clock).isoformat() for clock in ("09:00", "09:45"))
    people = {"professional_id": stock.ana, "customer_id": stock.maria, "service_id": stock.cut}
    times = {"starts_at": start, "ends_at": end}
    appointment = rows.add("public.appointments", name="Corte", **times, **people)
    rule = rows.add("public.business_rules", company_id=1, kind="troca", name="Troca", text="7 dias")
    return {
        "product_id": stock.lamp,
        "customer_id": stock.maria,
        "order_id": rows.order(stock.maria, (stock.lamp, 2, "70.00")),
        "service_id": stock.cut,
        "professional_id": stock.ana,
        "calendar_id": stock.calendar,
        "appointment_id": appointment,
        "rule_id": rule,
        "category": stock.category,
        "coupon_code": "BEMVINDA",
        "starts_at": at(day, "10:00").isoformat(),
        "date_from": day.isoformat(),
        "date_to": day.isoformat(),
    }


@pytest.fixture
def known(odoo_database: str) -> Known:
    rows = Rows(odoo_database)
    return _known(rows, furnish(rows))


@pytest.fixture
def description(odoo_database: str) -> Iterator[BaseSchema]:
    app = create_app(Settings(odoo_database, LOGINS, DATABASE))
    yield schemathesis.openapi.from_asgi("/openapi.json", app, config=SchemathesisConfig(seed=1))
    shutdown_lifespans()


def _lively(value: object, known: Known) -> object:
    """The same with what exists: random ids would never get past the search for the record."""
    if isinstance(value, dict):
        return {
            name: known[name] if _may_change(item, known.get(name)) else _lively(item, known)
            for name, item in value.items()
        }
    return [_lively(item, known) for item in value] if isinstance(value, list) else value


def _may_change(value: object, real: int | str | None) -> bool:
    """About every second value of the right type."""
    if isinstance(value, str) and isinstance(real, str):
        return len(value) % 2 == 1
    return isinstance(value, int) and isinstance(real, int) and value % 2 == 1


def _cases(operation: Operation) -> st.SearchStrategy[Case[Any]]:
    good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    return good | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)


def test_every_answer_is_as_documented(
    description: BaseSchema, known: Known, subtests: pytest.Subtests
) -> None:
    @BOUNDED
    @given(data=st.data())
    def check(operation: Operation, data: st.DataObject) -> None:
        case = data.draw(_cases(operation))
        for part in ("path_parameters", "query", "body"):
            setattr(case, part, _lively(getattr(case, part), known))
        case.call_and_validate(headers={"X-API-Key": BELA.key}, checks=CHECKS)

    operations = [result.ok() for result in description.get_all_operations() if isinstance(result, Ok)]
    assert len(operations) == OPERATIONS
    # What is deleted cannot be asked for any more.
    for operation in sorted(operations, key=lambda each: each.method.upper() == "DELETE"):
        with subtests.test(operation.label):
            check(operation)
