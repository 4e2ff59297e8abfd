"""The list of her orders."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.support.choosing import no_orders
from chatwootai.crews.support.identifying import identified
from chatwootai.crews.support.scene import Scene, Slots
from chatwootai.crews.support.telling import list_line
from chatwootai.crews.support.tracking import track

LIST: Final = "order_list"
LISTED: Final = 5

YOURS: Final = ("Seus últimos pedidos:", "Estes são os seus pedidos mais recentes:")
MORE: Final = (
    "Para saber mais de um deles, é só me dizer o número.",
    "Quer detalhes de algum? Me diga o número.",
)


async def list_orders(scene: Scene, slots: Slots) -> Part:
    if scene.said.codes:
        return await track(scene, slots)
    if question := await identified(scene, LIST, slots):
        return question
    orders = await scene.tools.my_orders(LISTED)
    if not orders:
        return no_orders(scene)
    lines = "\n".join(list_line(order) for order in orders)
    yours, more = scene.wording.pick("support_yours", YOURS), scene.wording.pick("support_more", MORE)
    return scene.tell(f"{yours}\n{lines}\n\n{more}")
