// Which view is shown: the one after the # of the address, so that the browser's own Back leads back.
const links = [...element.querySelectorAll("a")];
const names = links.map((link) => link.hash.slice(1));

function turn(focus) {
  const wanted = location.hash.slice(1);
  const name = names.includes(wanted) ? wanted : names[0];
  document.body.dataset.view = name;
  for (const link of links) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (focus) tell("view", name);
}

// Tabs of one browser are of one person: once another signs in, or nobody is any more, the others are loaded again.
const OWNER = "onrecord-owner";
function settleOwner(name) {
  try {
    if (localStorage.getItem(OWNER) !== name) localStorage.setItem(OWNER, name);
  } catch {
    // Without storage there is nothing of anybody's to tell apart.
  }
}

function signOut(name) {
  const root = new URL(window.gradio_config.root, location.href).pathname.replace(/\/$/, "");
  const form = make("form", { method: "post", action: `${root}/logout`, class: "who" }, make("bdi", {}, name), make("button", { type: "submit" }, "Sign out"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await fetch(form.action, { method: "POST", redirect: "manual" }).catch(() => null);
    settleOwner("");
    location.assign(`${root}/`);
  });
  return form;
}

if (owner()) {
  element.querySelector("nav").after(signOut(owner()));
  settleOwner(owner());
  addEventListener("storage", (event) => event.key === OWNER && event.newValue !== owner() && location.reload());
}

addEventListener("hashchange", () => turn(true));
hear("go", (name) => { location.hash = name; });
turn(false);
setTimeout(() => tell("view", document.body.dataset.view), 0);
