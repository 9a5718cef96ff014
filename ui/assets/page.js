// Shows the conversation, leads from a marker into the transcript, and asks again. Runs inside Gradio's HTML component,
// which hands it `element`, `props`, `trigger`, `server` and `watch`. An exchange is drawn again only when its own HTML
// has changed, so what a reader has opened in earlier answers stays open.
const list_ = element.querySelector(".exchanges");
const drawn = [];
let following = false;
let restoring = false;

function openness(article) {
  return new Map([...article.querySelectorAll("details[id]")].map((card) => [card.id, card.open]));
}

// Whether what has the focus is gone or about to go: the examples hide once a question is asked.
function homeless(focused) {
  return !focused || focused === document.body || Boolean(focused.closest("#welcome, .instead, .asking-again, .filter"));
}

function draw(html, at) {
  const made = parse(html);
  const old = list_.children[at];
  if (!old) {
    list_.append(made);
    following = !restoring;
    if (homeless(document.activeElement) && !restoring) made.focus({ preventScroll: true });
  } else {
    const before = openness(old);
    const focused = old.contains(document.activeElement);
    const asked = old.querySelector(".question")?.textContent !== made.querySelector(".question")?.textContent;
    if (!asked) for (const card of made.querySelectorAll("details[id]")) card.open = before.get(card.id) ?? card.open;
    old.replaceWith(made);
    if (focused) made.focus({ preventScroll: true });
  }
  drawn[at] = html;
}

function show() {
  const told = props.value ?? {};
  const { from = 0, pages = [], total = 0 } = told;
  if (told.total != null && !restoring) heard(told.busy ? parse(pages.at(-1)).querySelector(".question").textContent : "");
  if (from > list_.children.length) return act({ do: "send" });
  while (list_.children.length > total) list_.lastElementChild.remove();
  drawn.length = Math.min(drawn.length, total);
  const changed = pages.some((html, at) => drawn[from + at] !== html);
  pages.forEach((html, at) => drawn[from + at] !== html && draw(html, from + at));
  if (changed && following) list_.lastElementChild?.scrollIntoView({ block: "start", behavior: motion() });
  restoring = false;
  if (!told.busy) keep(told);
  document.body.classList.toggle("talking", total > 0);
  dress(total);
}

const articleOf = (node) => node.closest(".exchange");
const placeOf = (article) => [...list_.children].indexOf(article);
const questionOf = (article) => article.querySelector(".question").textContent;
const spot = ({ transcript, start, end }) => ({ id: transcript, start: Number(start), end: Number(end) });

function read(button, from) {
  const group = button.closest("ol") ?? button.parentElement;
  tell("read", { place: spot(button.dataset), among: [...group.querySelectorAll(".read")].map((each) => spot(each.dataset)), from });
}

function readAt(marker) {
  following = false;
  const button = document.getElementById(marker.dataset.card)?.querySelector(".read");
  if (button) read(button, marker);
}

const stored = (article) => exchangesOf(current())[placeOf(article)] ?? {};

function filtersOf(article) {
  const told = stored(article).filters;
  if (!told) return {};
  return Object.keys(told).length ? told : { everywhere: true };
}

function ask(question, filters, at) {
  trigger("ask", { question, filters, ...(at != null && { at }) });
}

async function explain(article, button) {
  const open = article.querySelector(".why");
  if (open) {
    open.remove();
    return button.setAttribute("aria-expanded", "false");
  }
  const box = make("section", { class: "why", "aria-label": "Why these passages" }, make("p", {}, "Looking into the search…"));
  button.setAttribute("aria-expanded", "true");
  article.querySelector(".foot").after(box);
  const history = [...list_.children].slice(0, placeOf(article)).map(questionOf);
  const told = await server.explain({ question: questionOf(article), history, filters: filtersOf(article) })
    .catch(() => ({ problem: "That could not be fetched. Try again." }));
  if (told.problem) box.replaceChildren(make("p", { class: "problem" }, told.problem));
  else box.innerHTML = told.html;
}

