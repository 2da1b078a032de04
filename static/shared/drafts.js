// Nothing typed is lost: a form with data-draft="key" keeps its text in this browser until the portal has taken it.
const root = document.documentElement;
const prefix = "draft:";
const sentMark = "draft-sent";
const nameOf = (form) => `${prefix}${root.dataset.me ?? ""}:${form.dataset.draft}`;
const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && field.matches("textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])"));
const isChoice = (field) => field.type === "radio" || field.type === "checkbox";
const isText = (field) => field.matches("textarea, input") && !isChoice(field);
// What stands in a field, in whatever line ends; the portal takes the white space around it away.
const said = (field) => field.value.replace(/\r\n?/g, "\n").trim();
// What asks the portal to keep the words of its form by itself.
const isKeeper = (element) => element?.matches?.("form[data-draft] [data-keeps]");
const keeperOf = (form) => form.querySelector("[data-keeps]");

function read(form) {
  const draft = {};
  for (const field of fieldsOf(form)) {
    if (isChoice(field)) {
      if (field.checked) (draft[field.name] ??= []).push(field.value);
    } else draft[field.name] = field.value;
  }
  return draft;
}

// A field with data-given came filled in by the portal; what stands there is nobody's draft.
const hasWords = (form) => fieldsOf(form).some((field) => isText(field) && !("given" in field.dataset) && said(field));
const wordsOf = (form) => JSON.stringify(fieldsOf(form).filter(isText).map(said));
// What the portal has of a form that it keeps by itself.
const known = new WeakMap();
const keyOf = (form) => form.elements.namedItem("form_key");

// What was chosen then and is not on offer any more is asked for again: nothing is chosen, not what stands first.
function choose(field, kept) {
  field.value = kept;
  if (field.matches("select") && field.selectedIndex < 0) field.prepend(new Option("", "", true, true));
}

function write(form, draft) {
  if (draft.form_key && keyOf(form)) keyOf(form).value = draft.form_key;
  for (const field of fieldsOf(form)) {
    const kept = draft[field.name];
    if (isChoice(field)) field.checked = (kept ?? []).includes(field.value);
    else if (typeof kept === "string") choose(field, kept);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function keep(form) {
  if (hasWords(form)) localStorage.setItem(nameOf(form), JSON.stringify({ ...read(form), form_key: keyOf(form)?.value, known: known.get(form) }));
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
  // On the way back a browser fills in what was there, sent or not, below what may be another draft by now.
  if (keeperOf(form) && performance.getEntriesByType("navigation")[0]?.type === "back_forward") form.reset();
  const found = localStorage.getItem(nameOf(form));
  known.set(form, wordsOf(form));
  if (!found) return;
  const draft = JSON.parse(found);
  if (!hasWords(form)) show(form, draft);
  // Words that came with the page are newer: the portal sent them back with its remarks.
  else if (keeperOf(form) && !isThere(form, draft)) {
    // Unless it still has what it had when these were typed, which it could not be given.
    if (draft.known === wordsOf(form) && draft.form_key === keyOf(form)?.value) show(form, draft);
    else offer(form, draft);
  }
}

const isThere = (form, draft) => fieldsOf(form).filter(isText).every((field) => (draft[field.name] ?? "").trim() === said(field));
const noteOf = (name) => document.getElementById(name)?.content.firstElementChild?.cloneNode(true);
const place = (note, form) => (form.querySelector(".form") ?? form).prepend(note);

function show(form, draft) {
  const before = { ...read(form), form_key: keyOf(form)?.value };
  write(form, draft);
  const note = noteOf("draft-note");
  if (!note) return;
  note.querySelector("[data-draft-drop]").addEventListener("click", () => {
    for (const field of fieldsOf(form)) if (!(field.name in before) && !isChoice(field)) field.value = "";
    write(form, before);
    localStorage.removeItem(nameOf(form));
    note.remove();
    fieldsOf(form)[0]?.focus();
  });
  place(note, form);
}

// Two devices went on with one draft, or this is another one: whoever wrote them says which words they want.
function offer(form, draft) {
  const note = noteOf("draft-offer");
  if (!note) return;
  note.querySelector("[data-draft-show]").addEventListener("click", () => {
    note.remove();
    show(form, draft);
  });
  note.querySelector("[data-draft-drop]").addEventListener("click", () => {
    localStorage.removeItem(nameOf(form));
    note.remove();
  });
  place(note, form);
}

// What the portal could not keep is said beside the form, and handed to it again until it is kept.
const AGAIN = 10_000;
function tell(keeper, failed) {
  const form = keeper.closest("form");
  const notes = [...form.querySelectorAll("[data-not-kept]")];
  const fitting = notes.find((note) => note.dataset.notKept === String(failed)) ?? notes.find((note) => !note.dataset.notKept);
  for (const note of notes) note.hidden = !failed || note !== fitting;
  clearTimeout(keeper.again);
  if (!failed) return;
  form.querySelector("#draft-kept")?.replaceChildren();
  keeper.again = setTimeout(() => keeper.isConnected && keeper.dispatchEvent(new Event("again")), AGAIN);
}

// What the portal keeps by itself needs no copy here; what was typed since it was asked does.
function asked(keeper) {
  const form = keeper.closest("form");
  keeper.kept = localStorage.getItem(nameOf(form));
  keeper.given = wordsOf(form);
}

function answered(keeper, successful, status) {
  tell(keeper, successful ? 0 : status || 1);
  if (!successful) return;
  const form = keeper.closest("form");
  if (keeper.given) known.set(form, keeper.given);
  if (keeper.kept && localStorage.getItem(nameOf(form)) === keeper.kept) localStorage.removeItem(nameOf(form));
}

// A form that keeps no draft keeps one from when the portal refused what it asked without leaving the page.
const keyOfRefused = (form) => form.getAttribute("hx-post") ?? form.getAttribute("action");
function refused(form) {
  if (!form || form.querySelector("[data-keeps]")) return;
  form.dataset.draft ??= keyOfRefused(form);
  keep(form);
}

function wake(part) {
  for (const form of part.querySelectorAll?.("form") ?? []) {
    const wasRefused = !form.dataset.draft && localStorage.getItem(`${prefix}${root.dataset.me ?? ""}:${keyOfRefused(form)}`);
    if (wasRefused) {
      form.dataset.draft = keyOfRefused(form);
      form.closest("details")?.setAttribute("open", "");
    }
    if (form.dataset.draft) restore(form);
  }
}

function begin() {
  settleLast();
  wake(document);

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
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isKeeper(event.detail.elt)) asked(event.detail.elt);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt: here, requestConfig, successful, xhr } = event.detail;
    // What was drawn anew is not on the page any more, and is named by what was asked for it alone.
    const elt = requestConfig?.elt ?? here;
    if (isKeeper(elt)) answered(elt, successful, xhr?.status);
    else if (successful && elt?.matches?.("form[data-draft][hx-post]")) localStorage.removeItem(nameOf(elt));
  });
  addEventListener("online", () => {
    for (const note of document.querySelectorAll("[data-not-kept]:not([hidden])")) keeperOf(note.closest("form"))?.dispatchEvent(new Event("again"));
  });
  for (const name of ["htmx:responseError", "htmx:sendError"]) document.addEventListener(name, ({ detail: { elt } }) => refused(elt?.closest("form")));
  document.addEventListener("htmx:load", (event) => wake(event.detail.elt));
}

try {
  begin();
} catch {
  // A browser without storage keeps no drafts; the form still works.
}
