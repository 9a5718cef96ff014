// The table of transcripts: a page at a time, from the server.
const shelf = element.querySelector(".shelf");
const part = (selector) => shelf.querySelector(selector);
const dialog = part("dialog");
const wish = { words: "", order: "date", down: true, start: 0 };
let turn = 0;
let total = 0;
let size = 50;
let stale = true;
let waiting = null;

async function fetchPage() {
  const mine = (turn += 1);
  const told = await server.listed({ ...wish }).catch(() => ({ problem: "The library could not be fetched. Reload the page." }));
  if (mine !== turn) return;
  stale = false;
  if (told.problem) { part(".count").textContent = told.problem; return; }
  ({ total, size } = told);
  wish.start = told.start;
  part(".rows tbody").innerHTML = told.html;
  if (part(".held").dataset.held !== told.held) { part(".held").innerHTML = told.held; part(".held").dataset.held = told.held; }
  const last = Math.min(total, wish.start + size);
  part(".count").textContent = total ? `${wish.start + 1} to ${last} of ${total.toLocaleString("en")}` : "No transcript has all of these words.";
  part("[data-page='-1']").disabled = wish.start === 0;
  part("[data-page='1']").disabled = last >= total;
  part(".pages").hidden = total <= size;
  for (const button of shelf.querySelectorAll("[data-order]")) {
    const sorted = button.dataset.order === wish.order;
    button.closest("th").setAttribute("aria-sort", sorted ? (wish.down ? "descending" : "ascending") : "none");
  }
}

function order(name) {
  wish.down = wish.order === name ? !wish.down : name === "date";
  wish.order = name;
  wish.start = 0;
  fetchPage();
}

function doubt(button) {
  part(".which").textContent = button.closest("tr").querySelector(".open").textContent;
  part("dialog .problem").hidden = true;
  dialog.dataset.transcript = button.dataset.transcript;
  dialog.showModal();
  dialog.querySelector("[value=no]").focus();
}

async function takeOut(yes) {
  yes.disabled = true;
  const told = await server.removed({ id: dialog.dataset.transcript }).catch(() => ({ problem: "That could not be done. Try again." }));
  yes.disabled = false;
  if (told.problem) {
    part("dialog .problem").textContent = told.problem;
    part("dialog .problem").hidden = false;
    return;
  }
  dialog.close();
  tell("unread");
  tell("changed");
  part("[name=words]").focus();
}

shelf.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.order) order(button.dataset.order);
  else if (button.dataset.page) { wish.start = Math.max(0, wish.start + size * Number(button.dataset.page)); fetchPage(); }
  else if (button.matches(".open")) tell("read", { place: { id: button.dataset.transcript, start: 0, end: 0 }, from: button });
  else if (button.matches(".remove")) doubt(button);
  else if (button.matches(".yes")) takeOut(button);
});
part("[name=words]").addEventListener("input", (event) => {
  clearTimeout(waiting);
  waiting = setTimeout(() => { wish.words = event.target.value; wish.start = 0; fetchPage(); }, 200);
});
const shownNow = () => document.body.dataset.view === "library";
hear("view", () => shownNow() && stale && fetchPage());
hear("changed", () => { stale = true; if (shownNow()) fetchPage(); });
if (shownNow()) fetchPage();
