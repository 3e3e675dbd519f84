/** Why reports were taken to tell of one incident. */
import { part } from "../data/api";
import type { Link, ReportRow } from "../data/types";
import { href } from "../route/router";
import { spaced } from "../words/labels";

export function LinkReasons({ links, reports }: { links: Link[]; reports: ReportRow[] }) {
  if (links.length === 0) return null;
  const source = (id: string) => reports.find((report) => report.id === id)?.source ?? "a report";
  return (
    <section aria-labelledby="links">
      <h2 id="links">Why these reports belong together</h2>
      {links.map((link) => (
        <details key={link.report} class="link">
          <summary>
            {source(link.report)} <span class="score">{link.score.toFixed(2)}</span>
          </summary>
          <table>
            <thead class="unseen">
              <tr>
                <th scope="col">Part</th>
                <th scope="col">Finding</th>
                <th scope="col">Weight</th>
              </tr>
            </thead>
            <tbody>
              {link.reasons.map((reason) => (
                <tr key={reason.part + reason.finding}>
                  <th scope="row">{spaced(reason.part)}</th>
                  <td>{spaced(reason.finding)}</td>
                  <td class="number">
                    {reason.weight > 0 ? "+" : ""}
                    {reason.weight.toFixed(2)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <a href={href(`/reports/${part(link.report)}`)}>the report</a>
        </details>
      ))}
    </section>
  );
}
