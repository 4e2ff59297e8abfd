// Messages shown before the server has them. One at a time per thread, so that their order is kept.

import { RequestFailed } from "../http.js";

let counter = 0;

export class Outbox {
  constructor(book) {
    this.book = book;
    this.items = [];
    this.queues = new Map();
    // A stored message keeps the row of the provisional one: no second animation, no second announcement.
    this.rowOf = new Map();
  }

  of(threadId) {
    return this.items.filter((item) => item.threadId === threadId);
  }

  rowKey(message) {
    return this.rowOf.get(message.id) ?? `m${message.id}`;
  }

  send(threadId, { content, kind = "text", in_reply_to = null }) {
    counter += 1;
    const item = {
      row: `local${counter}`,
      threadId,
      content,
      kind,
      in_reply_to,
      state: "sending",
      created_at: Date.now() / 1000,
      after: this.book.messages.get(threadId)?.at(-1)?.id ?? 0,
    };
    this.items.push(item);
    this.book.changed();
    return this.#enqueue(item);
  }

  /** Looks first whether the message arrived after all: its answer may have been lost on the way. */
  async retry(item) {
    item.state = "sending";
    this.book.changed();
    try {
      await this.book.refreshMessages(item.threadId);
    } catch (error) {
      this.#fail(item, error);
      return;
    }
    if (this.items.includes(item)) await this.#enqueue(item);
  }

  discard(item) {
    this.items = this.items.filter((other) => other !== item);
    this.book.changed();
  }

  #enqueue(item) {
    const before = this.queues.get(item.threadId) ?? Promise.resolve();
    const turn = before.then(() => this.#post(item));
    this.queues.set(item.threadId, turn);
    return turn;
  }

  async #post(item) {
    try {
      const stored = await this.book.post(item);
      if (stored?.id && this.items.includes(item)) this.#settle(item, stored.id);
      await this.book.refreshMessages(item.threadId);
      this.discard(item);
    } catch (error) {
      this.#fail(item, error);
    }
  }

  #fail(item, error) {
    if (!(error instanceof RequestFailed)) throw error;
    item.state = "failed";
    item.reason = error.message;
    this.book.changed();
  }

  #settle(item, messageId) {
    this.rowOf.set(messageId, item.row);
    item.storedAs = messageId;
  }

  /** Drops provisional messages that the server lists by now, told by their id or by their text. */
  adopt(threadId, messages) {
    const taken = new Set(this.rowOf.keys());
    for (const item of this.of(threadId)) {
      const match = messages.find((message) =>
        item.storedAs ? message.id === item.storedAs : !taken.has(message.id) && isSame(item, message),
      );
      if (!match) continue;
      taken.add(match.id);
      this.rowOf.set(match.id, item.row);
      this.items = this.items.filter((other) => other !== item);
    }
  }
}

function isSame(item, message) {
  if (message.id <= item.after) return false;
  if (item.kind === "echo") return message.author === "phone" && message.content === item.content;
  if (message.from !== "customer") return false;
  const kind = message.attachments?.[0]?.kind ?? "text";
  return kind === item.kind && (message.content ?? "") === item.content;
}
