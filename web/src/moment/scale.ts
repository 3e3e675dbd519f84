/** Where a moment stands on the as-of control. */
import type { Timeline } from "../data/types";

export const STEPS = 1000;

export interface Scale {
  start: number;
  end: number;
}

/** From a little before the first report to a little after the last. */
export function scaleOf(timeline: Timeline): Scale | null {
  if (timeline.first === null || timeline.last === null) return null;
  const first = Date.parse(timeline.first);
  const last = Date.parse(timeline.last);
  const margin = Math.max((last - first) * 0.02, 60_000);
  return { start: first - margin, end: last + margin };
}

export function toStep(scale: Scale, time: number): number {
  const share = (time - scale.start) / (scale.end - scale.start);
  return Math.round(Math.min(Math.max(share, 0), 1) * STEPS);
}

/** The moment of a step, on whole minutes. */
export function toTime(scale: Scale, step: number): number {
  const time = scale.start + ((scale.end - scale.start) * step) / STEPS;
  return Math.round(time / 60_000) * 60_000;
}

/** The end of the next bucket with reports, or of the one before: what the arrow keys go to. */
export function neighbour(timeline: Timeline, from: number, towards: "earlier" | "later"): number | null {
  const ends = timeline.buckets.filter((bucket) => bucket.reports > 0).map((bucket) => Date.parse(bucket.end));
  if (towards === "later") return ends.find((end) => end > from) ?? null;
  const earlier = ends.filter((end) => end < from);
  if (earlier.length > 0) return earlier[earlier.length - 1] ?? null;
  return null;
}
