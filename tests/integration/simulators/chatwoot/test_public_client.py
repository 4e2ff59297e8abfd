"""The public client interface: a bridge without a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.integration.simulators.chatwoot.standin import Client, Receiver

pytestmark = pytest.mark.integration


async def test_a_bridge_carries_a_whole_conversation(chatwoot: Client, receiver: Receiver) -> None:
    identifier = (await chatwoot.good("GET", "inboxes/4"))["inbox_identifier"]
    path = f"/public/api/v1/inboxes/{identifier}/contacts"
    contact = await chatwoot.good("POST", path, {"name": "Carlos", "identifier": "crm-1"}, as_="nobody")
    talks = f"{path}/{contact['source_id']}/conversations"
    talk = await chatwoot.good("POST", talks, {}, as_="nobody")
    assert talk["status"] == "pending"
    wrote = await chatwoot.good("POST", f"{talks}/{talk['id']}/messages", {"content": "Oi"}, as_="nobody")
    (payload,) = await receiver.wait_for("message_created")
    assert (payload["id"], payload["conversation"]["channel"]) == (wrote["id"], "Channel::Api")
    items = [{"title": "Sim", "value": "s"}]
    asked = await chatwoot.bot_says(
        1, "Confirma?", content_type="input_select", content_attributes={"items": items}
    )
    answer = {"submitted_values": items}
    await chatwoot.good("PATCH", f"{talks}/1/messages/{asked['id']}", answer, as_="nobody")
    (updated,) = await receiver.wait_for("message_updated")
    assert updated["content_attributes"]["submitted_values"] == items
    listed = await chatwoot.good("GET", f"{talks}/1/messages", as_="nobody")
    assert [message["content"] for message in listed] == ["Oi", "Confirma?"]


async def test_other_contacts_and_inboxes_are_out_of_reach(chatwoot: Client) -> None:
    identifier = (await chatwoot.good("GET", "inboxes/4"))["inbox_identifier"]
    await chatwoot.says(await chatwoot.customer(4), "Oi")
    path = f"/public/api/v1/inboxes/{identifier}/contacts"
    stranger = await chatwoot.good("POST", path, {"name": "Outro"}, as_="nobody")
    url = f"{path}/{stranger['source_id']}/conversations/1/messages"
    assert (await chatwoot.call("GET", url, as_="nobody"))[0] == 404
    assert (await chatwoot.call("POST", "/public/api/v1/inboxes/x/contacts", {}, as_="nobody"))[0] == 404
