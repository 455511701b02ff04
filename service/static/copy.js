// Copying a reference (V) or a quote (C): a button beside each text, and a key while focus is near it.
import { announce, prepare } from "./parts.js";

const NAMES = { c: "citaat", v: "verwijzing" };

async function copy(source) {
  const text = source.value ?? source.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without https there is no clipboard to write to; selecting still works.
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    document.execCommand("copy");
  }
  announce(`Gekopieerd: ${NAMES[source.dataset.copy]}.`);
}

function addButtons(root) {
  for (const source of root.querySelectorAll("textarea[data-copy]")) {
    if (source.nextElementSibling) continue;
    const button = document.createElement("button");
    const key = source.dataset.copy;
    button.type = "button";
    button.className = "plain";
    button.textContent = `Kopieer ${NAMES[key]} (${key.toUpperCase()})`;
    button.setAttribute("aria-keyshortcuts", key.toUpperCase());
    button.addEventListener("click", () => copy(source));
    source.after(button);
  }
}

prepare(addButtons);
// Only while focus is within the passage, so that a key never does something unexpected elsewhere (WCAG 2.1.4).
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !(event.key in NAMES)) return;
  if (event.target.matches("input, select, textarea:not([readonly])")) return;
  const source = event.target.closest("[data-keys]")?.querySelector(`[data-copy=${event.key}]`);
  if (source) {
    event.preventDefault();
    copy(source);
  }
});
