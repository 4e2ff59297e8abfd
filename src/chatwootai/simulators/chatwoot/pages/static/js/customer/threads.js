// The list of customers: one row per thread.

import { avatar, byId, el, icon, reconcile } from "../dom.js";
import { ATTACHMENTS, attachmentIcon, kindOf } from "../kinds.js";
import { plainLine } from "../markup.js";
import { ticks } from "../ticks.js";
import { isoTime, listTime } from "../times.js";

export function drawThreads(book, onOpen) {
  const list = byId("threads");
  list.setAttribute("aria-busy", String(!book.loaded));
  reconcile(
    list,
    book.ordered().map((thread) => {
      const view = {
        thread,
        unread: book.unread(thread),
        open: thread.id === book.openId,
        typing: book.typing.has(thread.id),
      };
      const time = thread.last_message ? listTime(thread.last_message.created_at) : "";
      return { key: thread.id, signature: JSON.stringify([view, time]), build: () => row(view, time, onOpen) };
    }),
  );
  const waiting = book.ordered().filter((thread) => book.unread(thread) > 0).length;
  document.title = `${waiting ? `(${waiting}) ` : ""}Celular do cliente · Chatwoot simulado`;
}

function row({ thread, unread, open, typing }, time, onOpen) {
  const kind = kindOf(thread.kind);
  const last = thread.last_message;
  const link = el(
    "a.thread",
    { href: `#conversa=${thread.id}`, data: { focus: "row" }, aria: open ? { current: "true" } : {} },
    el("span.thread__face", {}, avatar(thread.contact.name), el(`span.channel.channel--${thread.kind}`, {}, icon(kind.icon))),
    el(
      "span.thread__lines",
      {},
      el(
        "span.thread__top",
        {},
        el("span.thread__name", {}, thread.contact.name),
        last && el("time.thread__time", { dateTime: isoTime(last.created_at) }, time),
      ),
      el(
        "span.thread__bottom",
        {},
        el("span.visually-hidden", {}, `${kind.label}. `),
        typing ? el("span.thread__last.thread__last--typing", {}, "digitando…") : el("span.thread__last", {}, ...preview(last)),
        unread > 0 &&
          el("span.badge", {}, String(unread), el("span.visually-hidden", {}, unread === 1 ? " não lida" : " não lidas")),
      ),
    ),
  );
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(thread.id);
  });
  return el("li", {}, link);
}

function preview(last) {
  if (!last) return ["Conversa nova"];
  const attachment = last.attachments?.[0]?.kind;
  const text = plainLine(last.content ?? "") || ATTACHMENTS[attachment] || "";
  return [
    last.from === "customer" && ticks(last.status),
    attachment && icon(attachmentIcon(attachment)),
    el("span.thread__text", {}, text),
  ].filter(Boolean);
}
