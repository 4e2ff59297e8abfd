// One message as the customer sees it.

import { el, icon } from "../dom.js";
import { ATTACHMENTS, AUTHORS, kindOf } from "../kinds.js";
import { formatted, plainLine } from "../markup.js";
import { ticks } from "../ticks.js";
import { clockTime, isoTime } from "../times.js";
import { choicesOf } from "./choices.js";

/** `context`: {kind, quoted, first, onReply, onChoose, onRetry, onDiscard}. */
export function bubble(message, context) {
  const mine = message.from === "customer";
  const { dialect } = kindOf(context.kind);
  const attachment = message.attachments?.[0];
  const content = message.content ?? "";
  const body = el(
    "div.bubble",
    {},
    el("span.visually-hidden", {}, mine ? "Cliente: " : `Loja (${AUTHORS[message.author] ?? "sistema"}): `),
    context.quoted && quotation(context.quoted),
    attachment && drawAttachment(attachment),
    content && el("div.bubble__text", {}, formatted(content, dialect)),
    footer(message, mine),
  );
  const failed = message.state === "failed";
  const row = el(
    `div.row.${mine ? "row--mine" : "row--theirs"}${context.first ? ".row--first" : ""}`,
    { data: { author: message.author ?? "" } },
    el("div.row__line", {}, body, message.id && replyButton(message, context)),
    choicesOf(message, context),
    failed && retryLine(context, message),
    !mine && message.status === "failed" && el("p.row__problem", {}, icon("alert"), "Esta mensagem não chegou ao cliente."),
  );
  row.classList.toggle("row--failed", failed);
  return row;
}

function footer(message, mine) {
  const author = !mine && AUTHORS[message.author];
  return el(
    "span.bubble__meta",
    {},
    author && el(`span.by.by--${message.author}`, {}, author),
    el("time", { dateTime: isoTime(message.created_at) }, clockTime(message.created_at)),
    mine && message.state !== "failed" && ticks(message.state ?? message.status),
  );
}

function replyButton(message, { onReply }) {
  const button = el(
    "button.row__reply",
    { type: "button", title: "Responder", aria: { label: "Responder a esta mensagem" }, data: { focus: "reply" } },
    icon("reply"),
  );
  button.addEventListener("click", () => onReply(message));
  return button;
}

function retryLine({ onRetry, onDiscard }, message) {
  const retry = el("button.retry", { type: "button", data: { focus: "retry" } }, icon("alert"), "Não enviada. Tocar para tentar de novo");
  retry.addEventListener("click", onRetry);
  const drop = el("button.retry.retry--drop", { type: "button", aria: { label: "Descartar mensagem não enviada" }, title: "Descartar" }, icon("close"));
  drop.addEventListener("click", onDiscard);
  return el("p.row__failed", { title: message.reason }, retry, drop);
}

export function excerpt(message) {
  const attachment = message.attachments?.[0]?.kind;
  return plainLine(message.content ?? "") || ATTACHMENTS[attachment] || "Mensagem";
}

export function quotation(message) {
  const who = message.from === "customer" ? "Cliente" : "Loja";
  return el(
    `div.quote${message.from === "customer" ? ".quote--mine" : ""}`,
    {},
    el("span.quote__who", {}, who),
    el("span.quote__text", {}, excerpt(message)),
  );
}

const WAVE = [6, 11, 8, 15, 19, 12, 7, 16, 22, 14, 9, 18, 13, 6, 10, 20, 15, 8, 12, 17, 10, 6, 9, 5];

function drawAttachment({ kind, title }) {
  const label = ATTACHMENTS[kind] ?? ATTACHMENTS.file;
  if (kind === "audio") return el("div.media.media--audio", {}, icon("play"), wave(), el("span.media__length", {}, "0:07"), named(label));
  if (kind === "location") return el("div.media.media--map", {}, el("span.media__pin", {}, icon("pin")), el("span.media__caption", {}, title || label));
  if (kind === "image" || kind === "video") return el("div.media.media--image", {}, icon("image"), named(label));
  return el("div.media.media--file", {}, icon("template"), el("span", {}, label));
}

const named = (label) => el("span.visually-hidden", {}, label);

function wave() {
  const node = el("span.wave", { aria: { hidden: "true" } });
  for (const height of WAVE) {
    const bar = el("i");
    bar.style.height = `${height}px`;
    node.append(bar);
  }
  return node;
}
