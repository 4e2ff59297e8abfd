"""The customer's side of conversations."""

from collections.abc import AsyncIterator
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from chatwootai.simulators.chatwoot.customer import (
    CustomerRefusedError,
    Kind,
    choose,
    echo,
    new_thread,
    write,
)
from chatwootai.simulators.chatwoot.development.gate import require_loopback
from chatwootai.simulators.chatwoot.events import LiveEvent
from chatwootai.simulators.chatwoot.installation import Installation
from chatwootai.simulators.chatwoot.lifecycle.validation import MessageRefusedError
from chatwootai.simulators.chatwoot.payloads import contact_payload
from chatwootai.simulators.chatwoot.push import message_push
from chatwootai.simulators.chatwoot.rest.answers import answer, not_found, unprocessable
from chatwootai.simulators.chatwoot.rest.caller import installation_of
from chatwootai.simulators.chatwoot.rest.shapes import conversation_shape
from chatwootai.simulators.chatwoot.store.contacts import ContactInbox, contact_inboxes, contacts
from chatwootai.simulators.chatwoot.store.conversations import conversations
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.store.messages import Message, messages
from chatwootai.simulators.chatwoot.store.people import role_of, token_of, users_of_account
from chatwootai.simulators.chatwoot.threads import (
    customer_messages,
    list_threads,
    thread_messages,
    thread_shape,
)
from chatwootai.simulators.chatwoot.webhooks.queue import tell_of_typing

router = APIRouter(prefix="/simulator/api", dependencies=[Depends(require_loopback)])


class NewThread(BaseModel):
    """A customer and where she writes."""

    account_id: int = 1
    inbox_id: int
    name: str = Field(min_length=1, max_length=255)
    phone_number: str | None = None


class NewMessage(BaseModel):
    """What the customer sends; a voice note has no text, a location's text is its name."""

    content: str | None = None
    kind: Kind = "text"
    in_reply_to: int | None = None


class Choice(BaseModel):
    """A tapped item of an `input_select`."""

    message_id: int
    value: str


class Echo(BaseModel):
    """What the shop types on its phone."""

    content: str = Field(min_length=1)


class Typing(BaseModel):
    """Whether the customer writes at the moment."""

    typing: bool


@router.get("/inboxes")
async def list_inboxes(request: Request, account_id: int = 1) -> Response:
    """The account's channels."""
    found = inboxes.all(installation_of(request).db, "account_id = ? ORDER BY id", account_id)
    return answer(
        [
            {
                "id": inbox.id,
                "account_id": inbox.account_id,
                "name": inbox.name,
                "channel_type": inbox.channel_type,
                "kind": inbox.kind,
            }
            for inbox in found
        ]
    )


@router.get("/agent-session")
async def agent_session(request: Request, account_id: int = 1) -> Response:
    """Tokens of the human agents, so that the agents' page can call the REST interface as one of them."""
    db = installation_of(request).db
    return answer(
        [
            {
                "id": user.id,
                "name": user.name,
                "access_token": token_of(db, "User", user.id),
                "role": role_of(db, account_id, user.id),
            }
            for user in users_of_account(db, account_id)
        ]
    )


@router.get("/threads")
async def threads(request: Request, account_id: int = 1) -> Response:
    """Customers of the account."""
    installation = installation_of(request)
    return answer(list_threads(installation.db, account_id, installation.features))


@router.post("/threads")
async def create_thread(request: Request, body: NewThread) -> Response:
    """A new customer in an inbox."""
    installation = installation_of(request)
    inbox = inboxes.first(installation.db, "account_id = ? AND id = ?", body.account_id, body.inbox_id)
    if inbox is None:
        raise not_found()
    try:
        with installation.change() as change:
            place = new_thread(change, inbox, body.name, body.phone_number)
    except CustomerRefusedError as error:
        raise unprocessable(str(error)) from error
    return answer(thread_shape(installation.db, place, installation.features))


