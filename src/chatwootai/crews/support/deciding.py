"""Her answer to a proposal of this crew: what counts is the verdict of the hub, not how we read it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.support.acts import Written
from chatwootai.crews.support.cancelling import cancel, cannot_cancel, show_cancel, told_cancelled
from chatwootai.crews.support.exchanging import show_exchange, told_recorded
from chatwootai.crews.support.results import CancelProposed, CannotCancel, ExchangeRecorded, OrderCancelled
from chatwootai.crews.support.scene import Scene, Slots, prefixed
from chatwootai.crews.understanding.assent import assent_of
from chatwootai.domain.errors import ToolRetry
from chatwootai.domain.requests import Assent
from chatwootai.hub.yes import NotAccepted

KEPT: Final = (
    "Tudo bem, não mudei nada.",
    "Certo, fica tudo como está.",
)
LATER: Final = (
    "Sem problema, por enquanto não mudei nada. Quando decidir, é só me avisar.",
    "Tudo bem, deixo como está. Se decidir depois, é só me chamar.",
)
EXPIRED: Final = (
    "Essa confirmação perdeu a validade, então confira mais uma vez:",
    "A confirmação anterior não vale mais. Confira de novo:",
)
GONE: Final = (
    "Essa confirmação não vale mais, então não mudei nada. O que você precisa?",
    "Não mudei nada, porque essa confirmação não vale mais. Em que posso ajudar?",
)
UNSURE: Final = (
    "Só para ter certeza, responda sim ou não:",
    "Preciso de um sim ou de um não:",
)
Dialogue = Callable[[Scene, Slots], Awaitable[Part]]


@dataclass(frozen=True, slots=True)
class Deciding:
    """`dialogue` is the one that proposed, to begin anew where something changed."""

    scene: Scene
    slots: Slots
    dialogue: Dialogue

    async def answer(self, proposal_id: str) -> Part:
        scene = self.scene
        match await self._confirmed(proposal_id):
            case OrderCancelled() as done:
                return await told_cancelled(scene, done, self.slots)
            case ExchangeRecorded() as done:
                return told_recorded(scene, done)
            case CannotCancel() as refused:
                return cannot_cancel(scene, refused)
            case NotAccepted() as verdict:
                return await self._not_accepted(proposal_id, verdict)

    async def again(self, before: str) -> Part | None:
        """The same proposal once more; None where it waits no longer."""
        thread = self.scene.thread
        shown = await self.scene.tools.waiting(thread.proposal) if thread else None
        if shown is None:
            return None
        lead = f"{before}\n" if before else ""
        if isinstance(shown, CancelProposed):
            return show_cancel(self.scene, shown, self.slots, lead)
        return show_exchange(self.scene, shown, self.slots, lead)

    async def _confirmed(self, proposal_id: str) -> Written | CannotCancel | NotAccepted:
        try:
            return await self.scene.tools.confirm_cancel_order(proposal_id)
        except ToolRetry:
            # A button of another crew's proposal, pressed in a form of old.
            return NotAccepted.NOTHING_SHOWN

    async def _not_accepted(self, proposal_id: str, verdict: NotAccepted) -> Part:
        scene = self.scene
        if scene.thread is None:
            return scene.tell(scene.wording.pick("support_gone", GONE))
        before = Slots.of(scene.thread.state)
        if scene.said.assent in (Assent.NO, Assent.LATER) and not self._goes_on(before):
            await scene.tools.desk.closings.void(proposal_id, scene.visit.briefing)
            is_no = scene.said.assent is Assent.NO
            return scene.tell(scene.wording.pick("support_kept", KEPT if is_no else LATER))
        if verdict in (NotAccepted.EXPIRED, NotAccepted.VOID):
            return await self._anew(scene.wording.pick("support_expired", EXPIRED))
        if scene.said.assent is Assent.CHANGE or self._changes(before):
            return await self._anew("")
        return await self.again(scene.wording.pick("support_unsure", UNSURE)) or await self._anew("")

    async def _anew(self, before: str) -> Part:
        """What she says now decides which goods are meant: "sim, mas só o shampoo"."""
        slots = replace(self.slots, step="")
        if self.scene.said.assent is Assent.CHANGE:
            slots = replace(slots, items="", said="")
        part = await self.dialogue(self.scene, slots)
        return prefixed(before, part, "\n") if before and not part.handoff else part

    def _goes_on(self, before: Slots) -> bool:
        """ "não, o S00002", or "cancela" to whether it shall be cancelled: no refusal of the matter."""
        text = self.scene.said.text
        cancels = self.dialogue is cancel and assent_of(text, cancelling=True) is Assent.YES
        return cancels or self.slots.code != before.code

    def _changes(self, before: Slots) -> bool:
        """She names another order, or another reason."""
        said = self.scene.said
        is_other_reason = before.reason and said.reason is not None and said.reason.value != before.reason
        return self.slots.code != before.code or bool(is_other_reason)
