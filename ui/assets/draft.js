// What is typed and what is being asked outlive the page: once a lost server is back, Gradio loads the page anew. Kept
// in the tab's own storage until it is answered.
const lost = element.querySelector(".lost");
const box = () => document.querySelector("#question textarea");
const SLOW_MS = 1500;
let slow = null;

function hold(name, text) {
  try {
    if (text) sessionStorage.setItem(`${KEY()}${name}`, JSON.stringify(text));
    else sessionStorage.removeItem(`${KEY()}${name}`);
  } catch {
    // Without storage it lasts as long as the page.
  }
}

const held = (name) => String(remembered(sessionStorage, `${KEY()}${name}`, ""));
const left = { asking: held("asking"), draft: held("draft") };

function write(text) {
  box().value = text;
  box().dispatchEvent(new Event("input", { bubbles: true }));
}

// The server has been heard: a question that it takes is no draft any more, one that it has answered is held no longer.
function heard(asking) {
  clearTimeout(slow);
  lost.replaceChildren();
  hold("asking", asking);
  if (asking && held("draft") === asking) hold("draft", "");
}

// After the page was loaded: back into the box with what was typed, else with what was not answered.
function pickUp() {
  const { asking, draft } = left;
  if (!box()) return setTimeout(pickUp, 50);
  if (draft || asking) write(draft || asking);
  if (!asking) return;
  const why = "The connection was lost, or the page loaded again, before the answer was there.";
  const told = make("p", { class: "problem", dir: "auto" }, `“${asking}” was not answered. ${why} `);
  if (draft && draft !== asking) {
    const again = make("button", { type: "button" }, "Ask it again");
    again.addEventListener("click", () => ask(asking, {}));
    told.append(again);
  } else told.append("It is in the box: ask it again.");
  lost.replaceChildren(told);
}

function sending(event) {
  const entered = event.key === "Enter" && !event.shiftKey && event.target === box();
  if (!(entered || event.target.closest?.("#ask")) || !box().value.trim()) return;
  clearTimeout(slow);
  slow = setTimeout(() => {
    lost.replaceChildren(make("p", { class: "waiting" }, "Your question is on its way. It stays in the box until the server has it."));
  }, SLOW_MS);
}

document.addEventListener("input", (event) => event.target === box() && hold("draft", event.target.value));
for (const kind of ["keydown", "click"]) document.addEventListener(kind, sending, true);
