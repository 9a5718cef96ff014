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

addEventListener("hashchange", () => turn(true));
hear("go", (name) => { location.hash = name; });
turn(false);
setTimeout(() => tell("view", document.body.dataset.view), 0);
