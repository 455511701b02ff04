// What the other modules share: fetched pieces of a page, and words for screen readers.

/** Say something to screen readers; focus stays where it is. */
export function announce(words) {
  const place = document.getElementById("melding");
  place.textContent = "";
  // A region that gets the same words twice is silent, unless it was empty in between.
  setTimeout(() => { place.textContent = words; }, 50);
}

/** Fetch a page of this service. The parser runs no script, so that words of a document stay words. */
export async function fetchPage(address, signal) {
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Put the element with this id of a fetched page in the place of ours; what was unfolded stays so. */
export function exchange(id, page) {
  const ours = document.getElementById(id);
  const theirs = document.adoptNode(page.getElementById(id));
  const unfolded = [...ours.querySelectorAll("details")].map((one) => one.open);
  const folds = [...theirs.querySelectorAll("details")];
  if (id === "treffers") unfolded.forEach((open, at) => { if (folds[at]) folds[at].open = open; });
  ours.replaceWith(theirs);
  document.dispatchEvent(new CustomEvent("exchanged", { detail: theirs }));
  return theirs;
}

/** Let a module prepare what is on the page, and again every piece that comes in its place. */
export function prepare(work) {
  work(document);
  document.addEventListener("exchanged", (event) => work(event.detail));
}
