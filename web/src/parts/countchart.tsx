/** One measure over time as steps with bounds. */
import { useRef } from "preact/hooks";
import type { CountPoint } from "../data/types";
import { placeOf, type Scale } from "../moment/scale";
import { boundsText, level, openEnd } from "../words/count";
import { group } from "../words/labels";
import { day, shortMoment } from "../words/time";
import { useWidth } from "./width";

const USUAL_WIDTH = 480;
const HEIGHT = 132;
const LEFT = 44;
const RIGHT = 14;
const TOP = 14;
const BOTTOM = 22;
const OPEN_PX = 13;

interface Properties {
  name: string;
  series: CountPoint[];
  scale: Scale;
  /** Null where a person set the count. */
  inForce: string | null;
}

/** A round number at or above the highest bound. */
function ceiling(highest: number): number {
  if (highest <= 4) return 4;
  const magnitude = 10 ** Math.floor(Math.log10(highest));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * magnitude >= highest) ?? 10;
  return 2 * Math.ceil((step * magnitude) / 2);
}

export function CountChart({ name, series, scale, inForce }: Properties) {
  const highest = Math.max(1, ...series.map((point) => Math.max(point.low ?? 0, point.high ?? 0)));
  const top = ceiling(highest * 1.05);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, USUAL_WIDTH);
  const x = (time: number) => LEFT + placeOf(scale, time) * (width - LEFT - RIGHT);
  const [first, last] = [scale.knots[1]?.time ?? scale.start, scale.knots[scale.knots.length - 2]?.time ?? scale.end];
  const y = (count: number) => HEIGHT - BOTTOM - (count / top) * (HEIGHT - TOP - BOTTOM);
  const at = (point: CountPoint) => x(Date.parse(point.published));
  const steps = series.map((point, index) => `${index === 0 ? "M" : "H"}${at(point)}${index === 0 ? " " : "V"}${y(level(point))}`);
  const summary = series.map((point) => `${shortMoment(point.published)}: ${boundsText(point)}`).join("; ");
  return (
    <div ref={box}>
      <svg class="count-chart" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={`${name} over time. ${summary}.`}>
        {[0, top / 2, top].map((count) => (
          <g key={count}>
            <path class="grid" d={`M${LEFT} ${y(count)}H${width - RIGHT}`} />
            <text class="tick" x={LEFT - 7} y={y(count) + 4} text-anchor="end">
              {group(Math.round(count))}
            </text>
          </g>
        ))}
        <text class="tick" x={LEFT} y={HEIGHT - 5}>
          {day(first)}
        </text>
        {last > first && (
          <text class="tick" x={width - RIGHT} y={HEIGHT - 5} text-anchor="end">
            {day(last)}
          </text>
        )}
        {scale.breaks.map((silence) => (
          <path key={silence.start} class="break" d={`M${x(silence.start) + 3} ${y(0)}H${x(silence.end) - 3}`} />
        ))}
        <path class="steps" d={`${steps.join("")}H${width - RIGHT}`} />
        {series.map((point) => (
          <g key={point.report} class={point.report === inForce ? "point in-force" : "point"}>
            <title>{`${boundsText(point)}, ${point.source ?? "unnamed source"}, ${shortMoment(point.published)}`}</title>
            <Whisker point={point} x={at(point)} y={y} />
            <circle cx={at(point)} cy={y(level(point))} r={4} />
          </g>
        ))}
      </svg>
    </div>
  );
}

/** The bounds: a bar between two, an arrow where one end is open. */
function Whisker({ point, x, y }: { point: CountPoint; x: number; y: (count: number) => number }) {
  const open = openEnd(point);
  const from = y(level(point));
  if (open !== null) {
    const tip = open === "up" ? from - OPEN_PX : from + OPEN_PX;
    const wing = open === "up" ? tip + 4 : tip - 4;
    return <path class="whisker" d={`M${x} ${from}V${tip}M${x - 4} ${wing}L${x} ${tip}L${x + 4} ${wing}`} />;
  }
  if (point.low === null || point.high === null || point.low === point.high) return null;
  const upper = y(point.high);
  return <path class="whisker" d={`M${x} ${from}V${upper}M${x - 4} ${upper}h8M${x - 4} ${from}h8`} />;
}
