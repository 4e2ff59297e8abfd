"""Coupons: which one she has, and which there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from chatwootai.crews.dialogues.answers import remembered
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales import checkout as checkouts
from chatwootai.crews.sales.cart import cart_of
from chatwootai.crews.sales.ordering import DIALOGUE
from chatwootai.crews.sales.tools import SalesTools
from chatwootai.crews.tools import Visit
from chatwootai.domain.crews import CrewName
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.promotions import Promotion
from chatwootai.domain.threads import Thread, opened

WHICH = ("Claro! Qual é o código do cupom?", "Me diz o código do cupom?")
TAKEN = (
    "Anotei o cupom **{code}**{condition}; o desconto aparece no resumo do pedido.",
    "Certo, cupom **{code}**{condition}. No resumo do pedido você vê o desconto.",
)
DROPPED = ("Tudo bem, sem cupom.", "Certo, o pedido fica sem cupom.")
UNLISTED = (
    "O cupom **{code}** não está entre os de hoje; confiro no resumo do pedido.",
    "Entre os cupons de hoje eu não encontrei o **{code}**; no resumo do pedido confiro de novo.",
)
INVALID = (
    "O cupom **{code}** não vale aqui.",
    "Não encontrei o cupom **{code}** entre os nossos.",
)
NOT_APPLICABLE = (
    "O cupom **{code}** não se aplica a este pedido.",
    "Para este pedido o cupom **{code}** não pode ser usado.",
)
VALID = ("Hoje valem: {others}.", "Os cupons de hoje: {others}.")
MOST_TOLD: Final = 3


async def coupon_said(code: str, tools: SalesTools, wording: Wording) -> list[str]:
    """That the code is noted, or that nobody here takes it, which is forgotten then.

    Nothing beside a cart, for its summary tells the discount. Raises `IntegrationError`.
    """
    memory = tools.visit.memory
    if cart_of(memory).items:
        return []
    promotion = (await tools.check_coupon(code)).promotion
    if promotion is None:
        memory.update(checkouts.kept(replace(checkouts.checkout_of(memory), coupon="")))
        return [await coupon_refused(code, tools, wording, exists=False)]
    _quote_code(code, tools.visit)
    told = promotion.description or promotion.name
    return [wording.pick("coupon_taken", TAKEN, {"code": code, "condition": f" ({told})" if told else ""})]


async def unlisted(code: str, tools: SalesTools, wording: Wording) -> list[str]:
    """Beside a cart whose summary is not due yet: that no promotion of today has this code.

    The ERP may still know it, as one of her own, so it is tried with the order.
    """
    if (await tools.check_coupon(code)).promotion is not None:
        return []
    _quote_code(code, tools.visit)
    return [wording.pick("coupon_unlisted", UNLISTED, {"code": code})]


def which_coupon(visit: Visit, wording: Wording) -> Part:
    """Which code it is."""
    thread = Thread(CrewName.SALES, DIALOGUE, "coupon")
    visit.memory.update({**opened(visit.memory, thread), **remembered(())})
    return Part(wording.pick("which_coupon", WHICH))


async def coupon_refused(code: str, tools: SalesTools, wording: Wording, *, exists: bool) -> str:
    """Kindly that it takes nothing off, and what would."""
    check = await tools.check_coupon(code)
    _quote_code(code, tools.visit)
    slot, variants = ("not_applicable", NOT_APPLICABLE) if exists else ("invalid", INVALID)
    text = wording.pick(slot, variants, {"code": code})
    condition = check.promotion.description if exists and check.promotion else ""
    told = f"{text.rstrip('.')} ({condition})." if condition else text
    if not check.others:
        return told
    return f"{told} {wording.pick('valid', VALID, {'others': _listed(check.others)})}"


def _listed(promotions: Sequence[Promotion]) -> str:
    return "; ".join(f"**{each.code}** ({each.description or each.name})" for each in promotions[:MOST_TOLD])


def _quote_code(code: str, visit: Visit) -> None:
    visit.ledger.facts.append(Fact(FactKind.TEXT, "coupon", code))
