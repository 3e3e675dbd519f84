/** What changed between two moments, and which report changed it. */
import { api, part } from "../data/api";
import { useResource } from "../data/resource";
import { serverStatus } from "../data/role";
import { useStore } from "../data/store";
import type { Change, ChangesOfReport, Status } from "../data/types";
import { Heading, Loaded, SourceName, Time } from "../parts/small";
import { StatusMark } from "../parts/status";
import { href, useAddress } from "../route/router";
import { capital, plural, spaced, STATUSES } from "../words/labels";
import { moment } from "../words/time";

interface Diff {
  from: string;
  to: string;
  changes: Change[];
}

export function Changes() {
  const { query } = useAddress();
  const first = useStore(serverStatus)?.store.first_published ?? null;
  const [from, to] = inOrder(query.get("from") ?? first, query.get("as_of"));
  const diff = useResource<Diff>(from === null ? null : api("/diff", { from, to, recorded_by: query.get("recorded_by") }));
  return (
    <div class="reading">
      <Heading title="What changed">What changed</Heading>
      {from === null ? (
        <p class="nothing">There is nothing to compare yet.</p>
      ) : (
        <>
          <p>
            Between <b>{moment(from)}</b> and <b>{to === null ? "now" : moment(to)}</b>.
          </p>
          <Loaded of={diff}>{(value) => <ByIncident changes={value.changes} />}</Loaded>
        </>
      )}
    </div>
  );
}

/** The earlier moment first, whichever handle was dragged past the other; no second one means now. */
function inOrder(from: string | null, to: string | null): [string | null, string | null] {
  return from !== null && to !== null && Date.parse(from) > Date.parse(to) ? [to, from] : [from, to];
}

function ByIncident({ changes }: { changes: Change[] }) {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const group = groups.get(change.id);
    if (group === undefined) groups.set(change.id, [change]);
    else group.push(change);
  }
  if (groups.size === 0) return <p class="nothing">Nothing changed between these moments.</p>;
  return (
    <>
      <p role="status">{plural(changes.length, "change")}</p>
      <ol class="cards" data-list>
        {[...groups].map(([id, group]) => (
          <li key={id} class="card">
            <h2>
              {group[0]?.subject === "incident" ? (
                <a href={href(`/incidents/${part(id)}`)} data-item>
                  {group[0].title ?? "incident"}
                </a>
              ) : (
                <span>
                  {capital(spaced(group[0]?.subject ?? ""))} {group[0]?.title}
                </span>
              )}
            </h2>
            <ChangeRows changes={group} />
          </li>
        ))}
      </ol>
    </>
  );
}

function isStatus(value: string | null): value is Status {
  return value !== null && (STATUSES as readonly string[]).includes(value);
}

function Value({ field, value }: { field: string | null; value: string | null }) {
  if (field === "status" && isStatus(value)) return <StatusMark status={value} />;
  return <span>{value ?? "–"}</span>;
}

/** An actor whom the report only denies comes into the record without a status: nothing to show. */
function moved(change: Change): boolean {
  return change.field === null || change.before !== change.after;
}

function ChangeRows({ changes, withReport = true }: { changes: Change[]; withReport?: boolean }) {
  return (
    <ul class="changes">
      {changes.filter(moved).map((change, at) => (
        <li key={at} class={change.kind}>
          {change.field === null ? (
            <b>{change.kind === "added" ? `new ${change.subject}` : change.kind === "removed" ? `${change.subject} taken out` : "changed"}</b>
          ) : (
            <>
              <b>{change.actor ?? spaced(change.field)}</b> <Value field={change.field} value={change.before} /> <span aria-label="becomes">→</span>{" "}
              <Value field={change.field} value={change.after} />
            </>
          )}
          {change.field === null && change.subject !== "incident" && change.after !== null && <> {change.after}</>}
          {withReport && change.report !== null && (
            <span class="muted">
              {" "}
              by <a href={href(`/reports/${part(change.report)}`)}>{change.source ?? "a report"}</a>
              {change.published !== null && (
                <>
                  , <Time at={change.published} short />
                </>
              )}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Report by report, what each changed, and what of it came after the reader last looked. */
export function ChangeSteps({ steps, since }: { steps: ChangesOfReport[]; since: string | null }) {
  if (steps.length === 0) return <p class="nothing">Nothing yet.</p>;
  return (
    <ol class="steps-list">
      {steps.map((step) => (
        <li key={step.report}>
          <p class="act-foot">
            <Time at={step.published} short /> · <a href={href(`/reports/${part(step.report)}`)}>the report</a> of <SourceName name={step.source} />
            {since !== null && Date.parse(step.published) > Date.parse(since) && <span class="news">new to you</span>}
          </p>
          {step.changes.length === 0 ? <p class="muted">changed nothing</p> : <ChangeRows changes={step.changes} withReport={false} />}
        </li>
      ))}
    </ol>
  );
}
