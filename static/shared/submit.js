// A form is sent once: its buttons rest after the first press and wake when the page is shown again.
const resting = new Set();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.matches("[hx-post], [data-hx-post]")) return;
  // What is sent must not be kept as a draft a moment later.
  form.querySelector("[data-keeps]")?.remove();
  // After this turn, so that the pressed button still sends its name and value.
  setTimeout(() => {
    for (const button of form.querySelectorAll("[type=submit]:not([disabled])")) {
      button.disabled = true;
      resting.add(button);
    }
  });
});

addEventListener("pageshow", () => {
  for (const button of resting) button.disabled = false;
  resting.clear();
});
