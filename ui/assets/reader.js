// The reader: opens a transcript at a quote, loads more at either end, steps through the quotes of an answer.
const panel = element.querySelector("#reader");
const body = panel.querySelector(".reader-body");
const find = (selector) => panel.querySelector(selector);
const NARROW = matchMedia("(max-width: 56.25rem)");
let shown = null; // the transcript that is open: id, start, end, length, reference
let quotes = []; // the places that "previous" and "next" step through
let at = -1;
let opener = null;
let asked = 0;

async function open({ place, among = [], from }) {
  const turn = (asked += 1);
  if (panel.hidden || from) opener = from ?? document.activeElement;
  quotes = among.length ? among : [place];
  at = Math.max(0, quotes.findIndex((each) => same(each, place)));
  panel.hidden = false;
  document.body.classList.toggle("reading", true);
  shield(true);
  body.setAttribute("aria-busy", "true");
  const told = await server.open_reader(place).catch(() => ({ problem: "The transcript could not be fetched. Try again." }));
  if (turn !== asked || panel.hidden) return;
  body.removeAttribute("aria-busy");
  told.problem ? complain(told.problem) : fill(told);
}

const same = (one, other) => ["id", "start", "end"].every((name) => Number(one[name]) === Number(other[name]) || one[name] === other[name]);

function complain(sentence) {
  shown = null;
  find("#reader-title").textContent = "This cannot be shown";
  for (const each of [".reader-facts", ".reader-media"]) find(each).replaceChildren();
  body.replaceChildren(make("p", { class: "problem" }, sentence));
  find(".reader-tools").hidden = true;
  panel.focus({ preventScroll: true });
}

function fill(told) {
  shown = told;
  find("#reader-title").innerHTML = told.title;
  find(".reader-facts").innerHTML = told.facts;
  find(".reader-media").innerHTML = told.media;
  find(".reader-copy").hidden = !told.reference;
  find(".reader-tools").hidden = !told.reference && !told.media;
  const step = quotes.length > 1;
  for (const button of panel.querySelectorAll("[data-step]")) {
    button.hidden = !step;
    button.disabled = !quotes[at + Number(button.dataset.step)];
  }
  find(".reader-count").textContent = step ? `Quote ${at + 1} of ${quotes.length}` : "";
  body.innerHTML = told.html;
  ends();
  const mark = body.querySelector("mark");
  panel.focus({ preventScroll: true });
  if (mark) middle(mark);
  else body.scrollTop = 0;
}

// Scrolls the words alone, never the page behind them.
function middle(mark) {
  const box = body.getBoundingClientRect();
  body.scrollTop += mark.getBoundingClientRect().top - box.top - Math.min(box.height / 3, 200);
}

function ends() {
  for (const old of body.querySelectorAll(".more")) old.remove();
  if (shown.start > 0) body.prepend(more("Earlier in the transcript", true));
  if (shown.end < shown.length) body.append(more("Later in the transcript", false));
}

function more(text, back) {
  const button = make("button", { type: "button", class: "more" }, text);
  button.addEventListener("click", () => extend(back, button));
  return button;
}

async function extend(back, button) {
  const now = shown;
  button.disabled = true;
  const told = await server.continue_reader({ id: now.id, at: back ? now.start : now.end, back }).catch(() => null);
  if (now !== shown) return;
  if (!told || told.problem) {
    button.disabled = false;
    button.textContent = told?.problem ?? "That could not be fetched. Try again.";
    return;
  }
  const part = make("div");
  part.innerHTML = told.html;
  const height = body.scrollHeight;
  const sections = [...part.children];
  join(back ? sections : [...body.children].filter((each) => each.matches(".turn")), back ? [...body.children].filter((each) => each.matches(".turn")) : sections);
  back ? body.prepend(...sections) : body.append(...sections);
  shown = { ...now, start: back ? told.start : now.start, end: back ? now.end : told.end };
  ends();
  if (back) body.scrollTop += body.scrollHeight - height;
  const next = back ? sections.at(-1) : sections[0];
  next?.setAttribute("tabindex", "-1");
  next?.focus({ preventScroll: true });
}

// A turn that was cut between two stretches needs its heading once.
function join(earlier, later) {
  if (earlier.length && later[0]?.matches(".continued")) later[0].querySelector(".said-by")?.remove();
}

function close() {
  panel.hidden = true;
  shown = null;
  asked += 1;
  document.body.classList.remove("reading");
  shield(false);
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  opener = null;
}

// Where the reader covers the page, what is behind it cannot be reached.
function shield(on) {
  const covers = on && NARROW.matches;
  panel.toggleAttribute("aria-modal", covers);
  covers ? panel.setAttribute("role", "dialog") : panel.removeAttribute("role");
  if (covers) panel.setAttribute("aria-modal", "true");
  for (const each of document.querySelectorAll("#top, #views, #main")) each.inert = covers;
}

panel.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (step) open({ place: quotes[at + Number(step.dataset.step)], among: quotes });
  if (event.target.closest(".reader-close")) close();
  const copier = event.target.closest(".reader-copy");
  if (copier && shown) copy(shown.reference, copier);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden && !document.querySelector("dialog[open]")) close();
});
NARROW.addEventListener("change", () => shield(!panel.hidden));
hear("read", open);
hear("unread", () => !panel.hidden && close());
