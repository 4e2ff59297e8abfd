// All that the agents' page knows: who I am, the list, the open conversation.

import { getJson } from "../http.js";
import { coalesced } from "../live.js";
import { Chatwoot } from "./chatwoot.js";

export const TABS = [
  { status: "pending", label: "Pendentes", one: "Pendente", hint: "com o robô" },
  { status: "open", label: "Abertas", one: "Aberta", hint: "com pessoas" },
  { status: "snoozed", label: "Adiadas", one: "Adiada", hint: "para depois" },
  { status: "resolved", label: "Resolvidas", one: "Resolvida", hint: "terminadas" },
  { status: "all", label: "Todas", one: "", hint: "" },
];
const PAGE = 25;
const FIRST_MESSAGES = 20;

export class Desk extends EventTarget {
  constructor(accountId) {
    super();
    this.accountId = accountId;
    this.people = [];
    this.me = null;
    this.agents = [];
    this.teams = [];
    this.status = localStorage.getItem("chatwootai.tab") ?? "all";
    this.pages = 1;
    this.counts = {};
    this.list = null;
    this.openId = null;
    this.conversation = null;
    this.messages = new Map();
    this.mayHaveOlder = false;
    this.typing = false;
    this.refreshList = coalesced(() => this.#loadList());
    this.refreshOpen = coalesced(() => this.#loadOpen());
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  async signIn() {
    this.people = await getJson(`/simulator/api/agent-session?account_id=${this.accountId}`);
    const remembered = Number(localStorage.getItem(`chatwootai.me.${this.accountId}`));
    await this.become(this.people.find((person) => person.id === remembered) ?? this.people[0]);
  }

  async become(person) {
    if (!person) throw new Error("A simulação não tem nenhum atendente.");
    this.me = person;
    localStorage.setItem(`chatwootai.me.${this.accountId}`, String(person.id));
    this.chatwoot = new Chatwoot(this.accountId, person.access_token);
    [this.agents, this.teams] = await Promise.all([this.chatwoot.agents(), this.chatwoot.teams()]);
    await this.resync();
  }

  async #loadList() {
    const { status, pages } = this;
    const numbers = Array.from({ length: pages }, (_, index) => index + 1);
    const [counts, lists] = await Promise.all([
      Promise.all(TABS.map(async (tab) => [tab.status, await this.chatwoot.count(tab.status)])),
      Promise.all(numbers.map((page) => this.chatwoot.conversations(status, page))),
    ]);
    this.counts = Object.fromEntries(counts);
    if (status !== this.status) return this.#loadList();
    this.mayHaveMore = lists.at(-1).length === PAGE;
    const unique = new Map(lists.flat().map((conversation) => [conversation.id, conversation]));
    this.list = [...unique.values()].sort((a, b) => b.last_activity_at - a.last_activity_at);
    this.changed();
  }

  async #loadOpen() {
    const id = this.openId;
    if (id === null) return;
    const [conversation, messages] = await Promise.all([this.chatwoot.conversation(id), this.chatwoot.messages(id)]);
    if (id !== this.openId) return;
    if (!this.conversation) this.mayHaveOlder = messages.length === FIRST_MESSAGES;
    this.conversation = conversation;
    for (const message of messages) this.messages.set(message.id, message);
    this.changed();
  }

  async loadOlder() {
    const id = this.openId;
    const older = await this.chatwoot.messages(id, Math.min(...this.messages.keys()));
    if (id !== this.openId) return;
    this.mayHaveOlder = older.length === FIRST_MESSAGES;
    for (const message of older) this.messages.set(message.id, message);
    this.changed();
  }

  ordered() {
    return [...this.messages.values()].sort((a, b) => a.id - b.id);
  }

  show(id) {
    if (id === this.openId) return Promise.resolve();
    this.openId = id;
    this.conversation = null;
    this.messages = new Map();
    this.typing = false;
    this.changed();
    return this.refreshOpen();
  }

  select(status) {
    this.status = status;
    this.pages = 1;
    this.list = null;
    localStorage.setItem("chatwootai.tab", status);
    this.changed();
    return this.refreshList();
  }

  showMore() {
    this.pages += 1;
    return this.refreshList();
  }

  async act(work) {
    await work(this.chatwoot, this.openId);
    await this.resync();
  }

  receive(event) {
    if (event.type === "typing") {
      if (event.conversation_id === this.openId) this.#setTyping(event.typing === true);
      return Promise.resolve();
    }
    const work = [this.refreshList()];
    if (event.conversation_id === this.openId) {
      this.#setTyping(false);
      work.push(this.refreshOpen());
    }
    return Promise.all(work);
  }

  #setTyping(on) {
    this.typing = on;
    this.changed();
  }

  resync() {
    return Promise.all([this.refreshList(), this.refreshOpen()]);
  }
}
