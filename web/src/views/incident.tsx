/** One incident: who says what, how the counts moved, which reports there are. */
import { useEffect, useState } from "preact/hooks";
import { api, part } from "../data/api";
import { useResource } from "../data/resource";
import { markSeen, seen } from "../data/seen";
import type { ChangesOfReport, Decision, Incident as IncidentRecord } from "../data/types";
import { Claims } from "../parts/claims";
import { Counts } from "../parts/counts";
import { incidentTitle } from "../parts/card";
import { DecisionList } from "../parts/decisions";
import { LinkReasons } from "../parts/links";
import { Origins } from "../parts/origins";
import { ThreatList, WarningList } from "../parts/notices";
import { Corroboration, Dash, Decided, DecidedMark, Heading, Loaded, placeText } from "../parts/small";
import { go, href, useAddress } from "../route/router";
import { capital, plural, typeLabel } from "../words/labels";
import { days } from "../words/time";
import { ChangeSteps } from "./changes";
import { DecideMenu } from "./decide";

export function Incident({ id }: { id: string }) {
  const { query } = useAddress();
  const moment = { as_of: query.get("as_of"), recorded_by: query.get("recorded_by") };
  const incident = useResource<IncidentRecord>(api(`/incidents/${part(id)}`, moment));
  const changes = useResource<ChangesOfReport[]>(api(`/incidents/${part(id)}/changes`, moment)).value;
  const decided = useResource<{ items: Decision[] }>(api("/decisions", { incident: id, recorded_by: moment.recorded_by, limit: "100" })).value;
  const value = incident.value;
  const [lookedUntil] = useState(() => seen.get()[id] ?? null);
  useEffect(() => {
    if (value === null || query.has("as_of")) return;
    const last = value.reports.reduce((newest, report) => (report.published > newest ? report.published : newest), "");
    markSeen([{ id: value.id, last }]);
  }, [value]);
  useEffect(() => {
    // After a merge the old address leads to where the incident is now.
    if (value !== null && value.id !== id) go(href(`/incidents/${part(value.id)}`), "replace");
  }, [value, id]);
  if (incident.error?.status === 404) return <NotYet />;
  return (
    <Loaded of={incident}>
      {(record) => (
        <div class="columns">
          <div class="reading">
            <Head incident={record} />
            <Claims incident={record} />
            <Counts incident={record} />
            <Origins reports={record.reports} />
            <section aria-labelledby="changes">
              <h2 id="changes">What changed, report by report</h2>
              <ChangeSteps steps={changes ?? []} since={lookedUntil} />
            </section>
          </div>
          <aside class="context" aria-label="About this incident">
            <Facts incident={record} />
            <section aria-labelledby="before">
              <h2 id="before">Warnings before</h2>
              <WarningList warnings={record.warnings_detail} about={null} />
            </section>
            <section aria-labelledby="after">
              <h2 id="after">Threats and vows</h2>
              <ThreatList threats={record.threats} about={null} />
            </section>
            <LinkReasons links={record.links} reports={record.reports} />
            <section aria-labelledby="decisions">
              <h2 id="decisions">Decisions</h2>
              <DecisionList decisions={withUndone(record.decisions, decided?.items ?? [])} />
            </section>
          </aside>
        </div>
      )}
    </Loaded>
  );
}

/** Those that stand, and those that were undone, in the order in which they were taken. */
function withUndone(standing: Decision[], all: Decision[]): Decision[] {
  const undone = all.filter((decision) => decision.undone && !standing.some((one) => one.id === decision.id));
  return [...standing, ...undone].sort((one, other) => Date.parse(one.recorded) - Date.parse(other.recorded));
}

function NotYet() {
  const { query } = useAddress();
  return (
    <div class="reading">
      <Heading title="Not in the record">Not in the record</Heading>
      <p>
        {query.has("as_of")
          ? "No report had told of this incident at that moment. Move the moment later."
          : "There is no incident with this address in the record."}
      </p>
    </div>
  );
}

function Head({ incident }: { incident: IncidentRecord }) {
  return (
    <header class="head">
      <Heading title={incidentTitle(incident)}>{incidentTitle(incident)}</Heading>
      <p class="facts">
        <span>{days(incident.date) ?? <Dash />}</span>
        <span>{placeText(incident.place) ?? <Dash />}</span>
        <span>
          {typeLabel(incident.type)}, {incident.stage}
        </span>
      </p>
      <p class="facts">
        <Corroboration outlets={incident.outlets} origins={incident.origins} />
        <span>{plural(incident.reports.length, "report")}</span>
        {incident.decisions.some((one) => !one.undone) && <DecidedMark what="a person decided on this" />}
      </p>
      <DecideMenu incident={incident} />
    </header>
  );
}

function Facts({ incident }: { incident: IncidentRecord }) {
  const list = (words: string[]) => (words.length === 0 ? <Dash /> : words.join("; "));
  const row = (name: string, field: string, value: preact.ComponentChildren) => (
    <div>
      <dt>{name}</dt>
      <dd>
        {value} <Decided decisions={incident.decisions} on={field} />
      </dd>
    </div>
  );
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">What happened</h2>
      <dl class="pairs">
        {row("Type", "type", capital(typeLabel(incident.type)))}
        {row("Stage", "stage", capital(incident.stage))}
        {row("Date", "date", days(incident.date) ?? <Dash />)}
        {row("Place", "place", placeText(incident.place) ?? <Dash />)}
        {row("Targets", "targets", list(incident.targets))}
        {row("Weapons", "weapons", list(incident.weapons))}
      </dl>
    </section>
  );
}
