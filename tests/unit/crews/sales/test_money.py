"""Worked examples of all that code reckons in an order: totals, discounts, freight, instalments."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fixtures.talking import profile_of

from chatwootai.crews.sales.checkout import DELIVERY, Checkout
from chatwootai.crews.sales.freight import FreightQuote, quotes_for
from chatwootai.crews.sales.instalments import instalments_of, spoken
from chatwootai.crews.sales.summary import record, summed_up, text_of
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.money import Money
from chatwootai.domain.orders import OrderLine
from chatwootai.domain.profiles import DeliveryRules, Freight, PaymentRules, Profile
from chatwootai.hub.guardrails.grounding import ungrounded

pytestmark = pytest.mark.unit


def brl(amount: str) -> Money:
    return Money(Decimal(amount))


def rules(most: int, since: str = "", least: str = "") -> PaymentRules:
    return PaymentRules(
        instalments=most,
        instalments_from=brl(since) if since else None,
        least_instalment=brl(least) if least else None,
    )


# total, most instalments, from which total, least instalment → "count first others", "" for one payment
INSTALMENTS = [
    ("90.72", 3, "", "", "3 30.24 30.24"),
    ("100.00", 3, "", "", "3 33.34 33.33"),
    ("100.01", 3, "", "", "3 33.35 33.33"),
    ("100.02", 3, "", "", "3 33.34 33.34"),
    ("149.99", 3, "150", "", ""),
    ("150.00", 3, "150", "", "3 50.00 50.00"),
    ("150.01", 3, "150", "", "3 50.01 50.00"),
    ("99.99", 10, "", "50", ""),
    ("100.00", 10, "", "50", "2 50.00 50.00"),
    ("149.99", 10, "", "50", "2 75.00 74.99"),
    ("150.00", 10, "", "50", "3 50.00 50.00"),
    ("499.99", 10, "", "50", "9 55.59 55.55"),
    ("500.00", 10, "", "50", "10 50.00 50.00"),
    ("1890.00", 10, "", "50", "10 189.00 189.00"),
    ("2490.05", 10, "", "50", "10 249.05 249.00"),
    ("39.90", 1, "", "", ""),
    ("0.00", 3, "", "", ""),
    ("0.02", 3, "", "", "2 0.01 0.01"),
    ("0.01", 3, "", "", ""),
    ("10.00", 6, "", "", "6 1.70 1.66"),
    ("1234.56", 12, "300", "100", "12 102.88 102.88"),
    ("94.80", 4, "", "30", "3 31.60 31.60"),
]


@pytest.mark.parametrize(("total", "most", "since", "least", "wanted"), INSTALMENTS)
def test_instalments_add_up_and_none_is_too_small(
    total: str, most: int, since: str, least: str, wanted: str
) -> None:
    found = instalments_of(brl(total), rules(most, since, least))
    told = f"{found.count} {found.first.amount} {found.others.amount}" if found else ""
    assert told == wanted


@pytest.mark.parametrize(
    ("total", "said"),
    [
        ("90.72", "3x de R$ 30,24 sem juros"),
        ("100.00", "3x sem juros: a 1ª de R$ 33,34 e as outras de R$ 33,33"),
        ("4500.00", "3x de R$ 1.500,00 sem juros"),
    ],
)
def test_instalments_are_said_to_the_cent(total: str, said: str) -> None:
    found = instalments_of(brl(total), rules(3))
    assert found is not None
    assert spoken(found) == said


CAPITAL = ("01000000", "05999999")
DELIVERIES = DeliveryRules(
    freights=(
        Freight("Motoboy", brl("15"), 1, 2, brl("250"), (CAPITAL,)),
        Freight("PAC", brl("18.90"), 3, 8, brl("199")),
        Freight("Sedex", brl("29.90"), 1, 3),
        Freight("Transportadora", None, 7, 15, None, (("83801000", "99999999"),)),
    )
)
# postal code, goods after discounts → the ways that are left to choose, with their prices
FREIGHTS = [
    ("01310100", "79.80", "Motoboy 15.00"),
    ("01310100", "198.99", "Motoboy 15.00"),
    ("01310100", "199.00", "Motoboy 15.00, PAC 0.00"),
    ("01310100", "249.99", "Motoboy 15.00, PAC 0.00"),
    ("01310100", "250.00", "Motoboy 0.00"),
    ("05999999", "10.00", "Motoboy 15.00"),
    ("06000000", "10.00", "PAC 18.90, Sedex 29.90"),
    ("00999999", "10.00", "PAC 18.90, Sedex 29.90"),
    ("20040002", "198.99", "PAC 18.90, Sedex 29.90"),
    ("20040002", "199.00", "PAC 0.00, Sedex 29.90"),
    ("20040002", "5000.00", "PAC 0.00, Sedex 29.90"),
    ("90010000", "10.00", "PAC 18.90, Sedex 29.90"),
]


@pytest.mark.parametrize(("postal_code", "goods", "wanted"), FREIGHTS)
def test_freight_is_as_the_rules_say_and_free_from_its_threshold(
    postal_code: str, goods: str, wanted: str
) -> None:
    quotes = quotes_for(postal_code, brl(goods), DELIVERIES)
    assert ", ".join(f"{q.name} {q.price.amount}" for q in quotes if q.price) == wanted


def test_only_people_quote_where_nothing_else_serves() -> None:
    only = DeliveryRules(freights=DELIVERIES.freights[3:])
    assert [quote.price for quote in quotes_for("90010000", brl("10"), only)] == [None]
    assert quotes_for("01310100", brl("10"), only) == ()


def goods(*lines: tuple[str, str], discount: str = "") -> tuple[OrderLine, ...]:
    """Lines of quantity and unit price, and a discount as the ERP tells it: a line of its own."""
    sold = [
        OrderLine(n, f"Produto {n}", Decimal(q), brl(p), brl(str(Decimal(q) * Decimal(p))))
        for n, (q, p) in enumerate(lines, 1)
    ]
    if discount:
        sold.append(OrderLine(99, "CUPOM", Decimal(1), brl(f"-{discount}"), brl(f"-{discount}"), True))
    return tuple(sold)


def freight(price: str) -> FreightQuote | None:
    return FreightQuote("Motoboy", brl(price), 1, 2) if price else None


# lines, the ERP's discount, freight → goods, total, instalments of at most three from 150
ORDERS = [
    ([("2", "39.90")], "", "", "79.80", "79.80", ""),
    ([("2", "39.90")], "", "15.00", "79.80", "94.80", ""),
    ([("2", "39.90"), ("1", "49.90")], "", "", "129.70", "129.70", ""),
    ([("3", "39.90"), ("1", "49.90")], "", "0.00", "169.60", "169.60", "3 56.54 56.53"),
    ([("4", "39.90")], "15.96", "", "143.64", "143.64", ""),
    ([("4", "39.90")], "20.00", "18.90", "139.60", "158.50", "3 52.84 52.83"),
    ([("1", "0.01")], "", "", "0.01", "0.01", ""),
    ([("3", "33.33")], "10.00", "", "89.99", "89.99", ""),
    ([("1", "1890.00")], "94.50", "89.00", "1795.50", "1884.50", "3 628.18 628.16"),
    ([("0.5", "19.99")], "", "", "10.00", "10.00", ""),
    ([("12", "39.90")], "71.82", "15.00", "406.98", "421.98", "3 140.66 140.66"),
    ([("1", "20.00")], "20.00", "15.00", "0.00", "15.00", ""),
]


@pytest.mark.parametrize(("lines", "discount", "price", "sum_of_goods", "total", "instalments"), ORDERS)
def test_a_summary_comes_to_what_its_lines_and_its_freight_come_to(
    lines: list[tuple[str, str]],
    discount: str,
    price: str,
    sum_of_goods: str,
    total: str,
    instalments: str,
    profile: Profile,
) -> None:
    sold = goods(*lines, discount=discount)
    erp = Money(sum((line.subtotal.amount for line in sold), Decimal(0)))
    assert erp == brl(sum_of_goods)
    shop = _with_payment(profile, rules(3, "150"))
    summary = summed_up("p", sold, erp, freight(price), Checkout(way=DELIVERY if price else ""), shop)
    assert summary.total == brl(total)
    found = summary.instalments
    assert (f"{found.count} {found.first.amount} {found.others.amount}" if found else "") == instalments


MONEY = st.decimals("0.01", "99999", places=2)


@given(MONEY, st.integers(1, 24), st.decimals("0", "500", places=2), st.decimals("0.01", "200", places=2))
def test_instalments_always_add_up_to_the_total(
    total: Decimal, most: int, since: Decimal, least: Decimal
) -> None:
    found = instalments_of(Money(total), rules(most, str(since), str(least)))
    if found is None:
        return
    assert found.total.amount == total
    assert 2 <= found.count <= most
    assert found.first.amount >= found.others.amount >= least
    assert found.first.amount - found.others.amount < Decimal("0.01") * found.count
    assert total >= since


@given(
    st.lists(st.tuples(st.integers(1, 50), MONEY), min_size=1, max_size=5),
    st.none() | st.decimals("0", "200", places=2),
)
def test_the_total_is_the_lines_and_the_freight_and_nothing_is_negative(
    sold: list[tuple[int, Decimal]], price: Decimal | None
) -> None:
    lines = goods(*[(str(count), str(unit)) for count, unit in sold])
    erp = Money(sum((line.subtotal.amount for line in lines), Decimal(0)))
    way = None if price is None else FreightQuote("Motoboy", Money(price), 1, 2)
    summary = summed_up("p", lines, erp, way, Checkout(), _shop())
    assert summary.total.amount == sum(line.subtotal.amount for line in lines) + (price or 0)
    assert summary.total.amount >= 0


@given(MONEY, st.sampled_from(["01310100", "20040002", "90010000"]))
def test_no_freight_is_negative_or_dearer_for_more_goods(amount: Decimal, postal_code: str) -> None:
    less = {q.name: q.price for q in quotes_for(postal_code, Money(amount), DELIVERIES)}
    more = {q.name: q.price for q in quotes_for(postal_code, Money(amount + 100), DELIVERIES)}
    for name, price in less.items():
        assert price is not None
        assert price.amount >= 0
        later = more.get(name)
        assert later is None or later.amount <= price.amount


def test_every_figure_of_a_summary_is_a_fact() -> None:
    sold = goods(("3", "39.90"), ("1", "149.90"), discount="26.96")
    summary = summed_up(
        "p", sold, brl("242.64"), freight("15"), Checkout(way=DELIVERY, address="Rua A, 1"), _shop()
    )
    ledger = Ledger()
    record(summary, ledger)
    assert "−R$ 26,96" in text_of(summary)
    assert not ungrounded(text_of(summary), ledger)


def _shop() -> Profile:
    return profile_of("cosmeticos")


def _with_payment(profile: Profile, payment: PaymentRules) -> Profile:
    return replace(profile, payment=payment)
