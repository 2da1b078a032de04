// Runs before the first paint, so that a theme chosen earlier never flashes. Browsers may refuse storage.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {}
