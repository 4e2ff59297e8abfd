// Where the customer writes: text, attachments, quotation, and the shop's own phone.

import { byId, el, icon } from "../dom.js";
import { menuButton } from "../keyboard.js";
import { kindOf } from "../kinds.js";
import { excerpt } from "./bubble.js";

const TALLEST_PX = 144;

export class Composer {
  constructor(book) {
    this.book = book;
    this.threadId = null;
    this.drafts = new Map();
    this.quoted = null;
    this.echo = false;
    this.text = byId("text");
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(this.text.value);
    });
    this.text.addEventListener("input", () => this.#fit());
    this.text.addEventListener("keydown", (event) => this.#key(event));
    byId("echo-toggle").addEventListener("click", () => this.#setEcho(!this.echo));
    menuButton(byId("attach"), byId("attach-menu"), (item) => this.#attach(item.dataset.attach));
  }

  /** Each thread keeps its own half-written text. */
  show(thread) {
    if (this.threadId === thread?.id) return;
    if (this.threadId !== null) this.drafts.set(this.threadId, this.text.value);
    this.threadId = thread?.id ?? null;
    this.quote(null);
    this.#setEcho(false, false);
    if (!thread) return;
    this.text.value = this.drafts.get(thread.id) ?? "";
    this.text.placeholder = kindOf(thread.kind).placeholder;
    this.#fit();
  }

  focus() {
    // On a phone the keyboard would cover half of the conversation at once.
    if (matchMedia("(hover: hover)").matches) this.text.focus({ preventScroll: true });
  }

  submit(text) {
    const content = text.trim();
    if (!content || this.threadId === null) return;
    const kind = this.echo ? "echo" : "text";
    this.book.outbox.send(this.threadId, { content, kind, in_reply_to: this.quoted?.id ?? null });
    this.#clear();
  }

  #attach(kind) {
    const content = kind === "image" ? this.text.value.trim() : "";
    this.book.outbox.send(this.threadId, { content, kind, in_reply_to: this.quoted?.id ?? null });
    if (content) this.#clear();
    else this.quote(null);
    this.focus();
  }

  #clear() {
    this.text.value = "";
    this.quote(null);
    if (this.echo) this.#setEcho(false);
    this.#fit();
    this.text.focus({ preventScroll: true });
  }

  quote(message) {
    this.quoted = message;
    const box = byId("quote");
    box.hidden = !message;
    if (!message) {
      box.replaceChildren();
      return;
    }
    const cancel = el("button.round", { type: "button", aria: { label: "Não citar" } }, icon("close"));
    cancel.addEventListener("click", () => {
      this.quote(null);
      this.text.focus();
    });
    const who = message.from === "customer" ? "você" : "a loja";
    box.replaceChildren(
      el("div.quote", {}, el("span.quote__who", {}, `Respondendo a ${who}`), el("span.quote__text", {}, excerpt(message))),
      cancel,
    );
    this.text.focus();
  }

  #setEcho(on, refocus = true) {
    this.echo = on;
    byId("echo-toggle").setAttribute("aria-pressed", String(on));
    byId("composer").classList.toggle("composer--echo", on);
    const mode = byId("mode");
    mode.hidden = !on;
    mode.textContent = on ? "Você agora escreve pelo celular da loja. Só a próxima mensagem." : "";
    byId("attach").disabled = on;
    if (refocus) this.text.focus();
  }

  #key(event) {
    // During composition Enter confirms an accent or a word of the keyboard, not the message.
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit(this.text.value);
    } else if (event.key === "Escape") {
      if (this.quoted) this.quote(null);
      else if (this.echo) this.#setEcho(false);
    }
  }

  #fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, TALLEST_PX)}px`;
    byId("send").classList.toggle("is-ready", this.text.value.trim() !== "");
  }
}
