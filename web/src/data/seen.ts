/** What the reader has looked at, so that cards can say what is new since. Kept in this browser only. */
import { createStore } from "./store";
import type { IncidentItem } from "./types";

const KEY = "watchkeeper.seen";

function load(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}

export const seen = createStore<Record<string, string>>(load());

function save(next: Record<string, string>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Without storage the marks last until the page is closed.
  }
  seen.set(next);
}

/** The newest report of an incident, as far as it was looked at. */
export function markSeen(incidents: { id: string; last: string }[]): void {
  const next = { ...seen.get() };
  let changed = false;
  for (const { id, last } of incidents) {
    const before = next[id];
    if (before !== undefined && before >= last) continue;
    next[id] = last;
    changed = true;
  }
  if (changed) save(next);
}

/** Whether an incident is new, or has changed since it was last looked at. */
export function news(marks: Record<string, string>, incident: IncidentItem): "new" | "changed" | null {
  const before = marks[incident.id];
  if (before === undefined) return Object.keys(marks).length === 0 ? null : "new";
  return before < incident.last_published ? "changed" : null;
}