function edited(article) {
  const heading = article.querySelector(".question");
  const box = make("textarea", { "aria-label": "The question, to be asked again", rows: "2", dir: "auto" });
  const back = make("button", { type: "button" }, "Cancel");
  const form = make("form", { class: "asking-again" }, box, make("button", { type: "submit", class: "primary" }, "Ask again"), back);
  box.value = heading.textContent;
  const end = () => { form.remove(); heading.hidden = false; };
  const send = (event) => { event.preventDefault(); end(); ask(box.value, filtersOf(article), placeOf(article)); };
  form.addEventListener("submit", send);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) send(event);
    if (event.key === "Escape") { event.stopPropagation(); end(); article.querySelector("[data-act=edit]").focus(); }
  });
  back.addEventListener("click", () => { end(); article.querySelector("[data-act=edit]").focus(); });
  heading.hidden = true;
  heading.after(form);
  box.focus();
}

function judged(article, button) {
  article.querySelector(".judging")?.remove();
  const right = button.dataset.right === "true";
  const box = make("textarea", { "aria-label": "Comment, if you like", rows: "2", maxlength: "2000", dir: "auto", placeholder: right ? "Comment, if you like" : "What is the right answer?" });
  const send = make("button", { type: "submit", class: "primary" }, right ? "Keep as right" : "Keep as wrong");
  const back = make("button", { type: "button" }, "Cancel");
  const form = make("form", { class: "judging" }, box, send, back);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act({ do: "judge", at: placeOf(article), right, comment: box.value });
    form.remove();
  });
  back.addEventListener("click", () => { form.remove(); button.focus(); });
  article.querySelector(".foot").after(form);
  box.focus();
}

// A link to the question alone: what was asked before it goes with nobody's address.
function linkTo(article) {
  const filters = filtersOf(article);
  const query = new URLSearchParams({ q: questionOf(article) });
  for (const each of filters.speakers ?? []) query.append("speaker", each);
  for (const each of filters.sources ?? []) query.append("source", each);
  for (const day of ["since", "until"]) if (filters[day]) query.set(day, filters[day]);
  for (const name of ["everywhere", "only"]) if (filters[name]) query.set(name, "1");
  return `${location.origin}${location.pathname}?${query}`;
}

const ACTS = {
  edit: edited,
  link: (article, button) => copy(linkTo(article), button),
  without: (article, button) => ask(questionOf(article), JSON.parse(button.dataset.filters), placeOf(article)),
  ask: (article, button) => ask(button.textContent, {}),
  why: explain,
  judge: judged,
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || button.closest("form")) return;
  if (button.matches(".marker")) readAt(button);
  else if (button.matches(".read")) read(button, button);
  else if (button.dataset.act) ACTS[button.dataset.act](articleOf(button), button);
});
for (const kind of ["wheel", "touchmove", "mousedown"]) {
  addEventListener(kind, () => { following = false; }, { passive: true });
}
hear("ask", ({ question, filters }) => ask(question, filters ?? {}));

// What the address asks, else the conversation that this tab had before it was loaded again.
function arrive() {
  const query = new URLSearchParams(location.search);
  const question = query.get("q")?.trim();
  if (question) {
    const filters = { speakers: query.getAll("speaker"), sources: query.getAll("source"), since: query.get("since") ?? "", until: query.get("until") ?? "", everywhere: query.get("everywhere") === "1", only: query.get("only") === "1" };
    for (const name of ["q", "speaker", "source", "since", "until", "everywhere", "only"]) query.delete(name);
    history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
    setCurrent(null);
    return ask(question, filters);
  }
  const before = current() ? exchangesOf(current()) : [];
  restoring = before.length > 0;
  if (restoring) act({ do: "restore", exchanges: before });
  pickUp();
}

watch("value", show);
show();
setTimeout(arrive, 0);
