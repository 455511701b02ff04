// Adding a PDF: choose or drop it, and see how far it is. Without script the form does the same on pages of its own.

const form = document.querySelector("form[data-upload]");
const place = document.getElementById("voortgang");
const WAIT = 1000;

/** Show words, and a link when there is one. */
function tell(words, url = "") {
  const line = document.createElement("p");
  line.className = "notice";
  line.textContent = words;
  if (url) {
    const link = document.createElement("a");
    link.href = url;
    link.textContent = "Naar het document";
    line.append(" ", link);
  }
  if (place.textContent !== line.textContent) place.replaceChildren(line);
}

async function send(file) {
  tell(`‘${file.name}’ wordt verstuurd.`);
  const address = `${form.dataset.upload}?${new URLSearchParams({ name: file.name })}`;
  const headers = { "Content-Type": "application/pdf" };
  try {
    const answer = await fetch(address, { method: "POST", body: file, headers });
    const told = await answer.json();
    if (!answer.ok) return tell(`‘${file.name}’ is niet toegevoegd. ${told.detail}`);
    await follow(file.name, answer.headers.get("Location"));
  } catch {
    tell(`‘${file.name}’ is niet toegevoegd: er is geen verbinding. Probeer het opnieuw.`);
  }
}

async function follow(name, address) {
  for (;;) {
    const told = await (await fetch(address)).json();
    tell(`‘${name}’: ${told.state}. ${told.detail}`, told.url);
    if (told.over) return;
    await new Promise((resolve) => { setTimeout(resolve, WAIT); });
  }
}

async function sendAll(files) {
  for (const file of files) await send(file);
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendAll(form.elements.pdf.files);
  });
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    sendAll(event.dataTransfer.files);
  });
  const hint = form.querySelector(".hint");
  hint.prepend("U kunt een PDF ook hierheen slepen. ");
}
