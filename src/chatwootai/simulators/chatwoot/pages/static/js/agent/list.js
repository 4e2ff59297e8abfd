// Status tabs and the rows of conversations.

import { avatar, byId, el, icon, reconcile } from "../dom.js";
import { kindOf, kindOfChannel } from "../kinds.js";
import { plainLine } from "../markup.js";
import { elapsed, isoTime, listTime } from "../times.js";
import { TABS } from "./desk.js";

const LONG_WAIT_S = 600;

export function drawTabs(desk, onSelect) {
  reconcile(
    byId("tabs"),
    TABS.map((tab) => {
      const selected = tab.status === desk.status;
      const count = desk.counts[tab.status] ?? "";
      return { key: tab.status, signature: `${selected}${count}`, build: () => drawTab(tab, selected, count, onSelect) };
    }),
  );
  byId("panel").setAttribute("aria-labelledby", `tab-${desk.status}`);
}

function drawTab(tab, selected, count, onSelect) {
  const button = el(
    "button.tab",
    {
      type: "button",
      role: "tab",
      id: `tab-${tab.status}`,
      tabIndex: selected ? 0 : -1,
      title: tab.hint,
      aria: { selected: String(selected), controls: "panel" },
      data: { status: tab.status, focus: "tab" },
    },
    tab.label,
    el("span.tab__count", {}, String(count)),
  );
  button.addEventListener("click", () => onSelect(tab.status));
  return button;
}

export function drawList(desk, onOpen) {
  const list = byId("conversations");
  list.setAttribute("aria-busy", String(desk.list === null));
  const rows = desk.list ?? [];
  reconcile(
    list,
    rows.map((conversation) => {
      const open = conversation.id === desk.openId;
      const waiting = conversation.waiting_since ? elapsed(conversation.waiting_since) : "";
      const view = [conversation, open, waiting, desk.status, listTime(conversation.last_activity_at)];
      return {
        key: conversation.id,
        signature: JSON.stringify(view),
        build: () => row(conversation, { open, waiting, showStatus: desk.status === "all", onOpen }),
      };
    }),
  );
  byId("none").hidden = desk.list === null || rows.length > 0;
  byId("none").textContent = desk.status === "all" ? "Ainda não há conversas. Escreva uma pela página do cliente." : "Nenhuma conversa aqui.";
  byId("more").hidden = !desk.mayHaveMore || desk.list === null;
  const open = desk.counts.open;
  document.title = `${open ? `(${open}) ` : ""}Atendimento · Chatwoot simulado`;
}

function row(conversation, { open, waiting, showStatus, onOpen }) {
  const { sender, channel, assignee, team } = conversation.meta;
  const kind = kindOfChannel(channel);
  const status = TABS.find((tab) => tab.status === conversation.status);
  const link = el(
    "a.thread",
    { href: `#conversa=${conversation.id}`, data: { focus: "row" }, aria: open ? { current: "true" } : {} },
    el("span.thread__face", {}, avatar(sender.name ?? "?"), el(`span.channel.channel--${kind}`, {}, icon(kindOf(kind).icon))),
    el(
      "span.thread__lines",
      {},
      el(
        "span.thread__top",
        {},
        el("span.thread__name", {}, sender.name ?? "Sem nome"),
        el("span.visually-hidden", {}, `, ${kindOf(kind).label}, `),
        el("time.thread__time", { dateTime: isoTime(conversation.last_activity_at) }, listTime(conversation.last_activity_at)),
      ),
      el("span.thread__bottom", {}, preview(conversation.last_non_activity_message ?? conversation.messages?.at(-1))),
      el(
        "span.tags",
        {},
        showStatus && status && el(`span.tag.tag--${conversation.status}`, {}, status.one),
        waiting && waitTag(conversation, waiting),
        assignee && el("span.tag", {}, icon("person"), assignee.name),
        team && el("span.tag", {}, icon("team"), team.name),
        (conversation.labels ?? []).map((label) => el("span.tag.tag--label", {}, icon("tag"), label)),
      ),
    ),
  );
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(conversation.id);
  });
  return el("li", {}, link);
}

function waitTag(conversation, waiting) {
  const long = Date.now() / 1000 - conversation.waiting_since > LONG_WAIT_S;
  return el(`span.tag.${long ? "tag--late" : "tag--wait"}`, { title: "Sem resposta há" }, icon("clock"), waiting === "agora" ? "chegou agora" : `espera há ${waiting}`);
}

function preview(message) {
  if (!message) return el("span.thread__last", {}, "Sem mensagens");
  const ours = message.message_type === 1 || message.message_type === 3;
  const type = message.sender?.type ?? message.sender_type?.toLowerCase() ?? "";
  const mark = message.private ? "note" : type.replace("_", "").includes("bot") ? "robot" : "person";
  const text = plainLine(message.content ?? "") || (message.attachments?.length ? "Anexo" : "");
  return el("span.thread__last", {}, (ours || message.private) && icon(mark), el("span.thread__text", {}, text));
}
