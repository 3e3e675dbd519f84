/** What was found for some words: incidents, and reports with the words in their place. */
import { api, part } from "../data/api";
import { useResource } from "../data/resource";
import type { SearchResult } from "../data/types";
import { IncidentCard } from "../parts/card";
import { Heading, Loaded, SourceName, Time } from "../parts/small";
import { href, useAddress } from "../route/router";
import { plural } from "../words/labels";

export function Search() {
  const { query } = useAddress();
  const q = query.get("q") ?? "";
  const result = useResource<SearchResult>(q === "" ? null : api("/search", { q, as_of: query.get("as_of"), recorded_by: query.get("recorded_by") }));
  return (
    <div class="reading">
      <Heading title={q === "" ? "Search" : `Search: ${q}`}>{q === "" ? "Search" : <>Search: “{q}”</>}</Heading>
      {q === "" ? (
        <p class="nothing">Type words in the field above.</p>
      ) : (
        <Loaded of={result}>
          {(value) => (
            <>
              <section aria-labelledby="found-incidents">
                <h2 id="found-incidents">{plural(value.incidents.length, "incident")}</h2>
                <ol class="cards" data-list>
                  {value.incidents.map((item) => (
                    <li key={item.id}>
                      <IncidentCard item={item} />
                    </li>
                  ))}
                </ol>
              </section>
              <section aria-labelledby="found-reports">
                <h2 id="found-reports">{plural(value.reports.length, "report")}</h2>
                <ol class="report-list" data-list>
                  {value.reports.map((report) => (
                    <li key={report.id}>
                      <a href={href(`/reports/${part(report.id)}`)} data-item>
                        {report.title ?? "Report without a title"}
                      </a>
                      <span class="muted">
                        <SourceName name={report.source} />, <Time at={report.published} short />
                      </span>
                      {report.snippet !== null && <Snippet text={report.snippet.text} marks={report.snippet.marks} />}
                    </li>
                  ))}
                </ol>
              </section>
            </>
          )}
        </Loaded>
      )}
    </div>
  );
}

function Snippet({ text, marks }: { text: string; marks: [number, number][] }) {
  const points = Array.from(text);
  const pieces: preact.ComponentChild[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    if (start < at) continue;
    pieces.push(points.slice(at, start).join(""), <mark key={start}>{points.slice(start, end).join("")}</mark>);
    at = end;
  }
  pieces.push(points.slice(at).join(""));
  return <p class="snippet">{pieces}</p>;
}
