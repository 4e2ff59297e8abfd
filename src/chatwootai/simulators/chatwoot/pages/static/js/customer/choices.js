// Buttons, lists and quick texts, in the form that each channel really has.

import { byId, el, icon } from "../dom.js";
import { kindOf } from "../kinds.js";

const WHATSAPP_BUTTONS = 3;

export function choicesOf(message, context) {
  if (!message.items?.length || message.from !== "shop") return null;
  const form = kindOf(context.kind).choice;
  if (form === "chips") return null;
  if (form === "whatsapp" && message.items.length > WHATSAPP_BUTTONS) return listOpener(message, context);
  return el(
    "div.options",
    { role: "group", aria: { label: "Opções de resposta" } },
    message.items.map((item, index) => option(message, item, index, context)),
  );
}

function option(message, item, index, context) {
  const chosen = message.chosen === item.value;
  const button = el(
    `button.option${chosen ? ".option--chosen" : ""}`,
    { type: "button", disabled: message.chosen !== null && message.chosen !== undefined, data: { focus: `option${index}` } },
    chosen ? icon("check", "Escolhida") : context.kind === "whatsapp" && icon("reply"),
    item.title,
  );
  button.addEventListener("click", () => context.onChoose(message, item, button));
  return button;
}

function listOpener(message, context) {
  const chosen = message.items.find((item) => item.value === message.chosen);
  const button = el(
    "button.option",
    { type: "button", disabled: Boolean(chosen), aria: { haspopup: "dialog" }, data: { focus: "options" } },
    icon(chosen ? "check" : "list"),
    chosen ? chosen.title : "Ver opções",
  );
  button.addEventListener("click", () => openSheet(message, (item) => context.onChoose(message, item, button)));
  return el("div.options", {}, button);
}

/** The list message of WhatsApp: a sheet with radio rows and one button to send. */
function openSheet(message, onSend) {
  const sheet = byId("sheet");
  const send = el("button.button", { type: "submit", disabled: true }, "Enviar");
  const close = el("button.round", { type: "button", aria: { label: "Fechar" } }, icon("close"));
  const form = el(
    "form.sheet__form",
    { method: "dialog" },
    el("header.sheet__head", {}, close, el("h2", { id: "sheet-title" }, "Escolha uma opção")),
    el(
      "div.sheet__options",
      { role: "radiogroup", aria: { labelledby: "sheet-title" } },
      message.items.map((item, index) =>
        el(
          "label.sheet__option",
          {},
          el("span", {}, item.title),
          el("input", { type: "radio", name: "option", value: String(index) }),
        ),
      ),
    ),
    el("footer.sheet__foot", {}, send),
  );
  form.addEventListener("change", () => {
    send.disabled = false;
  });
  form.addEventListener("submit", () => {
    const picked = new FormData(form).get("option");
    if (picked !== null) onSend(message.items[Number(picked)]);
  });
  close.addEventListener("click", () => sheet.close());
  // A property, not a listener: the sheet is used again. Braces, because a returned false would cancel clicks.
  sheet.onclick = (event) => {
    if (event.target === sheet) sheet.close();
  };
  sheet.replaceChildren(form);
  sheet.showModal();
}

/** Quick replies above the keyboard: those of the newest message, while it waits for an answer. */
export function quickTexts(messages, kind) {
  const last = messages.at(-1);
  const open = last?.from === "shop" && last.items?.length && (last.chosen ?? null) === null;
  return open && kindOf(kind).choice === "chips" ? { message: last, items: last.items } : null;
}
