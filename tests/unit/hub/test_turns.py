"""The life of a turn: promises P2, P3, P5 and P6 against a helpdesk that misbehaves on demand."""

from __future__ import annotations

import pytest
from tests.unit.hub.conftest import Hub

from chatwootai.domain.conversations import Choice, Contact, Status
from chatwootai.domain.errors import OutcomeUnknown, RequestRefused, ServiceUnavailable
from chatwootai.domain.outcomes import HandoffReason
from chatwootai.domain.turns import Ending
from chatwootai.hub.yes import ANSWER_KEY

pytestmark = pytest.mark.unit

CHATWOOT_AWAY = ServiceUnavailable("chatwoot", "no connection")


async def test_a_message_gets_one_answer(hub: Hub) -> None:
    await hub.arrives("qto custa?")
    assert await hub.turns.take(hub.key) == Ending("reply", "", "sales")
    assert hub.texts() == ["Você disse: qto custa?"]


async def test_a_second_wake_up_for_the_same_message_says_nothing(hub: Hub) -> None:
    await hub.arrives("qto custa?")
    await hub.turns.take(hub.key)
    assert await hub.turns.take(hub.key) == Ending("silence", "nothing_new")
    assert len(hub.texts()) == 1


async def test_p2_a_burst_gets_one_answer_to_all_of_it(hub: Hub) -> None:
    for text in ("oi", "tudo bem?", "qto custa o shampoo", "e o condicionador", "abrem sábado?"):
        await hub.arrives(text)
    await hub.turns.take(hub.key)
    assert hub.texts() == [
        "Você disse: oi / tudo bem? / qto custa o shampoo / e o condicionador / abrem sábado?"
    ]


async def test_p2_a_message_that_arrives_while_the_crew_works_is_answered_together(hub: Hub) -> None:
    await hub.arrives("qto custa o shampoo?")
    hub.crew.before_answering.append(lambda: hub.helpdesk.customer_writes(7, "e o condicionador?"))
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: qto custa o shampoo? / e o condicionador?"]


async def test_p6_somebody_who_never_stops_writing_is_answered_all_the_same(hub: Hub) -> None:
    await hub.arrives("1")
    hub.crew.before_answering.extend(
        [lambda n=n: hub.helpdesk.customer_writes(7, str(n)) for n in range(2, 20)]  # type: ignore[misc]
    )
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: 1 / 2 / 3 / 4 / 5"]


async def test_p3_a_lost_answer_of_the_helpdesk_is_not_said_again(hub: Hub) -> None:
    await hub.arrives("oi")
    hub.helpdesk.lose_answers(1)
    with pytest.raises(OutcomeUnknown):
        await hub.turns.take(hub.key)
    assert await hub.turns.take(hub.key) == Ending("reply", "", "sales")
    assert hub.texts() == ["Você disse: oi"]


async def test_p3_what_was_said_before_a_crash_is_not_said_again_with_other_words(hub: Hub) -> None:
    await hub.arrives("oi")
    hub.helpdesk.lose_answers(1)
    with pytest.raises(OutcomeUnknown):
        await hub.turns.take(hub.key)
    hub.crew.text = "outra resposta"
    await hub.arrives("ainda aí?")
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: oi", "outra resposta"]
    assert [m.text for m in hub.crew.briefings[-1].messages] == ["ainda aí?"]


async def test_p3_an_answer_in_two_parts_goes_on_where_it_stopped(hub: Hub) -> None:
    hub.crew.text = "primeira\n\nsegunda"
    await hub.arrives("oi")
    hub.helpdesk.before_next_post(
        lambda: hub.helpdesk.before_next_post(lambda: hub.helpdesk.fail_next(1, CHATWOOT_AWAY, call="post"))
    )
    with pytest.raises(ServiceUnavailable):
        await hub.turns.take(hub.key)
    await hub.turns.take(hub.key)
    assert hub.texts() == ["primeira", "segunda"]


