// Every page works without this. It loads the design system's helpers only where a page holds a part that they improve.
if (document.querySelector("[data-module]")) {
  const { initAll } = await import("../vendor/nhsuk/nhsuk-10.6.1.min.js");
  initAll();
}

// A message after saving is read out and can be reached at once.
document.querySelector("[data-focus-first]")?.focus();
