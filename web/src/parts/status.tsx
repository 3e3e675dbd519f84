/** The five statuses: a word, a shape and a colour each, the same everywhere. */
import type { Status } from "../data/types";
import { STATUS_RULE } from "../words/labels";

const SHAPE: Record<Status, preact.JSX.Element> = {
  confirmed: <circle cx="8" cy="8" r="6.5" class="solid" />,
  claimed: <path d="M8 1.5 15 14.5H1z" class="solid" />,
  accused: <path d="M8 2.6 13.9 13.6H2.1z" class="line" />,
  contested: (
    <>
      <path d="M8 1 15 8 8 15 1 8z" class="line" />
      <path d="M8 1v14L1 8z" class="solid" />
    </>
  ),
  refuted: (
    <>
      <circle cx="8" cy="8" r="6.2" class="line" />
      <path d="M4 12 12 4" class="line" />
    </>
  ),
};

export function StatusShape({ status }: { status: Status }) {
  return (
    <svg class="shape" viewBox="0 0 16 16" aria-hidden="true">
      {SHAPE[status]}
    </svg>
  );
}

/** The status as shape and word; a dash where an actor is only denied. */
export function StatusMark({ status }: { status: Status | null }) {
  if (status === null) {
    return (
      <span class="status none" title="Only denied: nobody says that it was this actor.">
        <span aria-hidden="true">–</span>
        <span class="unseen">no status: only denied</span>
      </span>
    );
  }
  return (
    <span class={`status ${status}`} title={STATUS_RULE[status]}>
      <StatusShape status={status} />
      {status}
    </span>
  );
}
