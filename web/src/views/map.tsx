/** Incidents on a map. What draws it is loaded only here. */
import { useEffect, useRef, useState } from "preact/hooks";
import { api } from "../data/api";
import { useResource } from "../data/resource";
import type { IncidentItem, IncidentPage } from "../data/types";
import { IncidentCard } from "../parts/card";
import { Heading, Problem } from "../parts/small";
import { useAddress } from "../route/router";
import { plural } from "../words/labels";
import { Facets, FILTERS } from "./facets";

type Drawn = import("./drawnmap").DrawnMap;

export function MapView() {
  const { query } = useAddress();
  const wanted = Object.fromEntries([...FILTERS, "as_of", "recorded_by"].map((name) => [name, query.get(name)]));
  const page = useResource<IncidentPage>(api("/incidents", { ...wanted, limit: "200" }));
  const items = page.value?.items ?? [];
  const placed = items.filter((item) => item.place !== null && item.place.lat !== null && item.place.lon !== null);
  const [chosen, setChosen] = useState<string[]>([]);
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | null>(null);
  const [state, setState] = useState<"loading" | "ready" | "impossible">("loading");
  useEffect(() => {
    let gone = false;
    void import("./drawnmap").then(({ draw }) => {
      if (gone || box.current === null) return;
      drawn.current = draw(box.current, setChosen, () => setState("impossible"));
      setState((now) => (now === "loading" ? "ready" : now));
    });
    return () => {
      gone = true;
      drawn.current?.remove();
    };
  }, []);
  useEffect(() => {
    if (state === "ready" && page.value !== null) drawn.current?.show(placed);
  }, [state, page.value]);
  const shown = chosen.flatMap((id) => placed.filter((item) => item.id === id));
  return (
    <div class="columns map-columns">
      <div class="reading">
        <Heading title="Map">Map</Heading>
        <p class="listline" role="status">
          {plural(placed.length, "incident")} on the map
          {items.length > placed.length && `, ${items.length - placed.length} without a place that can be drawn`}
        </p>
        {state === "impossible" && <p class="nothing">This browser cannot draw the map. The list beside it has the same incidents.</p>}
        {page.error !== null && <Problem error={page.error} />}
        <div class="map" ref={box} role="region" aria-label="Map of incidents" />
      </div>
      <aside class="context" aria-label="Incidents on the map">
        <Listed items={shown.length > 0 ? shown : placed} all={shown.length === 0} clear={() => setChosen([])} />
        <Facets facets={page.value?.facets ?? {}} />
      </aside>
    </div>
  );
}

function Listed({ items, all, clear }: { items: IncidentItem[]; all: boolean; clear: () => void }) {
  return (
    <section>
      <h2>{all ? "All on the map" : `At this place: ${items.length}`}</h2>
      {!all && (
        <button type="button" class="quiet" onClick={clear}>
          Show all
        </button>
      )}
      <ol class="cards small" data-list>
        {items.map((item) => (
          <li key={item.id}>
            <IncidentCard item={item} />
          </li>
        ))}
      </ol>
    </section>
  );
}
