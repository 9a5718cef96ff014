// The head of the page is made anew when the archive has changed.
hear("changed", () => trigger("changed"));
