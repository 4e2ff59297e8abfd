"""Two crews that ask in one answer: what she says next belongs to the question that stands last."""

from __future__ import annotations

import pytest
from tests.fixtures.talking import Shop, Talk

from chatwootai.bootstrap.shops import CREWS
from chatwootai.crews.dialogues.frontdesk import Frontdesk
from chatwootai.crews.sales.tools import SalesTools
from chatwootai.crews.scheduling.facts import NotDone
from chatwootai.crews.scheduling.toolbox import SchedulingTools
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.conversations import Author, Message
from chatwootai.domain.crews import Briefing
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.proposals import ProposalState
from chatwootai.hub.yes import NotAccepted

pytestmark = pytest.mark.unit

READER = Reader()
BOTH = "quero marcar manicure sexta às 14h. E quero 2 shampoos de coco"


def talking(shop: Shop) -> Talk:
    crews = {name: make(shop.desk) for name, make in CREWS.items() if name.value in shop.profile.crews}
    READER.prepare(shop.profile)
    shop.customer()
    return shop.talk(READER, crews, Frontdesk(shop.desk.leads))


def saying_yes(talk: Talk) -> Visit:
    yes = Message(talk.history[-1].id + 1, Author.CUSTOMER, "sim", talk.shop.now)
    return Visit.of(
        Briefing(talk.conversation, talk.shop.profile, (yes,), talk.shop.now, talk.history, talk.memory),
        Ledger(),
    )


@pytest.mark.parametrize("said", ["sim", "Confirmar"])
async def test_a_yes_below_a_booking_books_although_the_cart_asked_something_above(said: str) -> None:
    shop = Shop()
    talk = talking(shop)
    assert "Posso marcar?" in await talk.hears(BOTH)
    answer = await talk.hears(said)
    assert len(shop.calendar.booked()) == 1
    assert "**Manicure** com Débora Nogueira: sexta, 27 de novembro, às 14h" in answer


async def test_the_cart_ends_no_booking() -> None:
    shop = Shop()
    talk = talking(shop)
    await talk.hears("quero marcar manicure sexta às 14h")
    (proposal,) = shop.proposals.all()
    tools = SalesTools(shop.desk, saying_yes(talk))
    assert await tools.confirm_order(proposal.id) is NotAccepted.NOTHING_SHOWN
    assert shop.proposals.all()[0].state is ProposalState.OPEN


async def test_the_calendar_ends_no_order() -> None:
    shop = Shop()
    talk = talking(shop)
    for said in ("quero 2 shampoos de coco", "Retirar na loja", "Pix"):
        await talk.hears(said)
    (proposal,) = shop.proposals.all()
    tools = SchedulingTools(shop.desk, saying_yes(talk))
    assert isinstance(await tools.confirm(proposal.id), NotDone)
    assert shop.proposals.all()[0].state is ProposalState.OPEN
