// The questions to begin with.
element.addEventListener("click", (event) => {
  const chip = event.target.closest(".chip");
  if (chip) tell("ask", { question: chip.textContent });
});
