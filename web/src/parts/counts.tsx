/** How the counts moved: a step chart with bounds for each measure, and the words behind every point. */
import { MEASURES, type Count, type CountPoint, type Incident, type Measure } from "../data/types";
import { scaleOfTimes, type Scale } from "../moment/scale";
import { boundsText } from "../words/count";
import { capital, MEASURE } from "../words/labels";
import { FactButtons } from "../views/factbuttons";
import { CountChart } from "./countchart";
import { Decided, Quote, SourceName, Time, wordsHref } from "./small";

export function Counts({ incident }: { incident: Incident }) {
  const present = MEASURES.flatMap((measure) => {
    const count = incident[measure];
    return count === null ? [] : [{ measure, count }];
  });
  const scale = scaleOfTimes(incident.reports.map((report) => Date.parse(report.published)));
  return (
    <section aria-labelledby="counts">
      <h2 id="counts">Counts</h2>
      {present.length === 0 ? (
        <p class="nothing">No report gives a number.</p>
      ) : (
        <div class="charts">
          {present.map(({ measure, count }) => (
            <Measured key={measure} measure={measure} count={count} scale={scale} incident={incident} />
          ))}
        </div>
      )}
    </section>
  );
}

interface Properties {
  measure: Measure;
  count: Count;
  scale: Scale;
  incident: Incident;
}

function Measured({ measure, count, scale, incident }: Properties) {
  const series = [...count.series].sort((one, other) => Date.parse(one.published) - Date.parse(other.published));
  return (
    <figure class="chart">
      <figcaption>
        <span class="count-now">{boundsText(count)}</span> {MEASURE[measure]} <Decided decisions={incident.decisions} on={measure} />
      </figcaption>
      {series.length > 0 && <CountChart name={capital(MEASURE[measure])} series={series} scale={scale} inForce={count.report} />}
      <details hidden={series.length === 0}>
        <summary>
          {series.length === 1 ? "The report that gives it" : `All ${series.length} counts, with their words`}
        </summary>
        <ol class="series">
          {series.map((point) => (
            <Row key={point.report + point.published} point={point} measure={measure} incident={incident} inForce={point.report === count.report} />
          ))}
        </ol>
      </details>
    </figure>
  );
}

function Row({ point, measure, incident, inForce }: { point: CountPoint; measure: Measure; incident: Incident; inForce: boolean }) {
  return (
    <li class={inForce ? "in-force" : ""}>
      <b class="count">{boundsText(point)}</b>
      {inForce && <span class="muted"> in force</span>} <Time at={point.published} short />, <SourceName name={point.source} />{" "}
      <Decided decisions={incident.decisions} on={point.fact} />
      <Quote text={point.quote} to={wordsHref(point.report, point.fact, point.quote)} />
      <FactButtons fact={point.fact} incident={incident.id} report={point.report} label={`${boundsText(point)} ${MEASURE[measure]}`} />
    </li>
  );
}
