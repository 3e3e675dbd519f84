/** What the server sends: the record's objects with the contract's names, and the lists around them. */

export type IncidentType =
  | "bombing"
  | "suicide_bombing"
  | "armed_assault"
  | "assassination"
  | "vehicle_ramming"
  | "stabbing"
  | "hostage_taking"
  | "kidnapping"
  | "hijacking"
  | "arson"
  | "missile_or_air_strike"
  | "sabotage"
  | "chemical_attack"
  | "cyber_attack"
  | "unknown";

export type Stage = "accomplished" | "attempted" | "foiled" | "threatened";
export type Status = "confirmed" | "claimed" | "accused" | "contested" | "refuted";
export type Stance = "claims" | "accuses" | "suspects" | "denies" | "refutes" | "confirms" | "retracts";
export type Qualifier = "exact" | "at_least" | "more_than" | "up_to" | "about" | "range";
export type Measure = "killed" | "injured" | "missing" | "detained";
export type Outcome = "carried_out" | "foiled" | "lapsed" | "hoax" | "open";
export type Role = "reader" | "editor" | "admin";

export const MEASURES: readonly Measure[] = ["killed", "injured", "missing", "detained"];

export interface Bounds {
  low: number | null;
  high: number | null;
  qualifier: Qualifier;
}

export interface Days {
  start: string | null;
  end: string | null;
}

export interface Place {
  name: string;
  country: string | null;
  admin1?: string | null;
  lat: number | null;
  lon: number | null;
  precision?: string;
}

export interface Actor {
  name: string;
  aliases?: string[];
  /** Null or absent for whom no page exists. */
  key?: string | null;
}

export interface ReportRow {
  id: string;
  url: string | null;
  source: string | null;
  title?: string | null;
  published: string;
  origin: string;
}

export interface CountPoint extends Bounds {
  published: string;
  report: string;
  source: string | null;
  quote: string | null;
  fact?: string | null;
}

export interface Count extends Bounds {
  /** The report whose count is in force; null where a person set it. */
  report: string | null;
  decision?: string | null;
  series: CountPoint[];
}

export interface Act {
  speaker: Actor | null;
  stance: Stance;
  report: string;
  source?: string | null;
  published: string;
  quote: string | null;
  fact?: string | null;
}

export interface AttributionSummary {
  actor: Actor;
  status: Status | null;
}

export interface Attribution extends AttributionSummary {
  /** The decision that set the status; absent where the acts come to it. */
  decision?: string | null;
  acts: Act[];
}

export interface Warning {
  id: string;
  issuer: Actor | null;
  about: string | null;
  place: Place | null;
  issued_on: string | null;
  outcome: Outcome;
  outcome_reason?: string | null;
  because?: string | null;
  lead_time_hours?: number | null;
  incident: string | null;
  reports: ReportRow[];
  quote: string | null;
  fact?: string | null;
}

export interface Threat {
  id: string;
  speaker: Actor | null;
  target: string | null;
  outcome: Outcome;
  outcome_reason?: string | null;
  lead_time_hours?: number | null;
  incident: string | null;
  reports: ReportRow[];
  quote: string | null;
  fact?: string | null;
}

export interface Decision {
  id: string;
  kind: "accept" | "reject" | "override" | "merge" | "split" | "rate" | "note";
  author: string;
  recorded: string;
  reason: string | null;
  summary?: string | null;
  /** The fact that it is about, and what that says. */
  fact?: string | null;
  about?: string | null;
  /** The field that it sets. */
  field?: string | null;
  undone?: { author: string; recorded: string } | null;
}

export interface LinkReason {
  part: string;
  finding: string;
  weight: number;
}

export interface Link {
  report: string;
  score: number;
  reasons: LinkReason[];
}

interface IncidentHead {
  id: string;
  title: string | null;
  type: IncidentType;
  stage: Stage;
  date: Days | null;
  place: Place | null;
  origins: number;
  outlets: number;
}

