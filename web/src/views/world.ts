/** The countries of Natural Earth under the incidents. */
import { Marker, type Map as LibreMap } from "maplibre-gl";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import countriesUrl from "world-atlas/countries-50m.json?url";

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

export const SEA = { light: "#e9ecee", dark: "#14171a" };
export const LAND = { light: "#fbfaf8", dark: "#23282d" };
export const BORDER = { light: "#c4c6c8", dark: "#3d444b" };

/** Adds land, borders and names to a map that has only the sea. */
export async function addWorld(map: LibreMap, look: "light" | "dark"): Promise<void> {
  const world = (await (await fetch(countriesUrl)).json()) as World;
  const countries = feature(world, world.objects.countries);
  for (const { geometry } of countries.features) unfold(geometry);
  map.addSource("land", { type: "geojson", data: countries });
  const borders = mesh(world, world.objects.countries, (one, other) => one !== other);
  borders.coordinates = borders.coordinates.map(unfoldLine);
  map.addSource("borders", { type: "geojson", data: borders });
  map.addLayer({ id: "land", type: "fill", source: "land", paint: { "fill-color": LAND[look] } });
  map.addLayer({ id: "borders", type: "line", source: "borders", paint: { "line-color": BORDER[look], "line-width": 0.8 } });
  nameCountries(map, countries);
}

/** A name takes about so many degrees of longitude a letter at zoom 0; a country narrower than its name has none. */
const DEGREES_A_LETTER = 5.6;

/** Names as HTML, shown from the zoom at which they fit: a map's own lettering would need a glyph server. */
function nameCountries(map: LibreMap, countries: GeoJSON.FeatureCollection<GeoJSON.Geometry, { name: string }>): void {
  const names = countries.features.flatMap(({ geometry, properties }) => {
    const box = largestPart(geometry);
    if (box === null) return [];
    const element = document.createElement("span");
    element.className = "country-name";
    element.ariaHidden = "true";
    element.textContent = properties.name;
    const zoom = Math.log2((properties.name.length * DEGREES_A_LETTER) / box.width);
    return [{ zoom, element, marker: new Marker({ element }).setLngLat(box.middle) }];
  });
  const shown = new Set<Marker>();
  const update = () => {
    for (const { zoom, marker } of names) {
      const fits = map.getZoom() >= zoom && map.getBounds().contains(marker.getLngLat());
      if (fits && !shown.has(marker)) shown.add(marker.addTo(map));
      else if (!fits && shown.delete(marker)) marker.remove();
    }
  };
  map.on("moveend", update);
  update();
}

/** The middle and the width in degrees of a country's largest part. */
function largestPart(geometry: GeoJSON.Geometry): { middle: [number, number]; width: number } | null {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
  let largest: { middle: [number, number]; width: number; size: number } | null = null;
  for (const [ring] of polygons) {
    if (ring === undefined) continue;
    const lons = ring.map(([lon]) => lon ?? 0);
    const lats = ring.map(([, lat]) => lat ?? 0);
    const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
    const size = (east - west) * (north - south);
    if (largest === null || size > largest.size) largest = { middle: [(west + east) / 2, (south + north) / 2], width: east - west, size };
  }
  return largest;
}

/** Countries across the 180th meridian are cut in this data for a globe; on a plane their outlines must go on beyond it. */
function unfold(geometry: GeoJSON.Geometry): void {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
  for (const rings of polygons) for (const [at, ring] of rings.entries()) rings[at] = closed(unfoldLine(ring));
}

/** A line without jumps from one edge of the world to the other. */
function unfoldLine(line: GeoJSON.Position[]): GeoJSON.Position[] {
  let turns = 0;
  return line.map(([lon = 0, lat = 0], at) => {
    const before = line[at - 1]?.[0];
    if (before !== undefined && Math.abs(lon - before) > 180) turns += lon < before ? 360 : -360;
    return [lon + turns, lat];
  });
}

/** An outline that went around a pole ends a turn away from its start, and is closed along the pole. */
function closed(ring: GeoJSON.Position[]): GeoJSON.Position[] {
  const [first, last] = [ring[0], ring[ring.length - 1]];
  if (first === undefined || last === undefined || Math.abs((first[0] ?? 0) - (last[0] ?? 0)) < 180) return ring;
  const pole = (first[1] ?? 0) < 0 ? -90 : 90;
  return [...ring, [last[0] ?? 0, pole], [first[0] ?? 0, pole], first];
}
