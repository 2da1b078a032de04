// Whoever pressed something that is drawn anew goes on there: at what has its name, or where the new part says data-focus.
let last;

document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  last = target.contains(document.activeElement) ? document.activeElement : null;
});
document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (!last || last.isConnected || document.activeElement !== document.body) return;
  const same = [...elt.querySelectorAll("[name]")].find((one) => one.name === last.name && one.value === last.value && one.checkVisibility());
  (same ?? elt.querySelector("[data-focus]"))?.focus();
  last = null;
});
