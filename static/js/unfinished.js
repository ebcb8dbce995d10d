// What is typed on a page of a plan is kept while one types: for its writer alone, and apart from the plan itself.
// Without this, nothing is lost either that was saved.
const PAUSE = 1500; // milliseconds without a key before it is kept

function keepWhileTyping(form) {
  const said = form.querySelector("[data-kept]");
  let timer = 0;
  let dirty = form.hasAttribute("data-typed");
  let sending = null;

  function body() {
    const fields = new URLSearchParams(new FormData(form));
    fields.set("page", form.dataset.page);
    return fields;
  }

  async function keep() {
    clearTimeout(timer);
    dirty = false;
    sending?.abort();
    sending = new AbortController();
    try {
      const answer = await fetch(form.dataset.unfinished, {
        method: "POST",
        body: body(),
        signal: sending.signal,
        keepalive: true,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { kept_at: keptAt } = await answer.json();
      said.textContent = `${form.dataset.words} ${keptAt}`;
    } catch (error) {
      // It is tried again with the next key; whoever saves is told by the page.
      if (error.name !== "AbortError") dirty = true;
    }
  }

  function later() {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  }

  form.addEventListener("input", later);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    dirty = false;
    sending?.abort();
  });
  addEventListener("pagehide", () => dirty && keep());
  document.addEventListener("visibilitychange", () => document.hidden && dirty && keep());
  if (dirty) later();
}

document.querySelectorAll("[data-unfinished]").forEach(keepWhileTyping);
