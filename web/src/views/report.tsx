/** A report's text with the words of every fact marked; facts and words lead to each other. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { api, part } from "../data/api";
import { useResource } from "../data/resource";
import type { Mark, MarkKind, Report as ReportRecord } from "../data/types";
import { Dash, Heading, Loaded, SourceName, Time } from "../parts/small";
import { href, useAddress } from "../route/router";
import { MARK, spaced } from "../words/labels";
import { find, segments, type Segment } from "../words/segments";

export function Report({ id }: { id: string }) {
  const { query } = useAddress();
  const report = useResource<ReportRecord>(api(`/reports/${part(id)}`, { as_of: query.get("as_of"), recorded_by: query.get("recorded_by") }));
  return <Loaded of={report}>{(value) => <Page report={value} />}</Loaded>;
}

/** A fact and all the places of its words. */
interface Fact {
  key: string;
  kind: MarkKind;
  label: string;
  incident: string | null;
  marks: number[];
}

/** A fact's own id; where it has none, the first mark that says the same. */
function factKey(marks: Mark[], at: number): string {
  const mark = marks[at];
  if (mark?.fact) return mark.fact;
  return `mark-${marks.findIndex((one) => one.kind === mark?.kind && one.label === mark.label && one.incident === mark.incident)}`;
}

function factsOf(marks: Mark[]): Fact[] {
  const found = new Map<string, Fact>();
  for (const [at, mark] of marks.entries()) {
    const key = factKey(marks, at);
    const fact = found.get(key);
    if (fact === undefined) found.set(key, { key, kind: mark.kind, label: mark.label, incident: mark.incident, marks: [at] });
    else fact.marks.push(at);
  }
  return [...found.values()];
}

/** What the address asks to see: a fact, or the words of one that has no id. */
interface Asked {
  marks: Mark[];
  key: string | null;
}

/** The fact of the words asked for; where none has them, they are marked themselves. */
function ask(report: ReportRecord, fact: string | null, quote: string | null): Asked {
  const { marks } = report;
  if (fact !== null) return { marks, key: fact };
  if (quote === null) return { marks, key: null };
  for (const field of ["text", "title"] as const) {
    const place = find(report[field] ?? "", quote);
    if (place === null) continue;
    const known = marks.findIndex((mark) => (mark.field ?? "text") === field && mark.start === place.start && mark.end === place.end);
    if (known >= 0) return { marks, key: factKey(marks, known) };
    const asked: Mark = { ...place, field, kind: "statement", fact: "asked", incident: null, label: "the words that you followed" };
    return { marks: [...marks, asked], key: "asked" };
  }
  return { marks, key: null };
}

function Page({ report }: { report: ReportRecord }) {
  const { query } = useAddress();
  const [fact, quote] = [query.get("fact"), query.get("quote")];
  const { marks, key: wanted } = useMemo(() => ask(report, fact, quote), [report, fact, quote]);
  const facts = useMemo(() => factsOf(marks), [marks]);
  const [chosen, setChosen] = useState<string | null>(wanted);
  useEffect(() => {
    setChosen(wanted);
    if (wanted !== null) requestAnimationFrame(() => show(`words-${wanted}`));
  }, [wanted, report.id]);
  const choose = (key: string, place: "words" | "fact") => {
    setChosen(key);
    requestAnimationFrame(() => show(`${place}-${key}`));
  };
  const title = report.title ?? "Report without a title";
  const [ofTitle, ofText] = useMemo(() => {
    const side = (field: "title" | "text") => marks.map((mark) => ((mark.field ?? "text") === field ? mark : { ...mark, start: -1, end: -1 }));
    const pieces = [segments(title, side("title"), []), segments(report.text ?? "", side("text"), report.masked)];
    const anchors = anchorsOf([pieces[1] ?? [], pieces[0] ?? []], marks);
    return pieces.map((of) => ({ pieces: of, anchors }));
  }, [report, marks, title]);
  const shared = { marks, chosen, choose };
  return (
    <div class="columns">
      <article class="reading report">
        <Heading title={title}>
          {ofTitle && <Marked {...ofTitle} {...shared} />}
        </Heading>
        <p class="facts">
          <span>
            <SourceName name={report.source} />
          </span>
          <span>
            published <Time at={report.published} />
          </span>
        </p>
        <div class="text">
          {report.text === null ? <p class="nothing">Full texts are shown to those who signed in.</p> : ofText && <Marked {...ofText} {...shared} />}
        </div>
      </article>
      <aside class="context" aria-label="About this report">
        <Facts facts={facts} chosen={chosen} choose={choose} />
        <About report={report} />
      </aside>
    </div>
  );
}

/** The piece that stands for each fact: its first in the text, else in the title. A piece stands for one fact. */
function anchorsOf(sides: Segment[][], marks: Mark[]): Map<Segment, string> {
  const anchors = new Map<Segment, string>();
  const done = new Set<string>();
  for (const piece of sides.flat()) {
    const keys = piece.marks.map((at) => factKey(marks, at));
    const fresh = keys.find((key) => !done.has(key));
    if (fresh === undefined || piece.masked !== null) continue;
    done.add(fresh);
    anchors.set(piece, fresh);
  }
  return anchors;
}

