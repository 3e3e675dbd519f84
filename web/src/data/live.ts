/** Changes that happen on the server while the page is open. They wait until the reader asks for them. */
import { headers, token } from "./api";
import { createStore } from "./store";

export interface ServerChange {
  recorded: string;
  reports: number | string[];
  incidents: string[];
}

/** Changes that the page does not show yet. */
export const pending = createStore<ServerChange[]>([]);
/** Counts up when everything shown should be read anew. */
export const revision = createStore(0);

/** Up to when the answers on the page know what was recorded. */
let seenUntil = 0;

/** Reads everything anew and forgets what was pending. */
export function refresh(): void {
  pending.set([]);
  revision.set(revision.get() + 1);
}

/** An answer knows everything recorded until then; what was pending before is shown. */
export function settle(recordedBy: unknown): void {
  if (typeof recordedBy !== "string") return;
  const until = Date.parse(recordedBy);
  if (Number.isNaN(until) || until <= seenUntil) return;
  seenUntil = until;
  const left = pending.get().filter((change) => Date.parse(change.recorded) > seenUntil);
  if (left.length !== pending.get().length) pending.set(left);
}

function take(change: ServerChange): void {
  if (Date.parse(change.recorded) <= seenUntil) return;
  pending.set([...pending.get(), change]);
}

/** How many incidents and reports wait to be shown. */
export function pendingCount(changes: ServerChange[]): number {
  const incidents = new Set(changes.flatMap((change) => change.incidents));
  return Math.max(incidents.size, changes.length);
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Listens as long as the page is open; with fetch, since an EventSource cannot carry a token. */
export async function listen(): Promise<never> {
  let pause = FIRST_PAUSE_MS;
  for (;;) {
    try {
      const response = await fetch("/api/events", { headers: { ...headers(), accept: "text/event-stream" } });
      if (response.ok && response.body !== null) {
        pause = FIRST_PAUSE_MS;
        await follow(response.body);
      } else if (response.status === 401) {
        await signedIn();
        continue;
      }
    } catch {
      // The connection broke: try again after a while.
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** Until the reader gives another token. */
function signedIn(): Promise<void> {
  return new Promise((resolve) => {
    const stop = token.watch(() => {
      stop();
      resolve();
    });
  });
}

async function follow(body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let kept = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (kept + value).replaceAll("\r\n", "\n").split("\n\n");
    kept = events.pop() ?? "";
    for (const event of events) {
      const change = parse(event);
      if (change !== null) take(change);
    }
  }
}

/** One event of the stream, where it is a change. */
export function parse(event: string): ServerChange | null {
  let name = "message";
  const data: string[] = [];
  for (const line of event.split("\n")) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  if (name !== "change" || data.length === 0) return null;
  try {
    return JSON.parse(data.join("\n")) as ServerChange;
  } catch {
    return null;
  }
}
