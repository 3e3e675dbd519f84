/** Where a moment stands on a line of time. Long silences are drawn short, so that a day of forty reports is not a dot in a year. */
import type { Timeline } from "../data/types";

export const STEPS = 1000;

/** A moment and its place between 0 and 1; between two knots time runs evenly. */
interface Knot {
  time: number;
  place: number;
}

export interface Scale {
  start: number;
  end: number;
  knots: Knot[];
  /** Silences drawn shorter than they were. */
  breaks: { start: number; end: number }[];
}

const MINUTE_MS = 60_000;
/** A silence longer than so many usual ones is drawn as long as so many. */
const USUAL_GAPS = 4;

/** The scale of the as-of control. */
export function scaleOf(timeline: Timeline): Scale | null {
  if (timeline.first === null || timeline.last === null) return null;
  return scaleOfTimes([Date.parse(timeline.first), ...busy(timeline), Date.parse(timeline.last)]);
}

/** From a little before the first moment to a little after the last. */
export function scaleOfTimes(moments: number[]): Scale {
  const times = [...moments].sort((one, other) => one - other);
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time));
  const longest = USUAL_GAPS * median(gaps.filter((gap) => gap >= MINUTE_MS));
  const drawn = gaps.map((gap) => Math.min(gap, longest));
  const total = drawn.reduce((sum, gap) => sum + gap, 0);
  const margin = Math.max(total * 0.03, MINUTE_MS);
  const whole = total + 2 * margin;
  const start = (times[0] ?? 0) - margin;
  const knots: Knot[] = [{ time: start, place: 0 }];
  let along = margin;
  for (const [at, time] of times.entries()) {
    along += at === 0 ? 0 : (drawn[at - 1] ?? 0);
    if (time > (knots[knots.length - 1]?.time ?? start)) knots.push({ time, place: along / whole });
  }
  const end = (times[times.length - 1] ?? 0) + margin;
  knots.push({ time: end, place: 1 });
  const breaks = gaps.flatMap((gap, at) => (gap > longest ? [{ start: times[at] ?? 0, end: times[at + 1] ?? 0 }] : []));
  return { start, end, knots, breaks };
}

/** When reports came, both ends of each bucket. */
function busy(timeline: Timeline): number[] {
  return timeline.buckets.filter((bucket) => bucket.reports > 0).flatMap((bucket) => [Date.parse(bucket.start), Date.parse(bucket.end)]);
}

function median(numbers: number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The place of a moment, between 0 and 1. */
export function placeOf({ knots }: Scale, time: number): number {
  return between(knots, "time", "place", time);
}

function between(knots: Knot[], from: keyof Knot, to: keyof Knot, value: number): number {
  const after = knots.findIndex((knot) => knot[from] >= value);
  const [first, last] = [knots[0], knots[knots.length - 1]];
  if (first === undefined || last === undefined) return 0;
  if (after === 0) return first[to];
  if (after < 0) return last[to];
  const [left, right] = [knots[after - 1] ?? first, knots[after] ?? last];
  const share = (value - left[from]) / (right[from] - left[from]);
  return left[to] + share * (right[to] - left[to]);
}

export function toStep(scale: Scale, time: number): number {
  return Math.round(placeOf(scale, time) * STEPS);
}

/** The moment of a step, on whole minutes. */
export function toTime({ knots }: Scale, step: number): number {
  return Math.round(between(knots, "place", "time", step / STEPS) / MINUTE_MS) * MINUTE_MS;
}

/** The end of the next bucket with reports, or of the one before: what the arrow keys go to. */
export function neighbour(timeline: Timeline, from: number, towards: "earlier" | "later"): number | null {
  const ends = timeline.buckets.filter((bucket) => bucket.reports > 0).map((bucket) => Date.parse(bucket.end));
  if (towards === "later") return ends.find((end) => end > from) ?? null;
  return ends.filter((end) => end < from).pop() ?? null;
}
