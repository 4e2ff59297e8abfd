// Builds elements from text nodes and properties only, so that no message can ever become markup.

const SVG = "http://www.w3.org/2000/svg";

/** `el("p.note", {title: "x", onclick: f, data: {id: 1}, aria: {label: "y"}}, child, "text")`. */
export function el(selector, properties = {}, ...children) {
  const [tag, ...classes] = selector.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name === "data") Object.assign(node.dataset, value);
    else if (name === "aria") for (const key in value) node.setAttribute(`aria-${key}`, value[key]);
    else if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name, label) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/simulator/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

export const byId = (id) => document.getElementById(id);

/**
 * Brings a list of children to the wanted rows and touches only what changed: a live region then announces
 * nothing but new rows, and focus stays where it is. Each row is `{key, signature, build}`.
 */
export function reconcile(container, rows) {
  const existing = new Map([...container.children].map((child) => [child.dataset.key, child]));
  let cursor = container.firstElementChild;
  for (const row of rows) {
    const key = String(row.key);
    let node = existing.get(key);
    existing.delete(key);
    if (!node || node.dataset.signature !== row.signature) {
      const fresh = row.build();
      fresh.dataset.key = key;
      fresh.dataset.signature = row.signature;
      if (node) {
        fresh.classList.add("is-update");
        if (cursor === node) cursor = fresh;
        replaceKeepingFocus(node, fresh);
      }
      node = fresh;
    }
    if (node === cursor) cursor = cursor.nextElementSibling;
    else container.insertBefore(node, cursor);
  }
  for (const leftover of existing.values()) leftover.remove();
}

function replaceKeepingFocus(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const path = focused === old ? "" : focused?.dataset.focus;
  old.replaceWith(fresh);
  if (!focused) return;
  const target = path ? fresh.querySelector(`[data-focus="${CSS.escape(path)}"]`) : fresh;
  target?.focus({ preventScroll: true });
}

const HUES = 8;

export function avatar(name, extraClass = "") {
  const words = name.trim().split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const letters = words.length ? words[0][0] + (words.length > 1 ? words.at(-1)[0] : "") : "#";
  let hash = 0;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)) % 9973;
  return el(`span.avatar.hue-${hash % HUES}${extraClass}`, { aria: { hidden: "true" } }, letters.toUpperCase());
}

/** Short notice at the edge of the screen; read out because `#toasts` is an alert region. */
export function toast(text) {
  const note = el("p.toast", {}, text);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), 6000);
}
