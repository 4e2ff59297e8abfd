"""Impatient customers at the shop that the simulation sells, from the first word to the last.

Each dialogue is what the customer wrote, turn by turn, and what the answers must say ("" for anything); a
text after "!" must not be said. " / " parts the messages of one burst, "⇒" begins the choices.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.fakes.catalog import FakeCatalog
from tests.fakes.helpdesk import FakeHelpdesk
from tests.fixtures.selling import desk_with

import chatwootai.simulators.odoo.samples as samples
from chatwootai.channels import CHANNELS
from chatwootai.crews.dialogues.frontdesk import Frontdesk
from chatwootai.crews.info.crew import InfoCrew
from chatwootai.crews.sales.crew import SalesCrew
from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.conversations import Author, ChannelKind, Contact, Conversation, Message, Status
from chatwootai.domain.crews import Briefing, Crew, CrewName, Memory
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.money import Money
from chatwootai.domain.outcomes import Handoff
from chatwootai.hub.accounts import Account
from chatwootai.hub.guardrails.grounding import ungrounded
from chatwootai.hub.routing import respond
from chatwootai.integrations.profiles.loading import load_profile

pytestmark = pytest.mark.unit

PRODUCTS = Path(samples.__file__).parent / "shops" / "bela_cosmeticos" / "products.csv"
PROFILE = Path(__file__).parents[3] / "profiles" / "cosmeticos.yaml"
WEDNESDAY_MORNING = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))
CUSTOMER = Conversation(
    ConversationKey(AccountId("1"), 7), 1, ChannelKind.WHATSAPP, Status.PENDING, True, Contact(1, "Ana Souza")
)


def _offers() -> list[Offer]:
    with PRODUCTS.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if not row["flags"]]
    return [
        Offer(
            Product(number, row["name"], row["code"], row["category"]),
            Money(Decimal(row["price"])),
            None if row["stock"] == "-" else Decimal(row["stock"]),
        )
        for number, row in enumerate(rows, start=1)
    ]


@dataclass(slots=True)
class Talk:
    """One customer's conversation; `hears` is a turn and returns all that she sees of the answer."""

    account: Account
    now: datetime = WEDNESDAY_MORNING
    memory: Memory | None = None
    history: tuple[Message, ...] = ()
    handed_over: bool = False

    async def hears(self, burst: str) -> str:
        self.now += timedelta(seconds=30)
        first = 1 + max((message.id for message in self.history), default=0)
        said = tuple(
            Message(first + place, Author.CUSTOMER, text, self.now)
            for place, text in enumerate(burst.split(" / "))
        )
        briefing = Briefing(CUSTOMER, self.account.profile, said, self.now, self.history, self.memory or {})
        ledger = Ledger()
        draft, _ = await respond(self.account, briefing, ledger)
        outcome = draft.outcome
        assert not ungrounded(outcome.text, ledger)
        self.memory = draft.memory
        self.history += (*said, Message(said[-1].id + 1, Author.BOT, outcome.text, self.now))
        self.handed_over = isinstance(outcome, Handoff)
        choices = () if isinstance(outcome, Handoff) else outcome.choices
        return " ⇒ ".join([outcome.text, *(choice.title for choice in choices)])


@pytest.fixture
def talk() -> Talk:
    desk = desk_with(FakeCatalog(_offers()))
    crews: dict[CrewName, Crew] = {CrewName.SALES: SalesCrew(desk), CrewName.INFO: InfoCrew(desk)}
    profile, reader = load_profile(PROFILE), Reader()
    frontdesk = Frontdesk(desk.leads)
    return Talk(Account(AccountId("1"), profile, FakeHelpdesk(), reader, crews, frontdesk, CHANNELS))


