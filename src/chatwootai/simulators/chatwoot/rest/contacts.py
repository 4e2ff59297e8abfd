"""Contacts, their places in inboxes, labels and notes."""

import re
import sqlite3

from fastapi import APIRouter, Request, Response

from chatwootai.simulators.chatwoot.jsontypes import JsonObject
from chatwootai.simulators.chatwoot.lifecycle.incoming import (
    E164,
    SourceUnknownError,
    create_contact,
    place_in_inbox,
)
from chatwootai.simulators.chatwoot.rest.answers import answer, invalid, not_found, unprocessable
from chatwootai.simulators.chatwoot.rest.caller import identify, installation_of
from chatwootai.simulators.chatwoot.rest.params import Params, read_params
from chatwootai.simulators.chatwoot.rest.shapes import (
    contact_with_inboxes,
    conversation_shape,
    note_shape,
    slim_inbox,
)
from chatwootai.simulators.chatwoot.store.contacts import Contact, contacts, notes
from chatwootai.simulators.chatwoot.store.conversations import conversations
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.webhooks.queue import tell_of_contact

router = APIRouter(prefix="/accounts/{account_id}/contacts")

PAGE = 15
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PLAIN = ("name", "email", "phone_number", "identifier", "blocked")
MERGED = ("custom_attributes", "additional_attributes")
# Contacts without any of the three are kept out of lists and searches.
RESOLVED = "(email IS NOT NULL OR phone_number IS NOT NULL OR identifier IS NOT NULL)"


@router.get("")
async def index(request: Request, account_id: int) -> Response:
    """A page of contacts by name."""
    return _page(request, account_id, await read_params(request), "1 = 1", [])


@router.get("/search")
async def search(request: Request, account_id: int) -> Response:
    """Contacts whose name, e-mail, phone number or identifier contain `q`."""
    params = await read_params(request)
    wanted = params.text("q")
    if not wanted:
        identify(request, account_id)
        raise unprocessable("Specify search string with parameter q")
    like = f"%{wanted.strip()}%"
    where = "(name LIKE ? OR email LIKE ? OR phone_number LIKE ? OR identifier LIKE ?)"
    return _page(request, account_id, params, where, [like] * 4)


@router.post("")
async def create(request: Request, account_id: int) -> Response:
    """A new contact, placed in an inbox if one is named."""
    caller = identify(request, account_id)
    installation = installation_of(request)
    params = await read_params(request)
    values = _plain_values(params, strict=True)
    values |= {key: params.mapping(key) or {} for key in MERGED if key in params}
    name = str(values.pop("name", None) or "")
    try:
        with installation.change(caller.who) as change:
            contact = create_contact(change, account_id, name, **values)
            inbox = inboxes.first(
                change.db, "account_id = ? AND id = ?", account_id, params.integer("inbox_id")
            )
            place = place_in_inbox(change, contact, inbox, params.text("source_id")) if inbox else None
    except sqlite3.IntegrityError as error:
        raise _taken(error) from error
    except SourceUnknownError as error:
        raise unprocessable(str(error)) from error
    shown: JsonObject = {"contact": contact_with_inboxes(installation.db, contact)}
    if place and inbox:
        shown["contact_inbox"] = {"inbox": slim_inbox(inbox), "source_id": place.source_id}
    return answer({"payload": shown})


@router.get("/{contact_id}")
async def show(request: Request, account_id: int, contact_id: int) -> Response:
    """One contact."""
    identify(request, account_id)
    db = installation_of(request).db
    return answer({"payload": contact_with_inboxes(db, _contact(db, account_id, contact_id))})


@router.put("/{contact_id}")
@router.patch("/{contact_id}")
async def update(request: Request, account_id: int, contact_id: int) -> Response:
    """Change a contact: hashes are merged, malformed addresses and numbers keep their old values."""
    caller = identify(request, account_id)
    installation = installation_of(request)
    params = await read_params(request)
    contact = _contact(installation.db, account_id, contact_id)
    values = _plain_values(params, strict=False)
    values |= {
        key: {**getattr(contact, key), **(params.mapping(key) or {})} for key in MERGED if key in params
    }
    changed = {key: value for key, value in values.items() if getattr(contact, key) != value}
    try:
        if changed:
            with installation.change(caller.who) as change:
                before, contact = (
                    contact,
                    contacts.update(change.db, contact.id, **changed, updated_at=change.now),
                )
                differences: list[JsonObject] = [
                    {key: {"previous_value": getattr(before, key), "current_value": value}}
                    for key, value in changed.items()
                ]
                tell_of_contact(change, "contact_updated", contact, differences)
    except sqlite3.IntegrityError as error:
        raise _taken(error) from error
    return answer({"payload": contact_with_inboxes(installation.db, contact)})


