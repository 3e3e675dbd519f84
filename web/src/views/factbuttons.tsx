/** Accepting or rejecting one machine-read fact. */
import { useState } from "preact/hooks";
import { DecisionForm } from "./decide";

interface Properties {
  fact: string;
  incident: string;
  report: string;
  label: string;
}

export function FactButtons({ fact, incident, report, label }: Properties) {
  const [verdict, setVerdict] = useState<"accept" | "reject" | null>(null);
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
