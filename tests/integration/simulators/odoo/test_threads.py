"""Notes, comments that mail at once, followers, and activities for people."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from xmlrpc import client

import pytest
from tests.fixtures.odoo import BELA, DATABASE, VERDE
from tests.integration.simulators.odoo.callers import ADMINISTRATOR, Caller, Refused, calling

pytestmark = pytest.mark.integration

NOTE, COMMENT = "mail.mt_note", "mail.mt_comment"
PARTNER, ACTIVITY = "res.partner", "mail.activity"


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(odoo_database) as caller:
        yield caller


async def followed(shop: Caller) -> int:
    """A contact that follows herself."""
    partner = shop.rows.customer(email="maria@example.com")
    assert await shop.call(PARTNER, "message_subscribe", [partner], [partner]) is True
    return partner


async def planned(shop: Caller, partner: int) -> list[int]:
    """The activities of a contact."""
    ids: list[int] = await shop.call(
        ACTIVITY, "search", [["res_model", "=", PARTNER], ["res_id", "=", partner]]
    )
    return ids


async def test_a_note_is_kept_and_mails_nobody(shop: Caller) -> None:
    partner = await followed(shop)
    message = await shop.call(PARTNER, "message_post", [partner], body="Cliente nova", subtype_xmlid=NOTE)
    row = await shop.read("mail.message", message, "model", "res_id", "body", "author_id", "is_internal")
    assert (row["model"], row["res_id"], row["body"]) == (PARTNER, partner, "<p>Cliente nova</p>")
    assert (row["is_internal"], row["author_id"][1]) == (True, "agente")
    assert shop.mails() == []


async def test_a_comment_mails_all_followers_at_once(shop: Caller) -> None:
    partner = await followed(shop)
    message = await shop.call(PARTNER, "message_post", [partner], body="Olá", subtype_xmlid=COMMENT)
    assert (await shop.read("mail.message", message, "is_internal"))["is_internal"] is False
    assert shop.mails() == [("Maria da Silva", "Re: Maria da Silva")]


async def test_without_a_subtype_it_is_a_note(shop: Caller) -> None:
    partner = await followed(shop)
    await shop.call(PARTNER, "message_post", [partner], body="Olá", message_type="comment")
    assert shop.mails() == []


async def test_who_is_named_is_mailed_even_of_a_note(shop: Caller) -> None:
    partner = await followed(shop)
    await shop.call(PARTNER, "message_post", [partner], body="Olá", partner_ids=[partner], subject="Aviso")
    assert shop.mails() == [("Maria da Silva", "Aviso")]


async def test_the_author_gets_no_mail(shop: Caller) -> None:
    partner = shop.rows.customer()
    own = shop.rows.value("SELECT partner_id FROM erp.users WHERE login = %s", BELA.login)
    assert isinstance(own, int)
    shop.rows.change("erp.partners", own, email="agente@example.com")
    await shop.call(PARTNER, "message_subscribe", [partner], [own])
    await shop.call(PARTNER, "message_post", [partner], body="Olá", subtype_xmlid=COMMENT)
    assert shop.mails() == []


@pytest.mark.parametrize(
    ("is_html", "kept"), [(False, "<p>&lt;b&gt;Oi&lt;/b&gt; &amp; tchau</p>"), (True, "<b>Oi</b> & tchau")]
)
async def test_markup_is_escaped_unless_declared(shop: Caller, kept: str, *, is_html: bool) -> None:
    partner = shop.rows.customer()
    text = "<b>Oi</b> & tchau"
    message = await shop.call(PARTNER, "message_post", [partner], body=text, body_is_html=is_html)
    assert (await shop.read("mail.message", message, "body"))["body"] == kept


async def test_a_message_goes_to_one_record(shop: Caller) -> None:
    both = [shop.rows.customer(), shop.rows.customer()]
    with pytest.raises(Refused, match="Expected singleton"):
        await shop.call(PARTNER, "message_post", both, body="Olá")


async def test_an_unknown_subtype_and_positional_text_are_refused(shop: Caller) -> None:
    partner = shop.rows.customer()
    with pytest.raises(Refused, match="mt_nothing"):
        await shop.call(PARTNER, "message_post", [partner], body="Olá", subtype_xmlid="mail.mt_nothing")
    with pytest.raises(Refused) as refused:
        await shop.call(PARTNER, "message_post", [partner], "Olá")
    assert refused.value.name == "TypeError"


async def test_nobody_posts_where_he_sees_nothing(shop: Caller) -> None:
    partner = shop.rows.customer()
    with pytest.raises(Refused) as refused:
        await shop.as_user(VERDE).call(PARTNER, "message_post", [partner], body="Olá")
    assert refused.value.name == "AccessError"
    message = await shop.call(PARTNER, "message_post", [partner], body="Olá")
    assert await shop.as_user(VERDE).call("mail.message", "search", [["id", "=", message]]) == []


async def test_followers_come_and_go(shop: Caller) -> None:
    partner = await followed(shop)
    await shop.call(PARTNER, "message_subscribe", [partner], [partner])
    assert (await shop.read(PARTNER, partner, "message_partner_ids"))["message_partner_ids"] == [partner]
    await shop.call(PARTNER, "message_unsubscribe", [partner], [partner])
    assert (await shop.read(PARTNER, partner, "message_partner_ids"))["message_partner_ids"] == []


@pytest.mark.parametrize("model", ["calendar.event", "crm.lead"])
async def test_other_records_have_threads_too(shop: Caller, model: str) -> None:
    record = await shop.call(model, "create", {"name": "Conversa"})
    message = await shop.call(model, "message_post", [record], body="Transcrição", subtype_xmlid=NOTE)
    assert (await shop.read(model, record, "message_ids"))["message_ids"] == [message]


async def test_sent_mail_is_for_administrators(shop: Caller) -> None:
    partner = await followed(shop)
    await shop.call(PARTNER, "message_post", [partner], body="Olá", subtype_xmlid=COMMENT)
    (mail,) = await shop.as_user(ADMINISTRATOR).call(
        "mail.mail", "search_read", [], ["subject", "recipient_ids"], limit=1
    )
    assert (mail["subject"], mail["recipient_ids"]) == ("Re: Maria da Silva", [partner])
    with pytest.raises(Refused) as refused:
        await shop.call("mail.mail", "search", [])
    assert refused.value.name == "AccessError"


async def test_scheduling_an_activity_answers_a_text_over_json_rpc(shop: Caller) -> None:
    partner = shop.rows.customer()
    other = shop.rows.value("SELECT id FROM erp.users WHERE login = %s", VERDE.login)
    given = {"date_deadline": "2026-12-24", "summary": "Ligar de volta", "user_id": other}
    xmlid = {"act_type_xmlid": "mail.mail_activity_data_call"}
    told = await shop.call(PARTNER, "activity_schedule", [partner], **given, **xmlid)
    (activity,) = await planned(shop, partner)
    assert told == f"mail.activity({activity},)"
    row = await shop.read(
        ACTIVITY, activity, "res_id", "summary", "date_deadline", "user_id", "activity_type_id"
    )
    assert (row["res_id"], row["summary"], row["date_deadline"]) == (partner, "Ligar de volta", "2026-12-24")
    assert (row["user_id"][0], row["activity_type_id"]) == (other, [2, "Chamada"])


async def test_scheduling_an_activity_is_a_fault_over_xml_rpc_although_it_is_done(shop: Caller) -> None:
    partner = shop.rows.customer()
    uid = shop.rows.value("SELECT id FROM erp.users WHERE login = %s", BELA.login)
    assert isinstance(uid, int)

    def call() -> None:
        with client.ServerProxy(f"{shop.odoo.url}/xmlrpc/2/object") as proxy:
            proxy.execute_kw(DATABASE, uid, BELA.key, PARTNER, "activity_schedule", [[partner]])

    with pytest.raises(client.Fault, match="cannot marshal"):
        await asyncio.to_thread(call)
    assert len(await planned(shop, partner)) == 1


async def test_an_activity_is_for_the_caller_and_today_unless_told(shop: Caller) -> None:
    partner = shop.rows.customer()
    await shop.call(PARTNER, "activity_schedule", [partner], "mail.mail_activity_data_unknown")
    (activity,) = await planned(shop, partner)
    row = await shop.read(ACTIVITY, activity, "user_id", "activity_type_id", "summary")
    assert (row["user_id"][1], row["activity_type_id"][1], row["summary"]) == ("agente", "A fazer", False)


async def test_a_wrong_deadline_is_refused(shop: Caller) -> None:
    with pytest.raises(Refused) as refused:
        await shop.call(PARTNER, "activity_schedule", [shop.rows.customer()], date_deadline="amanhã")
    assert refused.value.name == "ValueError"


async def test_creating_an_activity_needs_what_only_an_administrator_can_look_up(shop: Caller) -> None:
    partner = shop.rows.customer()
    with pytest.raises(Refused) as refused:
        await shop.call("ir.model", "search", [["model", "=", PARTNER]])
    assert refused.value.name == "AccessError"
    given = {"res_id": partner, "summary": "Ligar", "date_deadline": "2026-12-24"}
    with pytest.raises(Refused, match="res_model_id") as refused:
        await shop.call(ACTIVITY, "create", given | {"res_model": PARTNER})
    assert refused.value.name == "ValidationError"
    admin = shop.as_user(ADMINISTRATOR)
    (number,) = await admin.call("ir.model", "search", [["model", "=", PARTNER]])
    activity = await admin.call(ACTIVITY, "create", given | {"res_model_id": number})
    assert (await admin.read(ACTIVITY, activity, "res_model"))["res_model"] == PARTNER


async def test_an_activity_ends_when_it_is_done(shop: Caller) -> None:
    partner = shop.rows.customer()
    await shop.call(PARTNER, "activity_schedule", [partner])
    (activity,) = await planned(shop, partner)
    await shop.call(ACTIVITY, "action_feedback", [activity], feedback="Feito")
    assert await planned(shop, partner) == []


async def test_json_2_posts_with_named_arguments(odoo_database: str) -> None:
    async with calling(odoo_database, series=19) as shop:
        partner = await followed(shop)
        body = {"ids": [partner], "body": "Olá", "subtype_xmlid": COMMENT}
        headers = {"Authorization": f"bearer {BELA.key}"}
        url = f"{shop.odoo.url}/json/2/{PARTNER}/message_post"
        async with shop.session.post(url, json=body, headers=headers) as response:
            assert response.status == 200, await response.text()
        assert shop.mails() == [("Maria da Silva", "Re: Maria da Silva")]
