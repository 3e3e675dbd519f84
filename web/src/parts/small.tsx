/** Small pieces that every view uses. */
import type { ComponentChildren } from "preact";
import type { ApiError } from "../data/api";
import { part } from "../data/api";
import type { Resource } from "../data/resource";
import type { Actor, Bounds, Decision, Place, Rating } from "../data/types";
import { href } from "../route/router";
import { boundsText } from "../words/count";
import { countryName, plural } from "../words/labels";
import { moment, shortMoment } from "../words/time";

/** What is not established. */
export function Dash() {
  return (
    <span class="dash">
      <span aria-hidden="true">–</span>
      <span class="unseen">not established</span>
    </span>
  );
}

/** Asks for the next page of a list, where there is one. */
export function More({ next, more }: { next: string | null; more: () => void }) {
  if (next === null) return null;
  return (
    <button type="button" class="more" onClick={more}>
      Show more
    </button>
  );
}

export function Time({ at, short = false }: { at: string | null; short?: boolean }) {
  if (at === null) return <Dash />;
  return (
    <time dateTime={at} title={moment(at)}>
      {short ? shortMoment(at) : moment(at)}
    </time>
  );
}

/** An actor's name, as a link where the actor has a page. */
export function ActorName({ actor }: { actor: Actor }) {
  const others = actor.aliases?.filter((alias) => alias !== actor.name).join(", ");
  const title = others ? `also: ${others}` : undefined;
  return actor.key ? (
    <a href={href(`/actors/${part(actor.key)}`)} title={title}>
      {actor.name}
    </a>
  ) : (
    <span title={title}>{actor.name}</span>
  );
}

export function SourceName({ name }: { name: string | null | undefined }) {
  return name ? <a href={href(`/sources/${part(name)}`)}>{name}</a> : <span>unnamed source</span>;
}

export function placeText(place: Place | null): string | null {
  if (place === null) return null;
  const country = place.country === null ? null : countryName(place.country);
  return country === null || country === place.name ? place.name : `${place.name}, ${country}`;
}

/** A count and what it counts: "at least 40 killed". */
export function CountText({ bounds, of }: { bounds: Bounds; of: string }) {
  return (
    <span class="count">
      <b>{boundsText(bounds)}</b> {of}
    </span>
  );
}

/** Outlets never stand without the origins behind them. */
export function Corroboration({ outlets, origins }: { outlets: number; origins: number }) {
  const copied = origins < outlets;
  return (
    <span class="corroboration" title={copied ? "Some of these outlets repeat one another." : undefined}>
      {plural(outlets, "outlet")}, <b>{plural(origins, "origin")}</b>
    </span>
  );
}

/** Marks what a person decided; what a machine read has no mark. */
export function DecidedMark({ what = "decided by a person", by }: { what?: string; by?: Decision }) {
  const words = by === undefined ? what : `decided by ${by.author}`;
  return (
    <span class="decided" title={by?.reason ?? words}>
      <svg class="shape" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2 14l1-4 8-8 3 3-8 8z" class="line" />
      </svg>
      <span>{words}</span>
    </span>
  );
}

/** The mark of a field or fact on which a person decided. */
export function Decided({ decisions, on }: { decisions: Decision[]; on: string | null | undefined }) {
  const by = decisions.findLast((one) => !one.undone && on && (one.field === on || one.fact === on));
  return by === undefined ? null : <DecidedMark by={by} />;
}

export function ratingText(rating: Rating | null): string | null {
  return rating === null ? null : `${rating.reliability}${rating.credibility}`;
}

/** A report's words. */
export function Quote({ text, to }: { text: string | null; to: string | null }) {
  if (text === null) return null;
  const words = /[“”"]/.test(text) ? `‘${text}’` : `“${text}”`;
  return <q class="quote">{to === null ? words : <a href={to}>{words}</a>}</q>;
}

/** The place in a report where a fact's words stand. */
export function wordsHref(report: string, fact: string | null | undefined, quote: string | null | undefined): string {
  return href(`/reports/${part(report)}`, fact ? { fact } : { quote: quote ?? null });
}

export function Problem({ error }: { error: ApiError }) {
  return (
    <p class="problem" role="alert">
      {error.message}
    </p>
  );
}

/** A resource's states around what shows its value. */
export function Loaded<Value>({
  of,
  children,
}: {
  of: Resource<Value>;
  children: (value: Value) => ComponentChildren;
}) {
  if (of.value === null) return of.error === null ? <p class="waiting">Reading the record …</p> : <Problem error={of.error} />;
  return (
    <div class="loaded" aria-busy={of.loading}>
      {of.error !== null && <Problem error={of.error} />}
      {children(of.value)}
    </div>
  );
}

export function Heading({ children, title }: { children: ComponentChildren; title: string }) {
  return (
    <h1 tabIndex={-1} data-title={title}>
      {children}
    </h1>
  );
}
