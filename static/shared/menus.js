// Menus close on Escape and when one looks elsewhere; the current entry of a long navigation is in view, and its edges say where
// it goes on.
const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

const lists = [...document.querySelectorAll(".site-nav ul, .tabs ul")];

// Where more is out of sight; what is read from right to left counts its way below nothing.
function mark(list) {
  const room = list.scrollWidth - list.clientWidth;
  const left = list.scrollLeft + (getComputedStyle(list).direction === "rtl" ? room : 0);
  list.toggleAttribute("data-more-left", left > 1);
  list.toggleAttribute("data-more-right", room - left > 1);
}

const sizes = new ResizeObserver((seen) => seen.forEach(({ target }) => mark(target)));
for (const list of lists) {
  const current = list.querySelector("[aria-current]");
  if (current) {
    const [outer, inner] = [list.getBoundingClientRect(), current.getBoundingClientRect()];
    list.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
  }
  list.addEventListener("scroll", () => mark(list), { passive: true });
  sizes.observe(list);
}
