"""What is cheaper today: promotions, coupons, and the points of her card."""

from __future__ import annotations

from decimal import Decimal

from chatwootai.brazil.dates import format_numeric
from chatwootai.brazil.money import format_brl
from chatwootai.crews.desk import ShopWindow
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.info.telling import not_here, policies, quoted
from chatwootai.crews.tools import Visit
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.promotions import Promotion

MOST = 5
PROMOTIONS = ("Hoje valem estas promoções:", "Estas são as promoções de hoje:")
NONE_TODAY = (
    "Hoje não temos nenhuma promoção valendo.",
    "No momento não há promoções valendo.",
)
POINTS = ("Você tem {points}.", "No seu cadastro há {points}.")


async def promotions(desk: ShopWindow, visit: Visit, wording: Wording) -> str:
    """Those that are valid today, by the ERP; what the profile announces comes in its own words."""
    found = await desk.promotions.valid_on(visit.briefing.now.date())
    announced = [quoted(visit, "promotion", rule.text) for rule in policies(visit, {"promotion"})]
    if not found and not announced:
        return wording.pick("no_promotion", NONE_TODAY)
    lines = [f"• {_line(promotion, visit)}" for promotion in found[:MOST]]
    lead = [wording.pick("promotions", PROMOTIONS)] if lines else []
    return "\n".join([*lead, *lines, *announced])


async def loyalty(desk: ShopWindow, visit: Visit, wording: Wording) -> str:
    """How the card works, and her points where it is proven who she is."""
    rule = visit.briefing.profile.loyalty
    if not rule:
        return not_here(visit, wording)
    sentences = [quoted(visit, "loyalty", rule)]
    identity = await desk.identities.of(visit.briefing.conversation)
    if identity.is_proven and identity.customer:
        points = await desk.promotions.points(identity.customer.id)
        if points is not None:
            sentences.append(wording.pick("points", POINTS, {"points": _points(points, visit)}))
    return " ".join(sentences)


def _points(points: Decimal, visit: Visit) -> str:
    whole = int(points)
    visit.ledger.facts.append(Fact(FactKind.TEXT, "points", str(whole)))
    return "1 ponto" if whole == 1 else f"{whole} pontos"


def _line(promotion: Promotion, visit: Visit) -> str:
    name = quoted(visit, f"promotion:{promotion.id}", promotion.description or promotion.name)
    code = f"**{quoted(visit, 'coupon', promotion.code)}**: " if promotion.code else ""
    until = f" (até {format_numeric(promotion.valid_until)})" if promotion.valid_until else ""
    minimum = ""
    if promotion.minimum and promotion.minimum.amount and "partir" not in name:
        visit.ledger.facts.append(Fact(FactKind.PRICE, f"promotion:{promotion.id}", promotion.minimum.amount))
        minimum = f", em compras a partir de {format_brl(promotion.minimum)}"
    return f"{code}{name}{minimum}{until}"