export interface IncidentItem extends IncidentHead {
  decided: boolean;
  killed: Bounds | null;
  injured: Bounds | null;
  missing: Bounds | null;
  detained: Bounds | null;
  attributions: AttributionSummary[];
  reports: number;
  first_published: string;
  last_published: string;
  changed: { published: string; report: string; source?: string | null; what: string } | null;
  warnings: number;
}

export interface Incident extends IncidentHead {
  former_ids: string[];
  targets: string[];
  weapons: string[];
  reports: ReportRow[];
  killed: Count | null;
  injured: Count | null;
  missing: Count | null;
  detained: Count | null;
  attributions: Attribution[];
  warnings: string[];
  warnings_detail: Warning[];
  threats: Threat[];
  links: Link[];
  decisions: Decision[];
  evidence: string[];
}

export interface Change {
  kind: "added" | "changed" | "removed";
  subject: "incident" | "warning" | "threat";
  id: string;
  title: string | null;
  field: string | null;
  actor?: string | null;
  before: string | null;
  after: string | null;
  report: string | null;
  source: string | null;
  published: string | null;
}

export interface ChangesOfReport {
  published: string;
  report: string;
  source: string | null;
  changes: Change[];
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
}

export type FacetName = "country" | "type" | "actor" | "status" | "stage" | "source";

export interface Page<Item> {
  items: Item[];
  next: string | null;
  as_of: string;
  recorded_by: string;
}

export interface IncidentPage extends Page<IncidentItem> {
  facets: Partial<Record<FacetName, FacetValue[]>>;
  total: number;
}

export interface ServerStatus {
  version: string;
  reader: string;
  store: {
    reports: number;
    incidents: number;
    recorded_last: string | null;
    first_published: string | null;
    last_published: string | null;
  };
  role: Role | null;
  loopback: boolean;
}

export interface Timeline {
  buckets: { start: string; end: string; reports: number }[];
  first: string | null;
  last: string | null;
}

export interface ReportItem {
  id: string;
  url: string | null;
  source: string | null;
  title: string | null;
  published: string;
  recorded?: string;
  origin?: string;
  incidents?: string[];
}

export type MarkKind = "incident" | "attribution" | "count" | "warning" | "threat" | "statement";

/** A fact's words; offsets count code points of the text, or of the title where `field` says so. */
export interface Mark {
  start: number;
  end: number;
  field?: "text" | "title" | null;
  kind: MarkKind;
  fact: string | null;
  incident: string | null;
  label: string;
}

export interface Report extends ReportItem {
  recorded: string;
  language: string | null;
  /** Null where the reader may not have the full text. */
  text: string | null;
  masked: { start: number; end: number; reason: string }[];
  marks: Mark[];
  versions: { id: string; published: string }[];
  origin_group: ReportItem[];
}

export interface ActorItem {
  key: string;
  name: string;
  kind: string;
  country: string | null;
  claims: number;
  accused_of: number;
  denials: number;
  incidents: number;
}

export interface Said {
  incident: string;
  incident_title?: string | null;
  stance: Stance;
  actor: Actor | null;
  speaker?: Actor | null;
  published: string;
  quote: string | null;
  report: string;
  source?: string | null;
  fact?: string | null;
}

export interface ActorDetail {
  key: string;
  name: string;
  aliases: string[];
  kind: string;
  country: string | null;
  said: Said[];
  said_of: Said[];
  revised: { revised: number; of: number } | null;
  warnings: Warning[];
  threats: Threat[];
}

export interface Rating {
  reliability: string;
  credibility: number;
}

export interface Source {
  name: string;
  rating: Rating | null;
  reports: number;
  origins: number;
  corrections: number;
  incidents?: { id: string; title: string }[];
}

export interface SearchResult {
  incidents: IncidentItem[];
  reports: (ReportItem & { snippet: { text: string; marks: [number, number][] } | null })[];
}

export interface IngestResult {
  new: number;
  known: number;
  rejected: { input: string; place: string; reason: string }[];
  reports: { id: string; title: string | null; incidents: { id: string; title: string }[] }[];
}

export interface SavedSearch {
  id: string;
  name: string;
  query: string;
}
