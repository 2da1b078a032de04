// Pictures (or with data-any-file any file) by drop and paste join those chosen in the field, up to as many as there is room for; each is named.
const fieldOf = (form) => form.querySelector("input[type=file]");

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

function add(form, more) {
  const field = fieldOf(form);
  const all = new DataTransfer();
  const fits = (file) => "anyFile" in form.dataset || file.type.startsWith("image/");
  const files = [...field.files, ...[...more].filter(fits)];
  for (const file of files.slice(0, Number(form.dataset.pictures))) all.items.add(file);
  field.files = all.files;
  show(form);
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (event.target.type === "file" && form?.matches("[data-pictures]")) show(form);
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
