// Once files are in, what the other panels show of the archive is out of date. More than the server takes is told before
// it is sent; the server looks itself.
const box = () => element.querySelector("[data-files]");
const MEGABYTE = 1_000_000;
let done = "";
watch("value", () => {
  const now = element.querySelector("[data-done]") ? props.value : "";
  if (now && now !== done) tell("changed");
  done = now;
});

function tooMuch(files) {
  const [most, bytes] = ["files", "bytes"].map((name) => Number(box().dataset[name]));
  const sent = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length > most) return `These are ${files.length.toLocaleString("en")} files; at most ${most.toLocaleString("en")} are taken at once. Send fewer.`;
  if (sent > bytes) return `These files have ${Math.ceil(sent / MEGABYTE).toLocaleString("en")} MB; at most ${(bytes / MEGABYTE).toLocaleString("en")} MB are taken at once. Send fewer, or cut them.`;
  return "";
}

function guard(event) {
  if (!event.target.closest?.("#files")) return;
  const files = [...(event.dataTransfer ?? event.target).files ?? []];
  const sentence = tooMuch(files);
  if (!sentence) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.type === "change") event.target.value = "";
  box().replaceChildren(make("p", { class: "problem" }, sentence));
}
for (const kind of ["change", "drop"]) addEventListener(kind, guard, true);
