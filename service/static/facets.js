// The filters fold away with Escape or a click elsewhere. Opening, choosing and applying need no script.

function close(facet, back) {
  facet.open = false;
  if (back) facet.querySelector("summary").focus();
}

document.addEventListener("keydown", (event) => {
  const facet = event.key === "Escape" && document.querySelector(".facet[open]");
  if (facet) close(facet, facet.contains(document.activeElement));
});
document.addEventListener("click", (event) => {
  for (const facet of document.querySelectorAll(".facet[open]")) {
    if (!facet.contains(event.target)) close(facet, false);
  }
});
