/** The words for the closed lists of the record. */
import type { IncidentType, MarkKind, Measure, Outcome, Stance, Status } from "../data/types";

export const STATUSES: readonly Status[] = ["confirmed", "claimed", "accused", "contested", "refuted"];

/** What each status means, as the rule that decides it. */
export const STATUS_RULE: Record<Status, string> = {
  confirmed: "Somebody calls it an established finding, and nobody has shown that wrong since.",
  claimed: "The actor says so itself; nobody denies it.",
  accused: "Others say or suspect it; nobody denies it.",
  contested: "Somebody asserts it and somebody denies it.",
  refuted: "It has been shown to be wrong, or all who said it have taken it back.",
};

/** A stance as a verb, for "the ministry accuses". */
export const STANCE_VERB: Record<Stance, string> = {
  claims: "claims it",
  accuses: "accuses",
  suspects: "suspects",
  denies: "denies it",
  refutes: "refutes it",
  confirms: "confirms it",
  retracts: "takes it back",
};

/** Whether a stance speaks for or against the actor's responsibility. */
export const STANCE_SIDE: Record<Stance, "for" | "against"> = {
  claims: "for",
  accuses: "for",
  suspects: "for",
  confirms: "for",
  denies: "against",
  refutes: "against",
  retracts: "against",
};

export const OUTCOME: Record<Outcome, string> = {
  carried_out: "carried out",
  foiled: "foiled",
  lapsed: "lapsed",
  hoax: "hoax",
  open: "open",
};

export const MEASURE: Record<Measure, string> = {
  killed: "killed",
  injured: "injured",
  missing: "missing",
  detained: "detained",
};

export const MARK: Record<MarkKind, string> = {
  incident: "Incident",
  attribution: "Claim",
  count: "Count",
  warning: "Warning",
  threat: "Threat",
  statement: "Statement",
};

const TYPE_EXCEPTIONS: Partial<Record<IncidentType, string>> = {
  missile_or_air_strike: "missile or air strike",
  unknown: "type not known",
};

export function typeLabel(type: IncidentType): string {
  return TYPE_EXCEPTIONS[type] ?? spaced(type);
}

/** `armed_assault` as words. */
export function spaced(name: string): string {
  return name.replaceAll("_", " ");
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase("en") + text.slice(1);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${group(count)} ${count === 1 ? one : many}`;
}

/** 12,345 */
export function group(count: number): string {
  return count.toLocaleString("en-GB");
}

const REGIONS = new Intl.DisplayNames(["en"], { type: "region" });

/** The name of an ISO 3166-1 alpha-2 country, or the code where it has none. */
export function countryName(code: string): string {
  try {
    return REGIONS.of(code) ?? code;
  } catch {
    return code;
  }
}