@router.get("/{contact_id}/conversations")
async def contact_conversations(request: Request, account_id: int, contact_id: int) -> Response:
    """The contact's newest conversations that the caller may see."""
    caller = identify(request, account_id)
    db = installation_of(request).db
    contact = _contact(db, account_id, contact_id)
    found = conversations.all(db, "contact_id = ? ORDER BY last_activity_at DESC LIMIT 20", contact.id)
    return answer(
        {"payload": [conversation_shape(db, item) for item in found if caller.sees_inbox(item.inbox_id)]}
    )


@router.post("/{contact_id}/contact_inboxes")
async def create_contact_inbox(request: Request, account_id: int, contact_id: int) -> Response:
    """Place a contact in one more inbox."""
    caller = identify(request, account_id)
    installation = installation_of(request)
    params = await read_params(request)
    contact = _contact(installation.db, account_id, contact_id)
    inbox = inboxes.first(
        installation.db, "account_id = ? AND id = ?", account_id, params.integer("inbox_id")
    )
    if inbox is None:
        raise not_found()
    try:
        with installation.change(caller.who) as change:
            place = place_in_inbox(change, contact, inbox, params.text("source_id"))
    except (SourceUnknownError, sqlite3.IntegrityError) as error:
        raise unprocessable(str(error)) from error
    return answer({"source_id": place.source_id, "inbox": slim_inbox(inbox)})


@router.get("/{contact_id}/labels")
async def labels(request: Request, account_id: int, contact_id: int) -> Response:
    """The contact's labels."""
    identify(request, account_id)
    return answer({"payload": _contact(installation_of(request).db, account_id, contact_id).labels})


@router.post("/{contact_id}/labels")
async def replace_labels(request: Request, account_id: int, contact_id: int) -> Response:
    """Replace the contact's labels."""
    caller = identify(request, account_id)
    installation = installation_of(request)
    contact = _contact(installation.db, account_id, contact_id)
    given = [str(label) for label in (await read_params(request)).items("labels") or []]
    with installation.change(caller.who) as change:
        contact = contacts.update(change.db, contact.id, labels=given, updated_at=change.now)
    return answer({"payload": contact.labels})


@router.get("/{contact_id}/notes")
async def list_notes(request: Request, account_id: int, contact_id: int) -> Response:
    """Notes, newest first."""
    identify(request, account_id)
    db = installation_of(request).db
    contact = _contact(db, account_id, contact_id)
    found = notes.all(db, "contact_id = ? ORDER BY id DESC", contact.id)
    return answer([note_shape(db, note) for note in found])


@router.post("/{contact_id}/notes")
async def create_note(request: Request, account_id: int, contact_id: int) -> Response:
    """A new note by the caller."""
    caller = identify(request, account_id)
    installation = installation_of(request)
    params = await read_params(request)
    contact = _contact(installation.db, account_id, contact_id)
    content = params.text("content") or str((params.mapping("note") or {}).get("content") or "")
    if not content:
        raise invalid("Content can't be blank", ["content"])
    with installation.change(caller.who) as change:
        note = notes.insert(
            change.db,
            account_id=account_id,
            contact_id=contact.id,
            user_id=caller.user.id if caller.user else None,
            content=content,
            created_at=change.now,
            updated_at=change.now,
        )
    return answer(note_shape(installation.db, note))


def _page(request: Request, account_id: int, params: Params, where: str, values: list[object]) -> Response:
    identify(request, account_id)
    db = installation_of(request).db
    where = f"account_id = ? AND {RESOLVED} AND {where}"
    number = max(params.integer("page") or 1, 1)
    limits = f"LIMIT {PAGE} OFFSET {(number - 1) * PAGE}"
    found = contacts.all(db, f"{where} ORDER BY name COLLATE NOCASE, id {limits}", account_id, *values)
    total = contacts.count(db, where, account_id, *values)
    return answer(
        {
            "meta": {"count": total, "current_page": number},
            "payload": [contact_with_inboxes(db, contact) for contact in found],
        }
    )


def _contact(db: sqlite3.Connection, account_id: int, contact_id: int) -> Contact:
    found = contacts.first(db, "account_id = ? AND id = ?", account_id, contact_id)
    if found is None:
        raise not_found()
    return found


def _plain_values(params: Params, *, strict: bool) -> dict[str, object]:
    values: dict[str, object] = {key: params.text(key) or None for key in PLAIN if key in params}
    if "blocked" in values:
        values["blocked"] = params.flag("blocked")
    if values.get("name", "") is None:
        values["name"] = ""
    for key, pattern, problem in (
        ("email", EMAIL, "Invalid email"),
        ("phone_number", E164, "Phone number should be in e164 format"),
    ):
        given = values.get(key)
        if given is None or pattern.fullmatch(str(given)):
            continue
        if strict:
            raise invalid(problem, [key])
        del values[key]
    return values


def _taken(error: sqlite3.IntegrityError) -> Exception:
    column = next(
        (key for key in ("email", "phone_number", "identifier") if f".{key}" in str(error)), "source"
    )
    return invalid(f"{column.replace('_', ' ').capitalize()} has already been taken", [column])
