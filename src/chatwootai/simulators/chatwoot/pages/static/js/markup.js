// Text with light markup as DOM nodes. Everything a person or a model wrote ends in a text node; the only
// attribute made from it is the address of an http(s) link.
// WhatsApp's rules: https://faq.whatsapp.com/539178204879377 ; the agent's page shows Markdown as Chatwoot does.

import { el } from "./dom.js";

const DIALECTS = {
  whatsapp: [
    ["```", "code", "mono"],
    ["`", "code", "mono"],
    ["*", "strong"],
    ["_", "em"],
    ["~", "s"],
  ],
  markdown: [
    ["```", "code", "mono"],
    ["`", "code", "mono"],
    ["**", "strong"],
    ["~~", "s"],
    ["*", "em"],
    ["_", "em"],
  ],
  plain: [],
};
const LINK = /\bhttps?:\/\/[^\s<>"']+|\bwww\.[^\s<>"']+\.[^\s<>"']+/giu;
const TRAILING = /[.,;:!?)\]*_~]+$/u;
const WORD = /[\p{L}\p{N}]/u;

/** A fragment for `text`; `dialect` is "whatsapp", "markdown" or "plain". */
export function formatted(text, dialect = "whatsapp") {
  const fragment = document.createDocumentFragment();
  const blocks = dialect === "plain" ? [text] : text.split(/(```[\s\S]+?```)/u);
  for (const block of blocks) {
    const fenced = dialect !== "plain" && /^```([\s\S]+)```$/u.exec(block);
    if (fenced) fragment.append(el("code.mono", {}, fenced[1].trim()));
    else appendLines(fragment, block, DIALECTS[dialect]);
  }
  return fragment;
}

function appendLines(fragment, block, markers) {
  block.split("\n").forEach((line, index) => {
    if (index) fragment.append("\n");
    const quoted = markers.length && /^> (.+)$/u.exec(line);
    const listed = markers.length && /^[-*] (.+)$/u.exec(line);
    if (quoted) fragment.append(el("q.quoted", {}, ...inline(quoted[1], markers)));
    else if (listed) fragment.append("• ", ...inline(listed[1], markers));
    else fragment.append(...inline(line, markers));
  });
}

function inline(line, markers) {
  const span = firstSpan(line, markers);
  if (!span) return linked(line);
  const { start, end, marker, tag, kind } = span;
  const inner = line.slice(start + marker.length, end);
  const node = kind === "mono" ? el("code.mono", {}, inner) : el(tag, {}, ...inline(inner, markers));
  return [...linked(line.slice(0, start)), node, ...inline(line.slice(end + marker.length), markers)];
}

function firstSpan(line, markers) {
  const links = [...line.matchAll(LINK)].map((match) => [match.index, match.index + match[0].length]);
  for (let start = 0; start < line.length; start += 1) {
    if (links.some(([from, to]) => start > from && start < to)) continue;
    for (const [marker, tag, kind] of markers) {
      if (!line.startsWith(marker, start) || WORD.test(line[start - 1] ?? "")) continue;
      const end = closing(line, start, marker);
      if (end > 0) return { start, end, marker, tag, kind };
    }
  }
  return null;
}

// The markers must hug the text inside and must not stand within a word outside: "2 * 3 * 4" stays as it is.
function closing(line, start, marker) {
  const from = start + marker.length;
  if (from >= line.length || /\s/u.test(line[from]) || line.startsWith(marker, from)) return -1;
  for (let end = line.indexOf(marker, from); end > 0; end = line.indexOf(marker, end + 1)) {
    if (!/\s/u.test(line[end - 1]) && !WORD.test(line[end + marker.length] ?? "")) return end;
  }
  return -1;
}

function linked(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(TRAILING, "");
    const href = /^www\./iu.test(address) ? `https://${address}` : address;
    nodes.push(text.slice(from, match.index));
    nodes.push(el("a", { href, target: "_blank", rel: "noopener noreferrer" }, address));
    from = match.index + address.length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

/** One line without markers, for a list row or a quotation. */
export function plainLine(text) {
  const bare = text.replace(/^(?:[-*>]|\d+\.) /gmu, "");
  return bare.replace(/```|(?<![\p{L}\p{N}])[*_~`]+(?=\S)|(?<=\S)[*_~`]+(?![\p{L}\p{N}])/gu, "").replace(/\s+/gu, " ").trim();
}
