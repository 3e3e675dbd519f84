/** The claims of an incident side by side: each actor, what it comes to, and who says so. */
import type { Act, Attribution, Incident, ReportRow } from "../data/types";
import { FactButtons } from "../views/factbuttons";
import { plural, STANCE_SIDE, STANCE_VERB, STATUS_RULE } from "../words/labels";
import { ActorName, Decided, DecidedMark, Quote, SourceName, Time, wordsHref } from "./small";
import { StatusMark } from "./status";

/** One speaker's one stance, with every report that carries it. */
interface Position {
  first: Act;
  carriers: Act[];
}

function sourceOf(act: Act, reports: ReportRow[]): string | null {
  return act.source ?? reports.find((report) => report.id === act.report)?.source ?? null;
}

/** An outlet's own voice is a speaker of its own. */
function speakerKey(act: Act, reports: ReportRow[]): string {
  return act.speaker === null ? `outlet ${sourceOf(act, reports) ?? ""}` : `speaker ${act.speaker.name}`;
}

/** The acts in order of time, the repetitions of one under its first. */
export function positions(acts: Act[], reports: ReportRow[]): Position[] {
  const found = new Map<string, Position>();
  const ordered = [...acts].sort((one, other) => Date.parse(one.published) - Date.parse(other.published));
  for (const act of ordered) {
    const key = `${act.stance} ${speakerKey(act, reports)}`;
    const position = found.get(key);
    if (position === undefined) found.set(key, { first: act, carriers: [act] });
    else position.carriers.push(act);
  }
  return [...found.values()];
}

export function Claims({ incident }: { incident: Incident }) {
  return (
    <section aria-labelledby="claims">
      <h2 id="claims">Who is said to be responsible</h2>
      {incident.attributions.length === 0 ? (
        <p class="nothing">Nobody so far.</p>
      ) : (
        <div class="claims">
          {incident.attributions.map((attribution) => (
            <Claim key={attribution.actor.name} attribution={attribution} incident={incident} />
          ))}
        </div>
      )}
    </section>
  );
}

function Claim({ attribution, incident }: { attribution: Attribution; incident: Incident }) {
  const { actor, status, acts } = attribution;
  return (
    <article class={`claim ${status ?? "none"}`}>
      <header>
        <h3>
          <ActorName actor={actor} />
        </h3>
        <span>
          <StatusMark status={status} /> {attribution.decision && <DecidedMark by={incident.decisions.find((one) => one.id === attribution.decision)} />}
        </span>
      </header>
      <p class="rule">{status === null ? "Only denied: nobody says that it was this actor." : STATUS_RULE[status]}</p>
      <ol class="acts">
        {positions(acts, incident.reports).map((position) => (
          <PositionRow key={position.first.report + position.first.stance + (position.first.quote ?? "")} position={position} incident={incident} />
        ))}
      </ol>
    </article>
  );
}

function PositionRow({ position, incident }: { position: Position; incident: Incident }) {
  const { first, carriers } = position;
  const source = sourceOf(first, incident.reports);
  const others = carriers.slice(1);
  const fact = first.fact ?? null;
  return (
    <li class={`act ${STANCE_SIDE[first.stance]}`}>
      <p class="act-line">
        {first.speaker === null ? (
          <span>
            <SourceName name={source} /> <span class="muted">(in its own voice)</span>
          </span>
        ) : (
          <ActorName actor={first.speaker} />
        )}{" "}
        <b class="stance">{STANCE_VERB[first.stance]}</b>
        <Decided decisions={incident.decisions} on={fact} />
      </p>
      <Quote text={first.quote} to={wordsHref(first.report, first.fact, first.quote)} />
      <p class="act-foot">
        <Time at={first.published} short /> in <SourceName name={source} />
        <FactButtons fact={fact} incident={incident.id} report={first.report} label={`${first.speaker?.name ?? source ?? "outlet"} ${STANCE_VERB[first.stance]}`} />
      </p>
      {others.length > 0 && (
        <details class="carriers">
          <summary>{plural(others.length, "more report")} {others.length === 1 ? "carries" : "carry"} it</summary>
          <ul>
            {others.map((act) => (
              <li key={act.report + (act.quote ?? "")}>
                <SourceName name={sourceOf(act, incident.reports)} />, <Time at={act.published} short />{" "}
                <Quote text={act.quote} to={wordsHref(act.report, act.fact, act.quote)} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
