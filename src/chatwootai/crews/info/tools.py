"""The info crew's tools: what the profile and the ERP tell of the shop, in sentences that may be said."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.brazil.postal import parse
from chatwootai.crews.desk import ShopWindow
from chatwootai.crews.dialogues.faq import answered_by
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.info.about import about
from chatwootai.crews.info.delivering import delivery
from chatwootai.crews.info.exchanging import exchange_policy
from chatwootai.crews.info.hours import tell_hours
from chatwootai.crews.info.offers import loyalty, promotions
from chatwootai.crews.info.paying import payment
from chatwootai.crews.info.place import address, contact
from chatwootai.crews.info.telling import quoted
from chatwootai.crews.tools import Visit, tool
from chatwootai.domain.crews import CrewName, Intent, Request
from chatwootai.domain.errors import ToolRetry
from chatwootai.domain.requests import Entities


@dataclass(frozen=True, slots=True)
class InfoTools:
    """Bound to one conversation. Every figure that a tool returns is in the ledger."""

    desk: ShopWindow
    visit: Visit

    @tool(
        "Horário de funcionamento. `dia` é como o cliente disse (hoje, sábado, 25/12), vazio para a semana."
    )
    async def business_hours(self, dia: str = "") -> str:
        return tell_hours([dia], self.visit.briefing, self._wording, self.visit.ledger)

    @tool("Endereço da loja.")
    async def shop_address(self) -> str:
        return address((), self.visit, self._wording)

    @tool("Telefone, e-mail, site, Instagram e estacionamento. `pergunta` é o que o cliente quer saber.")
    async def contacts(self, pergunta: str = "") -> str:
        return contact((self._request(Intent.CONTACT, pergunta),), self.visit, self._wording)

    @tool("Formas de pagamento, parcelas e desconto no Pix. `pergunta` é o que o cliente quer saber.")
    async def payment_forms(self, pergunta: str = "") -> str:
        return payment((self._request(Intent.PAYMENT, pergunta),), self.visit, self._wording)

    @tool("Formas, preços e prazos de entrega; com `cep`, só as que atendem aquele CEP.")
    async def delivery_ways(self, cep: str = "") -> str:
        code = parse(cep) if cep else None
        if cep and code is None:
            raise ToolRetry(f"“{cep}” não é um CEP; peça os oito dígitos ao cliente.")
        codes = (code.digits,) if code else ()
        asked = self._request(Intent.DELIVERY, "", Entities(postal_codes=codes))
        return delivery((asked,), self.visit, self._wording)

    @tool("Regras de troca, devolução e garantia. `pergunta` é o que o cliente quer saber.")
    async def exchange_rules(self, pergunta: str) -> str:
        asked = self._request(Intent.EXCHANGE_POLICY, pergunta)
        return exchange_policy((asked,), self.visit, self._wording)

    @tool("Promoções e cupons que valem hoje.")
    async def promotions_today(self) -> str:
        return await promotions(self.desk, self.visit, self._wording)

    @tool("Programa de fidelidade e, quando se sabe quem é o cliente, os pontos dele.")
    async def loyalty_points(self) -> str:
        return await loyalty(self.desk, self.visit, self._wording)

    @tool("Outras informações da loja: atacado, vagas, catálogo e perguntas frequentes.")
    async def about_the_shop(self, pergunta: str) -> str:
        known = answered_by(pergunta, self.visit.briefing.profile.faq)
        if known:
            return quoted(self.visit, "faq", known.answer)
        asked = self._request(Intent.ABOUT, pergunta)
        return await about((asked,), self.desk, self.visit, self._wording)

    @property
    def _wording(self) -> Wording:
        return Wording(self.visit.briefing)

    def _request(self, intent: Intent, text: str, entities: Entities | None = None) -> Request:
        return Request(intent, CrewName.INFO, text, entities=entities or Entities())
