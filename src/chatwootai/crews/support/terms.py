"""The terms of the support crew's proposals: all that is shown and will be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from chatwootai.crews.support.deadlines import Counted, Since, Verdict
from chatwootai.crews.support.results import CancelProposed, ExchangeProposed, Proposed
from chatwootai.crews.support.wishes import Reason, Wish
from chatwootai.domain.crews import Json
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Order
from chatwootai.domain.proposals import Proposal, ProposalKind


def cancel_terms(order: Order, placed_on: date) -> dict[str, Json]:
    return {
        **_order_terms(order),
        "placed_on": placed_on.isoformat(),
        "total": str(order.total.amount),
        "currency": order.total.currency,
        "names": [line.name for line in order.lines if not line.is_discount],
    }


def exchange_terms(
    order: Order,
    names: Sequence[str],
    reason: Reason,
    wish: Wish,
    verdict: Verdict,
    left_out: Sequence[str],
    buyer: int,
) -> dict[str, Json]:
    """`buyer` is the customer for whom the request is recorded."""
    return {
        **_order_terms(order),
        "names": list(names),
        "reason": reason.value,
        "wish": wish.value,
        "day": verdict.counted.day.isoformat(),
        "since": verdict.counted.since.value,
        "days": verdict.counted.days,
        "allowed": verdict.allowed,
        "left_out": list(left_out),
        "buyer": buyer,
    }


def proposed(proposal: Proposal) -> Proposed | None:
    """The proposal in facts; None for one of another crew."""
    if proposal.kind is ProposalKind.CANCEL_ORDER:
        return cancel_proposed(proposal)
    return exchange_proposed(proposal) if proposal.kind is ProposalKind.EXCHANGE else None


def cancel_proposed(proposal: Proposal) -> CancelProposed:
    terms = proposal.terms
    return CancelProposed(
        proposal.id,
        text_of(terms, "code"),
        date.fromisoformat(text_of(terms, "placed_on")),
        total_of(terms),
        texts_of(terms, "names"),
    )


def exchange_proposed(proposal: Proposal) -> ExchangeProposed:
    terms = proposal.terms
    since = Counted(
        date.fromisoformat(text_of(terms, "day")), Since(text_of(terms, "since")), number_of(terms, "days")
    )
    return ExchangeProposed(
        proposal.id,
        text_of(terms, "code"),
        texts_of(terms, "names"),
        Reason(text_of(terms, "reason")),
        Wish(text_of(terms, "wish")),
        since,
        number_of(terms, "allowed"),
        texts_of(terms, "left_out"),
    )


def total_of(terms: Mapping[str, Json]) -> Money:
    return Money(Decimal(text_of(terms, "total")), text_of(terms, "currency"))


def text_of(terms: Mapping[str, Json], name: str) -> str:
    """Raises `TypeError` for terms that are not ours."""
    value = terms[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} of a proposal is no text")
    return value


def number_of(terms: Mapping[str, Json], name: str) -> int:
    value = terms[name]
    if not isinstance(value, int):
        raise TypeError(f"{name} of a proposal is no number")
    return value


def texts_of(terms: Mapping[str, Json], name: str) -> tuple[str, ...]:
    value = terms[name]
    if not isinstance(value, Sequence):
        raise TypeError(f"{name} of a proposal is no list")
    return tuple(str(each) for each in value)


def _order_terms(order: Order) -> dict[str, Json]:
    return {"code": order.code, "order": order.id, "holder": order.customer_id}
