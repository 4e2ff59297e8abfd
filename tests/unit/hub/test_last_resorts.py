"""Promise P6 where the way to people is itself obstructed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fakes.helpdesk import FakeHelpdesk
from tests.unit.hub.conftest import Hub

from chatwootai.domain.conversations import Choice, Status
from chatwootai.domain.errors import RequestRefused
from chatwootai.domain.outcomes import HandoffReason
from chatwootai.domain.profiles import HandoffRules
from chatwootai.domain.turns import Ending
from chatwootai.hub.sweep import sweep
from chatwootai.hub.turns import Turns

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "rules", [HandoffRules(team_id=99), HandoffRules(agent_id=99)], ids=["team", "agent"]
)
async def test_p6_a_handoff_to_somebody_who_left_the_shop_still_reaches_people(
    hub: Hub, rules: HandoffRules
) -> None:
    helpdesk = FakeHelpdesk(hub.key.account, agents=frozenset(), teams=frozenset(), now=hub.clock)
    helpdesk.customer_writes(7, "quero uma pessoa")
    account = replace(hub.account, helpdesk=helpdesk, profile=replace(hub.account.profile, handoff=rules))
    turns = Turns({account.id: account}, hub.records, hub.turns.pace, hub.clock)
    assert await turns.take(hub.key) == Ending("handoff", "customer_asked", "frontdesk")
    assert [m.text for m in helpdesk.sent(7)] == ["Vou te passar para uma pessoa."]
    assert helpdesk.state(7).status is Status.OPEN


async def test_p6_an_answer_that_the_helpdesk_refuses_gives_way_to_the_apology(hub: Hub) -> None:
    await hub.arrives("qto custa?")
    hub.helpdesk.fail_next(2, RequestRefused("chatwoot", "HTTP 422"), call="post")
    with pytest.raises(RequestRefused):
        await hub.turns.take(hub.key)
    ending = await hub.turns.give_up(hub.key, HandoffReason.INTEGRATION_FAILED)
    assert ending == Ending("handoff", "integration_failed", "apology")
    assert [text[:8] for text in hub.texts()] == ["Desculpa"]
    assert hub.helpdesk.state(7).status is Status.OPEN


async def test_p6_who_cannot_be_answered_any_more_is_shown_to_people(hub: Hub) -> None:
    """The 24 hours of WhatsApp passed while we were away; people may still send a template."""
    await hub.arrives("oi")
    hub.helpdesk.set_conversation(7, can_reply=False)
    assert await hub.turns.take(hub.key) == Ending("silence", "cannot_reply")
    assert hub.helpdesk.state(7).status is Status.OPEN


async def test_p6_a_choice_in_the_widget_whose_webhook_was_lost_is_found_by_the_sweep(hub: Hub) -> None:
    await hub.arrives("oi")
    await hub.turns.take(hub.key)
    (question,) = hub.helpdesk.sent(7)
    hub.helpdesk.customer_chooses(7, question.id, Choice("Shampoo", "12"))
    assert await sweep(hub.account, hub.records, hub.records) == 1
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: oi", "Você disse: Shampoo"]
    assert await sweep(hub.account, hub.records, hub.records) == 0


async def test_p6_a_message_hidden_behind_our_own_answer_is_found_by_the_sweep(hub: Hub) -> None:
    await hub.arrives("oi")
    hub.helpdesk.before_next_post(lambda: hub.helpdesk.customer_writes(7, "e o condicionador?"))
    await hub.turns.take(hub.key)
    hub.clock.forward(minutes=1)
    assert await sweep(hub.account, hub.records, hub.records) == 1
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: oi", "Você disse: e o condicionador?"]
