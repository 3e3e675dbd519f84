/** Two reports word by word: versions of one, or a report and its copy. */
import { api, part } from "../data/api";
import { useResource } from "../data/resource";
import type { Comparison, Report } from "../data/types";
import { Heading, Loaded, SourceName, Time } from "../parts/small";
import { href, useAddress } from "../route/router";

export function Compare({ id }: { id: string }) {
  const { query } = useAddress();
  const other = query.get("with") ?? "";
  const moment = { as_of: query.get("as_of"), recorded_by: query.get("recorded_by") };
  const here = useResource<Report>(api(`/reports/${part(id)}`, moment)).value;
  const there = useResource<Report>(api(`/reports/${part(other)}`, moment)).value;
  const turned = here !== null && there !== null && there.published > here.published;
  const [earlier, later] = turned ? [here, there] : [there, here];
  const path = turned ? api(`/reports/${part(other)}/compare`, { with: id }) : api(`/reports/${part(id)}/compare`, { with: other });
  const comparison = useResource<Comparison>(here === null || there === null ? null : path);
  return (
    <div class="columns">
      <article class="reading report">
        <Heading title="Two reports compared">Two reports compared</Heading>
        {earlier !== null && later !== null && (
          <dl class="pairs">
            <Side name="Taken out, from" report={earlier} />
            <Side name="Added, in" report={later} />
          </dl>
        )}
        <Loaded of={comparison}>
          {(value) => (
            <div class="text diff">
              {value.parts.map((piece, at) =>
                piece.op === "same" ? piece.text : piece.op === "added" ? <ins key={at}>{piece.text}</ins> : <del key={at}>{piece.text}</del>,
              )}
            </div>
          )}
        </Loaded>
      </article>
      <aside class="context" aria-label="Facts that differ">
        <FactList title="Facts added" facts={comparison.value?.facts_added ?? []} />
        <FactList title="Facts gone" facts={comparison.value?.facts_removed ?? []} />
      </aside>
    </div>
  );
}

function Side({ name, report }: { name: string; report: Report }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <a href={href(`/reports/${part(report.id)}`)}>{report.title ?? report.id}</a>, <SourceName name={report.source} />, <Time at={report.published} short />
      </dd>
    </div>
  );
}

function FactList({ title, facts }: { title: string; facts: { kind: string; label: string }[] }) {
  return (
    <section>
      <h2>{title}</h2>
      {facts.length === 0 ? (
        <p class="nothing">None.</p>
      ) : (
        <ul>
          {facts.map((fact, at) => (
            <li key={at}>
              <span class="muted">{fact.kind}</span> {fact.label}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
