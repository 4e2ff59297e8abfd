"""Creating a record once: `load` with an external id, which the database of Odoo keeps unique."""

from __future__ import annotations

import asyncio
import hashlib
import random
import re
from collections.abc import Mapping

from chatwootai.domain.errors import RequestRefused, ServiceUnavailable
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import SERVICE, ModuleMissing, OdooFault, RightMissing, RuleBroken
from chatwootai.integrations.odoo.values import is_id, records

_MODULE = "__chatwootai__"
_TRIES = 8
_PAUSE = 0.2
_CONCURRENT = ("serializ", "duplicate key", "duplicar")
"""PostgreSQL's words, in English or in Portuguese, as the server is set up."""
_ARCHIVED = {"active_test": False}


async def load(client: OdooClient, model: str, key: str, values: Mapping[str, object]) -> int:
    """The id of the record with our key, created with `values` if there is none.

    A record that exists is left as people may have changed it, where this user may look for it. Names of
    many2one fields end in "/.id". Raises `RuleBroken` for values that Odoo refuses, `RightMissing`.
    """
    name = await _name(client, key)
    for attempt in range(_TRIES):
        known = await _known(client, model, name)
        if known is not None:
            return known
        answer = await client.write(
            model,
            "load",
            fields=["id", *values],
            data=[[f"{_MODULE}.{name}", *(_cell(value) for value in values.values())]],
        )
        loaded = answer.get("ids") if isinstance(answer, dict) else None
        if isinstance(loaded, list) and len(loaded) == 1 and is_id(loaded[0]):
            return loaded[0]
        told = _messages(answer)
        # As a normal result: another client created the same key at the same moment.
        if not any(word in told for word in _CONCURRENT):
            raise await _refusal(client, model) from OdooFault("load", told)
        await asyncio.sleep(_PAUSE * (attempt + random.random()))  # noqa: S311 - chance keeps clients apart
    raise ServiceUnavailable(SERVICE, f"{model}.load met other clients {_TRIES} times")


async def _name(client: OdooClient, key: str) -> str:
    """Readable, and another one for each key and company: two accounts may share an Odoo."""
    company = (await client.identity()).company
    digest = hashlib.blake2b(f"{company}:{key}".encode(), digest_size=8).hexdigest()
    return f"{re.sub(r'[^A-Za-z0-9]+', '_', key)[:40]}_{digest}"


async def _known(client: OdooClient, model: str, name: str) -> int | None:
    """None, too, where nothing tells: then `load` writes the same values once more."""
    try:
        answer = await client.read(
            "ir.model.data",
            "search_read",
            domain=[["module", "=", _MODULE], ["name", "=", name], ["model", "=", model]],
            fields=["res_id"],
            limit=1,
        )
    except RightMissing:
        return await _referenced(client, model, name)
    except ModuleMissing:
        return None
    rows = records(answer)
    value = rows[0].get("res_id") if rows else None
    return value if is_id(value) else None


async def _referenced(client: OdooClient, model: str, name: str) -> int | None:
    """The same by a public method that asks for no right to external ids themselves. Source: read in Odoo,
    not measured."""
    try:
        answer = await client.read(
            "ir.model.data", "check_object_reference", context=_ARCHIVED, module=_MODULE, xml_id=name
        )
    except RequestRefused:
        return None  # a ValueError, where there is no such id
    match answer:
        case [str(found), int(id_)] if found == model and is_id(id_):
            return id_
        case _:
            return None


async def _refusal(client: OdooClient, model: str) -> RequestRefused:
    """`load` answers a missing right as it answers bad values, in the user's language: so it is asked for."""
    if (await client.series()).number >= 18:
        may = await client.read(model, "has_access", [], operation="create")
    else:
        may = await client.read(model, "check_access_rights", operation="create", raise_exception=False)
    if may is False:
        return RightMissing(model, f"{model}.load")
    return RuleBroken(SERVICE, f"{model}.load refused the values")


def _cell(value: object) -> object:
    return value if isinstance(value, str) else "" if value is False else str(value)


def _messages(answer: object) -> str:
    messages = answer.get("messages") if isinstance(answer, dict) else None
    if not isinstance(messages, list):
        return ""
    return "; ".join(str(item.get("message", "")) for item in messages if isinstance(item, dict))
