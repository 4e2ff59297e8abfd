// How far a message got, as messengers show it.

import { icon } from "./dom.js";

const STATUS = { sending: "Enviando", sent: "Enviada", delivered: "Entregue", read: "Lida", failed: "Não entregue" };

export function ticks(status) {
  const name = { sending: "clock", sent: "check", failed: "alert" }[status] ?? "checks";
  const mark = icon(name, STATUS[status] ?? STATUS.sent);
  mark.classList.add("ticks", `ticks--${status}`);
  return mark;
}
