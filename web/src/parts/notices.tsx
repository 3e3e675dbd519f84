/** Warnings and threats, with what came of them. */
import { part } from "../data/api";
import type { Outcome, Threat, Warning } from "../data/types";
import { href } from "../route/router";
import { FactButtons } from "../views/factbuttons";
import { OUTCOME } from "../words/labels";
import { day, duration } from "../words/time";
import { ActorName, Dash, placeText, Quote, SourceName, Time, wordsHref } from "./small";

function OutcomeMark({ outcome, reason }: { outcome: Outcome; reason: string | null | undefined }) {
  return (
    <span class={`outcome ${outcome}`} title={reason ?? undefined}>
      {OUTCOME[outcome]}
    </span>
  );
}

function Foot({ notice, about }: { notice: Warning | Threat; about: "incident" | null }) {
  const [first] = notice.reports;
  const reason = notice.outcome_reason ?? ("because" in notice ? notice.because : null);
  return (
    <>
      <Quote text={notice.quote} to={first === undefined ? null : wordsHref(first.id, notice.fact, notice.quote)} />
      <p class="act-foot">
        {first !== undefined && (
          <>
            <Time at={first.published} short />, <SourceName name={first.source} />
            {notice.reports.length > 1 && ` and ${notice.reports.length - 1} more`}
          </>
        )}
        {about === null && first !== undefined && notice.incident !== null && (
          <FactButtons fact={notice.fact} incident={notice.incident} report={first.id} label={notice.quote ?? "it"} />
        )}
        {about === "incident" && notice.incident !== null && (
          <>
            {" · "}
            <a href={href(`/incidents/${part(notice.incident)}`)}>the incident</a>
          </>
        )}
      </p>
      {reason && <p class="hint">{reason}</p>}
    </>
  );
}

function lead(hours: number | null | undefined): string | null {
  if (hours === null || hours === undefined) return null;
  return hours >= 0 ? `${duration(hours)} before` : `${duration(hours)} after`;
}

export function WarningList({ warnings, about }: { warnings: Warning[]; about: "incident" | null }) {
  if (warnings.length === 0) return <p class="nothing">None known.</p>;
  return (
    <ul class="notices" data-list>
      {warnings.map((warning) => (
        <li key={warning.id} id={warning.id}>
          <p class="act-line">
            {warning.issuer === null ? <Dash /> : <ActorName actor={warning.issuer} />} warned{" "}
            {warning.issued_on !== null && <>on {day(warning.issued_on)} </>}
            {lead(warning.lead_time_hours) !== null && <b>{lead(warning.lead_time_hours)} </b>}
            <OutcomeMark outcome={warning.outcome} reason={warning.outcome_reason ?? warning.because} />
          </p>
          {(warning.about !== null || warning.place !== null) && (
            <p>
              {warning.about}
              {warning.about !== null && warning.place !== null && " · "}
              {placeText(warning.place)}
            </p>
          )}
          <Foot notice={warning} about={about} />
        </li>
      ))}
    </ul>
  );
}

export function ThreatList({ threats, about }: { threats: Threat[]; about: "incident" | null }) {
  if (threats.length === 0) return <p class="nothing">None known.</p>;
  return (
    <ul class="notices" data-list>
      {threats.map((threat) => (
        <li key={threat.id} id={threat.id}>
          <p class="act-line">
            {threat.speaker === null ? <Dash /> : <ActorName actor={threat.speaker} />} threatens {threat.target ?? <Dash />}{" "}
            {lead(threat.lead_time_hours) !== null && <b>{lead(threat.lead_time_hours)} </b>}
            <OutcomeMark outcome={threat.outcome} reason={threat.outcome_reason} />
          </p>
          <Foot notice={threat} about={about} />
        </li>
      ))}
    </ul>
  );
}
