// A form with data-many: its button says how many rows are chosen.
function say(form) {
  const button = form.querySelector("[data-many-label]");
  const many = form.querySelectorAll("[data-row] input[type=checkbox]:checked").length;
  button.dataset.manyNone ??= button.textContent;
  button.textContent = many ? button.dataset.manyLabel.replace("#", many) : button.dataset.manyNone;
}

for (const form of document.querySelectorAll("form[data-many]")) {
  say(form);
  form.addEventListener("change", () => say(form));
}
