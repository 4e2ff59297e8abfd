// One message as the human agent sees it: customer, robot, person, template, note, activity.

import { el, icon } from "../dom.js";
import { ATTACHMENTS, attachmentIcon } from "../kinds.js";
import { formatted } from "../markup.js";
import { ticks } from "../ticks.js";
import { clockTime, isoTime } from "../times.js";

const INCOMING = 0;
const ACTIVITY = 2;
const TEMPLATE = 3;

/** "customer", "bot", "human", "template", "phone", "note" or "activity". */
export function roleOf(message) {
  if (message.message_type === ACTIVITY) return "activity";
  if (message.private) return "note";
  if (message.message_type === INCOMING) return "customer";
  if (message.message_type === TEMPLATE) return "template";
  const type = message.sender?.type ?? "";
  if (type === "agent_bot" || type === "captain_assistant") return "bot";
  return type === "user" ? "human" : "phone";
}

const NAMES = { template: "Modelo automático", phone: "Celular da loja", bot: "Robô", human: "Atendente", note: "Nota" };

export function drawMessage(message, first) {
  const role = roleOf(message);
  const time = el("time", { dateTime: isoTime(message.created_at) }, clockTime(message.created_at));
  if (role === "activity") return el("p.activity", {}, el("span", {}, message.content ?? "", " · ", time));
  const name = message.sender?.name ?? NAMES[role] ?? "";
  const error = message.content_attributes?.external_error;
  return el(
    `div.said.said--${role}${first ? ".said--first" : ""}`,
    {},
    el(
      "div.said__box",
      {},
      el("p.said__who", {}, roleIcon(role), role === "note" ? `Nota privada · ${name}` : name),
      (message.attachments ?? []).map(drawAttachment),
      message.content && el("div.said__text", {}, formatted(message.content, role === "customer" ? "whatsapp" : "markdown")),
      drawItems(message.content_attributes ?? {}),
      el("p.said__meta", {}, time, role !== "customer" && role !== "note" && ticks(error ? "failed" : message.status)),
    ),
    error && el("p.said__error", {}, icon("alert"), `Não chegou ao cliente: ${error}`),
  );
}

function roleIcon(role) {
  const name = { bot: "robot", human: "headset", template: "template", phone: "phone", note: "lock" }[role];
  return name ? icon(name) : null;
}

function drawAttachment(attachment) {
  const kind = attachment.file_type ?? attachment.kind;
  return el("p.said__file", {}, icon(attachmentIcon(kind)), ATTACHMENTS[kind] ?? ATTACHMENTS.file);
}

function drawItems({ items, submitted_values: submitted }) {
  if (!Array.isArray(items) || !items.length || !items.every((item) => item.title)) return null;
  const chosen = new Set((submitted ?? []).map((value) => value.value));
  return el(
    "ul.said__items",
    { aria: { label: "Opções oferecidas" } },
    items.map((item) => el(`li${chosen.has(item.value) ? ".is-chosen" : ""}`, {}, chosen.has(item.value) && icon("check", "Escolhida"), item.title)),
  );
}
