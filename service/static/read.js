// Reading beside the hits: a page is fetched and put in the pane; the address, the back button and focus go along.
import { announce, exchange, fetchPage } from "./parts.js";

const wide = matchMedia("(min-width: 68.75rem)");
let search = bare(location.href);
let shown = "";
let running = null;

/** An address without what is open beside the hits: the search itself. */
function bare(address) {
  const url = new URL(address, location.href);
  for (const name of ["lees", "blad"]) url.searchParams.delete(name);
  url.hash = "";
  return url.href;
}

/** Whether the address of this page says what is open. */
function opened() {
  return new URLSearchParams(location.search).has("lees");
}

/** The address of this page with the same open as `address` has. */
function beside(address) {
  const from = new URL(address, location.href).searchParams;
  const url = new URL(search);
  for (const name of ["lees", "blad"]) if (from.has(name)) url.searchParams.set(name, from.get(name));
  return url;
}

async function open(address, { push = false, focus = "" } = {}) {
  const target = beside(address);
  const part = new URL(target);
  part.searchParams.set("deel", "lezen");
  running?.abort();
  running = new AbortController();
  document.getElementById("lezen").setAttribute("aria-busy", "true");
  let pane;
  try {
    pane = exchange("lezen", await fetchPage(part, running.signal));
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
    return;
  }
  shown = target.href;
  if (push) history.pushState(null, "", target);
  mark(target.searchParams.get("lees"));
  if (focus) settle(pane, focus);
}

/** Show which hit is open. */
function mark(passage) {
  for (const link of document.querySelectorAll(".hit h3 a[data-read]")) {
    const here = new URL(link.href).searchParams.get("lees") === passage;
    if (here) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    link.closest(".hit").classList.toggle("current", here);
  }
}

/** Put focus where the reader goes on: on the same button when turning pages, else on the heading of the pane. */
function settle(pane, focus) {
  const heading = pane.querySelector("h2");
  const target = (focus !== "heading" && pane.querySelector(`a[rel=${focus}]`)) || heading;
  target.focus({ preventScroll: wide.matches && focus !== "heading" });
  const where = pane.querySelector(".where");
  announce(where ? `${where.textContent} is geopend.` : heading.textContent);
}

function onClick(event) {
  const link = event.target.closest("a");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.matches("[data-read]")) {
    event.preventDefault();
    open(link.href, { push: true, focus: link.rel || "heading" });
  } else if (link.matches(".reader .back a")) {
    const current = document.querySelector(".hit.current h3 a");
    if (current) { event.preventDefault(); current.focus(); }
  } else if (link.matches("[data-more]")) {
    event.preventDefault();
    more(link);
  }
}

async function more(link) {
  const first = new URL(link.href).hash.slice(1);
  try {
    exchange("treffers", await fetchPage(link.href));
  } catch {
    location.assign(link.href);
    return;
  }
  search = bare(link.href);
  history.pushState(null, "", beside(location.href));
  if (shown) mark(new URL(shown).searchParams.get("lees"));
  document.querySelector(`#${CSS.escape(first)} h3 a`)?.focus();
  announce(`${document.querySelectorAll(".hit").length} treffers.`);
}

/** On a wide screen the best hit lies open until another is chosen. */
function openBest() {
  const best = document.querySelector(".hit h3 a");
  if (wide.matches && best) open(best.href);
}

function onBack() {
  if (bare(location.href) !== search) location.reload();
  else if (opened()) open(location.href);
  else if (wide.matches) openBest();
  else location.reload();
}

if (document.querySelector(".results")) {
  document.addEventListener("click", onClick);
  addEventListener("popstate", onBack);
  // The memo changed, and with it every address on the page.
  document.addEventListener("moved", () => { search = bare(location.href); if (shown) open(shown); });
  if (opened()) shown = location.href;
  else openBest();
}
