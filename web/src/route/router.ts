/** Addresses: every view is a path and a query that can be sent to a colleague. */
import { createStore, useStore } from "../data/store";

export interface Address {
  path: string;
  query: URLSearchParams;
  hash: string;
}

/** These stay in the address when one goes from view to view: the moment that the page shows. */
const KEPT = ["as_of", "recorded_by"] as const;

function here(): Address {
  return {
    path: decodePath(location.pathname),
    query: new URLSearchParams(location.search),
    hash: location.hash.slice(1),
  };
}

function decodePath(path: string): string {
  const trimmed = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  return trimmed === "" ? "/" : trimmed;
}

export const address = createStore<Address>(here());

export function useAddress(): Address {
  return useStore(address);
}

/** The address of a view at the moment that the page shows. */
export function href(path: string, query: Record<string, string | null | undefined> = {}, hash = ""): string {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") all.set(name, value);
  }
  for (const name of KEPT) {
    const value = address.get().query.get(name);
    if (value !== null && !(name in query)) all.set(name, value);
  }
  const text = all.toString();
  return path + (text === "" ? "" : `?${text}`) + (hash === "" ? "" : `#${hash}`);
}

/** The present address with some of its query changed; null removes. */
export function hereWith(changes: Record<string, string | null>): string {
  const { path, query, hash } = address.get();
  const all = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") all.delete(name);
    else all.set(name, value);
  }
  const text = all.toString();
  return path + (text === "" ? "" : `?${text}`) + (hash === "" ? "" : `#${hash}`);
}

export function go(to: string, how: "push" | "replace" = "push"): void {
  const before = address.get().path;
  if (how === "push") history.pushState(null, "", to);
  else history.replaceState(null, "", to);
  const now = here();
  address.set(now);
  if (now.path !== before) arrive(now.hash);
  else if (now.hash !== "") document.getElementById(now.hash)?.scrollIntoView({ block: "center" });
}

/** A new view: the reader starts at its heading, and so does a screen reader. */
function arrive(hash: string): void {
  if (hash !== "") return;
  scrollTo(0, 0);
  requestAnimationFrame(() => document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true }));
}

/** Links inside the page change the view without loading it anew. */
export function listen(): void {
  addEventListener("popstate", () => address.set(here()));
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest("a");
    if (link === null || link.target !== "" || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.pathname.startsWith("/api/")) return;
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
  });
}

/** The parts of a path that a pattern as "/incidents/:id" names, or null where it does not fit. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const found: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? "";
    if (part.startsWith(":")) found[part.slice(1)] = safeDecode(value);
    else if (part !== value) return null;
  }
  return found;
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
