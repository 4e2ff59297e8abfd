// The agent's form: an answer to the customer, or a private note.

import { byId } from "../dom.js";

const TALLEST_PX = 180;

export class Writer {
  constructor(desk) {
    this.desk = desk;
    this.isNote = false;
    this.shown = null;
    this.drafts = new Map();
    this.text = byId("text");
    byId("writer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.text.addEventListener("input", () => this.#fit());
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    byId("mode-reply").addEventListener("click", () => this.#setNote(false));
    byId("mode-note").addEventListener("click", () => this.#setNote(true));
  }

  draw() {
    const { openId, conversation, me } = this.desk;
    if (this.shown !== openId) {
      if (this.shown !== null) this.drafts.set(this.shown, this.text.value);
      this.shown = openId;
      this.text.value = this.drafts.get(openId) ?? "";
      byId("write-error").textContent = "";
      this.#setNote(false, false);
    }
    const closed = !this.isNote && conversation?.can_reply === false;
    this.text.disabled = closed;
    byId("send").disabled = closed;
    const hint = byId("hint");
    const robot = !this.isNote && conversation?.status === "pending";
    hint.hidden = !closed && !robot;
    hint.textContent = closed
      ? "A janela de 24 horas do canal terminou: o cliente precisa escrever primeiro. Notas privadas continuam possíveis."
      : `O robô está atendendo. Se ${me?.name ?? "você"} responder, ele se cala.`;
  }

  #setNote(on, refocus = true) {
    this.isNote = on;
    byId("mode-reply").setAttribute("aria-pressed", String(!on));
    byId("mode-note").setAttribute("aria-pressed", String(on));
    byId("writer").classList.toggle("writer--note", on);
    byId("text-label").textContent = on ? "Nota privada" : "Resposta ao cliente";
    byId("send").textContent = on ? "Anotar" : "Enviar";
    this.text.placeholder = on ? "Só a equipe vê esta nota…" : "Escreva ao cliente…";
    this.#fit();
    if (!refocus) return;
    this.draw();
    this.text.focus();
  }

  async #send() {
    const content = this.text.value.trim();
    if (!content || this.sending) return;
    this.sending = true;
    this.text.readOnly = true;
    byId("write-error").textContent = "";
    const { isNote } = this;
    const target = this.desk.openId;
    try {
      await this.desk.chatwoot.write(target, content, isNote);
      this.drafts.delete(target);
      if (this.desk.openId === target) this.text.value = "";
      this.desk.resync().catch(() => {});
    } catch (error) {
      byId("write-error").textContent = `Não enviada: ${error.message} O texto continua aqui; tente de novo.`;
    } finally {
      this.sending = false;
      this.text.readOnly = false;
      this.#fit();
      this.text.focus();
    }
  }

  #fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, TALLEST_PX)}px`;
  }
}
