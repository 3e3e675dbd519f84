/** Everything by keyboard. */
import { refresh } from "../data/live";
import { address, go, href, hereWith } from "../route/router";
import { helpOpen } from "./help";

export const KEYS: readonly [string, string][] = [
  ["j, k", "next, previous in the list"],
  ["Enter", "open it"],
  ["/", "search"],
  ["g i", "incidents"],
  ["g m", "map"],
  ["g w", "warnings"],
  ["g t", "threats"],
  ["g a", "actors"],
  ["g s", "sources"],
  ["g c", "what changed between two moments"],
  ["g n", "add reports"],
  ["b", "to the as-of control; then ← and → go report by report"],
  ["n", "back to now"],
  ["r", "show changes that came meanwhile"],
  ["u", "back"],
  ["?", "this help"],
];

const PLACES: Record<string, string> = {
  i: "/",
  m: "/map",
  w: "/warnings",
  t: "/threats",
  a: "/actors",
  s: "/sources",
  c: "/changes",
  n: "/add",
};

const CHORD_MS = 1_500;
let chordUntil = 0;

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "range" && target.type !== "checkbox";
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function move(step: 1 | -1): void {
  const items = [...document.querySelectorAll<HTMLElement>("main [data-list] [data-item], main [data-list]:not(:has([data-item])) > li a")];
  if (items.length === 0) return;
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (step === 1 ? 0 : items.length - 1) : Math.min(Math.max(at + step, 0), items.length - 1);
  items[next]?.focus();
  items[next]?.closest("li, tr")?.scrollIntoView({ block: "nearest" });
}

const ACTIONS: Record<string, () => void> = {
  j: () => move(1),
  k: () => move(-1),
  "/": () => document.querySelector<HTMLInputElement>("#search")?.select(),
  "?": () => helpOpen.set(true),
  b: () => document.querySelector<HTMLElement>(".asof input.until")?.focus(),
  n: () => {
    if (address.get().query.has("as_of")) go(hereWith({ as_of: null, recorded_by: null }));
  },
  r: refresh,
  u: () => history.back(),
};

export function listen(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]") !== null) return;
    const now = Date.now();
    const place = now < chordUntil ? PLACES[event.key] : undefined;
    chordUntil = 0;
    if (place !== undefined) {
      event.preventDefault();
      go(href(place));
    } else if (event.key === "g") {
      chordUntil = now + CHORD_MS;
    } else {
      const action = ACTIONS[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    }
  });
}
