/** How many reports came when, behind the as-of control. */
import type { Timeline } from "../data/types";
import { placeOf, type Scale } from "./scale";

const WIDTH = 1000;
const HEIGHT = 40;
/** A bucket of a few minutes in a month still has to be seen. */
const NARROWEST = 4;
/** And one of an hour in a quiet day should not look like a wall. */
const WIDEST = 14;

interface Properties {
  timeline: Timeline;
  scale: Scale;
  since: number | null;
  until: number;
}

export function Histogram({ timeline, scale, since, until }: Properties) {
  const most = Math.max(1, ...timeline.buckets.map((bucket) => bucket.reports));
  const x = (time: number) => placeOf(scale, time) * WIDTH;
  return (
    <svg class="histogram" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {since !== null && <rect class="between" x={x(since)} y={0} width={Math.max(0, x(until) - x(since))} height={HEIGHT} />}
      {timeline.buckets.map((bucket) => {
        const start = Date.parse(bucket.start);
        const width = Math.min(WIDEST, Math.max(NARROWEST, x(Date.parse(bucket.end)) - x(start) - 1));
        const left = Math.min(x(start), WIDTH - width);
        const height = bucket.reports === 0 ? 0 : 4 + (bucket.reports / most) * (HEIGHT - 6);
        return <rect key={bucket.start} class={Date.parse(bucket.end) > until ? "hidden" : "shown"} x={left} y={HEIGHT - height} width={width} height={height} />;
      })}
      <path class="ground" d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
      {scale.breaks.map((silence) => (
        <path key={silence.start} class="break" d={`M${x(silence.start) + NARROWEST} ${HEIGHT - 0.5}H${x(silence.end)}`} />
      ))}
      <path class="needle" d={`M${x(until)} 0V${HEIGHT}`} />
      {since !== null && <path class="needle" d={`M${x(since)} 0V${HEIGHT}`} />}
    </svg>
  );
}
