// The customer's phone: puts the parts together and keeps the address (#conversa=7) and the screen in step.

import { byId, toast } from "../dom.js";
import { arrowKeys } from "../keyboard.js";
import { listen } from "../live.js";
import { Book } from "./book.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { NewCustomer } from "./newcustomer.js";
import { drawThreads } from "./threads.js";

const book = new Book(Number(document.body.dataset.account));
const composer = new Composer(book);
const chat = new Chat(book, composer);
const newCustomer = new NewCustomer(book, opened);

const addressed = () => Number(/^#conversa=(\d+)$/u.exec(location.hash)?.[1] ?? 0) || null;

function draw() {
  const thread = book.open;
  document.body.dataset.screen = thread ? "chat" : "list";
  drawThreads(book, openThread);
  newCustomer.drawWelcome();
  composer.show(thread);
  chat.draw();
}

function openThread(threadId) {
  if (addressed() !== threadId) history.pushState({ inside: true }, "", `#conversa=${threadId}`);
  show(threadId);
  draw();
  composer.focus();
}

function opened(threadId, firstText) {
  openThread(threadId);
  if (firstText) composer.submit(firstText);
}

function show(threadId) {
  book.show(book.threads.has(threadId) ? threadId : null).catch(report);
}

function backToList() {
  const from = book.openId;
  if (history.state?.inside) history.back();
  else {
    history.replaceState(null, "", location.pathname + location.search);
    show(null);
  }
  requestAnimationFrame(() => document.querySelector(`#threads a[href="#conversa=${from}"]`)?.focus());
}

const report = (error) => toast(error.message);

let frame = 0;
book.addEventListener("change", () => {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(draw);
});
window.addEventListener("popstate", () => show(addressed()));
byId("back").addEventListener("click", backToList);
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("principal").focus();
});
arrowKeys(byId("threads"));
setInterval(draw, 60_000);

async function start() {
  await Promise.all([book.loadInboxes(), book.refreshThreads()]);
  show(addressed());
  // On a wide screen an empty right half helps nobody.
  if (!book.open && matchMedia("(min-width: 760px)").matches && book.threads.size) show(book.ordered()[0].id);
  listen(book.accountId, {
    onEvent: (event) => book.receive(event).catch(report),
    onResync: () => book.resync().catch(() => {}),
  });
}

function startOrWait() {
  start().catch(() => {
    byId("offline").hidden = false;
    setTimeout(startOrWait, 2_000);
  });
}
startOrWait();
