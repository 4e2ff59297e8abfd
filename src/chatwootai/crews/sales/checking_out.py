"""The way from a cart to its summary: the one thing that is still missing is asked, nothing that is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from chatwootai.brazil.money import format_brl
from chatwootai.brazil.postal import parse
from chatwootai.crews.dialogues.answers import remembered
from chatwootai.crews.dialogues.freights import days
from chatwootai.crews.dialogues.notunderstood import PERSON_CHOICE, handed_over
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales import checkout as checkouts
from chatwootai.crews.sales.checkout import DELIVERY, PICKUP, Checkout, checkout_of
from chatwootai.crews.sales.counter import taken
from chatwootai.crews.sales.details import FREIGHT_VALUE, PAYMENT_VALUE
from chatwootai.crews.sales.freight import FreightQuote, chosen_of
from chatwootai.crews.sales.ordering import DIALOGUE, NotOrdered, Ordering
from chatwootai.crews.sales.summary import OrderSummary, quantity, summary_of, text_of
from chatwootai.crews.sales.tools import SalesTools
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import fold
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import CrewName
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.outcomes import HandoffReason
from chatwootai.domain.profiles import Profile
from chatwootai.domain.proposals import Proposal
from chatwootai.domain.threads import Thread, of_crew, opened
from chatwootai.hub.yes import no_value, yes_value

PICKUP_CHOICE: Final = Choice("Retirar na loja", f"way:{PICKUP}")
MOST_ASKED: Final = 2
"""Times that the same is asked in a row; then a person helps."""
LONGEST_TITLE: Final = 24
"""Letters of a choice in a list of WhatsApp."""

HOW = (
    "Para entregar, qual é o CEP? Ou, se preferir, dá para retirar na loja.",
    "Me manda o CEP da entrega? Se preferir, você também pode retirar na loja.",
)
POSTAL_CODE = ("Qual é o CEP da entrega?", "Me manda o CEP para eu ver o frete?")
NOT_SERVED = (
    "Para o CEP {code} ainda não entregamos.",
    "Infelizmente não entregamos no CEP {code}.",
)
NO_PICKUP = ("Retirada na loja nós não temos, mas entregamos.", "Não temos retirada, mas fazemos entrega.")
NO_DELIVERY = (
    "Entrega nós não fazemos, só retirada na loja. Pode ser?",
    "Por aqui é só retirada na loja. Serve para você?",
)
BY_PEOPLE = (
    "O frete da {name} para esse CEP é a equipe que calcula. Quer falar com uma pessoa?",
    "Para esse CEP a entrega é por {name}, e a equipe precisa cotar o frete. Chamo uma pessoa?",
)
WHICH_FREIGHT = ("Como prefere a entrega?\n{ways}", "Temos estas formas de entrega:\n{ways}\nQual você quer?")
ADDRESS = (
    "Qual é o endereço completo, com número e complemento?",
    "E o endereço completo? Rua, número e complemento, por favor.",
)
PAYMENT = ("Como prefere pagar?", "Qual vai ser a forma de pagamento?")
PAYMENT_AGAIN = ("Dessa forma não trabalhamos. Pode ser uma destas?", "Só uma destas formas. Qual prefere?")
NAME = ("Em nome de quem fica o pedido?", "Qual é o seu nome completo?")
NAME_AND_PHONE = (
    "Para o pedido, me diz seu nome completo e um telefone com DDD?",
    "Qual é o seu nome completo e o telefone com DDD, para o pedido?",
)
PHONE = ("E um telefone com DDD, por favor?", "Qual é o seu telefone com DDD?")
DOCUMENT = (
    "Há mais de um cadastro com este número. Qual é o seu CPF?",
    "Este número está em mais de um cadastro. Me diz seu CPF?",
)
CONFIRM = ("Posso confirmar o pedido?", "Está tudo certo? Posso confirmar?")
PIX_DISCOUNT = (
    "Pagando no Pix, a equipe desconta {percent}% desse total na hora do pagamento.",
    "No Pix há {percent}% de desconto sobre esse total; a equipe aplica na hora do pagamento.",
)
LEADS = ("Confira o seu pedido:", "Seu pedido ficou assim:")


@dataclass(frozen=True, slots=True)
class CheckingOut:
    """`progressed` tells that she answered or changed something, so that a question is asked afresh."""

    visit: Visit
    wording: Wording
    tools: SalesTools
    progressed: bool = True

    async def next(self) -> Part | NotOrdered:
        """The next question, or the summary that waits for her yes. The cart holds something."""
        asked = await self._delivery() or self._payment() or await self._her()
        if asked is not None:
            return asked
        proposed = await self.tools.propose_order()
        return self.shown(proposed) if isinstance(proposed, OrderSummary) else proposed

    def shown(self, summary: OrderSummary) -> Part:
        """The summary with its question; `Ordering` has opened the thread."""
        lead, ask = self.wording.pick("summary", LEADS), self.wording.pick("confirm", CONFIRM)
        told = "\n".join(each for each in (lead, text_of(summary), self._pix_discount(summary)) if each)
        return self._offered(f"{told}\n\n{ask}", answers_to(summary.proposal_id))

    def shown_again(self, proposal: Proposal, times: int = 1) -> Part:
        """The summary that waits, unchanged."""
        Ordering(self.tools.desk, self.visit).show(proposal, times)
        return self.shown(summary_of(proposal))

    def _pix_discount(self, summary: OrderSummary) -> str:
        """What people take off once she pays, which is in no order's total."""
        percent = self._profile.payment.pix_discount
        if not percent or "pix" not in fold(summary.checkout.payment):
            return ""
        words = {"percent": quantity(percent)}
        return self.wording.pick("pix_discount", PIX_DISCOUNT, words)

    async def _delivery(self) -> Part | None:
        rules, known = self._profile.delivery, self._checkout
        if known.way == PICKUP and not rules.pickup and rules.freights:
            self._remember(way=DELIVERY)
            return self._ask("postal_code", self.wording.pick("no_pickup", NO_PICKUP), postal=True)
        if known.way == DELIVERY and not rules.freights and rules.pickup:
            self._remember(way="")
            return self._ask("postal_code", self.wording.pick("no_delivery", NO_DELIVERY), (PICKUP_CHOICE,))
        if not known.way:
            if rules.freights and rules.pickup:
                return self._ask("postal_code", self.wording.pick("how", HOW), (PICKUP_CHOICE,))
            self._remember(way=DELIVERY if rules.freights else PICKUP if rules.pickup else "")
        return await self._delivered() if self._checkout.way == DELIVERY else None

    async def _delivered(self) -> Part | None:
        known = self._checkout
        if not known.postal_code:
            choices = (PICKUP_CHOICE,) if self._profile.delivery.pickup else ()
            return self._ask("postal_code", self.wording.pick("postal_code", POSTAL_CODE), choices)
        quotes = await self.tools.freight(known.postal_code)
        if not quotes:
            return self._not_served(known.postal_code)
        chosen = chosen_of(quotes, known.freight)
        if chosen is None:
            return self._which_freight(quotes)
        if chosen.price is None:
            self._remember(postal_code="", freight="")
            self.wording.offer_person()
            text = self.wording.pick("by_people", BY_PEOPLE, {"name": chosen.name})
            pickup = (PICKUP_CHOICE,) if self._profile.delivery.pickup else ()
            return self._ask("postal_code", text, (PERSON_CHOICE, *pickup))
        self._remember(freight=chosen.name)
        if known.address:
            return None
        return self._ask("address", self.wording.pick("address", ADDRESS))

    def _not_served(self, postal_code: str) -> Part:
        code = parse(postal_code)
        words = {"code": code.formatted if code else postal_code}
        self._remember(postal_code="", freight="")
        text = self.wording.pick("not_served", NOT_SERVED, words)
        if self._profile.delivery.pickup:
            text = f"{text} Quer retirar na loja, ou tem outro CEP?"
            return self._ask("postal_code", text, (PICKUP_CHOICE, PERSON_CHOICE))
        return self._ask("postal_code", f"{text} Tem outro CEP?", (PERSON_CHOICE,))

    def _which_freight(self, quotes: tuple[FreightQuote, ...]) -> Part:
        ways = "\n".join(f"• **{quote.name}**: {_price(quote)}, {days(quote)}" for quote in quotes)
        choices = tuple(Choice(_title(quote.name), f"{FREIGHT_VALUE}{quote.name}") for quote in quotes)
        return self._ask(
            "freight", self.wording.pick("which_freight", WHICH_FREIGHT, {"ways": ways}), choices
        )

    def _payment(self) -> Part | None:
        methods = self._profile.payment.methods
        if self._checkout.payment or not methods:
            return None
        if len(methods) == 1:
            self._remember(payment=methods[0])
            return None
        choices = tuple(
            Choice(_title(_capital(method)), f"{PAYMENT_VALUE}{place}")
            for place, method in enumerate(methods)
        )
        self.visit.ledger.facts.extend(Fact(FactKind.TEXT, "payment", method) for method in methods)
        again = not self.progressed and self._asked == "payment"
        slot, variants = ("payment_again", PAYMENT_AGAIN) if again else ("payment", PAYMENT)
        return self._ask("payment", self.wording.pick(slot, variants), choices)

    async def _her(self) -> Part | None:
        ordering = Ordering(self.tools.desk, self.visit)
        unknown = await ordering.unknown_of_her(self._checkout)
        if not unknown:
            return None
        if unknown == "person":
            return self.to_person()
        if unknown == "document":
            return self._ask("document", self.wording.pick("document", DOCUMENT))
        if unknown == "phone":
            return self._ask("phone", self.wording.pick("phone", PHONE))
        lacks_phone = not ordering.has_phone(self._checkout)
        variants = NAME_AND_PHONE if lacks_phone else NAME
        return self._ask("name", self.wording.pick("name", variants))

    def to_person(self, *, urgent: bool = False) -> Part:
        """What is asked in vain, or stands in the ERP as it should not, is for people."""
        visit = self.visit
        return taken(
            handed_over(
                HandoffReason.NOT_UNDERSTOOD, visit.briefing, self.wording, visit.ledger, urgent=urgent
            ),
            visit,
        )

    def _ask(self, slot: str, text: str, choices: tuple[Choice, ...] = (), *, postal: bool = False) -> Part:
        before = of_crew(self.visit.memory, CrewName.SALES)
        again = before is not None and before.dialogue == DIALOGUE and before.asks == slot
        times = before.times + 1 if before and again and not self.progressed else 1
        if times > MOST_ASKED:
            return self.to_person()
        if postal:
            text = f"{text} {self.wording.pick('postal_code', POSTAL_CODE)}"
        thread = Thread(CrewName.SALES, DIALOGUE, slot, times=times)
        self.visit.memory.update(opened(self.visit.memory, thread))
        return self._offered(text, choices)

    def _offered(self, text: str, choices: tuple[Choice, ...]) -> Part:
        self.visit.memory.update({**remembered(choices), "awaiting": None, "pool": None})
        return Part(text, choices)

    def _remember(self, **known: str) -> None:
        self.visit.memory.update(checkouts.kept(replace(self._checkout, **known)))

    @property
    def _asked(self) -> str:
        thread = of_crew(self.visit.memory, CrewName.SALES)
        return thread.asks if thread is not None else ""

    @property
    def _checkout(self) -> Checkout:
        return checkout_of(self.visit.memory)

    @property
    def _profile(self) -> Profile:
        return self.visit.briefing.profile


def answers_to(proposal_id: str) -> tuple[Choice, ...]:
    """The buttons under a summary."""
    return (
        Choice("Confirmar pedido", yes_value(proposal_id)),
        Choice("Não, obrigado", no_value(proposal_id)),
    )


def _price(quote: FreightQuote) -> str:
    if quote.price is None:
        return "frete a cotar"
    return "grátis" if quote.is_free else format_brl(quote.price)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _title(text: str) -> str:
    if len(text) <= LONGEST_TITLE:
        return text
    return text[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
