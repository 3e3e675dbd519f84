/** Two reports word by word: versions of one, or a report and its copy. */
import { useMemo } from "preact/hooks";
import { api, part } from "../data/api";
import { useResource } from "../data/resource";
import type { Mark, Report } from "../data/types";
import { Heading, Loaded, SourceName, Time } from "../parts/small";
import { href, useAddress } from "../route/router";
import { MARK } from "../words/labels";
import { difference } from "../words/difference";

export function Compare({ id }: { id: string }) {
  const { query } = useAddress();
  const moment = { as_of: query.get("as_of"), recorded_by: query.get("recorded_by") };
  const here = useResource<Report>(api(`/reports/${part(id)}`, moment));
  const there = useResource<Report>(api(`/reports/${part(query.get("with") ?? "")}`, moment));
  return (
    <Loaded of={there}>
      {(one) => <Loaded of={here}>{(other) => (one.published > other.published ? <Compared earlier={other} later={one} /> : <Compared earlier={one} later={other} />)}</Loaded>}
    </Loaded>
  );
}

function Compared({ earlier, later }: { earlier: Report; later: Report }) {
  const pieces = useMemo(() => difference(earlier.text ?? "", later.text ?? ""), [earlier.text, later.text]);
  return (
    <div class="columns">
      <article class="reading report">
        <Heading title="Two reports compared">Two reports compared</Heading>
        <dl class="pairs">
          <Side name="Taken out, from" report={earlier} />
          <Side name="Added, in" report={later} />
        </dl>
        <div class="text diff">
          {pieces.map(({ op, text }, at) => (op === "same" ? text : op === "added" ? <ins key={at}>{text}</ins> : <del key={at}>{text}</del>))}
        </div>
      </article>
      <aside class="context" aria-label="Facts that differ">
        <FactList title="Facts added" facts={only(later.marks, earlier.marks)} />
        <FactList title="Facts gone" facts={only(earlier.marks, later.marks)} />
      </aside>
    </div>
  );
}

/** The facts that one report tells and the other does not, each once. */
function only(marks: Mark[], others: Mark[]): Mark[] {
  const says = (mark: Mark) => `${mark.kind} ${mark.label}`;
  const known = new Set(others.map(says));
  return marks.filter((mark) => {
    const isNew = !known.has(says(mark));
    known.add(says(mark));
    return isNew;
  });
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

function FactList({ title, facts }: { title: string; facts: Mark[] }) {
  return (
    <section>
      <h2>{title}</h2>
      {facts.length === 0 ? (
        <p class="nothing">None.</p>
      ) : (
        <ul>
          {facts.map((fact, at) => (
            <li key={at}>
              <span class="muted">{MARK[fact.kind]}:</span> {fact.label}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
