/** The map itself, and incidents on it as buttons. No tiles, no glyphs, no other host. */
import { Map as LibreMap, Marker, NavigationControl, AttributionControl, setWorkerUrl, type GeoJSONSource, type StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";
import { isDark, watchDark } from "../shell/theme";
import type { IncidentItem } from "../data/types";
import { incidentTitle } from "../parts/card";
import { plural } from "../words/labels";
import { addWorld, BORDER, LAND, SEA } from "./world";

setWorkerUrl(workerUrl);

export interface DrawnMap {
  show: (items: IncidentItem[]) => void;
  remove: () => void;
}

function style(look: "light" | "dark"): StyleSpecification {
  return {
    version: 8,
    sources: {},
    layers: [{ id: "sea", type: "background", paint: { "background-color": SEA[look] } }],
  };
}

const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

export function draw(box: HTMLElement, choose: (ids: string[]) => void, impossible: () => void): DrawnMap {
  const look = () => (isDark() ? "dark" : "light");
  let map: LibreMap;
  try {
    map = new LibreMap({ container: box, style: style(look()), center: [20, 25], zoom: 1, maxZoom: 9, attributionControl: false, dragRotate: false, pitchWithRotate: false });
  } catch {
    impossible();
    return { show: () => undefined, remove: () => undefined };
  }
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new AttributionControl({ compact: false, customAttribution: "Natural Earth" }));
  let waiting: IncidentItem[] | null = null;
  let ready = false;
  const pins = new Pins(map, choose);
  map.on("load", () => {
    void addWorld(map, look()).then(() => {
      pins.prepare();
      ready = true;
      if (waiting !== null) pins.show(waiting);
    });
  });
  const stop = watchDark(() => {
    if (!ready) return;
    map.setPaintProperty("sea", "background-color", SEA[look()]);
    map.setPaintProperty("land", "fill-color", LAND[look()]);
    map.setPaintProperty("borders", "line-color", BORDER[look()]);
  });
  return {
    show(items) {
      waiting = items;
      if (ready) pins.show(items);
    },
    remove() {
      stop();
      map.remove();
    },
  };
}

/** What the map library hands back of an incident, or of a cluster of them. */
interface Pinned {
  cluster_id?: number;
  point_count?: number;
  id?: string;
  title?: string;
  place?: string;
}

/** Incidents and clusters as HTML buttons, so that keyboard and screen reader reach them. */
class Pins {
  private markers = new Map<string, Marker>();
  private items: IncidentItem[] = [];

  constructor(
    private readonly map: LibreMap,
    private readonly choose: (ids: string[]) => void,
  ) {
    map.on("moveend", () => this.place());
    map.on("sourcedata", (event) => {
      if (event.sourceId === "incidents" && event.isSourceLoaded) this.place();
    });
  }

  /** Above the world, which has to be there first. */
  prepare(): void {
    this.map.addSource("incidents", { type: "geojson", data: NOTHING, cluster: true, clusterRadius: 44, clusterMaxZoom: 8 });
    // Without a layer the source is not cut into tiles, and clusters are not found.
    this.map.addLayer({ id: "incidents", type: "circle", source: "incidents", paint: { "circle-radius": 1, "circle-opacity": 0 } });
  }

  show(items: IncidentItem[]): void {
    const first = this.items.length === 0;
    this.items = items;
    const features = items.map((item): GeoJSON.Feature => ({
      type: "Feature",
      properties: { id: item.id, title: incidentTitle(item), place: item.place?.name ?? "" },
      geometry: { type: "Point", coordinates: [item.place?.lon ?? 0, item.place?.lat ?? 0] },
    }));
    for (const marker of this.markers.values()) marker.remove();
    this.markers.clear();
    void this.source()?.setData({ type: "FeatureCollection", features });
    if (first) this.fit();
  }

  private source(): GeoJSONSource | undefined {
    return this.map.getSource<GeoJSONSource>("incidents");
  }

  private fit(): void {
    const lons = this.items.map((item) => item.place?.lon ?? 0);
    const lats = this.items.map((item) => item.place?.lat ?? 0);
    if (lons.length === 0) return;
    const bounds: [number, number, number, number] = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
    this.map.fitBounds(bounds, { padding: 80, maxZoom: 4.5, animate: false });
  }

  private place(): void {
    const kept = new Map<string, Marker>();
    for (const found of this.map.querySourceFeatures("incidents")) {
      if (found.geometry.type !== "Point") continue;
      const properties = found.properties as Pinned;
      const cluster = properties.cluster_id;
      const key = cluster === undefined ? `incident ${properties.id}` : `cluster ${cluster} ${this.map.getZoom() | 0}`;
      if (kept.has(key)) continue;
      const [lon, lat] = found.geometry.coordinates as [number, number];
      const marker = this.markers.get(key) ?? new Marker({ element: this.button(properties) }).setLngLat([lon, lat]).addTo(this.map);
      kept.set(key, marker);
    }
    for (const [key, marker] of this.markers) if (!kept.has(key)) marker.remove();
    this.markers = kept;
  }

  private button({ cluster_id, point_count, id, title, place }: Pinned): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    if (cluster_id === undefined) {
      button.className = "pin";
      button.title = title ?? "";
      button.setAttribute("aria-label", title ?? "incident");
      button.dataset["place"] = place ?? "";
      button.addEventListener("click", () => this.choose([id ?? ""]));
    } else {
      button.className = "pin cluster";
      button.textContent = String(point_count);
      button.setAttribute("aria-label", `${plural(point_count ?? 0, "incident")} close together`);
      button.addEventListener("click", () => void this.open(cluster_id));
    }
    return button;
  }

  /** Zooms into a cluster; where all of it stands at one place, lists it. */
  private async open(cluster: number): Promise<void> {
    const source = this.source();
    if (source === undefined) return;
    const leaves = await source.getClusterLeaves(cluster, 500, 0);
    this.choose(leaves.map((leaf) => String(leaf.properties?.["id"])));
    const places = new Set(leaves.map((leaf) => (leaf.geometry.type === "Point" ? leaf.geometry.coordinates.join() : "")));
    const [first] = leaves;
    if (places.size < 2 || first === undefined || first.geometry.type !== "Point") return;
    const zoom = await source.getClusterExpansionZoom(cluster);
    this.map.easeTo({ center: first.geometry.coordinates as [number, number], zoom: Math.min(zoom, 9) });
  }
}