async def test_a_plan_that_was_never_sent_is_overtaken_by_news(hub: Hub) -> None:
    await hub.arrives("oi")
    hub.helpdesk.fail_next(1, CHATWOOT_AWAY, call="post")
    with pytest.raises(ServiceUnavailable):
        await hub.turns.take(hub.key)
    await hub.arrives("tem shampoo?")
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: oi / tem shampoo?"]


async def test_a_message_that_became_visible_late_is_answered(hub: Hub) -> None:
    early = await hub.arrives("primeira", told=False)
    late = await hub.arrives("segunda")
    hidden = hub.helpdesk.hide(early)
    await hub.turns.take(hub.key)
    hidden()
    await hub.tell(early)
    await hub.turns.take(hub.key)
    assert early.id < late.id
    assert hub.texts() == ["Você disse: segunda", "Você disse: primeira"]


async def test_p3_a_webhook_hours_late_for_an_answered_message_changes_nothing(hub: Hub) -> None:
    message = await hub.arrives("oi", told=False)
    await hub.turns.take(hub.key)
    await hub.tell(message)
    assert await hub.turns.take(hub.key) == Ending("silence", "nothing_new")
    assert len(hub.texts()) == 1


async def test_old_questions_that_people_answered_are_left_alone_when_the_bot_arrives(hub: Hub) -> None:
    hub.helpdesk.customer_writes(7, "pergunta antiga")
    hub.helpdesk.human_writes(7, "resposta da Ana")
    hub.helpdesk.activity(7, "Conversa foi marcada como resolvida por Ana")
    await hub.arrives("nova")
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: nova"]


async def test_a_choice_in_the_widget_is_heard_once(hub: Hub) -> None:
    await hub.arrives("oi")
    await hub.turns.take(hub.key)
    (question,) = hub.helpdesk.sent(7)
    hub.helpdesk.customer_chooses(7, question.id, Choice("Shampoo", "12"))
    await hub.turns.take(hub.key)
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: oi", "Você disse: Shampoo"]


async def test_p5_a_person_assigned_before_the_turn_is_not_talked_over(hub: Hub) -> None:
    await hub.arrives("oi")
    hub.helpdesk.set_conversation(7, human_assignee_id=4)
    assert await hub.turns.take(hub.key) == Ending("silence", "human_assigned")
    assert hub.texts() == []


@pytest.mark.parametrize("takeover", ["reply", "echo", "assignment", "opened"])
async def test_p5_a_person_who_takes_over_between_draft_and_sending_is_not_talked_over(
    hub: Hub, takeover: str
) -> None:
    acts = {
        "reply": lambda: hub.helpdesk.human_writes(7, "oi, aqui é a Ana"),
        "echo": lambda: hub.helpdesk.phone_echo(7, "oi, já te respondo"),
        "assignment": lambda: hub.helpdesk.set_conversation(7, human_assignee_id=4),
        "opened": lambda: hub.helpdesk.set_conversation(7, status=Status.OPEN),
    }
    await hub.arrives("oi")
    hub.crew.before_answering.append(acts[takeover])
    ending = await hub.turns.take(hub.key)
    assert ending.outcome == "silence"
    assert hub.texts() == []
    assert len(hub.records.dropped) == 1


async def test_p5_a_conversation_that_a_person_answers_while_pending_is_shown_to_people(hub: Hub) -> None:
    await hub.arrives("oi")
    hub.helpdesk.phone_echo(7, "oi, já te respondo")
    await hub.arrives("tá bom")
    assert await hub.turns.take(hub.key) == Ending("silence", "human_wrote")
    assert hub.helpdesk.state(7).status is Status.OPEN


async def test_a_private_note_of_a_colleague_is_no_takeover(hub: Hub) -> None:
    await hub.arrives("oi")
    hub.helpdesk.note(7, "cliente antigo, cuidado")
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: oi"]


async def test_a_conversation_given_back_to_the_bot_is_answered(hub: Hub) -> None:
    await hub.arrives("oi")
    hub.helpdesk.human_writes(7, "oi, aqui é a Ana")
    await hub.arrives("qto custa?")
    await hub.turns.take(hub.key)
    hub.helpdesk.activity(7, "Conversa foi marcada como pendente por Ana")
    hub.helpdesk.set_conversation(7, status=Status.PENDING)
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: qto custa?"]


