// The small inbox of the human agents: puts the parts together and keeps address and screen in step.

import { byId, el, toast } from "../dom.js";
import { arrowKeys, tabKeys } from "../keyboard.js";
import { listen } from "../live.js";
import { Desk } from "./desk.js";
import { drawDetails } from "./details.js";
import { drawList, drawTabs } from "./list.js";
import { Talk } from "./talk.js";
import { Writer } from "./writer.js";

const desk = new Desk(Number(document.body.dataset.account));
const talk = new Talk(desk);
const writer = new Writer(desk);
const report = (error) => toast(error.message);
const addressed = () => Number(/^#conversa=(\d+)$/u.exec(location.hash)?.[1] ?? 0) || null;

function draw() {
  document.body.dataset.screen = desk.openId === null ? "list" : "chat";
  drawTabs(desk, selectTab);
  drawList(desk, openConversation);
  writer.draw();
  talk.draw();
  drawDetails(desk);
}

function selectTab(status) {
  desk.select(status).catch(report);
}

function openConversation(id) {
  if (addressed() !== id) history.pushState({ inside: true }, "", `#conversa=${id}`);
  show(id);
  draw();
  if (matchMedia("(max-width: 759.98px)").matches) byId("talk-title").focus({ preventScroll: true });
}

function show(id) {
  desk.show(id).catch((error) => {
    report(error);
    desk.show(null);
  });
}

function backToList() {
  const from = desk.openId;
  if (history.state?.inside) history.back();
  else {
    history.replaceState(null, "", location.pathname + location.search);
    show(null);
  }
  requestAnimationFrame(() => document.querySelector(`#conversations a[href="#conversa=${from}"]`)?.focus());
}

function drawPeople() {
  const options = desk.people.map((person) =>
    el("option", { value: String(person.id), selected: person.id === desk.me.id }, person.name),
  );
  byId("me").replaceChildren(...options);
}

function toggleDetails() {
  const open = document.body.classList.toggle("shows-details");
  byId("details-toggle").setAttribute("aria-expanded", String(open));
}

let frame = 0;
desk.addEventListener("change", () => {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(draw);
});
window.addEventListener("popstate", () => show(addressed()));
byId("back").addEventListener("click", backToList);
byId("more").addEventListener("click", () => desk.showMore().catch(report));
byId("details-toggle").addEventListener("click", toggleDetails);
byId("me").addEventListener("change", ({ target }) => {
  desk.become(desk.people.find((person) => person.id === Number(target.value))).catch(report);
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("principal").focus();
});
arrowKeys(byId("conversations"));
tabKeys(byId("tabs"), (tab) => selectTab(tab.dataset.status));
if (matchMedia("(min-width: 1100px)").matches) toggleDetails();
setInterval(draw, 30_000);

async function start() {
  await desk.signIn();
  drawPeople();
  show(addressed());
  listen(desk.accountId, {
    onEvent: (event) => desk.receive(event).catch(report),
    onResync: () => desk.resync().catch(() => {}),
  });
}

function startOrWait() {
  start().catch(() => {
    byId("offline").hidden = false;
    setTimeout(startOrWait, 2_000);
  });
}
startOrWait();
