"""Values of buttons that no answer of ours offers now: forged in a web form, or from a question of old."""

from __future__ import annotations

import pytest
from tests.fixtures.talking import Shop, Talk

from chatwootai.bootstrap.shops import CREWS
from chatwootai.crews.dialogues.frontdesk import Frontdesk
from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.conversations import Author, Choice, Message

pytestmark = pytest.mark.unit

READER = Reader()
FORGED = (
    "product:999999",
    "product:²",
    "service:999999",
    "service:²",
    "slot:99991231T235959:901",
    "slot:00010101T000000:901",
    "slot:20261127T170000:99999999999999999999",
    "appointment:²",
    "payment:99",
    "payment:²",
    "quantity:²",
    "order:S99999",
    "yes:another",
    "no:another",
)
TALKS = (
    (),
    ("quero 2 shampoos de coco", "Retirar na loja"),
    ("quero 2 shampoos de coco", "Retirar na loja", "Pix"),
    ("quero marcar manicure sexta",),
    ("quero marcar manicure sexta às 14h",),
    ("quero remarcar",),
)


def talking(shop: Shop) -> Talk:
    crews = {name: make(shop.desk) for name, make in CREWS.items() if name.value in shop.profile.crews}
    READER.prepare(shop.profile)
    return shop.talk(READER, crews, Frontdesk(shop.desk.leads))


def pressed(talk: Talk, value: str, title: str = "Esse") -> Message:
    place = 1 + max((message.id for message in talk.history), default=0)
    return Message(place, Author.CUSTOMER, title, talk.shop.now, chosen=Choice(title, value))


@pytest.mark.parametrize("said", TALKS, ids=lambda said: said[-1] if said else "nothing before")
@pytest.mark.parametrize("value", FORGED)
async def test_a_forged_choice_is_answered_and_writes_nothing(said: tuple[str, ...], value: str) -> None:
    shop = Shop()
    shop.customer()
    talk = talking(shop)
    for each in said:
        await talk.hears(each)
    assert await talk.hears(pressed(talk, value))
    assert not shop.orders.all()
    assert not shop.calendar.booked()
