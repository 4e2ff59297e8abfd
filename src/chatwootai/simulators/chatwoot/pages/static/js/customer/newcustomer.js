// The dialog for a new customer, and the friendly start when there is none.

import { avatar, byId, el, icon } from "../dom.js";
import { EXAMPLES, kindOf } from "../kinds.js";

const FIRST = { name: "Maria Silva", phone: "+5511987654321" };
const NAMES = ["Maria Silva", "João Pereira", "Ana Souza", "Carlos Lima", "Beatriz Rocha", "Pedro Alves", "Luiza Martins"];

/** "+5511987654321" from what Brazilians type, or null. Foreign numbers need their plus sign. */
export function phoneNumber(typed) {
  const digits = typed.replace(/\D/gu, "");
  if (typed.trim().startsWith("+")) return /^[1-9]\d{7,14}$/u.test(digits) ? `+${digits}` : null;
  if (/^55[1-9]\d{9,10}$/u.test(digits)) return `+${digits}`;
  return /^[1-9]\d{9,10}$/u.test(digits) ? `+55${digits}` : null;
}

// Only a label of the simulation: nothing is ever sent to this number.
function inventedPhone() {
  const last = String(Math.floor(Math.random() * 10_000)).padStart(4, "0");
  return `+55 11 9555${Math.floor(Math.random() * 10)}-${last}`;
}

export class NewCustomer {
  constructor(book, onCreated) {
    this.book = book;
    this.onCreated = onCreated;
    this.dialog = byId("customer-dialog");
    this.form = byId("customer-form");
    byId("new-customer").addEventListener("click", () => this.show());
    byId("customer-cancel").addEventListener("click", () => this.dialog.close());
    byId("customer-inboxes").addEventListener("change", () => this.#phoneField());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  show() {
    const taken = new Set([...this.book.threads.values()].map((thread) => thread.contact.name));
    this.form.reset();
    for (const note of this.form.querySelectorAll(".field__error")) note.textContent = "";
    byId("customer-name").value = NAMES.find((name) => !taken.has(name)) ?? "";
    byId("customer-phone").value = inventedPhone();
    byId("customer-inboxes").replaceChildren(...this.book.inboxes.map((inbox, index) => this.#choice(inbox, index === 0)));
    this.#phoneField();
    this.dialog.showModal();
    byId("customer-name").select();
  }

  #choice(inbox, checked) {
    const kind = kindOf(inbox.kind);
    return el(
      "label.choice",
      {},
      el("input", { type: "radio", name: "inbox", value: String(inbox.id), checked }),
      el(`span.channel.channel--${inbox.kind}`, {}, icon(kind.icon)),
      el("span", {}, el("strong", {}, kind.label), inbox.name !== kind.label && el("small", {}, inbox.name)),
    );
  }

  #inbox() {
    const id = Number(new FormData(this.form).get("inbox"));
    return this.book.inboxes.find((inbox) => inbox.id === id);
  }

  #phoneField() {
    byId("customer-phone-field").hidden = this.#inbox()?.kind !== "whatsapp";
  }

  async #submit() {
    const inbox = this.#inbox();
    const name = byId("customer-name").value.trim();
    const phone = inbox?.kind === "whatsapp" ? phoneNumber(byId("customer-phone").value) : null;
    this.#invalid("customer-name", name ? "" : "Escreva um nome.");
    const phoneProblem = inbox?.kind === "whatsapp" && !phone;
    this.#invalid("customer-phone", phoneProblem ? "Telefone com DDD, por exemplo (11) 98765-4321." : "");
    if (!inbox || !name || phoneProblem) {
      byId(name ? "customer-phone" : "customer-name").focus();
      return;
    }
    byId("customer-submit").disabled = true;
    try {
      const threadId = await this.book.create(inbox.id, name, phone);
      this.dialog.close();
      this.onCreated(threadId);
    } catch (error) {
      byId("customer-form-error").textContent = `Não foi possível criar: ${error.message}`;
    } finally {
      byId("customer-submit").disabled = false;
    }
  }

  #invalid(field, problem) {
    byId(field).setAttribute("aria-invalid", String(problem !== ""));
    byId(`${field}-error`).textContent = problem;
  }

  drawWelcome() {
    const welcome = byId("welcome");
    const empty = this.book.loaded && this.book.threads.size === 0;
    document.body.classList.toggle("is-empty", empty);
    welcome.hidden = this.book.open !== null || !this.book.loaded;
    const wanted = empty ? "start" : "choose";
    if (welcome.hidden || welcome.dataset.shown === wanted) return;
    welcome.dataset.shown = wanted;
    welcome.replaceChildren(...(empty ? this.#start() : chooseOne()));
  }

  #start() {
    const problem = el("p.field__error", { role: "alert" });
    const start = (first) => this.#startAs(first, problem);
    const button = el("button.button.button--big", { type: "button", id: "start" }, "Conversar como Maria Silva");
    button.addEventListener("click", () => start(null));
    const other = el("button.button.button--plain", { type: "button" }, "Criar outro cliente");
    other.addEventListener("click", () => this.show());
    const chips = EXAMPLES.map((text) => {
      const chip = el("button.chip", { type: "button" }, text);
      chip.addEventListener("click", () => start(text));
      return chip;
    });
    return [
      avatar(FIRST.name, ".avatar--big"),
      el("h2", {}, "Seja cliente por um minuto"),
      el("p", {}, "Este é o celular de quem compra. Escreva à loja pelo WhatsApp e veja como ela responde."),
      button,
      el("p.welcome__or", {}, "ou comece com uma destas mensagens"),
      el("div.chips.chips--welcome", {}, chips),
      problem,
      other,
    ];
  }

  async #startAs(firstText, problem) {
    const inbox = this.book.inboxes.find((each) => each.kind === "whatsapp") ?? this.book.inboxes[0];
    if (!inbox) {
      problem.textContent = "A simulação ainda não tem nenhuma caixa de entrada.";
      return;
    }
    try {
      this.onCreated(await this.book.create(inbox.id, FIRST.name, FIRST.phone), firstText);
    } catch (error) {
      problem.textContent = `Não foi possível começar: ${error.message}`;
    }
  }
}

function chooseOne() {
  return [
    el("span.welcome__icon", {}, icon("phone")),
    el("h2", {}, "Escolha um cliente"),
    el("p", {}, "Cada conversa da lista é o celular de um cliente. Abra uma, ou crie um cliente novo."),
  ];
}
