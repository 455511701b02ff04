// Suggestions while typing: an editable combobox with a list, as in the ARIA Authoring Practices.
import { announce } from "./parts.js";

const WAIT = 120;
const input = document.querySelector("input[data-suggest]");
const list = document.createElement("ul");
let options = [];
let active = -1;
let timer = 0;
let running = null;

function setUp() {
  list.id = "suggesties";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggesties");
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) input.setAttribute(name, value);
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", close);
  // Focus stays in the box while the mouse chooses.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const at = [...list.children].indexOf(event.target.closest("li"));
    if (at >= 0) choose(at);
  });
}

async function ask() {
  running?.abort();
  running = new AbortController();
  const typed = input.value.slice(0, input.selectionStart ?? undefined);
  if (typed !== input.value || typed.trim().length < 2) return close();
  try {
    const answer = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: typed })}`, { signal: running.signal });
    if (!answer.ok) return close();
    show((await answer.json()).suggestions);
  } catch {
    close();  // overtaken by the next letter, or no connection: the box works without
  }
}

function show(found) {
  if (document.activeElement !== input || !found.length) return close();
  options = found;
  list.replaceChildren(...found.map((one, at) => {
    const item = document.createElement("li");
    const kind = document.createElement("span");
    item.id = `suggestie-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    kind.className = "kind";
    kind.textContent = one.kind;
    item.append(one.text, " ", kind);
    return item;
  }));
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  select(-1);
  announce(found.length === 1 ? "1 suggestie." : `${found.length} suggesties.`);
}

function close() {
  clearTimeout(timer);
  running?.abort();
  list.hidden = true;
  options = [];
  active = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function select(at) {
  list.children[active]?.setAttribute("aria-selected", "false");
  active = at;
  const item = list.children[at];
  if (!item) return input.removeAttribute("aria-activedescendant");
  item.setAttribute("aria-selected", "true");
  item.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", item.id);
}

function choose(at) {
  const { value, url } = options[at];
  close();
  if (url) return location.assign(url);
  input.value = `${value} `;
  input.focus();
}

function onKey(event) {
  if (list.hidden) {
    if (event.key === "ArrowDown") ask();
    return;
  }
  const count = options.length;
  if (event.key === "ArrowDown") select(active + 1 < count ? active + 1 : -1);
  else if (event.key === "ArrowUp") select(active < 0 ? count - 1 : active - 1);
  else if (event.key === "Enter" && active >= 0) choose(active);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
}

if (input) setUp();
