/** The first page of an empty archive. */
import { useEffect, useState } from "preact/hooks";
import { ApiError, api, send } from "../data/api";
import { pending, refresh } from "../data/live";
import { useMayEdit } from "../data/role";
import { useStore } from "../data/store";
import type { IngestResult } from "../data/types";
import { Heading, Problem } from "../parts/small";
import { href } from "../route/router";

export function FirstRun() {
  const mayEdit = useMayEdit();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const changes = useStore(pending);
  useEffect(() => {
    // On an empty page nothing can jump: what comes from elsewhere is shown at once.
    if (changes.length > 0) refresh();
  }, [changes]);
  const load = () => {
    setBusy(true);
    send<IngestResult>(api("/example"), {}).then(refresh, (failure: unknown) => {
      setBusy(false);
      setError(failure instanceof ApiError ? failure : new ApiError(0, String(failure)));
    });
  };
  return (
    <div class="reading welcome">
      <Heading title="An empty record">The record is empty</Heading>
      <p>
        Watchkeeper reads reports of attacks and keeps the record: what happened, who says who did it, where the accounts disagree, and what was known at any
        moment. Every value stands beside the words that support it.
      </p>
      {mayEdit ? (
        <>
          <p>
            <button type="button" class="strong" onClick={load} disabled={busy}>
              {busy ? "Reading the example …" : "Load the example"}
            </button>{" "}
            <a class="button" href={href("/add")}>
              Add reports
            </a>
          </p>
          <p class="hint">The example is a dozen reports about an invented attack. On the command line, `watchkeeper ingest` takes whole folders and archives.</p>
        </>
      ) : (
        <p>An editor has to add reports first.</p>
      )}
      {error !== null && <Problem error={error} />}
    </div>
  );
}
