/** Calls to the server. */
import { createStore } from "./store";

const TOKEN_KEY = "watchkeeper.token";

/** What went wrong, in words for the reader. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const token = createStore<string | null>(readToken());
/** True once the server has asked for a token. */
export const locked = createStore(false);

function readToken(): string | null {
  try {
    return sessionStorage.getItem(TOKEN_KEY);
  } catch {
    return null;
  }
}

export function signIn(value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(TOKEN_KEY);
    else sessionStorage.setItem(TOKEN_KEY, value);
  } catch {
    // Without storage the token lasts until the page is closed.
  }
  token.set(value);
  locked.set(false);
}

export function headers(): Record<string, string> {
  const value = token.get();
  return value === null ? {} : { authorization: `Bearer ${value}` };
}

async function problem(response: Response): Promise<ApiError> {
  let words = `${response.status} ${response.statusText}`;
  try {
    const body = (await response.json()) as { title?: string; detail?: string };
    words = body.detail ?? body.title ?? words;
  } catch {
    // Not a problem document: the status line has to do.
  }
  if (response.status === 401) locked.set(true);
  return new ApiError(response.status, words);
}

async function call<Answer>(path: string, init: RequestInit): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { ...headers(), ...init.headers } });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "The server does not answer. Is `watchkeeper serve` still running?");
  }
  if (!response.ok) throw await problem(response);
  if (response.status === 204) return undefined as Answer;
  return (await response.json()) as Answer;
}

export function read<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return call<Answer>(path, signal ? { signal } : {});
}

export function send<Answer>(path: string, body: unknown): Promise<Answer> {
  return call<Answer>(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

export function sendFiles<Answer>(path: string, files: Iterable<File>): Promise<Answer> {
  const form = new FormData();
  for (const file of files) form.append("file", file, file.name);
  return call<Answer>(path, { method: "POST", body: form });
}

export function remove(path: string): Promise<void> {
  return call<void>(path, { method: "DELETE" });
}

/** A path under /api with the query that is not empty. */
export function api(path: string, query: Record<string, string | null | undefined> = {}): string {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") all.set(name, value);
  }
  const text = all.toString();
  return `/api${path}${text === "" ? "" : `?${text}`}`;
}

/** A part of a path, so that no id can leave its place. */
export function part(text: string): string {
  return encodeURIComponent(text);
}
