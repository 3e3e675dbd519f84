/** Accepting or rejecting one machine-read fact. */
import { useState } from "preact/hooks";
import { useMayEdit } from "../data/role";
import { DecisionForm } from "./decide";

interface Properties {
  /** Null or absent where the fact has no id to decide on. */
  fact: string | null | undefined;
  incident: string;
  report: string;
  label: string;
}

export function FactButtons({ fact, incident, report, label }: Properties) {
  const [verdict, setVerdict] = useState<"accept" | "reject" | null>(null);
  if (!useMayEdit() || !fact) return null;
  return (
    <span class="fact-buttons">
      <button type="button" class="quiet" aria-label={`Accept: ${label}`} onClick={() => setVerdict("accept")}>
        Accept
      </button>
      <button type="button" class="quiet" aria-label={`Reject: ${label}`} onClick={() => setVerdict("reject")}>
        Reject
      </button>
      {verdict !== null && (
        <DecisionForm title={`${verdict === "accept" ? "Accept" : "Reject"}: ${label}`} body={{ kind: verdict, fact, incident, report }} close={() => setVerdict(null)} />
      )}
    </span>
  );
}
