/** Counts are always written with their bounds. */
import type { Bounds } from "../data/types";
import { group } from "./labels";

/** "at least 40", "more than 130", "10 to 15": the words that the bounds stand for. */
export function boundsText({ low, high, qualifier }: Bounds): string {
  switch (qualifier) {
    case "exact":
      return group(low ?? high ?? 0);
    case "at_least":
      return low === null ? unknown(high) : `at least ${group(low)}`;
    case "more_than":
      return low === null ? unknown(high) : `more than ${group(low - 1)}`;
    case "up_to":
      return high === null ? `at least ${group(low ?? 0)}` : `up to ${group(high)}`;
    case "about":
      return `about ${group(low ?? high ?? 0)}`;
    case "range":
      if (low === null) return unknown(high);
      return high === null ? `at least ${group(low)}` : `${group(low)} to ${group(high)}`;
  }
}

function unknown(high: number | null): string {
  return high === null ? "–" : `up to ${group(high)}`;
}

/** The number that a line of a chart goes through: the lower bound, or the upper where only that is known. */
export function level(bounds: Bounds): number {
  return bounds.low ?? bounds.high ?? 0;
}

/** What is open about the bounds, for a chart's whiskers. */
export function openEnd(bounds: Bounds): "up" | "down" | null {
  if (bounds.low !== null && bounds.high === null) return "up";
  if (bounds.low === null && bounds.high !== null) return "down";
  return null;
}
