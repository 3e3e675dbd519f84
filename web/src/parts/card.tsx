/** An incident in a list. */
import { part } from "../data/api";
import { MEASURES, type IncidentItem } from "../data/types";
import { href } from "../route/router";
import { capital, MEASURE, plural, typeLabel } from "../words/labels";
import { days, shortMoment } from "../words/time";
import { ActorName, Corroboration, CountText, Dash, DecidedMark, placeText } from "./small";
import { StatusMark } from "./status";

export function incidentTitle(item: { title: string | null; type: IncidentItem["type"]; place: IncidentItem["place"] }): string {
  return item.title ?? capital(`${typeLabel(item.type)}${item.place === null ? "" : `, ${item.place.name}`}`);
}

/** The newest change; of an incident with one report, when that came. */
function Latest({ item }: { item: IncidentItem }) {
  if (item.changed === null) return null;
  const { published, report, what } = item.changed;
  const time = (
    <a href={href(`/reports/${part(report)}`)}>
      <time dateTime={published}>{shortMoment(published)}</time>
    </a>
  );
  return item.reports === 1 ? (
    <span>{time}</span>
  ) : (
    <span class="latest">
      {time}: {what}
    </span>
  );
}

export function IncidentCard({ item, news = null }: { item: IncidentItem; news?: "new" | "changed" | null }) {
  const counts = MEASURES.filter((measure) => item[measure] !== null);
  return (
    <article class="card">
      <header>
        <h2>
          <a href={href(`/incidents/${part(item.id)}`)} data-item>
            {incidentTitle(item)}
          </a>
          {news !== null && <span class="news">{news === "new" ? "new to you" : "changed since you looked"}</span>}
          {item.decided && <DecidedMark />}
        </h2>
        <p class="facts">
          <span>{days(item.date) ?? <Dash />}</span>
          <span>{placeText(item.place) ?? <Dash />}</span>
          <span>
            {typeLabel(item.type)}
            {item.stage !== "accomplished" && `, ${item.stage}`}
          </span>
        </p>
      </header>
      <div class="card-body">
        <p class="counts">
          {counts.length === 0 ? (
            <span>
              <Dash /> killed
            </span>
          ) : (
            counts.map((measure) => {
              const bounds = item[measure];
              return bounds === null ? null : <CountText key={measure} bounds={bounds} of={MEASURE[measure]} />;
            })
          )}
        </p>
        {item.attributions.length === 0 ? (
          <p class="claims-line muted">Nobody is said to be responsible.</p>
        ) : (
          <ul class="claims-line" aria-label="Who is said to be responsible">
            {item.attributions.map((attribution) => (
              <li key={attribution.actor.name}>
                <ActorName actor={attribution.actor} /> <StatusMark status={attribution.status} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <footer>
        <Corroboration outlets={item.outlets} origins={item.origins} />
        <span>{plural(item.reports, "report")}</span>
        {item.warnings > 0 && <span>{plural(item.warnings, "warning")}</span>}
        <Latest item={item} />
      </footer>
    </article>
  );
}
