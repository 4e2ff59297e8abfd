"""The summary of an order: what the customer sees, and what her yes will write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pydantic import TypeAdapter

from chatwootai.brazil.money import format_brl
from chatwootai.brazil.postal import Cep
from chatwootai.crews.dialogues.freights import days, depends_on_discounts
from chatwootai.crews.sales.cart import written
from chatwootai.crews.sales.checkout import DELIVERY, PICKUP, Checkout
from chatwootai.crews.sales.freight import FreightQuote
from chatwootai.crews.sales.instalments import Instalments, instalments_of, spoken
from chatwootai.domain.crews import Json
from chatwootai.domain.customers import NewCustomer
from chatwootai.domain.ledger import Fact, FactKind, Ledger
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item, OrderLine
from chatwootai.domain.profiles import Profile
from chatwootai.domain.proposals import Proposal


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """`goods` is the ERP's total after its discounts, `freight` comes from the shop's profile, on top.

    `freight` is None where nothing is delivered.
    """

    proposal_id: str
    lines: tuple[OrderLine, ...]
    goods: Money
    freight: FreightQuote | None
    checkout: Checkout
    instalments: Instalments | None = None

    @property
    def total(self) -> Money:
        return total_of(self.goods, self.freight)


_SUMMARY: Final = TypeAdapter(OrderSummary)


def total_of(goods: Money, freight: FreightQuote | None) -> Money:
    """What she pays: the goods after discounts, and the freight."""
    price = freight.price.amount if freight is not None and freight.price is not None else Decimal(0)
    return Money(goods.amount + price, goods.currency)


def summed_up(
    proposal_id: str,
    lines: tuple[OrderLine, ...],
    goods: Money,
    freight: FreightQuote | None,
    checkout: Checkout,
    profile: Profile,
) -> OrderSummary:
    instalments = instalments_of(total_of(goods, freight), profile.payment)
    return OrderSummary(proposal_id, lines, goods, freight, checkout, instalments)


def terms_of(
    summary: OrderSummary, buyer: int | NewCustomer, items: Sequence[Item], note: str
) -> dict[str, Json]:
    """What the proposal keeps: all that was shown, and all that will be written."""
    customer: Json = (
        {"name": buyer.name, "phone": buyer.phone, "document": buyer.document}
        if isinstance(buyer, NewCustomer)
        else buyer
    )
    return {
        "customer": customer,
        "items": written(items),
        "note": note,
        "summary": _SUMMARY.dump_python(summary, mode="json"),
    }


def summary_of(proposal: Proposal) -> OrderSummary:
    return _SUMMARY.validate_python(proposal.terms["summary"])


def record(summary: OrderSummary, ledger: Ledger) -> None:
    """Put every figure of it where the guardrails find them."""
    subject = f"proposal:{summary.proposal_id}"
    for line in summary.lines:
        ledger.facts.append(Fact(FactKind.TEXT, f"product:{line.product_id}", line.name))
        for money in (line.unit_price, line.subtotal):
            ledger.facts.append(Fact(FactKind.PRICE, subject, abs(money.amount)))
    amounts = [summary.goods, summary.total]
    if summary.freight is not None and summary.freight.price is not None:
        amounts.append(summary.freight.price)
    if summary.instalments is not None:
        amounts += [summary.instalments.first, summary.instalments.others]
    ledger.facts.extend(Fact(FactKind.PRICE, subject, money.amount) for money in amounts)
    told = (summary.checkout.address, summary.checkout.payment, summary.freight and summary.freight.name)
    ledger.facts.extend(Fact(FactKind.TEXT, subject, text) for text in told if text)


def text_of(summary: OrderSummary) -> str:
    """The lines that she confirms, without a greeting and without the question."""
    checkout = summary.checkout
    lines = [_line(line) for line in summary.lines]
    delivery = _delivery(summary)
    payment = f"Pagamento: {checkout.payment}" if checkout.payment else ""
    total = f"**Total: {format_brl(summary.total)}**"
    if summary.instalments is not None:
        total += f" (ou {spoken(summary.instalments)})"
    return "\n".join(line for line in (*lines, delivery, payment, total) if line)


def note_of(checkout: Checkout, freight: FreightQuote | None, goods: Money, profile: Profile) -> str:
    """For the shop's people. `goods` may still be without a coupon's discount: then the rule stands there."""
    lines = []
    if checkout.way == PICKUP:
        lines.append("Retirada na loja")
    if checkout.way == DELIVERY and freight is not None:
        lines.append(f"Entrega: {freight.name}, CEP {Cep(checkout.postal_code).formatted}")
        lines.append(f"Endereço: {checkout.address}")
        lines.append(f"Frete: {_noted_price(checkout, freight, goods, profile)}")
    if checkout.payment:
        lines.append(f"Pagamento: {checkout.payment}")
    return "\n".join(lines)


def quantity(amount: Decimal) -> str:
    """ "2", "0,5" """
    return f"{amount.normalize():f}".replace(".", ",")


def _line(line: OrderLine) -> str:
    if line.is_discount:
        return f"• {line.name}: −{format_brl(Money(-line.subtotal.amount, line.subtotal.currency))}"
    each = "" if line.quantity == 1 else f" ({format_brl(line.unit_price)} cada)"
    return f"• {quantity(line.quantity)} × **{line.name}**: {format_brl(line.subtotal)}{each}"


def _delivery(summary: OrderSummary) -> str:
    if summary.checkout.way == PICKUP:
        return "Retirada na loja: grátis"
    freight = summary.freight
    if freight is None or freight.price is None:
        return ""
    price = "grátis" if freight.is_free else format_brl(freight.price)
    where = f"\nEndereço: {summary.checkout.address}" if summary.checkout.address else ""
    return f"{freight.name} ({days(freight)}): {price}{where}"


def _noted_price(checkout: Checkout, freight: FreightQuote, goods: Money, profile: Profile) -> str:
    rule = next((each for each in profile.delivery.freights if each.name == freight.name), None)
    if checkout.coupon and rule and rule.free_from and rule.price and depends_on_discounts(rule, goods):
        free_from, price = format_brl(rule.free_from), format_brl(rule.price)
        return f"grátis a partir de {free_from} em produtos depois dos descontos, senão {price}"
    if freight.price is None:
        return "a combinar"
    return "grátis" if freight.is_free else format_brl(freight.price)


def buyer_of(terms: Mapping[str, Json]) -> int | NewCustomer:
    """The customer of the terms, by her id in the ERP; who is to be entered at her yes."""
    buyer = terms["customer"]
    if not isinstance(buyer, Mapping):
        return int(str(buyer))
    phone, document = buyer.get("phone"), buyer.get("document")
    return NewCustomer(
        str(buyer["name"]), str(phone) if phone else None, None, str(document) if document else None
    )
