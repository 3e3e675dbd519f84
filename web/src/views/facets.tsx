/** Filters of a list of incidents, with how many each would leave. */
import type { ComponentChildren } from "preact";
import type { FacetName, FacetValue } from "../data/types";
import { go, hereWith, useAddress } from "../route/router";
import { STATUSES, capital, countryName, spaced, typeLabel, group } from "../words/labels";
import { StatusShape } from "../parts/status";
import type { IncidentType, Status } from "../data/types";
import { useWide } from "../parts/wide";

const FACETS: readonly FacetName[] = ["status", "country", "type", "actor", "stage", "source"];
export const FILTERS = ["country", "type", "actor", "status", "stage", "source", "from", "to", "q", "near"] as const;

const SHOWN = 8;

function label(facet: FacetName, value: string, given: string | null): string {
  switch (facet) {
    case "country":
      return countryName(value);
    case "type":
      return typeLabel(value as IncidentType);
    case "stage":
    case "status":
      return spaced(value);
    case "actor":
    case "source":
      return given ?? value;
  }
}

function isStatus(value: string): value is Status {
  return (STATUSES as readonly string[]).includes(value);
}

export function Facets({ facets, children }: { facets: Partial<Record<FacetName, FacetValue[]>>; children?: ComponentChildren }) {
  const { query } = useAddress();
  const wide = useWide();
  const set = FILTERS.filter((name) => query.has(name));
  const cleared = hereWith(Object.fromEntries(FILTERS.map((name) => [name, null])));
  return (
    <details class="facets" open={wide || set.length > 0}>
      <summary>
        <h2>Filters</h2>
      </summary>
      {set.length > 0 && (
        <p>
          <a class="button" href={cleared}>
            Clear {set.length === 1 ? "the filter" : `${set.length} filters`}
          </a>
        </p>
      )}
      {FACETS.map((facet) => (
        <Facet key={facet} facet={facet} values={facets[facet] ?? []} chosen={query.get(facet)} />
      ))}
      <Dates />
      {children}
    </details>
  );
}

function Facet({ facet, values, chosen }: { facet: FacetName; values: FacetValue[]; chosen: string | null }) {
  const known = chosen === null || values.some((one) => one.value === chosen);
  const all = known ? values : [{ value: chosen, label: chosen, count: 0 }, ...values];
  if (all.length === 0) return null;
  const first = all.filter((one, at) => at < SHOWN || one.value === chosen);
  const rest = all.filter((one) => !first.includes(one));
  const row = (one: FacetValue) => (
    <li key={one.value}>
      <a
        class={one.value === chosen ? "facet chosen" : "facet"}
        aria-current={one.value === chosen ? "true" : undefined}
        href={hereWith({ [facet]: one.value === chosen ? null : one.value })}
      >
        <span class="facet-name">
          {facet === "status" && isStatus(one.value) && (
            <span class={`status ${one.value}`}>
              <StatusShape status={one.value} />
            </span>
          )}
          {label(facet, one.value, one.label)}
        </span>
        <span class="facet-count">
          {group(one.count)}
          <span class="unseen"> incidents{one.value === chosen ? ", chosen; take the filter away" : ""}</span>
        </span>
      </a>
    </li>
  );
  return (
    <section class="facet-group" data-facet={facet}>
      <h3>{capital(facet)}</h3>
      <ul>{first.map(row)}</ul>
      {rest.length > 0 && (
        <details>
          <summary>{rest.length} more</summary>
          <ul>{rest.map(row)}</ul>
        </details>
      )}
    </section>
  );
}

function Dates() {
  const { query } = useAddress();
  return (
    <form
      class="facet-group dates"
      onSubmit={(event) => event.preventDefault()}
      onChange={(event) => {
        const input = event.target as HTMLInputElement;
        go(hereWith({ [input.name]: input.value === "" ? null : input.value }));
      }}
    >
      <h3>Date of the incident</h3>
      <label>
        from <input type="date" name="from" value={query.get("from") ?? ""} />
      </label>
      <label>
        to <input type="date" name="to" value={query.get("to") ?? ""} />
      </label>
    </form>
  );
}
