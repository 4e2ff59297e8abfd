"""A small in-memory double of the stand-in's endpoints, for the pages' own tests."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from fastapi import FastAPI, HTTPException
from fastapi.responses import StreamingResponse

Json = dict[str, object]

CHANNELS = [
    ("Loja Bela", "Channel::Whatsapp", "whatsapp"),
    ("@lojabela", "Channel::Instagram", "instagram"),
    ("Site", "Channel::WebWidget", "web_widget"),
    ("Aplicativo", "Channel::Api", "api"),
]
INBOXES: list[Json] = [
    {"id": number, "account_id": 1, "name": name, "channel_type": channel_type, "kind": kind}
    for number, (name, channel_type, kind) in enumerate(CHANNELS, 1)
]
AGENTS: list[Json] = [
    {"id": 1, "name": "Ana Atendente", "access_token": "token-ana", "role": "agent"},
    {"id": 2, "name": "Bruno Gerente", "access_token": "token-bruno", "role": "administrator"},
]
TEAMS: list[Json] = [{"id": 1, "name": "vendas"}, {"id": 2, "name": "suporte"}]


@dataclass
class Thread:
    id: int
    inbox: Json
    name: str
    phone: str | None
    status: str = "pending"
    assignee: Json | None = None
    team: Json | None = None
    labels: list[str] = field(default_factory=list)
    custom: Json = field(default_factory=dict)
    messages: list[Json] = field(default_factory=list)
    waiting_since: int = 0


class StandInDouble:
    """State and events of the double."""

    def __init__(self) -> None:
        self.threads: dict[int, Thread] = {}
        self.listeners: list[asyncio.Queue[Json]] = []
        self._next_message = 100

    def emit(self, kind: str, thread: Thread, message_id: int | None = None, **more: object) -> None:
        event: Json = {
            "type": kind,
            "account_id": 1,
            "thread_id": thread.id,
            "conversation_id": thread.id,
            "message_id": message_id,
            **more,
        }
        for queue in self.listeners:
            queue.put_nowait(event)

    def create(self, inbox_id: int, name: str, phone: str | None = None) -> Thread:
        inbox = next(each for each in INBOXES if each["id"] == inbox_id)
        thread = Thread(len(self.threads) + 1, inbox, name, phone)
        self.threads[thread.id] = thread
        self.emit("thread_created", thread)
        return thread

    def say(self, thread: Thread, origin: str, content: str, **more: object) -> Json:
        """`origin`: customer, bot, human, template, phone, note or activity."""
        self._next_message += 1
        message: Json = {
            "id": self._next_message,
            "from": "customer" if origin == "customer" else "shop",
            "author": None if origin == "customer" else origin,
            "content": content,
            "content_type": "text",
            "items": [],
            "chosen": None,
            "attachments": [],
            "status": "sent",
            "in_reply_to": None,
            "created_at": int(time.time()),
            "conversation_id": thread.id,
            **more,
        }
        thread.messages.append(message)
        if origin == "customer":
            thread.waiting_since = thread.waiting_since or int(time.time())
        elif origin in {"bot", "human", "phone"}:
            thread.waiting_since = 0
        self.emit("message_created", thread, self._next_message)
        return message

    def visible(self, thread: Thread) -> list[Json]:
        return [each for each in thread.messages if each["author"] not in {"note", "activity"}]

    def thread_json(self, thread: Thread) -> Json:
        visible = self.visible(thread)
        unread = 0
        for message in reversed(visible):
            if message["from"] == "customer":
                break
            unread += 1
        return {
            "id": thread.id,
            "account_id": 1,
            "inbox_id": thread.inbox["id"],
            "kind": thread.inbox["kind"],
            "contact": {"id": thread.id, "name": thread.name, "phone_number": thread.phone},
            "source_id": f"s{thread.id}",
            "last_message": visible[-1] if visible else None,
            "unread": unread,
        }

    def conversation_json(self, thread: Thread) -> Json:
        rest = [rest_message(thread, each) for each in thread.messages]
        spoken = [each for each in rest if each["message_type"] != 2]
        return {
            "id": thread.id,
            "inbox_id": thread.inbox["id"],
            "status": thread.status,
            "labels": thread.labels,
            "custom_attributes": thread.custom,
            "additional_attributes": {},
            "can_reply": True,
            "unread_count": 0,
            "waiting_since": thread.waiting_since,
            "last_activity_at": rest[-1]["created_at"] if rest else int(time.time()),
            "timestamp": rest[-1]["created_at"] if rest else int(time.time()),
            "messages": rest[-1:],
            "last_non_activity_message": spoken[-1] if spoken else None,
            "meta": {
                "sender": {"id": thread.id, "name": thread.name, "phone_number": thread.phone, "email": None},
                "channel": thread.inbox["channel_type"],
                "assignee": thread.assignee,
                "team": thread.team,
            },
        }


def rest_message(thread: Thread, message: Json) -> Json:
    author = str(message["author"])
    senders: dict[str, Json | None] = {
        "bot": {"id": 1, "name": "Robô da loja", "type": "agent_bot"},
        "human": {"id": 1, "name": "Ana Atendente", "type": "user"},
        "note": {"id": 1, "name": "Robô da loja", "type": "agent_bot"},
    }
    kind = {"activity": 2, "template": 3}.get(author, 0 if message["from"] == "customer" else 1)
    customer: Json = {"id": thread.id, "name": thread.name, "type": "contact"}
    return {
        "id": message["id"],
        "content": message["content"],
        "message_type": kind,
        "content_type": message["content_type"],
        "content_attributes": {"items": message["items"]} if message["items"] else {},
        "private": author == "note",
        "status": message["status"],
        "created_at": message["created_at"],
        "inbox_id": thread.inbox["id"],
        "conversation_id": thread.id,
        "sender": customer if kind == 0 else senders.get(author),
    }


def create_double(double: StandInDouble) -> FastAPI:  # noqa: C901 -- a flat list of routes
    app = FastAPI()
    simulator, rest = "/simulator/api", "/api/v1/accounts/1"

    def thread(thread_id: int) -> Thread:
        if thread_id not in double.threads:
            raise HTTPException(404)
        return double.threads[thread_id]

    @app.get(f"{simulator}/inboxes")
    async def inboxes() -> list[Json]:
        return INBOXES

    @app.get(f"{simulator}/threads")
    async def threads() -> list[Json]:
        return [double.thread_json(each) for each in double.threads.values()]

    @app.post(f"{simulator}/threads")
    async def new_thread(body: Json) -> Json:
        phone = body.get("phone_number")
        return double.thread_json(
            double.create(int(str(body["inbox_id"])), str(body["name"]), str(phone) if phone else None)
        )

    @app.get(f"{simulator}/threads/{{thread_id}}/messages")
    async def messages(thread_id: int, after: int = 0) -> list[Json]:
        return [each for each in double.visible(thread(thread_id)) if int(str(each["id"])) > after]

    @app.post(f"{simulator}/threads/{{thread_id}}/messages")
    async def send(thread_id: int, body: Json) -> Json:
        kind = body["kind"]
        attachments = [] if kind == "text" else [{"kind": kind}]
        return double.say(
            thread(thread_id),
            "customer",
            str(body["content"]),
            attachments=attachments,
            in_reply_to=body.get("in_reply_to"),
        )

    @app.post(f"{simulator}/threads/{{thread_id}}/choose")
    async def choose(thread_id: int, body: Json) -> Json:
        found = thread(thread_id)
        message = next(each for each in found.messages if each["id"] == body["message_id"])
        message["chosen"] = body["value"]
        items = message["items"]
        title = (
            next(i["title"] for i in items if i["value"] == body["value"]) if isinstance(items, list) else ""
        )
        return double.say(found, "customer", title, in_reply_to=message["id"])

    @app.post(f"{simulator}/threads/{{thread_id}}/echo")
    async def echo(thread_id: int, body: Json) -> Json:
        return double.say(thread(thread_id), "phone", str(body["content"]))

    @app.get(f"{simulator}/events")
    async def events() -> StreamingResponse:
        queue: asyncio.Queue[Json] = asyncio.Queue()
        double.listeners.append(queue)

        async def stream() -> AsyncIterator[str]:
            yield ": welcome\n\n"
            try:
                while True:
                    yield f"data: {json.dumps(await queue.get())}\n\n"
            finally:
                double.listeners.remove(queue)

        return StreamingResponse(stream(), media_type="text/event-stream")

    @app.get(f"{simulator}/agent-session")
    async def agent_session() -> list[Json]:
        return AGENTS

    @app.get(f"{rest}/conversations")
    async def conversations(status: str = "open", page: int = 1) -> Json:
        found = [each for each in double.threads.values() if status in {"all", each.status}]
        shown = [double.conversation_json(each) for each in found][(page - 1) * 25 : page * 25]
        return {"data": {"meta": {"all_count": len(found)}, "payload": shown}}

    @app.get(f"{rest}/conversations/meta")
    async def meta(status: str = "open") -> Json:
        found = [each for each in double.threads.values() if status in {"all", each.status}]
        return {
            "meta": {"all_count": len(found), "mine_count": 0, "unassigned_count": 0, "assigned_count": 0}
        }

    @app.get(f"{rest}/conversations/{{conversation_id}}")
    async def conversation(conversation_id: int) -> Json:
        return double.conversation_json(thread(conversation_id))

    @app.get(f"{rest}/conversations/{{conversation_id}}/messages")
    async def rest_messages(conversation_id: int, before: int | None = None) -> Json:
        found = thread(conversation_id)
        listed = [rest_message(found, each) for each in found.messages]
        if before:
            listed = [each for each in listed if int(str(each["id"])) < before]
        return {"meta": {}, "payload": listed[-20:]}

    @app.post(f"{rest}/conversations/{{conversation_id}}/messages")
    async def reply(conversation_id: int, body: Json) -> Json:
        found = thread(conversation_id)
        origin = "note" if body.get("private") else "human"
        attributes = body.get("content_attributes")
        items = attributes.get("items", []) if isinstance(attributes, dict) else []
        kind = body.get("content_type", "text")
        return rest_message(
            found, double.say(found, origin, str(body["content"]), items=items, content_type=kind)
        )

    @app.post(f"{rest}/conversations/{{conversation_id}}/toggle_status")
    async def toggle_status(conversation_id: int, body: Json) -> Json:
        found = thread(conversation_id)
        found.status = str(body["status"])
        double.say(found, "activity", f"Ana Atendente marcou a conversa como {found.status}")
        double.emit("conversation_updated", found)
        return {"meta": {}, "payload": {"success": True, "current_status": found.status}}

    @app.post(f"{rest}/conversations/{{conversation_id}}/assignments")
    async def assign(conversation_id: int, body: Json) -> Json | None:
        found = thread(conversation_id)
        if "assignee_id" in body:
            found.assignee = next((each for each in AGENTS if each["id"] == body["assignee_id"]), None)
        else:
            found.team = next((each for each in TEAMS if each["id"] == body["team_id"]), None)
        double.emit("conversation_updated", found)
        return found.assignee if "assignee_id" in body else found.team

    @app.get(f"{rest}/teams")
    async def teams() -> list[Json]:
        return TEAMS

    @app.get(f"{rest}/agents")
    async def agents() -> list[Json]:
        return AGENTS

    @app.get(f"{rest}/labels")
    async def labels() -> Json:
        return {"payload": [{"id": 1, "title": "vip", "color": "#1f5fbf"}]}

    return app
