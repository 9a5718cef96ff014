// What every question is narrowed to by hand: a period, sources, speakers. Its value goes with each question.
const [details, label, chips] = ["details", ".narrow-label", ".chips"].map((each) => element.querySelector(each));
const field = (name) => element.querySelector(`[name=${name}]`);
const chosen = { speakers: [], sources: [] };
let offered = false;

function settle() {
  const told = { ...chosen, since: field("since").value, until: field("until").value };
  const some = Object.fromEntries(Object.entries(told).filter(([, value]) => value.length));
  props.value = some;
  const parts = [...chosen.sources, ...chosen.speakers, [told.since, told.until].filter(Boolean).join(" to ")].filter(Boolean);
  label.textContent = parts.length ? `Search only: ${parts.join(", ")}` : "Search all transcripts";
  details.classList.toggle("active", parts.length > 0);
  chips.replaceChildren(...["sources", "speakers"].flatMap((kind) => chosen[kind].map((name) => chip(kind, name))));
}

function chip(kind, name) {
  const button = make("button", { type: "button", "aria-label": `No longer only ${name}` }, "×");
  button.addEventListener("click", () => {
    chosen[kind] = chosen[kind].filter((each) => each !== name);
    settle();
    field(kind === "sources" ? "source" : "speaker").focus();
  });
  return make("span", { class: "filter" }, make("bdi", {}, name), button);
}

function add(kind, input) {
  const name = input.value.trim();
  if (name && !chosen[kind].includes(name)) chosen[kind] = [...chosen[kind], name];
  input.value = "";
  settle();
}

async function offer() {
  if (offered) return;
  offered = true;
  const told = await server.offered({}).catch(() => null);
  if (!told) { offered = false; return; }
  field("source").append(...told.sources.map((name) => make("option", { value: name }, name)));
  element.querySelector("datalist").append(...told.speakers.map((name) => make("option", { value: name })));
  for (const name of ["since", "until"]) [field(name).min, field(name).max] = told.days.length ? told.days : ["", ""];
}

details.addEventListener("toggle", () => details.open && offer());
field("source").addEventListener("change", () => add("sources", field("source")));
field("speaker").addEventListener("change", () => add("speakers", field("speaker")));
for (const name of ["since", "until"]) field(name).addEventListener("change", settle);
element.querySelector(".clear").addEventListener("click", () => {
  chosen.speakers = [];
  chosen.sources = [];
  for (const name of ["since", "until"]) field(name).value = "";
  settle();
});
hear("changed", () => { offered = false; field("source").replaceChildren(make("option", { value: "" }, "Add a source")); element.querySelector("datalist").replaceChildren(); if (details.open) offer(); });
