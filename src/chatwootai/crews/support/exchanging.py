"""Exchange and return: a request that people decide on, recorded after a yes."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.support.cancelling import cancel
from chatwootai.crews.support.choosing import chosen_order
from chatwootai.crews.support.deadlines import Objection
from chatwootai.crews.support.exchange_words import (
    ALREADY_HERE,
    ASK_ITEM,
    ASK_OPENED,
    ASK_REASON,
    DEFECT,
    LATER,
    OBJECTIONS,
    OPENED_CHOICES,
    PHOTO,
    PROPOSE,
    REASON_CHOICES,
    REASONS,
    RECORDED,
    REFUND,
    SORRY,
    WHOLE_ORDER,
    WHY,
    WISHES,
    days_of,
    since_text,
    within_text,
)
from chatwootai.crews.support.goods import means_all, named
from chatwootai.crews.support.identifying import identified
from chatwootai.crews.support.reading import ITEM_VALUE
from chatwootai.crews.support.results import (
    ExchangeProposed,
    ExchangeRecorded,
    ExchangeRefused,
    OpenedUnknown,
    UnknownOrder,
)
from chatwootai.crews.support.scene import Scene, Slots, prefixed
from chatwootai.crews.support.seen import OrderSeen
from chatwootai.crews.support.wishes import Reason, Wish
from chatwootai.domain.conversations import Choice
from chatwootai.domain.orders import OrderState

EXCHANGE: Final = "exchange"
ALL: Final = "all"
OPENED_STEP: Final = "opened"
TITLES: Final = ("Sim, registrar", "Não registrar")
TITLE: Final = 20
"""Letters of a reply button on WhatsApp."""
TAIL: Final = 8
"""Letters of a size at the end of a name, which tells two goods apart."""
MOST_ITEMS: Final = 8
"""Goods to choose from: with the whole order and a person WhatsApp's list is full."""
PROBLEMS: Final = frozenset({Reason.DEFECT.value, Reason.WRONG.value})
WHY_NO_ORDER: Final = "produto com problema, e o pedido não está no cadastro da cliente"


async def exchange(scene: Scene, slots: Slots) -> Part:
    if scene.said.asks_after_refund:
        return scene.offer(scene.wording.pick("support_refund", REFUND))
    slots = _heard(scene, slots)
    if question := await identified(scene, EXCHANGE, slots):
        return _sorry(scene, slots, question)
    if slots.reason in PROBLEMS and not await scene.tools.my_orders(1):
        text = f"{scene.wording.pick('support_sorry', SORRY)} {scene.wording.pick('support_photo', PHOTO)}"
        return scene.hand(text, WHY_NO_ORDER, urgent=True)
    order = await chosen_order(scene, EXCHANGE, slots, _can_come_back)
    if isinstance(order, Part):
        return _sorry(scene, slots, order)
    slots = _with_items(scene, order, replace(slots, code=order.code))
    if not slots.items:
        return _sorry(scene, slots, _ask_item(scene, order, slots))
    if not slots.reason:
        text = scene.wording.pick("support_reason", ASK_REASON)
        return scene.ask(EXCHANGE, "reason", text, slots, REASON_CHOICES)
    return _sorry(scene, slots, await _proposed(scene, order, slots))


async def _proposed(scene: Scene, order: OrderSeen, slots: Slots) -> Part:
    reason, wish = Reason(slots.reason), Wish(slots.wish or Wish.EXCHANGE)
    items = () if slots.items == ALL else tuple(slots.items.splitlines())
    opened = {"yes": True, "no": False}.get(slots.opened)
    match await scene.tools.propose_exchange(order.code, reason, wish, items, opened):
        case ExchangeProposed() as proposal:
            return show_exchange(scene, proposal, slots)
        case OpenedUnknown():
            text = scene.wording.pick("support_opened", ASK_OPENED)
            return scene.ask(EXCHANGE, "reason", text, replace(slots, step=OPENED_STEP), OPENED_CHOICES)
        case ExchangeRefused(objection=Objection.NOT_LEFT):
            part = await cancel(scene, Slots(code=order.code, items=ALL))
            return prefixed(scene.wording.pick("support_here", ALREADY_HERE), part, " ")
        case ExchangeRefused() as refused:
            return _refused(scene, refused)
        case UnknownOrder():
            return scene.give_up()