PERSON = "⇒ Falar com uma pessoa"
DIALOGUES: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("oi, vocês estão abertos?", "Bom dia, Ana! "),
        ("qto custa o shampoo hidratante?", "**Shampoo Hidratante Coco 300 ml**"),
        ("tem em estoque?", "12 unidades"),
        ("quero falar com uma pessoa", "pessoa da equipe"),
    ),
    (
        ("Oi, vocês têm hidratante para pele oleosa?", "Gel de Limpeza Facial Pele Oleosa 150 g – R$ 42,90"),
        ("1", "**Hidratante Corporal Karité 200 ml**"),
        ("tem o maior?", "**Hidratante Corporal Karité 400 ml**"),
    ),
    (
        ("qto custa o shampoo de coco?", "R$ 39,90"),
        ("tem em estoque?", "12 unidades"),
        ("e o condicionador?", "**Condicionador Hidratante Coco 300 ml**"),
        ("e o kit?", "**Kit Coco Shampoo e Condicionador 300 ml**"),
    ),
    (
        ("qto custa o perfume floral?", "⇒ Perfume Floral Jardim de Verão 50 ml – R$ 129,90"),
        ("tem em estoque?", "temos 10 unidades"),
        ("o de 50", "**Perfume Floral Jardim de Verão 50 ml**"),
    ),
    (
        ("tem perfume floral?", "Qual"),
        ("quanto custa?", "R$ 199,90"),
        ("2", "**Perfume Floral Jardim de Verão 50 ml**"),
    ),
    (("qto custa?", "produto"), ("asdfgh", "!Não encontrei"), ("qual o preço de qwerty?", "!Não encontrei")),
    (
        ("tem shampoo?", "⇒"),
        ("asdasd", "não entendi"),
        ("o de coco", "**Shampoo Hidratante Coco 300 ml**"),
    ),
    (("tem shampoo?", "⇒"), ("o mais barato", "**Shampoo Infantil Sem Lágrimas 250 ml**")),
    (("qual o batom mais barato?", "!Nude"),),
    (("tem shampoo?", "⇒"), ("nenhum desses", PERSON)),
    (("tem água micelar?", "⇒"), ("a maior", "400 ml**"), ("e o preço da menor?", "200 ml**")),
    (("tem base?", "⇒"), ("clara", "Tom Claro"), ("e média?", "Tom Médio")),
    (("tem vale presente?", "⇒"), ("de 100", "**Vale-presente R$ 100**")),
    (("oi / quanto ta o batom / matte vermelho", "!⇒"),),
    (("tem shampoo matizador e condicionador matizador?", "**Condicionador Matizador Platinado 300 ml**"),),
    (("quero 2 shampoos de coco e 1 condicionador", "**Condicionador Hidratante Coco 300 ml**"),),
    (("qto custa o kit de coco?", "R$ 74,90"), ("e o shampoo sozinho?", "R$ 39,90")),
    (("tem batom vermelho?", "R$ 29,90"), ("vou levar 2", "2 × **Batom Matte Vermelho Paixão**")),
    (("vou levar o batom vermelho", "1 × **Batom Matte Vermelho Paixão**"), ("retirar", "pagar")),
    (("me ve um batom", "⇒"), ("o vinho", "Vinho"), ("quanto deu?", "R$ 34,90")),
    (("tem rímel?", "Máscara de Cílios"),),
    (("sérum de vitamina C tem?", "**Sérum Facial Vitamina C"), ("é bom pra mancha?", "!Colônia")),
    (("tem horário amanhã?", "!Colônia"),),
    (("tem perfume masculino?", "!masculino"),),
    (("vcs vendem fralda?", "Trabalhamos com shampoos"),),
    (("meu pedido não chegou", "pedidos"), ("não", "!Perfeito")),
    (("aceita pix?", "Pix"), ("e cartão?", "cartão")),
    (("qual o melhor shampoo pra cabelo oleoso?", PERSON), ("e pra cabelo seco?", "!não entendi")),
    (("hello, do you speak english?", "Portuguese"), ("yes please", "person of the team")),
    (("robô burro", "!não entendi"),),
    (("quanto custa o shampoo de coco e vcs entregam?", "39,90 ~ Motoboy"),),
    (("qro fla cm atendente", "pessoa da equipe"),),
    (("VCS TEM PROTETOR SOLAR???", "“protetor solar”"), ("o facial", "⇒"), ("o mais barato", "R$ 74,90")),
    (("Tem shampoo de bebe?", "⇒"), ("o infantil", "**Shampoo Infantil Sem Lágrimas 250 ml**")),
    (("quero o shampoo de coco mas so tenho 30 reais", "R$ 39,90"), ("tem mais barato?", "R$")),
    (("tem algo pra oleosidade?", "!Óleo"),),
    (("tem batom?", "⇒"), ("1 e 3", "Rosa Antigo"), ("separa 2 pra mim", "⇒ Batom")),
    (("oi / tem alguem ai? / ??", "!não entendi"), ("cadê vcs", "!não entendi")),
    (("kd minha encomenda???", "pedidos"), ("ja faz 10 dias", "!R$")),
    (("manda foto do batom", "!R$"), ("ata", "!não entendi")),
    (("o que vcs vendem?", "shampoos, séruns e tratamentos"),),
    (("pode ser um kit", "Kit Coco"),),
    (("é vc que fica no shopping?", "Rua das Acácias"), ("tem loja?", "Rua das Acácias")),
    (("obrigada", ""), ("de nada", "!não entendi")),
)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[turns[0][0] for turns in DIALOGUES])
async def test_a_dialogue_goes_on_as_a_customer_expects(
    talk: Talk, dialogue: tuple[tuple[str, str], ...]
) -> None:
    for said, wanted in dialogue:
        answer = await talk.hears(said)
        if wanted.startswith("!"):
            assert wanted[1:].lower() not in answer.lower()
            continue
        assert all(part.lower() in answer.lower() for part in wanted.split(" ~ ")), answer
