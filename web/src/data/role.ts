/** What the reader may do here. */
import { createStore, useStore } from "./store";
import type { ServerStatus } from "./types";

export const serverStatus = createStore<ServerStatus | null>(null);

/** Whether decisions and additions may be offered. */
export function useMayEdit(): boolean {
  const role = useStore(serverStatus)?.role ?? null;
  return role === "editor" || role === "admin";
}