async def test_a_persons_message_of_yesterday_does_not_silence_the_bot_for_ever(hub: Hub) -> None:
    hub.helpdesk.customer_writes(7, "oi")
    hub.helpdesk.human_writes(7, "oi, aqui é a Ana")
    hub.clock.forward(hours=13)
    await hub.arrives("qto custa?")
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: qto custa?"]


async def test_p6_a_conversation_that_a_failed_webhook_opened_is_taken_back(hub: Hub) -> None:
    await hub.arrives("oi", told=False)
    hub.helpdesk.activity(
        7, "A conversa foi marcada como aberta pelo sistema devido a um erro com o robô de atendimento."
    )
    hub.helpdesk.set_conversation(7, status=Status.OPEN)
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: oi"]
    assert hub.helpdesk.state(7).status is Status.PENDING


async def test_a_conversation_that_people_opened_is_left_to_them(hub: Hub) -> None:
    await hub.arrives("oi")
    hub.helpdesk.activity(7, "Conversa foi reaberta por Ana")
    hub.helpdesk.set_conversation(7, status=Status.OPEN)
    assert await hub.turns.take(hub.key) == Ending("silence", "not_bots_turn")


async def test_a_blocked_contact_and_a_closed_window_get_silence(hub: Hub) -> None:
    await hub.arrives("oi")
    hub.helpdesk.set_conversation(7, can_reply=False)
    assert await hub.turns.take(hub.key) == Ending("silence", "cannot_reply")
    await hub.arrives("oi de novo")
    hub.helpdesk.set_conversation(7, can_reply=True, contact=Contact(1, "Maria", blocked=True))
    assert await hub.turns.take(hub.key) == Ending("silence", "contact_blocked")


async def test_a_machines_e_mail_is_not_answered(hub: Hub) -> None:
    hub.helpdesk.customer_writes(7, "Estou de férias", auto_reply=True)
    assert await hub.turns.take(hub.key) == Ending("silence", "nothing_new")


async def test_a_template_is_neither_an_answer_nor_a_question(hub: Hub) -> None:
    await hub.arrives("oi")
    hub.helpdesk.template(7, "Bem-vinda!")
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: oi"]


async def test_a_handoff_assigns_before_it_opens_and_leaves_a_note(hub: Hub) -> None:
    await hub.arrives("quero uma pessoa")
    assert await hub.turns.take(hub.key) == Ending("handoff", "customer_asked", "frontdesk")
    writes = [c.name for c in hub.helpdesk.calls if c.name not in ("conversation", "messages")]
    assert writes == ["assign_team", "post", "post", "set_status"]
    assert hub.helpdesk.notes(7)[0].text == "O cliente pediu: quero uma pessoa"
    assert hub.texts() == ["Vou te passar para uma pessoa."]
    assert hub.helpdesk.state(7).status is Status.OPEN


async def test_colleagues_see_an_urgent_handoff_before_the_others(hub: Hub) -> None:
    await hub.arrives("quero uma pessoa, é urgente")
    await hub.turns.take(hub.key)
    writes = [c.name for c in hub.helpdesk.calls if c.name not in ("conversation", "messages")]
    assert writes == ["assign_team", "mark_urgent", "post", "post", "set_status"]
    assert hub.helpdesk.is_urgent(7)


async def test_a_handoff_that_cannot_be_marked_urgent_is_one_all_the_same(hub: Hub) -> None:
    await hub.arrives("quero uma pessoa, é urgente")
    hub.helpdesk.fail_next(1, RequestRefused("chatwoot", "not for bots"), call="mark_urgent")
    assert await hub.turns.take(hub.key) == Ending("handoff", "customer_asked", "frontdesk")
    assert hub.helpdesk.state(7).status is Status.OPEN
    assert not hub.helpdesk.is_urgent(7)


