"""The tools of scheduling, bound to one turn of one conversation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from chatwootai.crews.desk import Desk
from chatwootai.crews.scheduling.bench import Bench
from chatwootai.crews.scheduling.closing import confirm
from chatwootai.crews.scheduling.facts import (
    AppointmentFacts,
    DoneFacts,
    NotDone,
    ProfessionalFacts,
    ProposalFacts,
    ServiceFacts,
    Times,
)
from chatwootai.crews.scheduling.proposing import propose_booking, propose_cancellation, propose_reschedule
from chatwootai.crews.scheduling.times import Search, find_times
from chatwootai.crews.scheduling.treatments import Meant, Treatments
from chatwootai.crews.scheduling.wishes import Wish
from chatwootai.crews.tools import Visit, tool
from chatwootai.domain.errors import ToolRetry
from chatwootai.domain.knowledge import PassageKind
from chatwootai.domain.requests import PartOfDay

NEAR: int = 4
"""Services offered that resemble something which is none."""


@dataclass(frozen=True, slots=True)
class SchedulingTools:
    """Whose appointments they are, the conversation tells: no tool takes a customer."""

    desk: Desk
    visit: Visit
    bench: Bench = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bench", Bench(self.desk, self.visit))

    @tool(
        "Lista os serviços que podem ser agendados, com preço e duração em minutos. Com um nome, só os que"
        " combinam com ele."
    )
    async def services(self, name: str = "") -> tuple[ServiceFacts, ...]:
        known = await self.bench.services()
        return Treatments(known).find(name).found if name.strip() else tuple(known)

    @tool("Procura serviços parecidos com o que a pessoa descreveu, quando nenhum tem esse nome.")
    async def similar_services(self, text: str) -> tuple[ServiceFacts, ...]:
        found = await self.desk.knowledge.search(text, kinds={PassageKind.SERVICE}, limit=NEAR)
        near = [await self.bench.service(each.passage.record) for each in found if each.passage.record]
        return tuple(each for each in near if each is not None)

    @tool("Diz quais profissionais fazem um serviço (pelo id do serviço).")
    async def professionals(self, service_id: int) -> tuple[ProfessionalFacts, ...]:
        await self._known(service_id)
        return tuple(await self.bench.people(service_id))

    @tool(
        "Mostra poucos horários livres de um serviço, bem espalhados. Sem dias, os próximos. Se `reason` vier"
        " preenchido, o que a pessoa pediu não dá e os horários são os mais próximos."
    )
    async def free_slots(
        self,
        service_id: int,
        days: tuple[date, ...] = (),
        at: time | None = None,
        part: PartOfDay | None = None,
        not_before: time | None = None,
        not_after: time | None = None,
        professional_id: int = 0,
        moving_appointment_id: int = 0,
        preferred_professional_id: int = 0,
        for_somebody_else: bool = False,
    ) -> Times:
        await self._known(service_id)
        wish = Wish(days, at, part, not_before, not_after)
        search = Search(
            service_id,
            wish,
            professional_id,
            moving_appointment_id,
            preferred_professional_id,
            own=not for_somebody_else,
        )
        return await find_times(self.bench, search)

    @tool(
        "Prepara o resumo de um agendamento e reserva o horário enquanto a pessoa responde. `slot` é a chave"
        " de um horário livre. `patient` é o nome de quem vem, se não for quem escreve. Nada é marcado ainda."
    )
    async def propose_booking(self, service_id: int, slot: str, patient: str = "") -> ProposalFacts | NotDone:
        return await propose_booking(self.bench, service_id, slot, patient)

    @tool("Prepara a mudança de um horário da própria pessoa para outro. Nada muda antes do sim.")
    async def propose_reschedule(self, appointment_id: int, slot: str) -> ProposalFacts | NotDone:
        return await propose_reschedule(self.bench, appointment_id, slot)

    @tool("Prepara o cancelamento de um horário da própria pessoa. Nada é cancelado antes do sim.")
    async def propose_cancellation(self, appointment_id: int) -> ProposalFacts | NotDone:
        return await propose_cancellation(self.bench, appointment_id)

    @tool("Executa uma proposta à qual a pessoa disse sim em uma mensagem depois do resumo.")
    async def confirm(self, proposal_id: str) -> DoneFacts | NotDone:
        return await confirm(self.bench, proposal_id)

    @tool("Desiste de uma proposta e libera o horário que ela reservava.")
    async def withdraw(self, proposal_id: str) -> None:
        await self.desk.closings.void(proposal_id, self.visit.briefing)

    @tool(
        "Lista os horários marcados da própria pessoa, dos que terminaram há no máximo `hours_back` horas em"
        " diante. Vazio também quando não se sabe quem é."
    )
    async def my_appointments(self, hours_back: int = 0) -> tuple[AppointmentFacts, ...]:
        customer = await self.bench.customer()
        if customer is None:
            return ()
        after: datetime = self.bench.now - timedelta(hours=max(0, hours_back))
        booked = await self.desk.calendar.of_customer(customer.id, after)
        return tuple([await self.bench.appointment(each) for each in booked])

    async def meant(self, text: str) -> tuple[Meant, ...]:
        """The treatments that `text` names, one `Meant` for each."""
        return Treatments(await self.bench.services()).several(text)

    async def _known(self, service_id: int) -> None:
        if await self.bench.service(service_id) is None:
            raise ToolRetry(f"Não há serviço com o id {service_id}. Use os ids de `services`.")
