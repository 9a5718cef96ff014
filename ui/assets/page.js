// Shows the conversation and leads from a marker to its source. Runs inside Gradio's HTML component, which hands it
// `element`, `props` and `watch`. An exchange is drawn again only when its own HTML has changed, so what a reader has
// opened in earlier answers stays open.
const list = element.querySelector(".exchanges");
const drawn = [];
let following = false;

function openness(article) {
  return new Map([...article.querySelectorAll("details[id]")].map((card) => [card.id, card.open]));
}

// Whether what has the focus is gone or about to go: the examples hide once a question is asked.
function homeless(focused) {
  return !focused || focused === document.body || Boolean(focused.closest("#welcome"));
}

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

function draw(html, at) {
  const fresh = parse(html);
  const old = list.children[at];
  if (!old) {
    list.append(fresh);
    following = true;
    if (homeless(document.activeElement)) fresh.focus({ preventScroll: true });
  } else {
    const before = openness(old);
    const focused = old === document.activeElement;
    for (const card of fresh.querySelectorAll("details[id]")) card.open = before.get(card.id) ?? card.open;
    old.replaceWith(fresh);
    if (focused) fresh.focus({ preventScroll: true });
  }
  drawn[at] = html;
}

function show() {
  const pages = Array.isArray(props.value) ? props.value : [];
  const changed = pages.some((html, at) => drawn[at] !== html);
  pages.forEach((html, at) => drawn[at] !== html && draw(html, at));
  while (list.children.length > pages.length) list.lastElementChild.remove();
  drawn.length = pages.length;
  if (changed && following) list.lastElementChild.scrollIntoView({ block: "start", behavior: motion() });
}

function motion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

function reveal(card) {
  following = false;
  card.open = true;
  card.querySelector("summary").focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", behavior: motion() });
  for (const other of element.querySelectorAll(".found")) other.classList.remove("found");
  card.classList.add("found");
}

element.addEventListener("click", (event) => {
  const marker = event.target.closest("button.marker");
  const card = marker && document.getElementById(marker.getAttribute("aria-controls"));
  if (card) reveal(card);
});
for (const kind of ["wheel", "touchmove", "mousedown"]) {
  addEventListener(kind, () => { following = false; }, { passive: true });
}

watch("value", show);
show();
