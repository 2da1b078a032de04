// What was asked of the portal without leaving the page and was refused is said where it was asked. The words are the
// portal's own (shared/refused.html); those for when it cannot be reached came with the page.
const notes = new WeakMap();
// A form that keeps its words by itself says by itself what could not be kept.
const saysItself = (elt) => elt.matches("[data-keeps], [data-keeps-pictures]") || (!elt.matches("form, button") && elt.closest("form")?.querySelector("[data-keeps]"));

const isTyped = (form) => [...(form?.elements ?? [])].some((field) => field.matches("textarea, input:is([type=text], :not([type]))") && field.value.trim());

function noteFrom(xhr, form) {
  const answer = document.createElement("template");
  answer.innerHTML = xhr.responseText;
  const unreached = document.getElementById("unreached-note")?.content.firstElementChild;
  const note = answer.content.querySelector("[data-refused]") ?? unreached?.cloneNode(true);
  if (!isTyped(form)) note?.querySelector("[data-if-typed]")?.remove();
  return note;
}

function place(note, elt) {
  const row = elt.closest(".form-actions, .search-line");
  const entry = elt.closest("[data-row]");
  if (row) row.after(note);
  else if (entry) entry.append(note);
  else if (elt.matches("form")) elt.append(note);
  else elt.after(note);
}

function say({ detail: { elt, xhr, requestConfig } }) {
  if (!elt?.isConnected || saysItself(elt)) return;
  const note = noteFrom(xhr, elt.closest("form"));
  const before = notes.get(elt);
  // What asks every second is not told the same every second.
  if (!note || (before?.isConnected && before.textContent === note.textContent)) return;
  before?.remove();
  notes.set(elt, note);
  place(note, elt);
  if (requestConfig?.verb !== "get") note.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:responseError", say);
document.addEventListener("htmx:sendError", say);
document.addEventListener("htmx:afterRequest", ({ detail: { requestConfig, successful } }) => {
  if (successful) notes.get(requestConfig?.elt)?.remove();
});
