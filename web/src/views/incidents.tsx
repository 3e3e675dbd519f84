/** The list of incidents. */
import { useEffect } from "preact/hooks";
import { api } from "../data/api";
import { useResource } from "../data/resource";
import { markSeen, news, seen } from "../data/seen";
import { useStore } from "../data/store";
import type { IncidentPage } from "../data/types";
import { IncidentCard } from "../parts/card";
import { Heading, Loaded, More } from "../parts/small";
import { hereWith, useAddress } from "../route/router";
import { plural } from "../words/labels";
import { Facets, FILTERS } from "./facets";
import { SavedSearches } from "./searches";
import { usePages } from "../data/pages";

export function Incidents() {
  const { query } = useAddress();
  const wanted = Object.fromEntries([...FILTERS, "sort", "as_of", "recorded_by"].map((name) => [name, query.get(name)]));
  const path = api("/incidents", { ...wanted, limit: "50" });
  const page = useResource<IncidentPage>(path);
  const { items, next, more } = usePages(path, page.value);
  const marks = useStore(seen);
  const unread = items.filter((item) => news(marks, item) !== null);
  useEffect(() => {
    // Somebody who comes for the first time has nothing that is new to them.
    if (Object.keys(seen.get()).length === 0 && items.length > 0) {
      markSeen(items.map((item) => ({ id: item.id, last: item.last_published })));
    }
  }, [items]);
  return (
    <div class="columns">
      <div class="reading">
        <Heading title="Incidents">Incidents</Heading>
        <Loaded of={page}>
          {(value) => (
            <>
              <p class="listline">
                <span role="status">{plural(value.total, "incident")}</span>
                <span class="sort">
                  {query.get("sort") === "date" ? (
                    <a href={hereWith({ sort: null })}>by latest report</a>
                  ) : (
                    <a href={hereWith({ sort: "date" })}>by date of the incident</a>
                  )}
                </span>
                {unread.length > 0 && (
                  <button type="button" class="quiet" onClick={() => markSeen(unread.map((item) => ({ id: item.id, last: item.last_published })))}>
                    Mark {plural(unread.length, "change")} as seen
                  </button>
                )}
              </p>
              <ol class="cards" data-list>
                {items.map((item) => (
                  <li key={item.id}>
                    <IncidentCard item={item} news={news(marks, item)} />
                  </li>
                ))}
              </ol>
              {items.length === 0 && <p class="nothing">No incident fits. Take a filter away, or move the moment later.</p>}
              <More next={next} more={more} />
            </>
          )}
        </Loaded>
      </div>
      <aside class="context" aria-label="Filters">
        <Facets facets={page.value?.facets ?? {}}>
          <SavedSearches />
        </Facets>
      </aside>
    </div>
  );
}
