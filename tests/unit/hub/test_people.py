"""Promise P5 in the instants in which a person and the bot act at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.hub.conftest import Hub

from chatwootai.domain.conversations import Choice, Status
from chatwootai.domain.profiles import HandoffRules
from chatwootai.domain.turns import Ending
from chatwootai.hub.turns import Turns

pytestmark = pytest.mark.unit


async def test_p5_a_person_who_wrote_just_before_the_bots_answer_was_stored_is_not_talked_over_again(
    hub: Hub,
) -> None:
    await hub.arrives("oi")
    hub.helpdesk.before_next_post(lambda: hub.helpdesk.human_writes(7, "oi, aqui é a Ana"))
    await hub.turns.take(hub.key)
    await hub.arrives("Ana, qto custa?")
    assert await hub.turns.take(hub.key) == Ending("silence", "human_wrote")
    assert hub.texts() == ["Você disse: oi"]


@pytest.mark.parametrize(
    "line",
    [
        "Ana adicionou pagamento-pendente",
        "Ana added pending-payment",
        "Atribuída a Pendentes por Ana",
        "Assigned to Resolvers by Ana",
    ],
)
async def test_p5_a_label_or_team_that_sounds_like_a_status_does_not_give_the_conversation_back(
    hub: Hub, line: str
) -> None:
    await hub.arrives("oi")
    hub.helpdesk.human_writes(7, "oi, aqui é a Ana")
    hub.helpdesk.activity(7, line)
    await hub.arrives("qto custa?")
    assert await hub.turns.take(hub.key) == Ending("silence", "human_wrote")


@pytest.mark.parametrize(
    "line",
    [
        "Conversa foi marcada como resolvida por Ana",
        "Conversation was marked resolved by system due to 2 days of inactivity",
        "Conversation was marked as pending by Ana",
        "La conversación fue marcada como resuelta por Ana",
        "La conversación fue marcada como pendiente por Ana",
    ],
)
async def test_a_conversation_that_was_given_back_in_any_known_language_is_answered(
    hub: Hub, line: str
) -> None:
    hub.helpdesk.customer_writes(7, "oi")
    hub.helpdesk.human_writes(7, "oi, aqui é a Ana")
    hub.helpdesk.activity(7, line)
    await hub.arrives("qto custa?")
    assert (await hub.turns.take(hub.key)).outcome == "reply"


async def test_p5_a_bot_named_like_the_error_text_does_not_take_its_own_handoff_back(hub: Hub) -> None:
    account = replace(hub.account, profile=replace(hub.account.profile, handoff=HandoffRules()))
    turns = Turns({account.id: account}, hub.records, hub.turns.pace, hub.clock)
    await hub.arrives("quero uma pessoa")
    await turns.take(hub.key)
    hub.helpdesk.activity(7, "Conversa foi reaberta por Robô de atendimento")
    await hub.arrives("alô?")
    assert await turns.take(hub.key) == Ending("silence", "not_bots_turn")


@pytest.mark.parametrize("assigned", [False, True], ids=["wrote", "was assigned"])
async def test_p5_a_conversation_that_a_person_takes_while_the_bot_drafts_is_shown_to_people_at_once(
    hub: Hub, assigned: bool
) -> None:
    def take_over() -> object:
        if assigned:
            return hub.helpdesk.set_conversation(7, human_assignee_id=4)
        return hub.helpdesk.human_writes(7, "oi, aqui é a Ana")

    await hub.arrives("oi")
    hub.crew.before_answering.append(take_over)
    assert (await hub.turns.take(hub.key)).outcome == "silence"
    assert hub.texts() == []
    assert hub.helpdesk.state(7).status is Status.OPEN


async def test_p5_a_person_who_takes_a_reclaimed_conversation_does_not_lose_it_from_sight(hub: Hub) -> None:
    await hub.arrives("oi", told=False)
    hub.helpdesk.activity(7, "Conversation was marked open by system due to an error with the agent bot.")
    hub.helpdesk.set_conversation(7, status=Status.OPEN)
    hub.crew.before_answering.append(lambda: hub.helpdesk.set_conversation(7, human_assignee_id=4))
    assert (await hub.turns.take(hub.key)).outcome == "silence"
    assert hub.helpdesk.state(7).status is Status.OPEN


async def test_what_a_person_wrote_after_an_old_question_was_said_before_the_choice_in_it(hub: Hub) -> None:
    await hub.arrives("quero o shampoo")
    await hub.turns.take(hub.key)
    (question,) = hub.helpdesk.sent(7)
    hub.helpdesk.human_writes(7, "Oi, aqui é a Ana!")
    hub.helpdesk.activity(7, "A conversa foi resolvida por Ana")
    await hub.tell(hub.helpdesk.customer_chooses(7, question.id, Choice("Sim", "yes:p1")))
    await hub.turns.take(hub.key)
    (_, last) = hub.crew.briefings
    assert [message.id for message in last.messages] == [question.id]
    assert [message.text for message in last.history] == ["quero o shampoo", "Oi, aqui é a Ana!"]
