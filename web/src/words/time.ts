/** Times are shown in UTC everywhere, so that two colleagues read the same page. */
import type { Days } from "../data/types";

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

const DAY_MS = 86_400_000;

/** "7 May 2031, 07:15 UTC" */
export function moment(time: string | number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : `${DAY.format(date)}, ${CLOCK.format(date)} UTC`;
}

/** "7 May 2031, 07:15": where the page already says that times are UTC. */
export function shortMoment(time: string | number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : `${SHORT_DAY.format(date)}, ${CLOCK.format(date)}`;
}

export function clock(time: string | number): string {
  return CLOCK.format(new Date(time));
}

/** "7 May 2031" of a day or a time. */
export function day(time: string | number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : DAY.format(date);
}

/** A range of days, as short as it can be said. */
export function days(range: Days | null): string | null {
  if (range === null || (range.start === null && range.end === null)) return null;
  const { start, end } = range;
  if (start === null) return `by ${day(end ?? "")}`;
  if (end === null) return `from ${day(start)}`;
  if (start === end) return day(start);
  if (start.endsWith("-01") && isMonth(start, end)) return MONTH.format(new Date(start));
  return `${day(start)} to ${day(end)}`;
}

function isMonth(start: string, end: string): boolean {
  const next = new Date(Date.parse(end) + DAY_MS);
  return start.slice(0, 7) === end.slice(0, 7) && next.getUTCDate() === 1;
}

/** "3 hours", "12 days": how long a warning came before. */
export function duration(hours: number): string {
  const whole = Math.abs(hours);
  if (whole < 1) return `${Math.round(whole * 60)} min`;
  if (whole < 48) return `${Math.round(whole)} hours`;
  return `${Math.round(whole / 24)} days`;
}

/** A time as the address carries it: RFC 3339 in UTC without fractions. */
export function stamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}
