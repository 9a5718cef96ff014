"use strict";
// Filters the questions. Without it everything is shown. The filters are kept in the address, so that a view can be passed on.
(() => {
  const form = document.getElementById("filters");
  const nothing = document.getElementById("nothing");
  const questions = [...document.querySelectorAll("article.question")];
  const parts = [...document.querySelectorAll("h3.part")];
  const texts = new Map();

  const textOf = (question) => {
    if (!texts.has(question)) texts.set(question, question.textContent.toLowerCase());
    return texts.get(question);
  };
  const field = (name) => form.elements.namedItem(name);
  const wanted = () => ({
    only: field("only").checked ? "failures" : "",
    miss: field("miss").value,
    kind: field("kind") ? field("kind").value : "",
    q: field("q").value.trim(),
  });
  const fits = (question, want, words) => {
    const misses = question.dataset.misses ? question.dataset.misses.split(" ") : [];
    if (want.only && misses.length === 0) return false;
    if (want.miss && !misses.includes(want.miss)) return false;
    if (want.kind && question.dataset.kind !== want.kind) return false;
    return words.every((word) => textOf(question).includes(word));
  };
  const show = () => {
    const want = wanted();
    const words = want.q.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const question of questions) {
      question.hidden = !fits(question, want, words);
      shown += question.hidden ? 0 : 1;
    }
    for (const part of parts) {
      let next = part.nextElementSibling;
      while (next && next.matches("article.question") && next.hidden) next = next.nextElementSibling;
      part.hidden = !(next && next.matches("article.question"));
    }
    nothing.hidden = shown > 0;
    form.querySelector("output").textContent = `${shown.toLocaleString("en")} of ${questions.length.toLocaleString("en")} shown`;
  };
  const keep = () => {
    const kept = new URLSearchParams(Object.entries(wanted()).filter(([, value]) => value));
    const hash = kept.toString();
    if (hash || location.hash.includes("=")) history.replaceState(null, "", hash ? `#${hash}` : "#questions");
  };
  const restore = () => {
    if (!location.hash.includes("=")) return;
    const kept = new URLSearchParams(location.hash.slice(1));
    field("only").checked = kept.get("only") === "failures";
    for (const name of ["miss", "kind", "q"]) {
      const control = field(name);
      if (control) control.value = kept.get(name) || "";
      if (control && control.selectedIndex < 0) control.value = "";
    }
    show();
    form.scrollIntoView();
  };
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const question = target && target.closest("article.question");
    if (!question || !question.hidden) return;
    form.reset();
    show();
    target.scrollIntoView();
  };

  form.addEventListener("input", () => { show(); keep(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button").addEventListener("click", () => { form.reset(); show(); keep(); });
  window.addEventListener("hashchange", () => { restore(); reveal(); });
  form.hidden = false;
  show();
  restore();
})();
