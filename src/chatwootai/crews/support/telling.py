"""Orders in words."""

from __future__ import annotations

from datetime import date
from typing import Final

from chatwootai.brazil.dates import format_date
from chatwootai.brazil.money import format_brl
from chatwootai.crews.support.seen import OrderSeen, ShipmentSeen, spoken_date
from chatwootai.domain.conversations import Choice
from chatwootai.domain.orders import OrderState, PaymentState, ShipmentState

NAMED: Final = 3
"""Goods that are named before the rest is only counted."""

PAYMENTS: Final = {
    PaymentState.NOT_INVOICED: "ainda sem fatura emitida",
    PaymentState.OPEN: "em aberto",
    PaymentState.PARTIAL: "recebido em parte",
    PaymentState.PAID: "confirmado",
    PaymentState.REVERSED: "estornado",
}
SHORT_STATES: Final = {
    ShipmentState.WAITING: "aguardando produtos",
    ShipmentState.READY: "em separação",
    ShipmentState.DONE: "saiu para entrega",
}


def status_text(order: OrderSeen, today: date) -> str:
    """State, shipments, payment: what a customer asks after."""
    lines = [f"{headline(order, today)} {_state(order, today)}", *_shipments(order, today)]
    if order.state is OrderState.CONFIRMED:
        lines.append(f"Pagamento: {PAYMENTS[order.payment]}.")
    return "\n".join(lines)


def headline(order: OrderSeen, today: date) -> str:
    """ "Pedido **S00027**, de 12 de novembro (R$ 89,90):" """
    return f"Pedido **{order.code}**, de {format_date(order.placed_on, today)} ({format_brl(order.total)}):"


def list_line(order: OrderSeen) -> str:
    """ "• **S00027** – 12/11 – R$ 89,90 – em separação" """
    return f"• **{order.code}** – {order.placed_on:%d/%m} – {format_brl(order.total)} – {short_state(order)}"


def choice_of(order: OrderSeen, prefix: str) -> Choice:
    """Short enough for a reply button; price and state stand in the text."""
    return Choice(f"{order.code} – {order.placed_on:%d/%m}", f"{prefix}{order.code}")


def short_state(order: OrderSeen) -> str:
    if order.state is OrderState.CANCELLED:
        return "cancelado"
    if order.state is OrderState.DRAFT:
        return "não confirmado"
    states = {shipment.state for shipment in order.shipments}
    if len(states) > 1 and ShipmentState.DONE in states:
        return "saiu em parte"
    return SHORT_STATES[next(iter(states))] if len(states) == 1 else "confirmado"


def goods(order: OrderSeen) -> str:
    """ "2x Shampoo, Condicionador e mais 1" """
    lines = [
        f"{line.quantity.normalize():f}x {line.name}" if line.quantity != 1 else line.name
        for line in order.lines
    ]
    rest = len(lines) - NAMED
    return ", ".join(lines[:NAMED]) + (f" e mais {rest}" if rest > 0 else "")


def facts(order: OrderSeen) -> tuple[str, ...]:
    """The order for the colleague's note."""
    placed, payment = f"{order.placed_on:%d/%m/%Y}", PAYMENTS[order.payment]
    lines = [
        f"**Pedido:** {order.code}, {placed}, {format_brl(order.total)}, pagamento {payment}",
        f"**Produtos:** {goods(order)}",
    ]
    for shipment in order.shipments:
        day = f", previsto para {shipment.promised_on:%d/%m/%Y}" if shipment.promised_on else ""
        left = f" em {shipment.left_on:%d/%m/%Y}" if shipment.left_on else ""
        track = f", rastreio {shipment.tracking}" if shipment.tracking else ""
        lines.append(f"**Envio:** {SHORT_STATES.get(shipment.state, '')}{left}{day}{track}")
    return tuple(lines)


def _state(order: OrderSeen, today: date) -> str:
    if order.state is OrderState.CANCELLED:
        return "está cancelado."
    if order.state is OrderState.DRAFT:
        return "ainda não foi confirmado."
    if len(order.shipments) == 1:
        return shipment_text(order.shipments[0], today)
    return f"está confirmado, em {len(order.shipments)} envios." if order.shipments else "está confirmado."


def _shipments(order: OrderSeen, today: date) -> list[str]:
    if order.state is not OrderState.CONFIRMED or len(order.shipments) < 2:
        return []
    return [
        f"• Envio {number}: {shipment_text(shipment, today)}"
        for number, shipment in enumerate(order.shipments, start=1)
    ]


def shipment_text(shipment: ShipmentSeen, today: date) -> str:
    """What became of a shipment. That it arrived nobody tells us, so it never says so."""
    if shipment.state is ShipmentState.DONE:
        return _left(shipment, today)
    state = "aguardando a chegada de produtos" if shipment.state is ShipmentState.WAITING else "em separação"
    if shipment.promised_on is None:
        return f"está {state}, ainda sem data de saída."
    tense = "era" if shipment.is_overdue else "é"
    return f"está {state}; a previsão de saída {tense} {spoken_date(shipment.promised_on, today)}."


def _left(shipment: ShipmentSeen, today: date) -> str:
    when = f" {spoken_date(shipment.left_on, today)}" if shipment.left_on else ""
    carrier = f", por {shipment.carrier}" if shipment.carrier else ""
    tracking = f", código de rastreio **{shipment.tracking}**" if shipment.tracking else ""
    return f"saiu daqui{when}{carrier}{tracking}.{_arrival(shipment, today)}"


def _arrival(shipment: ShipmentSeen, today: date) -> str:
    """The day of the shop's freight rule; a plan of the warehouse for its leaving is none."""
    if shipment.left_on is None or shipment.promised_on is None or shipment.promised_on <= shipment.left_on:
        return ""
    verb = "era" if shipment.is_overdue else "é"
    return f" A previsão de entrega {verb} até {spoken_date(shipment.promised_on, today)}."
