// Larger and smaller: the picture grows within its frame, and a sharper one is asked for by its new width.
import { announce, prepare } from "./parts.js";

const STEPS = [100, 150, 200, 300];

function button(words, label) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = words;
  made.setAttribute("aria-label", label);
  return made;
}

function addTools(root) {
  for (const frame of root.querySelectorAll("[data-zoom]")) {
    if (frame.previousElementSibling?.matches(".tools")) continue;
    const picture = frame.querySelector("img");
    const sizes = picture.sizes;
    const tools = document.createElement("div");
    const smaller = button("−", "Kleiner");
    const larger = button("+", "Groter");
    let at = 0;
    const show = (step) => {
      at = Math.min(Math.max(step, 0), STEPS.length - 1);
      frame.className = at ? `zoomed zoom-${STEPS[at]}` : "zoomed";
      picture.sizes = at ? "200vw" : sizes;
      smaller.setAttribute("aria-disabled", String(at === 0));
      larger.setAttribute("aria-disabled", String(at === STEPS.length - 1));
    };
    for (const [made, by] of [[smaller, -1], [larger, 1]]) {
      made.addEventListener("click", () => { show(at + by); announce(`Vergroting ${STEPS[at]} procent.`); });
    }
    tools.className = "tools";
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Vergroting");
    tools.append(smaller, larger);
    frame.before(tools);
    show(0);
  }
}

prepare(addTools);