@pytest.mark.parametrize("crash", [1, 2, 3, 4])
async def test_p3_a_handoff_interrupted_anywhere_is_completed_once(hub: Hub, crash: int) -> None:
    await hub.arrives("quero uma pessoa")
    steps = ["assign_team", "post", "post", "set_status"]
    nth_post = steps[:crash].count("post")
    if steps[crash - 1] == "post" and nth_post == 2:
        hub.helpdesk.before_next_post(
            lambda: hub.helpdesk.before_next_post(lambda: hub.helpdesk.lose_answers(1))
        )
    else:
        hub.helpdesk.before_next(steps[crash - 1], lambda: hub.helpdesk.lose_answers(1))
    with pytest.raises(OutcomeUnknown):
        await hub.turns.take(hub.key)
    hub.helpdesk.set_conversation(7, human_assignee_id=4)  # the team's auto-assignment picked somebody
    assert await hub.turns.take(hub.key) == Ending("handoff", "customer_asked", "frontdesk")
    assert len(hub.helpdesk.notes(7)) == 1
    assert hub.texts() == ["Vou te passar para uma pessoa."]
    assert hub.helpdesk.state(7).status is Status.OPEN


async def test_p8_a_price_that_nobody_read_is_never_sent(hub: Hub) -> None:
    hub.crew.text = "O shampoo custa R$ 19,90."
    await hub.arrives("qto custa?")
    assert await hub.turns.take(hub.key) == Ending("handoff", "guardrail", "sales")
    assert "19,90" not in " ".join(hub.texts())


async def test_p6_a_turn_given_up_gets_an_apology_and_a_person(hub: Hub) -> None:
    await hub.arrives("qto custa?")
    ending = await hub.turns.give_up(hub.key, HandoffReason.INTEGRATION_FAILED)
    assert ending == Ending("handoff", "integration_failed", "apology")
    assert hub.texts()[0].startswith("Desculpa")
    assert "qto custa?" in hub.helpdesk.notes(7)[0].text
    assert hub.helpdesk.state(7).status is Status.OPEN


async def test_memory_reaches_the_next_turn(hub: Hub) -> None:
    await hub.arrives("a")
    await hub.turns.take(hub.key)
    await hub.arrives("b")
    await hub.turns.take(hub.key)
    memory = hub.crew.briefings[1].memory
    assert memory["turns"] == 1
    assert memory[ANSWER_KEY] == hub.helpdesk.posted(7)[0].key


async def test_the_key_of_the_last_bubble_is_remembered(hub: Hub) -> None:
    hub.crew.text = "Primeiro isto.\n\nE agora isto."
    for text in ("a", "b"):
        await hub.arrives(text)
        await hub.turns.take(hub.key)
    (_, last, *_) = hub.helpdesk.posted(7)
    assert last.text == "E agora isto."
    assert hub.crew.briefings[1].memory[ANSWER_KEY] == last.key


async def test_after_a_day_of_silence_the_thread_is_forgotten(hub: Hub) -> None:
    await hub.arrives("a")
    await hub.turns.take(hub.key)
    hub.clock.forward(hours=23, minutes=59)
    await hub.arrives("b")
    await hub.turns.take(hub.key)
    hub.clock.forward(hours=24)
    await hub.arrives("c")
    await hub.turns.take(hub.key)
    assert hub.crew.briefings[1].memory["turns"] == 1
    assert hub.crew.briefings[2].memory == {}


async def test_our_answer_that_overtook_her_message_was_said_before(hub: Hub) -> None:
    await hub.arrives("a")
    hub.helpdesk.before_next_post(lambda: hub.helpdesk.customer_writes(7, "b"))
    await hub.turns.take(hub.key)
    await hub.arrives("c")
    await hub.turns.take(hub.key)
    (_, last) = hub.crew.briefings
    assert [message.text for message in last.messages] == ["b", "c"]
    assert [message.text for message in last.history] == ["a", "Você disse: a"]
    assert [m.text for m in hub.crew.briefings[1].history] == ["a", "Você disse: a"]
