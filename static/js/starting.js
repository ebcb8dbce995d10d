// An example that is chosen stands in its box at once, where it can be said in the person's own words. Words of one's
// own are never written over. Without this, the example is taken when one saves, and changed afterwards.
const LEVELS = ["level_m2", "level_m1", "level_0", "level_1", "level_2"];

function put(box, words) {
  if (!box || (box.value && box.value !== box.dataset.put)) return;
  box.value = words;
  box.dataset.put = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function startFrom(chooser) {
  const entry = chooser.closest("[data-entry]");
  const box = (name) => entry.querySelector(`textarea[name$="${name}"]`);
  chooser.addEventListener("change", () => {
    if (chooser.dataset.start === "words") {
      put(box("words"), chooser.value);
      return;
    }
    const words = JSON.parse(chooser.dataset.levels)[chooser.value] ?? LEVELS.map(() => "");
    LEVELS.forEach((name, n) => put(box(name), words[n]));
    box(LEVELS[0]).closest("details").open = true;
  });
}

document.querySelectorAll("[data-start]").forEach(startFrom);
