// The bar over the conversation: begin a new one, go back to an earlier one, rename, delete, save.
const bar = element.querySelector(".bar");
const newButton = make("button", { type: "button", class: "new" }, "New conversation");
const menuButton = make("button", { type: "button", class: "menu", "aria-expanded": "false", "aria-controls": "earlier" }, "Earlier conversations");
const saveMarkdown = make("button", { type: "button" }, "Save as Markdown");
const saveJson = make("button", { type: "button" }, "Save as JSON");
const earlier = make("div", { id: "earlier", class: "earlier", hidden: true });
bar.append(newButton, menuButton, saveMarkdown, saveJson, earlier);

const act = (told) => trigger("act", told);

function dress(total) {
  for (const each of [newButton, saveMarkdown, saveJson]) each.hidden = !total;
  menuButton.hidden = !listed().some((each) => each.id !== current());
  bar.hidden = [newButton, menuButton].every((each) => each.hidden);
  if (!earlier.hidden) list();
}

function begin() {
  setCurrent(null);
  tell("unread");
  act({ do: "clear" });
  fold();
}

function go(id) {
  setCurrent(id);
  tell("unread");
  act({ do: "restore", exchanges: exchangesOf(id) });
  fold();
}

function fold(on = true) {
  earlier.hidden = on;
  menuButton.setAttribute("aria-expanded", String(!on));
  if (!on) list();
}

function list() {
  const rows = listed().map(row);
  earlier.replaceChildren(rows.length ? make("ul", { "aria-label": "Earlier conversations" }, ...rows) : make("p", {}, "None yet."));
}

function row(each) {
  const when = new Date(each.at).toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" });
  const open = make("button", { type: "button", class: "open", dir: "auto", ...(each.id === current() && { "aria-current": "true" }) }, String(each.name));
  const facts = make("span", { class: "facts" }, `${each.count} ${each.count === 1 ? "question" : "questions"}, ${when}`);
  const renaming = make("button", { type: "button", "aria-label": `Rename ${each.name}` }, "Rename");
  const deleting = make("button", { type: "button", "aria-label": `Delete ${each.name}` }, "Delete");
  const made = make("li", {}, make("span", { class: "what" }, open, facts), renaming, deleting);
  open.addEventListener("click", () => go(each.id));
  renaming.addEventListener("click", () => edit(made, each));
  deleting.addEventListener("click", () => doubt(made, each));
  return made;
}

function edit(made, each) {
  const box = make("input", { type: "text", "aria-label": "Name of the conversation", maxlength: "120", dir: "auto" });
  const form = make("form", {}, box, make("button", { type: "submit" }, "Save name"));
  box.value = each.name;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (box.value.trim()) rename(each.id, box.value.trim());
    list();
    menuButton.focus();
  });
  made.replaceChildren(form);
  box.select();
}

function doubt(made, each) {
  const yes = make("button", { type: "button", class: "danger" }, "Delete for good");
  const no = make("button", { type: "button" }, "Keep");
  made.replaceChildren(make("span", { class: "what", dir: "auto" }, `Delete “${each.name}”?`), yes, no);
  yes.addEventListener("click", () => {
    const here = each.id === current();
    forget(each.id);
    if (here) begin();
    else dress(element.querySelectorAll(".exchange").length);
    (menuButton.hidden ? newButton : menuButton).focus();
  });
  no.addEventListener("click", () => { list(); menuButton.focus(); });
  no.focus();
}

newButton.addEventListener("click", begin);
menuButton.addEventListener("click", () => fold(!earlier.hidden));
saveMarkdown.addEventListener("click", () => act({ do: "save", kind: "markdown" }));
saveJson.addEventListener("click", () => act({ do: "save", kind: "json" }));
bar.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || earlier.hidden) return;
  event.stopPropagation();
  fold();
  menuButton.focus();
});
