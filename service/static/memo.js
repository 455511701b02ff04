// A passage goes into the memo without leaving the page; the memo stays in the address.
import { announce, exchange, fetchPage } from "./parts.js";

async function put(form, button) {
  const fields = new URLSearchParams(new FormData(form, button));
  // What was opened by script stands in the address and not in the form.
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (["lees", "blad", "limit"].includes(name) && !fields.has(name)) fields.set(name, value);
  }
  const address = `/?${fields}`;
  const hit = button.closest(".hits > li")?.id;
  try {
    const page = await fetchPage(address);
    for (const id of ["treffers", "hoofdmenu", "memoform", "bewaard"]) exchange(id, page);
  } catch {
    location.assign(address);
    return;
  }
  history.replaceState(null, "", address);
  document.dispatchEvent(new CustomEvent("moved"));
  (hit ? document.querySelector(`#${hit} .actions a`) : document.querySelector("#leeskop"))?.focus();
  const count = document.querySelector("#hoofdmenu .count")?.textContent ?? "";
  announce(`Toegevoegd aan de memo ${count}.`);
}

document.addEventListener("submit", (event) => {
  if (event.target.id === "memoform" && event.submitter) {
    event.preventDefault();
    put(event.target, event.submitter);
  }
});
