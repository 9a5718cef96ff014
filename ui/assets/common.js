// What the page's scripts share. Each of them runs inside a Gradio component and begins with this text.
const REDUCED = matchMedia("(prefers-reduced-motion: reduce)");
const motion = () => (REDUCED.matches ? "auto" : "smooth");

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

// An element of ours: text goes in as text.
function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
}

// Who is signed in on this page as it was served; empty where nobody signs in.
const owner = () => window.gradio_config?.username ?? "";

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`record:${name}`, { detail }));
const hear = (name, act) => document.addEventListener(`record:${name}`, (event) => act(event.detail));

// Copies and says so on the button; where the browser keeps its clipboard to itself, the old way.
async function copy(text, button) {
  const said = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = make("textarea", { class: "unseen", "aria-hidden": "true" });
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
    button.focus();
  }
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = said; }, 1600);
}
