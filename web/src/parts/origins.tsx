/** The reports of an incident on a line of time, those of one independent origin together. */
import { part } from "../data/api";
import type { ReportRow } from "../data/types";
import { placeOf, scaleOfTimes } from "../moment/scale";
import { href } from "../route/router";
import { plural } from "../words/labels";
import { SourceName, Time } from "./small";

/** Longer lists of repetitions are folded. */
const SHOWN = 4;

function groups(reports: ReportRow[]): ReportRow[][] {
  const found = new Map<string, ReportRow[]>();
  const ordered = [...reports].sort((one, other) => Date.parse(one.published) - Date.parse(other.published));
  for (const report of ordered) {
    const rows = found.get(report.origin);
    if (rows === undefined) found.set(report.origin, [report]);
    else rows.push(report);
  }
  return [...found.values()];
}

export function Origins({ reports }: { reports: ReportRow[] }) {
  const scale = scaleOfTimes(reports.map((report) => Date.parse(report.published)));
  const share = (report: ReportRow) => placeOf(scale, Date.parse(report.published));
  return (
    <section aria-labelledby="origins">
      <h2 id="origins">Reports by origin</h2>
      <p class="hint">Between two lines stands one origin: a report (●) and those that copy, rewrite or replace it (○). Long silences are drawn short.</p>
      <ol class="origins">
        {groups(reports).map((rows) => (
          <Origin key={rows[0]?.id} rows={rows} share={share} />
        ))}
      </ol>
    </section>
  );
}

function Origin({ rows, share }: { rows: ReportRow[]; share: (report: ReportRow) => number }) {
  const row = (report: ReportRow) => <Row key={report.id} report={report} first={report === rows[0]} share={share(report)} />;
  const rest = rows.slice(SHOWN);
  return (
    <li>
      <ul>{rows.slice(0, SHOWN).map(row)}</ul>
      {rest.length > 0 && (
        <details>
          <summary>{plural(rest.length, "more report")} of this origin</summary>
          <ul>{rest.map(row)}</ul>
        </details>
      )}
    </li>
  );
}

function Row({ report, first, share }: { report: ReportRow; first: boolean; share: number }) {
  return (
    <li class={first ? "origin-row first" : "origin-row"}>
      <span class="origin-time">
        <Time at={report.published} short />
      </span>
      <span class="origin-words">
        <SourceName name={report.source} />{" "}
        <a href={href(`/reports/${part(report.id)}`)} class="origin-title">
          {report.title ?? "the report"}
        </a>
        {!first && <span class="unseen"> repeats the one above</span>}
      </span>
      <span class="origin-track" aria-hidden="true">
        <span class="dot" style={{ left: `${share * 100}%` }} />
      </span>
    </li>
  );
}
