/** Every view and its address, in one list. */
import type { ComponentType } from "preact";
import { match } from "../route/router";
import { Actor, Actors } from "../views/actors";
import { Add } from "../views/add";
import { Changes } from "../views/changes";
import { Compare } from "../views/compare";
import { Incident } from "../views/incident";
import { Incidents } from "../views/incidents";
import { MapView } from "../views/map";
import { Threats, Warnings } from "../views/notices";
import { Report } from "../views/report";
import { Search } from "../views/search";
import { Source, Sources } from "../views/sources";
import { Missing } from "./missing";

const VIEWS: readonly [string, ComponentType<{ id: string }>][] = [
  ["/", Incidents],
  ["/map", MapView],
  ["/incidents/:id", Incident],
  ["/reports/:id", Report],
  ["/reports/:id/compare", Compare],
  ["/warnings", Warnings],
  ["/threats", Threats],
  ["/actors", Actors],
  ["/actors/:id", Actor],
  ["/sources", Sources],
  ["/sources/:id", Source],
  ["/changes", Changes],
  ["/search", Search],
  ["/add", Add],
];

/** The view of a path. Another id is another view, so that nothing of the one before stays. */
export function View({ path }: { path: string }) {
  for (const [pattern, Component] of VIEWS) {
    const found = match(pattern, path);
    if (found !== null) return <Component key={path} id={found["id"] ?? ""} />;
  }
  return <Missing />;
}