@router.get("/threads/{thread_id}/messages")
async def list_messages(
    request: Request, thread_id: int, after: Annotated[int | None, Query()] = None
) -> Response:
    """What the customer sees; reading it counts as having seen it."""
    installation = installation_of(request)
    place = _place(installation, thread_id)
    if place.last_message_id is not None and place.customer_seen_id < place.last_message_id:
        contact_inboxes.update(installation.db, place.id, customer_seen_id=place.last_message_id)
    return answer(thread_messages(installation.db, place, after, installation.features))


@router.post("/threads/{thread_id}/messages")
async def create_message(request: Request, thread_id: int, body: NewMessage) -> Response:
    """The customer writes."""
    installation = installation_of(request)
    place = _place(installation, thread_id)
    if body.kind == "text" and not (body.content or "").strip():
        raise unprocessable("A text needs content")
    try:
        with installation.change() as change:
            message = write(change, place, body.content, body.kind, body.in_reply_to)
    except MessageRefusedError as error:
        raise unprocessable(str(error)) from error
    return answer(_shown(installation, message))


@router.post("/threads/{thread_id}/choose")
async def choose_item(request: Request, thread_id: int, body: Choice) -> Response:
    """The customer taps a choice."""
    installation = installation_of(request)
    place = _place(installation, thread_id)
    try:
        with installation.change() as change:
            message = choose(change, place, body.message_id, body.value)
    except (CustomerRefusedError, MessageRefusedError) as error:
        raise unprocessable(str(error)) from error
    return answer(_shown(installation, message))


@router.post("/threads/{thread_id}/echo")
async def echo_message(request: Request, thread_id: int, body: Echo) -> Response:
    """The shop writes on its phone."""
    installation = installation_of(request)
    place = _place(installation, thread_id)
    try:
        with installation.change() as change:
            message = echo(change, place, body.content)
    except (CustomerRefusedError, MessageRefusedError) as error:
        raise unprocessable(str(error)) from error
    return answer(_shown(installation, message))


@router.post("/threads/{thread_id}/typing")
async def customer_typing(request: Request, thread_id: int, body: Typing) -> Response:
    """The customer starts or stops writing; only account webhooks hear of it."""
    installation = installation_of(request)
    place = _place(installation, thread_id)
    conversation = conversations.first(installation.db, "contact_inbox_id = ? ORDER BY id DESC", place.id)
    if conversation:
        with installation.change() as change:
            writer = contact_payload(change.db, contacts.require(change.db, place.contact_id))
            event = "conversation_typing_on" if body.typing else "conversation_typing_off"
            tell_of_typing(change, event, conversation, writer, private=False)
    return Response(status_code=204)


@router.get("/threads/{thread_id}/export")
async def export(request: Request, thread_id: int) -> Response:
    """Everything about a thread, also what the customer does not see."""
    installation = installation_of(request)
    db = installation.db
    place = _place(installation, thread_id)
    talks = conversations.all(db, "contact_inbox_id = ? ORDER BY id", place.id)
    everything = messages.all(db, "contact_inbox_id = ? ORDER BY id", place.id)
    return answer(
        {
            "thread": thread_shape(db, place, installation.features),
            "conversations": [conversation_shape(db, talk) for talk in talks],
            "messages": [message_push(db, message) for message in everything],
        }
    )


@router.get("/events")
async def events(request: Request, account_id: int = 1) -> StreamingResponse:
    """Server-Sent Events of an account."""
    installation = installation_of(request)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(
        _stream(installation, account_id), media_type="text/event-stream", headers=headers
    )


async def _stream(installation: Installation, account_id: int) -> AsyncIterator[bytes]:
    yield b": connected\n\n"
    async for event in installation.live.subscribe(account_id):
        yield _encoded(event)


def _encoded(event: LiveEvent | None) -> bytes:
    if event is None:
        return b": keep-alive\n\n"
    return b"data: " + orjson.dumps(event.as_json()) + b"\n\n"


def _shown(installation: Installation, message: Message) -> dict[str, object]:
    inbox = inboxes.require(installation.db, message.inbox_id)
    return customer_messages(installation.db, inbox, [message], installation.features)[0]


def _place(installation: Installation, thread_id: int) -> ContactInbox:
    found = contact_inboxes.find(installation.db, thread_id)
    if found is None:
        raise not_found()
    return found
