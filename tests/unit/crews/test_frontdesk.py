from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.fakes.leads import FakeLeads

from chatwootai.crews.dialogues.frontdesk import Frontdesk
from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.conversations import Author, Message
from chatwootai.domain.crews import Briefing, Draft, Intent, Request
from chatwootai.domain.ledger import FactKind, Ledger
from chatwootai.domain.outcomes import Handoff, HandoffReason, Reply
from chatwootai.domain.profiles import Profile

pytestmark = pytest.mark.unit

Brief = Callable[..., Briefing]
FRIDAY_NIGHT = datetime(2026, 11, 27, 21, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))


async def answer(briefing: Briefing, ledger: Ledger | None = None) -> Draft:
    requests = Reader().requests(briefing)
    mine = tuple(request for request in requests if request.crew is None)
    read = replace(briefing, requests=requests)
    return await Frontdesk(FakeLeads()).respond(mine, read, ledger or Ledger())


def handoff(draft: Draft) -> Handoff:
    assert isinstance(draft.outcome, Handoff)
    return draft.outcome


def reply(draft: Draft) -> Reply:
    assert isinstance(draft.outcome, Reply)
    return draft.outcome


async def test_who_wants_a_person_is_told_what_happens_now(brief: Brief) -> None:
    outcome = handoff(await answer(brief("quero falar com uma pessoa")))
    assert outcome.reason is HandoffReason.CUSTOMER_ASKED
    assert "pessoa da equipe" in outcome.text
    assert "por aqui mesmo" in outcome.text
    assert not outcome.urgent


async def test_outside_hours_she_is_told_when_she_will_be_answered(brief: Brief) -> None:
    ledger = Ledger()
    outcome = handoff(await answer(brief("quero um atendente", now=FRIDAY_NIGHT), ledger))
    assert "amanhã, a partir das 9h" in outcome.text
    assert "Fora do horário" in outcome.summary
    assert [fact.kind for fact in ledger.facts] == [FactKind.TIME]


async def test_a_shop_that_never_opens_promises_no_time(brief: Brief, profile: Profile) -> None:
    closed = replace(profile, hours=replace(profile.hours, week={}))
    outcome = handoff(await answer(brief("quero um atendente", profile=closed)))
    assert "guardada" in outcome.text


async def test_the_colleague_reads_who_where_why_and_what(brief: Brief) -> None:
    said = Message(90, Author.BOT, "Bom dia! Eu sou Bia.", FRIDAY_NIGHT)
    outcome = handoff(await answer(brief("me chama a gerente", history=(said,))))
    for part in (
        "Ana Souza",
        "WhatsApp",
        "pediu para falar com uma pessoa",
        "me chama a gerente",
        "Eu sou Bia",
    ):
        assert part in outcome.summary


async def test_a_note_carries_no_template_and_no_link(brief: Brief) -> None:
    outcome = handoff(await answer(brief("quero um atendente {{contact.email}} ![x](http://x) {% if %}")))
    assert "{{" not in outcome.summary
    assert "{%" not in outcome.summary
    assert "](" not in outcome.summary


@pytest.mark.parametrize(
    "text", ["vou no procon", "vou abrir reclamação no reclame aqui", "meu advogado vai ligar"]
)
async def test_a_threat_is_urgent(brief: Brief, text: str) -> None:
    assert handoff(await asked(Intent.PERSON, brief(text))).urgent


async def test_the_first_time_not_understood_is_an_honest_question(brief: Brief) -> None:
    draft = await answer(brief("meu cachorro tá doente"))
    outcome = reply(draft)
    assert "não entendi" in outcome.text.lower()
    assert [choice.title for choice in outcome.choices] == [
        "Preço de um produto",
        "Horário",
        "Falar com uma pessoa",
    ]
    assert draft.memory["not_understood"] == 1
    assert draft.memory["choices"] == ["preco", "horario", "pessoa"]


async def test_what_is_understood_but_beyond_us_is_not_called_not_understood(brief: Brief) -> None:
    assert "não entendi" not in reply(await answer(brief("vcs aceitam pix?"))).text.lower()


async def test_the_second_time_in_a_row_hands_over(brief: Brief) -> None:
    first = await answer(brief("meu cachorro tá doente"))
    second = await answer(brief("ele não quer comer", memory=first.memory))
    assert handoff(second).reason is HandoffReason.NOT_UNDERSTOOD
    assert second.memory["not_understood"] is None


@pytest.mark.parametrize(("kind", "word"), [("audio", "áudios"), ("image", "imagens"), ("video", "vídeos")])
async def test_what_cannot_be_heard_or_seen_is_asked_for_in_writing(
    brief: Brief, kind: str, word: str
) -> None:
    unheard = Message(5, Author.CUSTOMER, "", FRIDAY_NIGHT, attachments=(kind,))
    outcome = reply(await answer(brief(unheard)))
    assert word in outcome.text
    assert "screve" in outcome.text


async def test_who_declines_a_person_goes_on_with_the_bot(brief: Brief) -> None:
    draft = await answer(brief("não quero falar com atendente", memory={"not_understood": 1}))
    assert reply(draft).choices == ()
    assert "not_understood" not in draft.memory


async def test_beside_an_answered_question_only_the_rest_is_regretted(brief: Brief) -> None:
    briefing = brief("quanto custa o gloss?", memory={"not_understood": 1})
    rest = (Request(Intent.UNKNOWN, None, "vcs entregam?"),)
    briefing = replace(briefing, requests=(*Reader().requests(briefing), *rest))
    draft = await Frontdesk(FakeLeads()).respond(rest, briefing, Ledger())
    outcome = reply(draft)
    assert "ntrega" in outcome.text
    values = [choice.value for choice in outcome.choices]
    assert values == ["intent:delivery", "intent:order_status", "pessoa"]
    assert "offered_person" not in draft.memory


async def asked(intent: Intent, briefing: Briefing) -> Draft:
    """What the desk answers to a message that is known to mean this."""
    requests = (Request(intent, None, briefing.messages[0].text),)
    return await Frontdesk(FakeLeads()).respond(requests, briefing, Ledger())


async def test_a_yes_to_a_question_in_english_is_answered_in_english(brief: Brief) -> None:
    first = brief("hi, do you speak english?")
    offer = await asked(Intent.OTHER_LANGUAGE, first)
    later = brief("yes please", memory=offer.memory, history=first.messages, first_id=200)
    outcome = handoff(await asked(Intent.PERSON, later))
    assert outcome.reason is HandoffReason.OTHER_LANGUAGE
    assert "person of the team" in outcome.text


async def test_whoever_went_on_in_portuguese_is_handed_over_in_portuguese(brief: Brief) -> None:
    first = brief("hi, do you speak english?")
    offer = await asked(Intent.OTHER_LANGUAGE, first)
    second = brief("vocês abrem sábado?", first_id=200)
    history = (*first.messages, *second.messages)
    later = brief("quero falar com uma pessoa", memory=offer.memory, history=history, first_id=300)
    assert "pessoa da equipe" in handoff(await asked(Intent.PERSON, later)).text
