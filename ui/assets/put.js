// Once files are in, what the other panels show of the archive is out of date.
let done = "";
watch("value", () => {
  const now = element.querySelector("[data-done]") ? props.value : "";
  if (now && now !== done) tell("changed");
  done = now;
});
