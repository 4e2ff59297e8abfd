// Beside the conversation: who, with whom, labels, attributes.

import { byId, el, icon, reconcile, toast } from "../dom.js";
import { kindOf, kindOfChannel } from "../kinds.js";

export function drawDetails(desk) {
  const panel = byId("details");
  const { conversation } = desk;
  if (!conversation) {
    panel.replaceChildren();
    return;
  }
  const { sender, channel, assignee, team } = conversation.meta;
  const blocks = {
    contact: [sender, channel],
    people: [assignee?.id, team?.id, desk.agents, desk.teams],
    labels: conversation.labels ?? [],
    custom: [conversation.custom_attributes ?? {}, sender.custom_attributes ?? {}],
  };
  const builders = {
    contact: () => contact(sender, channel),
    people: () => people(desk, assignee, team),
    labels: () => labels(blocks.labels),
    custom: () => attributes(...blocks.custom),
  };
  reconcile(
    panel,
    Object.keys(blocks).map((key) => ({
      key,
      signature: JSON.stringify([conversation.id, blocks[key]]),
      build: builders[key],
    })),
  );
}

function contact(sender, channel) {
  const rows = [
    ["Nome", sender.name],
    ["Telefone", sender.phone_number],
    ["E-mail", sender.email],
    ["Canal", kindOf(kindOfChannel(channel)).label],
  ];
  return el("section", {}, el("h3", {}, "Cliente"), facts(rows.filter(([, value]) => value)));
}

function people(desk, assignee, team) {
  return el(
    "section",
    {},
    el("h3", {}, "Quem cuida"),
    picker("assignee", "Atendente", "Ninguém", desk.agents, assignee?.id, (id) => assign(desk, { assignee_id: id })),
    picker("team", "Equipe", "Nenhuma", desk.teams, team?.id, (id) => assign(desk, { team_id: id })),
  );
}

// Chatwoot takes an id that does not exist as "nobody"; its own page sends 0 for that.
async function assign(desk, choice) {
  try {
    await desk.act((chatwoot, id) => chatwoot.assign(id, choice));
  } catch (error) {
    toast(error.message);
  }
}

function picker(id, label, nobody, people, selected, onChange) {
  const select = el("select", { id, data: { focus: id } }, el("option", { value: "0" }, nobody));
  for (const person of people) {
    select.append(el("option", { value: String(person.id), selected: person.id === selected }, person.name));
  }
  select.addEventListener("change", () => onChange(Number(select.value)));
  return el("div.picker", {}, el("label", { htmlFor: id }, label), select);
}

function labels(names) {
  const list = names.length
    ? el("p.tags", {}, names.map((name) => el("span.tag.tag--label", {}, icon("tag"), name)))
    : el("p.details__none", {}, "Sem etiquetas");
  return el("section", {}, el("h3", {}, "Etiquetas"), list);
}

function attributes(ofConversation, ofContact) {
  const rows = [...Object.entries(ofConversation), ...Object.entries(ofContact)];
  const shown = rows.map(([key, value]) => [key.replaceAll("_", " "), typeof value === "object" ? JSON.stringify(value) : String(value)]);
  return el("section", {}, el("h3", {}, "Atributos"), rows.length ? facts(shown) : el("p.details__none", {}, "Sem atributos"));
}

function facts(rows) {
  return el("dl.facts", {}, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}
