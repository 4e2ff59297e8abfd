// The open conversation: header with its actions, history, and the form to write.

import { avatar, byId, el, icon, reconcile, toast } from "../dom.js";
import { kindOf, kindOfChannel } from "../kinds.js";
import { dayKey, dayLabel } from "../times.js";
import { TABS } from "./desk.js";
import { drawMessage, roleOf } from "./messages.js";

const NEAR_PX = 140;
const MORNING_HOUR = 9;

export class Talk {
  constructor(desk) {
    this.desk = desk;
    this.shown = null;
    this.count = 0;
    this.scroll = byId("scroll");
    this.following = true;
    this.scroll.addEventListener("scroll", () => {
      const { scrollTop, clientHeight, scrollHeight } = this.scroll;
      this.following = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    });
    new ResizeObserver(() => this.following && this.#toEnd()).observe(this.scroll);
    byId("older").addEventListener("click", () => this.#older());
  }

  draw() {
    const { conversation, openId } = this.desk;
    byId("talk").hidden = openId === null;
    byId("nothing").hidden = openId !== null;
    if (openId === null) {
      this.shown = null;
      return;
    }
    if (this.shown !== openId) this.#switchTo(openId);
    if (!conversation) return;
    const { sender, channel } = conversation.meta;
    const kind = kindOfChannel(channel);
    const status = TABS.find((tab) => tab.status === conversation.status);
    byId("talk-title").textContent = sender.name ?? "Sem nome";
    byId("talk-face").replaceChildren(avatar(sender.name ?? "?"));
    byId("talk-subtitle").replaceChildren(
      el(`span.tag.tag--${conversation.status}`, {}, status?.one ?? conversation.status),
      ` ${kindOf(kind).label} · nº ${conversation.id}`,
    );
    byId("typing").hidden = !this.desk.typing;
    this.#drawActions(conversation);
    this.#drawMessages();
  }

  #switchTo(id) {
    this.shown = id;
    this.count = 0;
    this.following = true;
    byId("log").replaceChildren();
    byId("actions").replaceChildren();
    byId("talk-title").textContent = "…";
    byId("talk-subtitle").replaceChildren();
  }

  #drawActions(conversation) {
    const possible = {
      open: [["resolved", "check", "Resolver"], ["pending", "robot", "Devolver ao robô"], ["snoozed", "moon", "Adiar até amanhã"]],
      pending: [["open", "headset", "Assumir"], ["resolved", "check", "Resolver"]],
      snoozed: [["open", "undo", "Reabrir"], ["resolved", "check", "Resolver"]],
      resolved: [["open", "undo", "Reabrir"], ["pending", "robot", "Devolver ao robô"]],
    }[conversation.status] ?? [];
    reconcile(
      byId("actions"),
      possible.map(([status, name, label], index) => ({
        key: status,
        signature: `${conversation.id}${label}${index}`,
        build: () => this.#action(status, name, label, index === 0),
      })),
    );
  }

  #action(status, name, label, main) {
    const button = el(
      `button.action${main ? ".action--main" : ""}`,
      { type: "button", title: label, data: { focus: status, status } },
      icon(name),
      el("span.action__label", {}, label),
    );
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await this.desk.act(async (chatwoot, id) => {
          await chatwoot.setStatus(id, status, status === "snoozed" ? tomorrowMorning() : undefined);
          // To take over from the robot means to answer for it.
          if (name === "headset") await chatwoot.assign(id, { assignee_id: this.desk.me.id });
        });
        byId("talk-title").focus({ preventScroll: true });
      } catch (error) {
        toast(error.message);
      } finally {
        button.disabled = false;
      }
    });
    return button;
  }

  #drawMessages() {
    const log = byId("log");
    const messages = this.desk.ordered();
    const follow = this.following;
    if (this.count === 0) log.setAttribute("aria-live", "off");
    byId("older").hidden = !this.desk.mayHaveOlder;
    const rows = [];
    let previous = null;
    for (const message of messages) {
      const day = dayKey(message.created_at);
      const newDay = !previous || day !== dayKey(previous.created_at);
      if (newDay) rows.push({ key: `d${day}`, signature: dayLabel(day / 1000), build: () => el("p.day", {}, el("span", {}, dayLabel(day / 1000))) });
      const first = newDay || roleOf(previous) !== roleOf(message) || previous.sender?.id !== message.sender?.id;
      rows.push({ key: message.id, signature: JSON.stringify([message, first]), build: () => drawMessage(message, first) });
      previous = message;
    }
    reconcile(log, rows);
    requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
    if (follow && messages.length !== this.count) this.#toEnd();
    this.count = messages.length;
  }

  async #older() {
    const below = this.scroll.scrollHeight - this.scroll.scrollTop;
    try {
      await this.desk.loadOlder();
      requestAnimationFrame(() => this.scroll.scrollTo(0, this.scroll.scrollHeight - below));
    } catch (error) {
      toast(error.message);
    }
  }

  #toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.following = true;
  }
}

function tomorrowMorning() {
  const moment = new Date();
  moment.setDate(moment.getDate() + 1);
  moment.setHours(MORNING_HOUR, 0, 0, 0);
  return Math.floor(moment.getTime() / 1000);
}
