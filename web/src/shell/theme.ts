/** Light, dark, or as the system has it. public/theme.js reads the same key before the first paint. */
import { createStore } from "../data/store";

export type Theme = "system" | "light" | "dark";

const KEY = "watchkeeper.theme";
const ORDER: readonly Theme[] = ["system", "light", "dark"];

export const THEME_WORD: Record<Theme, string> = { system: "Auto", light: "Light", dark: "Dark" };

function chosen(): Theme {
  const given = document.documentElement.dataset["theme"];
  return given === "light" || given === "dark" ? given : "system";
}

export const theme = createStore<Theme>(chosen());

export function nextTheme(): void {
  const next = ORDER[(ORDER.indexOf(theme.get()) + 1) % ORDER.length] ?? "system";
  if (next === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
  try {
    if (next === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
  theme.set(next);
}

const system = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is dark now, for what cannot be styled by CSS. */
export function isDark(): boolean {
  const look = theme.get();
  return look === "system" ? system.matches : look === "dark";
}

/** Calls back when light turns to dark or back. */
export function watchDark(listener: () => void): () => void {
  system.addEventListener("change", listener);
  const stop = theme.watch(listener);
  return () => {
    system.removeEventListener("change", listener);
    stop();
  };
}