def show_exchange(scene: Scene, proposal: ExchangeProposed, slots: Slots, before: str = "") -> Part:
    lines = [
        scene.wording.pick("support_exchange", PROPOSE, {"wish": WISHES[proposal.wish]}),
        f"• Pedido **{proposal.code}**",
        *(f"• {name}" for name in proposal.names),
        f"• Motivo: {REASONS[proposal.reason]}",
        f"• {within_text(proposal.counted, proposal.allowed)}",
    ]
    if proposal.left_out:
        lines.append(f"{', '.join(proposal.left_out)}: só por defeito, então fica de fora.")
    conditions = scene.visit.briefing.profile.exchange.conditions
    if conditions and proposal.reason is Reason.REGRET:
        lines.append(f"Condições: {conditions}")
    text = "\n".join(lines)
    return scene.propose(EXCHANGE, proposal.proposal_id, f"{before}{text}", TITLES, slots)


def told_recorded(scene: Scene, done: ExchangeRecorded) -> Part:
    """What was done, and what only people do from here."""
    words = {"wish": WISHES[done.wish], "code": done.code}
    text = scene.wording.pick("support_recorded", RECORDED, words)
    urgent = done.reason is not Reason.REGRET
    if urgent:
        text = f"{text} {scene.wording.pick('support_photo', PHOTO)}"
    noted = (
        f"**Pedido:** {done.code}",
        f"**Produtos:** {', '.join(done.names)}",
        f"**Motivo da {WISHES[done.wish]}:** {REASONS[done.reason]}",
    )
    return scene.hand(text, f"pedido de {WISHES[done.wish]} registrado, a decidir", noted, urgent=urgent)


def _heard(scene: Scene, slots: Slots) -> Slots:
    said = scene.said
    opened = said.opened
    if opened is None and slots.step == OPENED_STEP:
        opened = said.yes_or_no
    reason = said.reason if slots.step != OPENED_STEP or said.reason else None
    return replace(
        slots,
        reason=reason.value if reason else slots.reason,
        wish=said.wish.value if said.wish else slots.wish,
        opened=slots.opened if opened is None else ("yes" if opened else "no"),
        step="",
    )


def _with_items(scene: Scene, order: OrderSeen, slots: Slots) -> Slots:
    """The goods that her words name, where they leave no doubt."""
    names = [line.name for line in order.lines]
    if slots.items:
        return slots
    text = f"{slots.said} {scene.said.text}"
    if len(names) < 2 or means_all(text):
        return replace(slots, items=ALL)
    places = named(scene.said.text, names) or named(slots.said, names)
    return replace(slots, items=names[places[0]]) if len(places) == 1 else slots


def _ask_item(scene: Scene, order: OrderSeen, slots: Slots) -> Part:
    names = list(dict.fromkeys(line.name for line in order.lines))[:MOST_ITEMS]
    choices = [Choice(_short(name), f"{ITEM_VALUE}{name}") for name in names]
    text = scene.wording.pick("support_item", ASK_ITEM, {"code": order.code})
    lines = "\n".join(f"• {name}" for name in names)
    whole = Choice(WHOLE_ORDER, f"{ITEM_VALUE}{ALL}")
    return scene.ask(EXCHANGE, "product", f"{text}\n{lines}", slots, (*choices, whole))


def _refused(scene: Scene, refused: ExchangeRefused) -> Part:
    words = {
        "why": WHY[refused.reason],
        "allowed": days_of(refused.allowed),
        "since": since_text(refused.counted),
        "names": ", ".join(refused.names),
        "code": refused.code,
        "later": LATER,
        "defect": DEFECT,
    }
    return scene.offer(scene.wording.pick("support_refused", OBJECTIONS[refused.objection], words))


def _sorry(scene: Scene, slots: Slots, part: Part) -> Part:
    """Sympathy first, in the turn in which she tells of the trouble."""
    if slots.reason not in PROBLEMS or scene.said.reason is None or scene.said.values or part.handoff:
        return part
    return prefixed(scene.wording.pick("support_sorry", SORRY), part, " ")


def _can_come_back(order: OrderSeen) -> bool:
    return order.state is OrderState.CONFIRMED


def _short(name: str) -> str:
    """ "Condicion… 300 ml": the whole name stands in the text."""
    if len(name) <= TITLE:
        return name
    tail = ""
    for word in reversed(name.split()):
        if len(word) + len(tail) + 1 > TAIL:
            break
        tail = f" {word}{tail}"
    return f"{name[: TITLE - 1 - len(tail)].rstrip()}…{tail}"
