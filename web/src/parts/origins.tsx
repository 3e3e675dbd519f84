/** The reports of an incident on a line of time, a row for each independent origin. */
import { part } from "../data/api";
import type { ReportRow } from "../data/types";
import { href } from "../route/router";
import { plural } from "../words/labels";
import { shortMoment } from "../words/time";
import { SourceName, Time } from "./small";

interface Group {
  origin: string;
  reports: ReportRow[];
}

function groups(reports: ReportRow[]): Group[] {
  const found = new Map<string, ReportRow[]>();
  const ordered = [...reports].sort((one, other) => Date.parse(one.published) - Date.parse(other.published));
  for (const report of ordered) {
    const rows = found.get(report.origin);
    if (rows === undefined) found.set(report.origin, [report]);
    else rows.push(report);
  }
  return [...found].map(([origin, rows]) => ({ origin, reports: rows }));
}

export function Origins({ reports }: { reports: ReportRow[] }) {
  const times = reports.map((report) => Date.parse(report.published));
  const start = Math.min(...times);
  const span = Math.max(1, Math.max(...times) - start);
  return (
    <section aria-labelledby="origins">
      <h2 id="origins">Reports by origin</h2>
      <p class="hint">A row is one origin: a report and those that copy, rewrite or replace it. ● is the first, ○ repeats it.</p>
      <ol class="origins">
        {groups(reports).map(({ origin, reports: rows }) => (
          <li key={origin}>
            <div class="origin-track">
              {rows.map((report, at) => (
                <a
                  key={report.id}
                  class={at === 0 ? "dot first" : "dot"}
                  href={href(`/reports/${part(report.id)}`)}
                  title={`${report.source ?? "unnamed source"}, ${shortMoment(report.published)}`}
                  style={{ left: `${((Date.parse(report.published) - start) / span) * 100}%` }}
                >
                  <span class="unseen">
                    {report.source ?? "unnamed source"}, {shortMoment(report.published)}
                  </span>
                </a>
              ))}
            </div>
            <details open={rows.length === 1}>
              <summary>
                {rows[0]?.source ?? "unnamed source"}
                {rows.length > 1 && `, ${plural(rows.length, "report")} in ${plural(new Set(rows.map((row) => row.source)).size, "outlet")}`}
              </summary>
              <ul>
                {rows.map((report, at) => (
                  <li key={report.id}>
                    <span aria-hidden="true">{at === 0 ? "●" : "○"}</span> <Time at={report.published} short /> <SourceName name={report.source} />{" "}
                    <a href={href(`/reports/${part(report.id)}`)}>{report.title ?? "read it"}</a>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}
