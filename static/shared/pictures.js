// Files by drop and paste join those chosen in the field, up to as many as there is room for; each is named.
// A form with data-keeps-pictures inside hands them to the portal at once, which keeps them with what is typed.
const fieldOf = (form) => form.querySelector("input[type=file]");
const keeperOf = (form) => form.querySelector("[data-keeps-pictures]");

function show(form) {
  const list = form.querySelector("[data-picture-list]");
  const files = [...fieldOf(form).files];
  list.replaceChildren(
    ...files.map((file) => {
      const item = document.createElement("li");
      item.textContent = `${file.name} (${Math.ceil(file.size / 1024)} kB)`;
      return item;
    }),
  );
  list.hidden = !files.length;
}

function say(form, which, isSo) {
  const note = form.querySelector(which);
  if (note) note.hidden = !isSo;
}

function chosen(form) {
  show(form);
  if (fieldOf(form).files.length) keeperOf(form)?.dispatchEvent(new Event("pictures"));
}

function add(form, more) {
  const field = fieldOf(form);
  const all = new DataTransfer();
  // One too many goes along too, or one that is no picture: the portal names it and says why it was left out.
  for (const file of [...field.files, ...more]) all.items.add(file);
  field.files = all.files;
  chosen(form);
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (event.target.type === "file" && form?.matches("[data-pictures]")) chosen(form);
});

// What the portal has taken leaves the field, so that it is not sent twice; what it could not take stays there.
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (!detail.elt?.matches?.("[data-keeps-pictures]")) return;
  const form = detail.elt.closest("form");
  detail.elt.given = [...fieldOf(form).files];
  say(form, "[data-on-the-way]", true);
  // What was wrong the last time may be right now.
  for (const note of form.querySelectorAll(".draft-pictures [role=alert]")) note.remove();
});
document.addEventListener("htmx:afterRequest", ({ detail: { elt, successful, xhr } }) => {
  if (!elt?.matches?.("[data-keeps-pictures]")) return;
  const form = elt.closest("form");
  const again = JSON.parse(form.querySelector("[data-again]")?.dataset.again ?? "[]");
  const stays = (file) => !successful || !elt.given?.includes(file) || again.includes(file.name);
  const rest = new DataTransfer();
  for (const file of fieldOf(form).files) if (stays(file)) rest.items.add(file);
  fieldOf(form).files = rest.files;
  elt.given = null;
  say(form, "[data-on-the-way]", false);
  const notes = [...form.querySelectorAll("[data-failed]")];
  const fitting = notes.find((note) => note.dataset.failed === String(xhr?.status)) ?? notes.find((note) => !note.dataset.failed);
  for (const note of notes) note.hidden = successful || note !== fitting;
  show(form);
  const button = form.querySelector("[data-try-again]");
  if (button) button.hidden = !rest.files.length;
});

// A browser says nothing when the same file is chosen again, so what could not be kept has a button of its own.
document.addEventListener("click", (event) => {
  const form = event.target.closest?.("[data-try-again] button")?.form;
  if (form) chosen(form);
});

function sendNow(form, keeper) {
  const button = keeper.waiting;
  keeper.waiting = null;
  say(form, "[data-sent-after]", false);
  form.requestSubmit(button === true ? null : button);
}

// Whoever sends while one is on its way sends when it has come.
document.addEventListener(
  "submit",
  (event) => {
    const keeper = event.target.matches("[data-pictures]") && keeperOf(event.target);
    if (!keeper?.given) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // Pressed twice, it is sent once.
    if (!keeper.waiting) keeper.addEventListener("htmx:afterRequest", () => setTimeout(() => sendNow(event.target, keeper)), { once: true });
    keeper.waiting = event.submitter ?? true;
    say(event.target, "[data-sent-after]", true);
  },
  true,
);

// Whoever took a picture out by its button goes on where pictures are chosen: the button is gone.
let tookOut = false;
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt?.name === "drop_picture") tookOut = true;
});
document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (!tookOut || elt.id !== "draft-pictures") return;
  tookOut = false;
  fieldOf(elt.closest("form")).focus();
});

document.addEventListener("paste", (event) => {
  const form = event.target.closest?.("form[data-pictures]");
  if (!form || !event.clipboardData?.files.length) return;
  event.preventDefault();
  add(form, event.clipboardData.files);
});

for (const name of ["dragover", "drop"]) {
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.("form[data-pictures]");
    if (!form || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.querySelector("[data-drop]").classList.toggle("is-over", name === "dragover");
    if (name === "drop") add(form, event.dataTransfer.files);
  });
}
