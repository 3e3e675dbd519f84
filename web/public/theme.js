// Before the first paint, so that a chosen theme does not flash. The key is the one of src/shell/theme.ts.
try {
  const theme = localStorage.getItem("watchkeeper.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's preference holds.
}
