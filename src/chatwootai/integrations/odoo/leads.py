"""Opportunities in the shop's Odoo."""

from __future__ import annotations

import html

from chatwootai.domain.leads import Lead
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.loading import load
from chatwootai.integrations.odoo.products import literally
from chatwootai.integrations.odoo.values import records

_LEAD = "crm.lead"
_NOTE = "mail.mt_note"
"""An internal note: a comment would be sent to the followers, the customer among them."""


class OdooLeads:
    """`domain.leads.Leads` of the company of Odoo's user."""

    def __init__(self, client: OdooClient) -> None:
        self._client = client

    async def create(self, key: str, lead: Lead) -> int:
        # No type: its default is a lead where leads are enabled, and else an opportunity, which people see.
        values: dict[str, object] = {"name": lead.title, "contact_name": lead.contact_name or False}
        if lead.customer_id is None:
            values |= {"phone": lead.phone or False, "email_from": lead.email or False}
            values["description"] = _paragraphs(lead.description) or False
        else:
            # Odoo writes another number or address of a lead back to its customer (read in its source),
            # and shows the customer's own: so what we were told goes into the text.
            told = (lead.description, lead.phone or "", lead.email or "")
            values["description"] = _paragraphs("\n".join(told)) or False
            values["partner_id/.id"] = lead.customer_id
        id_ = await load(self._client, _LEAD, f"oportunidade_{key}", values)
        if lead.transcript and not await self._has_note(id_, key):
            note = f"{_paragraphs(lead.transcript)}<p>Referência: {html.escape(key)}</p>"
            await self._client.write(
                _LEAD, "message_post", [id_], body=note, body_is_html=True, subtype_xmlid=_NOTE
            )
        return id_

    async def _has_note(self, lead_id: int, key: str) -> bool:
        domain = [
            ["model", "=", _LEAD],
            ["res_id", "=", lead_id],
            ["body", "ilike", f"Referência: {literally(html.escape(key))}<"],
        ]
        answer = await self._client.read("mail.message", "search_read", domain=domain, fields=["id"], limit=1)
        return bool(records(answer))


def _paragraphs(text: str) -> str:
    lines = [html.escape(line) for line in text.splitlines() if line.strip()]
    return "".join(f"<p>{line}</p>" for line in lines)
