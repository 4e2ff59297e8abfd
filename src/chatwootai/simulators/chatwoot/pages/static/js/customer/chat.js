// The open thread: header, history, typing, scrolling.

import { byId, el, icon, reconcile, toast } from "../dom.js";
import { EXAMPLES, kindOf } from "../kinds.js";
import { dayKey, dayLabel } from "../times.js";
import { bubble } from "./bubble.js";
import { quickTexts } from "./choices.js";

const GROUP_SECONDS = 300;
const NEAR_PX = 120;

export class Chat {
  constructor(book, composer) {
    this.book = book;
    this.composer = composer;
    this.shown = null;
    this.count = 0;
    this.scroll = byId("scroll");
    this.jump = byId("jump");
    this.jump.addEventListener("click", () => this.toEnd(true));
    this.scroll.addEventListener("scroll", () => this.#atEnd() && this.#hideJump());
    new ResizeObserver(() => this.following && this.toEnd()).observe(this.scroll);
    this.following = true;
  }

  draw() {
    const thread = this.book.open;
    byId("chat").hidden = !thread;
    if (!thread) {
      this.shown = null;
      return;
    }
    const kind = kindOf(thread.kind);
    const inbox = this.book.inboxes.find((each) => each.id === thread.inbox_id);
    const switched = this.shown !== thread.id;
    if (switched) this.#switchTo(thread, inbox, kind);
    const typing = this.book.typing.has(thread.id);
    byId("typing").hidden = !typing;
    const subtitle = byId("chat-subtitle");
    subtitle.classList.toggle("is-typing", typing);
    subtitle.textContent = typing ? "digitando…" : `${kind.label} · você é ${thread.contact.name}`;
    this.#drawMessages(thread, switched);
  }

  #switchTo(thread, inbox, kind) {
    this.shown = thread.id;
    this.count = 0;
    this.following = true;
    byId("chat").dataset.kind = thread.kind;
    // An inbox is often named like its channel, which the line below says already.
    byId("chat-title").textContent = inbox && inbox.name !== kind.label ? inbox.name : "Loja";
    byId("chat-avatar").replaceChildren(icon(kind.icon));
    byId("echo-toggle").hidden = !kind.ownApp;
    byId("log").replaceChildren();
    this.#hideJump();
  }

  #drawMessages(thread, switched) {
    const log = byId("log");
    const stored = this.book.messages.get(thread.id);
    log.setAttribute("aria-busy", String(stored === undefined));
    const messages = stored ?? [];
    const pending = this.book.outbox.of(thread.id).map((item) => this.#provisional(item));
    const near = this.following;
    // A freshly opened history must not be read out from the beginning: only what arrives afterwards is news.
    if (switched || this.count === 0) log.setAttribute("aria-live", "off");
    const byIdentity = new Map(messages.map((message) => [message.id, message]));
    reconcile(log, this.#rows(thread, [...messages, ...pending], byIdentity));
    requestAnimationFrame(() => stored && log.setAttribute("aria-live", "polite"));
    this.#drawChips(thread, messages, pending, stored !== undefined);
    const total = messages.length + pending.length;
    if (total > this.count) {
      if (near || pending.length || this.count === 0) this.toEnd();
      else this.jump.hidden = false;
    } else if (near) this.toEnd();
    this.count = total;
  }

  #provisional(item) {
    const echo = item.kind === "echo";
    return {
      ...item,
      from: echo ? "shop" : "customer",
      author: echo ? "phone" : null,
      attachments: ["text", "echo"].includes(item.kind) ? [] : [{ kind: item.kind }],
    };
  }

  #rows(thread, messages, byIdentity) {
    const rows = [];
    let previous = null;
    for (const message of messages) {
      const day = dayKey(message.created_at);
      const newDay = !previous || day !== dayKey(previous.created_at);
      if (newDay) {
        const label = dayLabel(message.created_at);
        rows.push({ key: `d${day}`, signature: label, build: () => el("div.day", {}, el("span", {}, label)) });
      }
      const first =
        newDay || previous.from !== message.from || previous.author !== message.author || message.created_at - previous.created_at > GROUP_SECONDS;
      const quoted = message.in_reply_to ? byIdentity.get(message.in_reply_to) : null;
      rows.push({
        key: message.id ? this.book.outbox.rowKey(message) : message.row,
        signature: JSON.stringify([message, first, quoted?.content]),
        build: () => bubble(message, this.#context(thread, message, first, quoted)),
      });
      previous = message;
    }
    return rows;
  }

  #context(thread, message, first, quoted) {
    const item = this.book.outbox.items.find((each) => each.row === message.row);
    return {
      kind: thread.kind,
      first,
      quoted,
      onReply: () => this.composer.quote(message),
      onChoose: (shown, option, button) => this.#choose(thread, shown, option, button),
      onRetry: () => this.book.outbox.retry(item),
      onDiscard: () => this.book.outbox.discard(item),
    };
  }

  async #choose(thread, message, option, button) {
    button.disabled = true;
    try {
      await this.book.choose(thread.id, message.id, option.value);
      this.composer.focus();
    } catch (error) {
      button.disabled = false;
      toast(`A escolha não foi enviada: ${error.message} Tente de novo.`);
    }
  }

  #drawChips(thread, messages, pending, loaded) {
    const chips = byId("chips");
    const quick = pending.length ? null : quickTexts(messages, thread.kind);
    const examples = loaded && !messages.length && !pending.length ? EXAMPLES : [];
    const texts = quick ? quick.items.map((item) => item.title) : examples;
    chips.hidden = texts.length === 0;
    reconcile(
      chips,
      texts.map((text, index) => ({
        key: index,
        signature: `${text}${quick?.message.id ?? ""}`,
        build: () => {
          const chip = el("button.chip", { type: "button" }, text);
          chip.addEventListener("click", () =>
            quick ? this.#choose(thread, quick.message, quick.items[index], chip) : this.composer.submit(text),
          );
          return chip;
        },
      })),
    );
  }

  #atEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.scroll;
    this.following = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    return this.following;
  }

  #hideJump() {
    this.jump.hidden = true;
  }

  toEnd(smooth = false) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scroll.scrollTo({ top: this.scroll.scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
    this.following = true;
    this.#hideJump();
  }
}
