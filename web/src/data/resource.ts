/** What a view reads from the server, kept while newer is on its way so that nothing jumps. */
import { useEffect, useState } from "preact/hooks";
import { ApiError, read, token } from "./api";
import { revision, settle } from "./live";
import { useStore } from "./store";

export interface Resource<Value> {
  /** The newest answer; of the address before while the next is loading. */
  value: Value | null;
  error: ApiError | null;
  loading: boolean;
}

/** Reads a path, again when it changes, when the reader asks to see changes, and after signing in. */
export function useResource<Value>(path: string | null): Resource<Value> {
  const round = useStore(revision);
  const bearer = useStore(token);
  const [state, setState] = useState<Resource<Value>>({ value: null, error: null, loading: true });
  useEffect(() => {
    if (path === null) return;
    const control = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    read<Value>(path, control.signal)
      .then((value) => {
        if (control.signal.aborted) return;
        settle((value as { recorded_by?: unknown } | null)?.recorded_by);
        setState({ value, error: null, loading: false });
      })
      .catch((error: unknown) => {
        if (control.signal.aborted) return;
        // What is not there is not shown; where the server only failed, the last answer stays.
        if (error instanceof ApiError) setState((before) => ({ value: error.status === 404 ? null : before.value, error, loading: false }));
        else throw error;
      });
    return () => control.abort();
  }, [path, round, bearer]);
  return state;
}