/** Scrolls to an element and puts the focus there. */
function show(id: string): void {
  const element = document.getElementById(id);
  if (element === null) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  element.focus({ preventScroll: true });
}

interface MarkedProperties {
  pieces: Segment[];
  /** For whom a piece stands: an id must be on the page once. */
  anchors: Map<Segment, string>;
  marks: Mark[];
  chosen: string | null;
  choose: (key: string, place: "words" | "fact") => void;
}

function Marked({ pieces, anchors, marks, chosen, choose }: MarkedProperties) {
  return (
    <>
      {pieces.map((piece, index) => {
        if (piece.masked !== null) {
          return (
            <span key={index} class="masked" title={`left out of reading: ${spaced(piece.masked)}`}>
              {piece.text}
            </span>
          );
        }
        const [top] = piece.marks;
        const mark = top === undefined ? undefined : marks[top];
        if (top === undefined || mark === undefined) return piece.text;
        const keys = piece.marks.map((at) => factKey(marks, at));
        const anchor = anchors.get(piece);
        const key = chosen !== null && keys.includes(chosen) ? chosen : (anchor ?? keys[0] ?? "");
        const on = chosen !== null && keys.includes(chosen);
        const labels = [...new Set(piece.marks.map((at) => `${MARK[marks[at]?.kind ?? mark.kind]}: ${marks[at]?.label ?? ""}`))];
        return (
          <mark key={index} class={`${mark.kind}${on ? " chosen" : ""}`}>
            <a id={anchor === undefined ? undefined : `words-${anchor}`} href={`#fact-${key}`} title={labels.join("\n")} onClick={(event) => follow(event, () => choose(key, "fact"))}>
              {piece.text}
            </a>
          </mark>
        );
      })}
    </>
  );
}

function follow(event: MouseEvent, work: () => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  work();
}

const KINDS: readonly MarkKind[] = ["incident", "attribution", "count", "warning", "threat", "statement"];

function Facts({ facts, chosen, choose }: { facts: Fact[]; chosen: string | null; choose: MarkedProperties["choose"] }) {
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">What it tells</h2>
      {facts.length === 0 && <p class="nothing">Nothing was found in it.</p>}
      {KINDS.map((kind) => {
        const of = facts.filter((fact) => fact.kind === kind);
        if (of.length === 0) return null;
        return (
          <div key={kind} class="fact-group">
            <h3 class={`mark-name ${kind}`}>{MARK[kind]}</h3>
            <ul>
              {of.map((fact) => (
                <li key={fact.key} class={fact.key === chosen ? "chosen" : ""}>
                  <a id={`fact-${fact.key}`} href={`#words-${fact.key}`} onClick={(event) => follow(event, () => choose(fact.key, "words"))}>
                    {fact.label}
                  </a>
                  {fact.incident !== null && kind !== "statement" && (
                    <a class="aside" href={href(`/incidents/${part(fact.incident)}`)}>
                      incident
                    </a>
                  )}
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

function About({ report }: { report: ReportRecord }) {
  const others = report.origin_group.filter((one) => one.id !== report.id);
  const earlier = report.versions.filter((version) => version.id !== report.id);
  const masked = [...new Set(report.masked.map((mask) => spaced(mask.reason)))];
  return (
    <section aria-labelledby="about">
      <h2 id="about">About the report</h2>
      <dl class="pairs">
        <div>
          <dt>Address</dt>
          <dd class="address">{report.url === null ? <Dash /> : /^https?:/.test(report.url) ? <a href={report.url} rel="noreferrer noopener" target="_blank">{report.url}</a> : report.url}</dd>
        </div>
        <div>
          <dt>Recorded</dt>
          <dd>
            <Time at={report.recorded} />
          </dd>
        </div>
        <div>
          <dt>Language</dt>
          <dd>{report.language ?? <Dash />}</dd>
        </div>
        <div>
          <dt>Left out</dt>
          <dd>{masked.length === 0 ? <Dash /> : masked.join(", ")}</dd>
        </div>
      </dl>
      {earlier.length > 0 && (
        <>
          <h3>Other versions</h3>
          <ul>
            {earlier.map((version) => (
              <li key={version.id}>
                <a href={href(`/reports/${part(version.id)}`)}>
                  <Time at={version.published} short />
                </a>{" "}
                <a class="aside" href={href(`/reports/${part(report.id)}/compare`, { with: version.id })}>
                  compare
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      {others.length > 0 && (
        <>
          <h3>Same origin</h3>
          <ul>
            {others.map((one) => (
              <li key={one.id}>
                <a href={href(`/reports/${part(one.id)}`)}>{one.title ?? one.id}</a>{" "}
                <span class="muted">
                  {one.source ?? "unnamed source"}, <Time at={one.published} short />
                </span>{" "}
                <a class="aside" href={href(`/reports/${part(report.id)}/compare`, { with: one.id })}>
                  compare
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
