/** How many reports came when, behind the as-of control. */
import type { Timeline } from "../data/types";
import type { Scale } from "./scale";

const WIDTH = 1000;
const HEIGHT = 40;
/** A bucket of a few minutes in a month still has to be seen. */
const NARROWEST = 4;

interface Properties {
  timeline: Timeline;
  scale: Scale;
  since: number | null;
  until: number;
}

export function Histogram({ timeline, scale, since, until }: Properties) {
  const most = Math.max(1, ...timeline.buckets.map((bucket) => bucket.reports));
  const x = (time: number) => Math.min(1, Math.max(0, (time - scale.start) / (scale.end - scale.start))) * WIDTH;
  return (
    <svg class="histogram" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {since !== null && <rect class="between" x={x(since)} y={0} width={Math.max(0, x(until) - x(since))} height={HEIGHT} />}
      {timeline.buckets.map((bucket) => {
        const start = Date.parse(bucket.start);
        const left = x(start);
        const width = Math.max(NARROWEST, x(Date.parse(bucket.end)) - left - 1);
        const height = bucket.reports === 0 ? 0 : 4 + (bucket.reports / most) * (HEIGHT - 6);
        return <rect key={bucket.start} class={start > until ? "hidden" : "shown"} x={left} y={HEIGHT - height} width={width} height={height} />;
      })}
      <path class="ground" d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
      <path class="needle" d={`M${x(until)} 0V${HEIGHT}`} />
      {since !== null && <path class="needle" d={`M${x(since)} 0V${HEIGHT}`} />}
    </svg>
  );
}
