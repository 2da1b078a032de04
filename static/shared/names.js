// After an @ in a field with data-names="address": names of those who can read the words, to choose by arrow and Enter.
const typed = /(?:^|[^\p{L}\p{N}_@])@([\p{L}\p{N}][\p{L}\p{N}'’.-]*(?: [\p{L}\p{N}'’.-]+)?)$/u;
let list, field, asked, controller;
let isPressed = false;

const options = () => [...(list?.children ?? [])];

function close() {
  controller?.abort();
  list?.remove();
  field?.removeAttribute("aria-activedescendant");
  field?.removeAttribute("aria-controls");
  list = asked = undefined;
}

function mark(step) {
  const all = options();
  const at = all.findIndex((option) => option.ariaSelected === "true");
  const next = all[(at + step + all.length) % all.length];
  for (const option of all) option.ariaSelected = String(option === next);
  field.setAttribute("aria-activedescendant", next.id);
}

function choose(name) {
  const end = field.selectionStart;
  field.setRangeText(`${name} `, end - asked.length, end, "end");
  close();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

function show(names) {
  list?.remove();
  list = undefined;
  if (!names.length) return;
  list = document.createElement("ul");
  list.id = "names-offered";
  list.className = "names-offered";
  list.role = "listbox";
  list.ariaLabel = field.labels[0]?.textContent.trim() ?? "";
  names.forEach((name, place) => {
    const option = document.createElement("li");
    option.id = `name-offered-${place}`;
    option.role = "option";
    option.ariaSelected = String(place === 0);
    option.textContent = name;
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      choose(name);
    });
    list.append(option);
  });
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-activedescendant", "name-offered-0");
}

async function offer(target) {
  const found = target.selectionStart === target.selectionEnd && typed.exec(target.value.slice(0, target.selectionStart));
  if (!found) return close();
  if (field !== target) close();
  field = target;
  asked = found[1];
  controller?.abort();
  controller = new AbortController();
  const address = new URL(target.dataset.names, location.href);
  address.searchParams.set("q", asked);
  const circle = target.form?.elements.circle?.value;
  if (circle > 0) address.searchParams.set("circle", circle);
  try {
    const answer = await fetch(address, { signal: controller.signal });
    show(answer.ok ? (await answer.json()).names : []);
  } catch {
    // Another letter came meanwhile, or the portal cannot be reached: the words can be typed all the same.
  }
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-names]") && event.isTrusted) offer(event.target);
});
document.addEventListener("keydown", (event) => {
  if (!list || event.target !== field) return;
  if (event.key === "Escape") close();
  else if (event.key === "ArrowDown") mark(1);
  else if (event.key === "ArrowUp") mark(-1);
  else if (event.key === "Enter" || event.key === "Tab") choose(options().find((option) => option.ariaSelected === "true").textContent);
  else return;
  event.preventDefault();
});
document.addEventListener("focusout", (event) => {
  if (event.target !== field) return;
  // What is pressed below the list would move away from under the pointer, and the press would be lost.
  if (isPressed) document.addEventListener("mouseup", () => setTimeout(close), { once: true });
  else close();
});
for (const kind of ["mousedown", "mouseup"]) {
  document.addEventListener(kind, () => (isPressed = kind === "mousedown"), true);
}
