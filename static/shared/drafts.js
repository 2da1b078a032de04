// Nothing typed is lost: a form with data-draft="key" keeps its text in this browser until the portal has taken it.
const root = document.documentElement;
const prefix = "draft:";
const sentMark = "draft-sent";
const nameOf = (form) => `${prefix}${root.dataset.me ?? ""}:${form.dataset.draft}`;
const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && field.matches("textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])"));

function read(form) {
  const draft = {};
  for (const field of fieldsOf(form)) {
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) (draft[field.name] ??= []).push(field.value);
    } else draft[field.name] = field.value;
  }
  return draft;
}

// A field with data-given came filled in by the portal; what stands there is nobody's draft.
const hasWords = (form) => fieldsOf(form).some((field) => field.matches("textarea, input:not([type=checkbox], [type=radio], [data-given])") && field.value.trim());

function write(form, draft) {
  for (const field of fieldsOf(form)) {
    const kept = draft[field.name];
    if (field.type === "radio" || field.type === "checkbox") field.checked = (kept ?? []).includes(field.value);
    else if (typeof kept === "string") field.value = kept;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function keep(form) {
  if (hasWords(form)) localStorage.setItem(nameOf(form), JSON.stringify(read(form)));
  else localStorage.removeItem(nameOf(form));
}

// The portal took the text when the sending ended in a redirect to a page for signed-in people; anything else keeps it.
function settleLast() {
  const name = sessionStorage.getItem(sentMark);
  if (!name) return;
  sessionStorage.removeItem(sentMark);
  const [visit] = performance.getEntriesByType("navigation");
  const status = visit?.responseStatus || 200;
  if (visit?.type === "navigate" && visit.redirectCount > 0 && status === 200 && root.dataset.page === "portal") localStorage.removeItem(name);
}

function restore(form) {
  const kept = localStorage.getItem(nameOf(form));
  // Words that came with the page are newer: the portal sent them back with its remarks.
  if (!kept || hasWords(form)) return;
  const before = read(form);
  write(form, JSON.parse(kept));
  const note = document.getElementById("draft-note")?.content.firstElementChild?.cloneNode(true);
  if (!note) return;
  note.querySelector("[data-draft-drop]").addEventListener("click", () => {
    for (const field of fieldsOf(form)) if (!(field.name in before) && field.type !== "checkbox" && field.type !== "radio") field.value = "";
    write(form, before);
    localStorage.removeItem(nameOf(form));
    note.remove();
    fieldsOf(form)[0]?.focus();
  });
  form.prepend(note);
}

function begin() {
  settleLast();
  for (const form of document.querySelectorAll("form[data-draft]")) restore(form);

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-draft]")) keep(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-draft]")) {
      keep(form);
      if (!form.matches("[hx-post]")) sessionStorage.setItem(sentMark, nameOf(form));
    }
    // Whoever signs out may share this browser.
    if (form.matches("[data-forget-drafts]")) {
      for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
    }
  });
  // What the portal keeps by itself needs no copy here; what was typed since it was asked does.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const keeper = event.detail.elt;
    if (keeper?.matches?.("form[data-draft] [data-keeps]")) keeper.kept = localStorage.getItem(nameOf(keeper.closest("form")));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful } = event.detail;
    if (!successful || !elt?.matches) return;
    if (elt.matches("form[data-draft][hx-post]")) localStorage.removeItem(nameOf(elt));
    else if (elt.matches("form[data-draft] [data-keeps]")) {
      const name = nameOf(elt.closest("form"));
      if (elt.kept && localStorage.getItem(name) === elt.kept) localStorage.removeItem(name);
    }
  });
  document.addEventListener("htmx:load", (event) => {
    for (const form of event.detail.elt.querySelectorAll?.("form[data-draft]") ?? []) restore(form);
  });
}

try {
  begin();
} catch {
  // A browser without storage keeps no drafts; the form still works.
}
