"""While a question is open, whatever says only what it asked for is one answer and nothing else."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import Author, ChannelKind, Contact, Conversation, Message, Status
from chatwootai.domain.crews import Briefing, CrewName, Intent, Request
from chatwootai.domain.profiles import BusinessHours, Profile
from chatwootai.domain.threads import Thread, opened

pytestmark = pytest.mark.unit

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZONE)
PROFILE = Profile("vida", "Vida", "Bia", BusinessHours(ZONE, {}), crews=frozenset(map(str, CrewName)))
SALES, SUPPORT, SCHEDULING = CrewName.SALES, CrewName.SUPPORT, CrewName.SCHEDULING

FIRST = ["Maria", "João", "Ana Lúcia", "Zé", "Conceição", "Rosa", "Pedro Paulo", "Ágata", "Thiago", "Íris"]
LAST = ["das Dores", "da Silva", "Souza", "Ferreira dos Santos", "d'Ávila", "Costa e Silva", "Rocha", "Lima"]
STREETS = ["Rua das Flores", "av. Paulista", "Rua XV de Novembro", "travessa do Sol", "Alameda Santos"]
DAYS = ["sexta", "amanhã", "dia 5", "segunda-feira", "sábado de manhã", "quinta à tarde", "12/12", "hoje"]
CLOCKS = ["às 15h", "as 9:30", "15h", "às 10 da manhã", "14h30"]


def one_of(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(values)


def figures(least: int, most: int) -> st.SearchStrategy[str]:
    return st.integers(least, most).map(str)


def spelled(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda text, spell: str(spell(text)), texts, st.sampled_from([str, str.lower]))


def worded(template: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda values: template.format(*values))


NAMES = worded("{}{}", one_of(*FIRST), one_of("", *(f" {name}" for name in LAST)))
ADDRESSES = worded(
    "{}{}{}{}",
    one_of(*STREETS),
    one_of(", ", " ", " nº "),
    figures(1, 2999),
    one_of("", " ap 3", ", apto 12", " casa 2", ", Centro", " bloco B ap 101, Bela Vista"),
)
WHENS = st.one_of(
    one_of(*DAYS), one_of(*CLOCKS), st.tuples(one_of(*DAYS), one_of(*CLOCKS)).map(lambda both: " ".join(both))
)
POSTAL_CODES = st.integers(1_000_000, 99_999_999).map(lambda code: f"{code:08}"[:5] + "-" + f"{code:08}"[5:])
ANY = one_of("qualquer um", "tanto faz", "o primeiro que tiver", "pode escolher", "o mais cedo possível")
BEFORE = one_of("", "oi, ", "ah, ", "então, ", "claro, ")
AFTER = one_of("", ", por favor", ", obrigada", " por favor", "!", ".")

ANSWERS: dict[str, tuple[CrewName, st.SearchStrategy[str]]] = {
    "name": (SCHEDULING, worded("{}{}", one_of("", "é ", "meu nome é ", "pra ", "é a "), spelled(NAMES))),
    "address": (SALES, spelled(ADDRESSES)),
    "day": (SCHEDULING, WHENS | ANY),
    "slot": (SCHEDULING, WHENS | ANY | one_of("a primeira", "o segundo", "2", "opção 1")),
    "professional": (
        SCHEDULING,
        ANY | worded("{}{}", one_of("com a ", "a ", ""), one_of("Edna", "Dra. Marina")),
    ),
    "postal_code": (SALES, POSTAL_CODES | worded("entrega, cep {}", POSTAL_CODES) | one_of("retirada")),
    "payment": (SALES, one_of("pix", "no cartão", "boleto", "cartão de crédito em 3x", "no débito")),
    "quantity": (SALES, worded("{}{}", figures(1, 30), one_of("", " unidades"))),
    "order": (SUPPORT, worded("{}S{}", one_of("", "pedido ", "o "), figures(10000, 99999))),
    "document": (SUPPORT, one_of("529.982.247-25", "52998224725", "meu cpf é 529.982.247-25")),
    "phone": (SUPPORT, one_of("(11) 98765-4321", "11987654321", "meu telefone é 11 98765-4321")),
    "reason": (SUPPORT, one_of("veio quebrado", "não gostei da cor", "ficou pequeno", "já usei um pouco")),
    "yes": (SALES, one_of("sim", "pode confirmar", "isso mesmo", "não", "👍", "ok", "fechado", "não quero")),
}


def read(text: str, crew: CrewName, asks: str) -> tuple[Request, ...]:
    conversation = Conversation(
        ConversationKey(AccountId("1"), 7),
        1,
        ChannelKind.WHATSAPP,
        Status.PENDING,
        can_reply=True,
        contact=Contact(1, "Ana Souza"),
    )
    memory = opened({}, Thread(crew, "", asks))
    messages = (Message(100, Author.CUSTOMER, text, NOW),)
    return Reader().requests(Briefing(conversation, PROFILE, messages, NOW, (), memory))


@pytest.mark.parametrize("asks", ANSWERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_only_what_was_asked_for_is_one_answer(asks: str, data: st.DataObject) -> None:
    crew, answers = ANSWERS[asks]
    before = one_of("", "oi, ") if asks == "yes" else BEFORE
    text = data.draw(worded("{}{}{}", before, answers, AFTER), label="text")
    requests = read(text, crew, asks)
    wanted = {Intent.YES, Intent.NO} if asks == "yes" else {Intent.ANSWER}
    assert [(request.intent in wanted, request.crew) for request in requests] == [(True, crew)]


@pytest.mark.parametrize("asks", ["name", "address", "reason", "document", "phone", "postal_code"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_she_tells_of_herself_names_no_product(asks: str, data: st.DataObject) -> None:
    crew, answers = ANSWERS[asks]
    text = data.draw(worded("{}{}{}", BEFORE, answers, AFTER), label="text")
    assert [request.mention for request in read(text, crew, asks)] == [""]
