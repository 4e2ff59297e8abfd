// All that the page knows: inboxes, threads, their messages, and what is on its way to the server.

import { coalesced } from "../live.js";
import { getJson, postJson } from "../http.js";
import { Outbox } from "./outbox.js";

const API = "/simulator/api";
const TYPING_MS = 12_000;

export class Book extends EventTarget {
  constructor(accountId) {
    super();
    this.accountId = accountId;
    this.inboxes = [];
    this.threads = new Map();
    this.messages = new Map();
    this.typing = new Map();
    this.openId = null;
    this.loaded = false;
    this.outbox = new Outbox(this);
    this.refreshThreads = coalesced(() => this.#loadThreads());
    this.refreshers = new Map();
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  get open() {
    return this.threads.get(this.openId) ?? null;
  }

  ordered() {
    const time = (thread) => thread.last_message?.created_at ?? Number.MAX_SAFE_INTEGER;
    return [...this.threads.values()].sort((a, b) => time(b) - time(a) || b.id - a.id);
  }

  async loadInboxes() {
    this.inboxes = await getJson(`${API}/inboxes?account_id=${this.accountId}`);
  }

  async #loadThreads() {
    const threads = await getJson(`${API}/threads?account_id=${this.accountId}`);
    this.threads = new Map(threads.map((thread) => [thread.id, thread]));
    this.loaded = true;
    this.changed();
  }

  /** The messages from the server; coalesced per thread. */
  refreshMessages(threadId) {
    if (!this.refreshers.has(threadId)) {
      this.refreshers.set(threadId, coalesced(() => this.#loadMessages(threadId)));
    }
    return this.refreshers.get(threadId)();
  }

  async #loadMessages(threadId) {
    const messages = await getJson(`${API}/threads/${threadId}/messages`);
    this.outbox.adopt(threadId, messages);
    this.messages.set(threadId, messages);
    const thread = this.threads.get(threadId);
    // The server counts what was read as seen.
    if (thread) thread.unread = 0;
    this.changed();
  }

  async show(threadId) {
    this.openId = threadId;
    this.changed();
    if (threadId !== null) await this.refreshMessages(threadId);
  }

  /** Answers that the customer has not looked at. */
  unread(thread) {
    return thread.id === this.openId ? 0 : thread.unread;
  }

  async create(inboxId, name, phoneNumber) {
    const body = { account_id: this.accountId, inbox_id: inboxId, name };
    if (phoneNumber) body.phone_number = phoneNumber;
    const thread = await postJson(`${API}/threads`, body);
    await this.refreshThreads();
    return thread.id;
  }

  choose(threadId, messageId, value) {
    return postJson(`${API}/threads/${threadId}/choose`, { message_id: messageId, value }).then(() =>
      this.refreshMessages(threadId),
    );
  }

  post(item) {
    const path = `${API}/threads/${item.threadId}`;
    if (item.kind === "echo") return postJson(`${path}/echo`, { content: item.content });
    const body = { content: item.content, kind: item.kind };
    if (item.in_reply_to) body.in_reply_to = item.in_reply_to;
    return postJson(`${path}/messages`, body);
  }

  setTyping(threadId, on) {
    clearTimeout(this.typing.get(threadId));
    this.typing.delete(threadId);
    // The "off" may get lost with the connection.
    if (on) this.typing.set(threadId, setTimeout(() => this.setTyping(threadId, false), TYPING_MS));
    this.changed();
  }

  async receive(event) {
    const threadId = event.thread_id;
    if (event.type === "typing") {
      this.setTyping(threadId, event.typing === true);
      return;
    }
    await this.resync(threadId);
    // An answer of the shop ends its typing; the customer's own message does not.
    if (this.typing.has(threadId) && this.threads.get(threadId)?.last_message?.from === "shop") {
      this.setTyping(threadId, false);
    }
  }

  /** Messages before threads: reading marks them as seen. Other threads than the open one are not read. */
  async resync(threadId = this.openId) {
    if (threadId !== null && threadId === this.openId) await this.refreshMessages(threadId);
    await this.refreshThreads();
  }
}
