"""Figures in a draft are facts; failures are tried again the right number of times."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.domain.errors import OutcomeUnknown, RequestRefused, ServiceUnavailable
from chatwootai.domain.ledger import Fact, FactKind, Ledger
from chatwootai.hub.guardrails.grounding import ungrounded
from chatwootai.hub.retries import RetryPolicy

pytestmark = pytest.mark.unit

PRICES = st.decimals(min_value=0, max_value=Decimal("9999999.99"), places=2)


def ledger_of(*prices: Decimal) -> Ledger:
    return Ledger([Fact(FactKind.PRICE, f"product:{n}", price) for n, price in enumerate(prices)])


@given(PRICES)
def test_a_price_that_was_read_may_be_said_as_brazilians_write_it(price: Decimal) -> None:
    said = f"Sai por {format_currency(price, 'BRL', locale='pt_BR')} à vista."
    assert ungrounded(said, ledger_of(price)) == ()


@given(PRICES, PRICES)
def test_a_price_that_nobody_read_is_found(said: Decimal, read: Decimal) -> None:
    found = ungrounded(f"Custa {format_currency(said, 'BRL', locale='pt_BR')}!", ledger_of(read))
    assert bool(found) is (said != read)


def test_a_stock_figure_that_nobody_read_is_found() -> None:
    ledger = Ledger([Fact(FactKind.STOCK, "product:1", Decimal(12))])
    assert ungrounded("Temos 12 unidades", ledger) == ()
    assert ungrounded("Temos 13 unidades", ledger) == ("13 unidades",)


def test_a_figure_in_a_products_name_is_part_of_the_name() -> None:
    ledger = Ledger(
        [Fact(FactKind.TEXT, "product:1", "Kit 3 peças"), Fact(FactKind.PRICE, "product:1", Decimal(10))]
    )
    assert ungrounded("O *Kit 3 peças* custa R$ 10,00", ledger) == ()
    assert ungrounded("O *Kit 3 peças* custa R$ 3,00; temos 3 peças", ledger) == ("R$ 3,00", "3 peças")


@pytest.mark.parametrize("code", ["129", "129,90", "29", "R", "90"])
def test_p8_a_text_that_she_typed_hides_no_price_and_spoils_none(code: str) -> None:
    typed = Fact(FactKind.TEXT, "coupon", code)
    price = Fact(FactKind.PRICE, "product:1", Decimal("129.90"))
    assert ungrounded(f"O cupom **{code}** não vale; fica R$ 129,90.", Ledger([typed])) == ("R$ 129,90",)
    assert ungrounded(f"O cupom **{code}** não vale; fica R$ 129,90.", Ledger([typed, price])) == ()


def test_a_price_is_no_stock_figure() -> None:
    assert ungrounded("Temos 12 unidades", ledger_of(Decimal(12))) == ("12 unidades",)


def test_the_helpdesk_is_waited_for_longer_than_anything_else() -> None:
    policy = RetryPolicy()
    away, odoo = ServiceUnavailable("chatwoot", ""), ServiceUnavailable("odoo", "")
    assert [policy.delay(away, n) for n in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, None]
    assert [policy.delay(odoo, n) for n in range(1, 7)] == [1, 2, 4, 8, 16, None]
    assert policy.delay(RequestRefused("odoo", ""), 3) is None
    assert policy.delay(KeyError(), 3) is None


def test_a_refused_helpdesk_call_is_tried_again_too_since_people_mend_tokens() -> None:
    assert RetryPolicy().delay(RequestRefused("chatwoot", "401"), 1) == 1


def test_after_an_unknown_outcome_the_helpdesk_gets_time_to_finish_storing() -> None:
    assert RetryPolicy().delay(OutcomeUnknown("chatwoot", ""), 1) == 2
