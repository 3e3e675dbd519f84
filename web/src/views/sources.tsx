/** Outlets and other sources: how often they were first, how often they corrected, how people rate them. */
import { useState } from "preact/hooks";
import { api, part } from "../data/api";
import { usePages } from "../data/pages";
import { useResource } from "../data/resource";
import { useMayEdit } from "../data/role";
import type { Page, ReportItem, Source as SourceRecord } from "../data/types";
import { Dash, DecidedMark, Heading, Loaded, More, ratingText, Time } from "../parts/small";
import { href, useAddress } from "../route/router";
import { group } from "../words/labels";
import { DecisionForm } from "./decide";

/** The Admiralty scale (NATO STANAG 2511). */
const RELIABILITY: readonly [string, string][] = [
  ["A", "completely reliable"],
  ["B", "usually reliable"],
  ["C", "fairly reliable"],
  ["D", "not usually reliable"],
  ["E", "unreliable"],
  ["F", "cannot be judged"],
];
const CREDIBILITY: readonly [string, string][] = [
  ["1", "confirmed by others"],
  ["2", "probably true"],
  ["3", "possibly true"],
  ["4", "doubtful"],
  ["5", "improbable"],
  ["6", "cannot be judged"],
];

export function Sources() {
  const { query } = useAddress();
  const path = api("/sources", { as_of: query.get("as_of"), recorded_by: query.get("recorded_by"), limit: "100" });
  const page = useResource<Page<SourceRecord>>(path);
  const { items, next, more } = usePages(path, page.value);
  return (
    <div class="reading">
      <Heading title="Sources">Sources</Heading>
      <p class="hint">First of its origin: no earlier report says the same in the same words, and it names no other outlet as its source.</p>
      <Loaded of={page}>
        {() => (
          <>
            <div class="scroll" tabIndex={0} role="region" aria-label="Sources">
              <table class="list">
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col">Rating</th>
                    <th scope="col" class="number">Reports</th>
                    <th scope="col" class="number">First of origin</th>
                    <th scope="col" class="number">New versions</th>
                  </tr>
                </thead>
                <tbody data-list>
                  {items.map((source) => (
                    <tr key={source.name}>
                      <th scope="row">
                        <a href={href(`/sources/${part(source.name)}`)} data-item>
                          {source.name}
                        </a>
                      </th>
                      <td>{ratingText(source.rating) ?? <Dash />}</td>
                      <td class="number">{group(source.reports)}</td>
                      <td class="number">{group(source.origins)}</td>
                      <td class="number">{group(source.corrections)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <More next={next} more={more} />
          </>
        )}
      </Loaded>
    </div>
  );
}

export function Source({ id }: { id: string }) {
  const { query } = useAddress();
  const moment = { as_of: query.get("as_of"), recorded_by: query.get("recorded_by") };
  const source = useResource<SourceRecord>(api(`/sources/${part(id)}`, moment));
  const path = api("/reports", { source: id, ...moment, limit: "50" });
  const reports = useResource<Page<ReportItem>>(path);
  const { items, next, more } = usePages(path, reports.value);
  return (
    <Loaded of={source}>
      {(value) => (
        <div class="columns">
          <div class="reading">
            <Heading title={value.name}>{value.name}</Heading>
            <section aria-labelledby="its-reports">
              <h2 id="its-reports">Its reports</h2>
              <ReportList reports={items} />
              <More next={next} more={more} />
            </section>
          </div>
          <aside class="context" aria-label="About this source">
            <Rating source={value} />
            {value.incidents !== undefined && value.incidents.length > 0 && (
              <section>
                <h2>Incidents it reports on</h2>
                <ul>
                  {value.incidents.map((incident) => (
                    <li key={incident.id}>
                      <a href={href(`/incidents/${part(incident.id)}`)}>{incident.title}</a>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <section>
              <h2>Record</h2>
              <dl class="pairs">
                <div>
                  <dt>Reports</dt>
                  <dd>{group(value.reports)}</dd>
                </div>
                <div>
                  <dt>First of origin</dt>
                  <dd>{group(value.origins)}</dd>
                </div>
                <div>
                  <dt>New versions</dt>
                  <dd>{group(value.corrections)}</dd>
                </div>
              </dl>
            </section>
          </aside>
        </div>
      )}
    </Loaded>
  );
}

function Rating({ source }: { source: SourceRecord }) {
  const [open, setOpen] = useState(false);
  const mayEdit = useMayEdit();
  const { rating } = source;
  const words = (list: readonly [string, string][], value: string) => list.find(([name]) => name === value)?.[1];
  return (
    <section>
      <h2>Rating</h2>
      {rating === null ? (
        <p>
          <Dash />
        </p>
      ) : (
        <p>
          <b class="figure">{ratingText(rating)}</b> {words(RELIABILITY, rating.reliability)}, {words(CREDIBILITY, String(rating.credibility))} <DecidedMark />
        </p>
      )}
      {mayEdit && (
        <button type="button" onClick={() => setOpen(true)}>
          Rate
        </button>
      )}
      {open && (
        <DecisionForm title={`Rate ${source.name}`} body={{ kind: "rate", source: source.name }} close={() => setOpen(false)}>
          <Choice name="reliability" title="Reliability of the source" options={RELIABILITY} value={rating?.reliability} />
          <Choice name="credibility" title="Credibility of what it says" options={CREDIBILITY} value={rating === null ? undefined : String(rating.credibility)} />
        </DecisionForm>
      )}
    </section>
  );
}

function Choice({ name, title, options, value }: { name: string; title: string; options: readonly [string, string][]; value: string | undefined }) {
  return (
    <label>
      {title}
      <select name={name} defaultValue={value ?? options[options.length - 1]?.[0]}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {option}: {words}
          </option>
        ))}
      </select>
    </label>
  );
}

export function ReportList({ reports }: { reports: ReportItem[] }) {
  if (reports.length === 0) return <p class="nothing">None.</p>;
  return (
    <ol class="report-list" data-list>
      {reports.map((report) => (
        <li key={report.id}>
          <a href={href(`/reports/${part(report.id)}`)} data-item>
            {report.title ?? report.url ?? "Report without a title"}
          </a>
          <span class="muted">
            {report.source ?? "unnamed source"}, <Time at={report.published} short />
          </span>
        </li>
      ))}
    </ol>
  );
}
