/** What people decided, and how it can be undone. */
import { useState } from "preact/hooks";
import { ApiError, api, part, send } from "../data/api";
import { refresh } from "../data/live";
import { useMayEdit } from "../data/role";
import type { Decision } from "../data/types";
import { Problem, Time } from "./small";

export function DecisionList({ decisions }: { decisions: Decision[] }) {
  const mayEdit = useMayEdit();
  const [error, setError] = useState<ApiError | null>(null);
  if (decisions.length === 0) return <p class="nothing">None. Everything here was read by the machine.</p>;
  const undo = (decision: Decision) =>
    send(api(`/decisions/${part(decision.id)}/undo`), {}).then(refresh, (failure: unknown) =>
      setError(failure instanceof ApiError ? failure : new ApiError(0, String(failure))),
    );
  return (
    <>
      <ul class="decisions">
        {decisions.map((decision) => (
          <li key={decision.id} class={decision.undone ? "undone" : ""}>
            <p class="act-line">
              <b>{decision.author}</b> <span>{decision.summary ?? decision.kind}</span>
              {decision.about && <span class="muted"> ({decision.about})</span>}
            </p>
            {decision.reason && <p class="reason">{decision.reason}</p>}
            <p class="act-foot">
              <Time at={decision.recorded} short />
              {decision.undone ? (
                <span>
                  {" "}
                  · undone by {decision.undone.author}, <Time at={decision.undone.recorded} short />
                </span>
              ) : (
                mayEdit && (
                  <button type="button" class="quiet" onClick={() => undo(decision)} aria-label={`Undo: ${decision.summary ?? decision.kind}`}>
                    Undo
                  </button>
                )
              )}
            </p>
          </li>
        ))}
      </ul>
      {error !== null && <Problem error={error} />}
    </>
  );
}
