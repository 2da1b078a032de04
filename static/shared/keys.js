// Keys for people who live in lists: letters press what carries data-key, j and k walk the rows, ? lists them all.
// Whoever speaks to their browser, or hits keys by mistake, puts them to rest; that stays in this browser.
const dialog = document.getElementById("keys");
const isShown = (element) => element.checkVisibility();
const rows = () => [...document.querySelectorAll("[data-row]")].filter(isShown);
const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

function rest(isRest) {
  document.documentElement.dataset.keys = isRest ? "off" : "on";
}
try {
  rest(localStorage.getItem("keys") === "off");
} catch {
  // Without storage the keys work on each page anew.
}

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains("is-current"));
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  for (const row of all) row.classList.toggle("is-current", row === next);
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

// The key of the current row comes first, so that a list may repeat its keys in every row.
function owner(key) {
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(isShown);
  return all.find((element) => element.closest("[data-row].is-current")) ?? all[0];
}

function listKeys() {
  const list = dialog.querySelector("[data-keys-list]");
  for (const line of list.querySelectorAll("[data-keys-found]")) line.remove();
  for (const line of list.querySelectorAll("[data-keys-rows]")) line.hidden = !rows().length;
  const first = list.firstElementChild;
  const seen = new Set();
  for (const element of document.querySelectorAll("[data-key]")) {
    const key = element.dataset.key;
    if (seen.has(key) || !isShown(element)) continue;
    seen.add(key);
    const line = document.createElement("div");
    line.dataset.keysFound = "";
    const [term, cap, words] = ["dt", "kbd", "dd"].map((name) => document.createElement(name));
    cap.textContent = key;
    const label = element.cloneNode(true);
    for (const hint of label.querySelectorAll("kbd")) hint.remove();
    words.textContent = element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? label.textContent.trim();
    term.append(cap);
    line.append(term, words);
    list.insertBefore(line, first);
  }
}

const working = dialog?.querySelector("[data-keys-working]");
working?.addEventListener("change", () => {
  rest(!working.checked);
  try {
    localStorage.setItem("keys", working.checked ? "on" : "off");
  } catch {
    // It lasts for this page.
  }
});
function showKeys() {
  listKeys();
  working.checked = document.documentElement.dataset.keys !== "off";
  dialog.showModal();
}
for (const button of document.querySelectorAll("[data-keys-open]")) {
  button.hidden = !dialog;
  button.addEventListener("click", showKeys);
}

document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.keys === "off" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "?" && dialog) {
    if (dialog.open) return dialog.close();
    return showKeys();
  }
  if (dialog?.open || event.repeat && !"jk".includes(event.key)) return;
  if (event.key === "j") return walk(1);
  if (event.key === "k") return walk(-1);
  if (event.key === "Enter" && event.target.matches?.("[data-row].is-current")) {
    event.target.querySelector("[data-row-link]")?.click();
    return;
  }
  const element = owner(event.key);
  if (!element) return;
  event.preventDefault();
  if (element.matches("input, textarea, select")) element.focus();
  else element.click();
});
