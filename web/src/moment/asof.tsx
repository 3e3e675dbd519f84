/** The as-of control: the page's spine. Dragging it back shows the whole page as it was known then. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useResource } from "../data/resource";
import { api } from "../data/api";
import type { Timeline } from "../data/types";
import { go, href, hereWith, match, useAddress } from "../route/router";
import { plural } from "../words/labels";
import { moment, shortMoment, stamp } from "../words/time";
import { Histogram } from "./histogram";
import { neighbour, scaleOf, STEPS, toStep, toTime, type Scale } from "./scale";

const FILTERS = ["country", "type", "actor", "status", "stage", "source", "from", "to", "q"] as const;

function timelinePath(path: string, query: URLSearchParams): string {
  const incident = match("/incidents/:id", path)?.["id"];
  if (incident !== undefined) return api("/timeline", { incident });
  if (path !== "/" && path !== "/map") return api("/timeline");
  return api("/timeline", Object.fromEntries(FILTERS.map((name) => [name, query.get(name)])));
}

export function AsOf() {
  const { path, query } = useAddress();
  const timeline = useResource<Timeline>(timelinePath(path, query)).value;
  const scale = useMemo(() => (timeline === null ? null : scaleOf(timeline)), [timeline]);
  const asOf = query.get("as_of");
  const recordedBy = query.get("recorded_by");
  const comparing = path === "/changes";
  const past = asOf !== null;
  useEffect(() => {
    document.documentElement.toggleAttribute("data-past", past || recordedBy !== null);
  }, [past, recordedBy]);
  return (
    <section class="asof" aria-label="As of">
      <div class="asof-words" role="status">
        {past ? (
          <span>
            <b>As of {moment(asOf)}.</b> <span class="asof-note">Later reports are hidden.</span>
          </span>
        ) : (
          <span>
            <b>As of now.</b>
          </span>
        )}
        {recordedBy !== null && (
          <span>
            {" "}
            <b>As recorded by {moment(recordedBy)}.</b>
          </span>
        )}
      </div>
      <div class="asof-line">
        {timeline !== null && scale !== null && (
          <Line timeline={timeline} scale={scale} asOf={asOf} from={comparing ? query.get("from") : null} comparing={comparing} />
        )}
      </div>
      <div class="asof-buttons">
        {(past || recordedBy !== null) && (
          <a class="button strong" href={hereWith({ as_of: null, recorded_by: null })}>
            Back to now
          </a>
        )}
        <ExactTimes asOf={asOf} recordedBy={recordedBy} />
        {comparing ? (
          <a class="button" href={href("/")}>
            Stop comparing
          </a>
        ) : (
          <a class="button" href={href("/changes", { from: comparedFrom(timeline, scale, asOf) })}>
            Compare
          </a>
        )}
      </div>
    </section>
  );
}

/** The moment that a comparison starts from: a little before the one shown. */
function comparedFrom(timeline: Timeline | null, scale: Scale | null, asOf: string | null): string | null {
  if (timeline === null || scale === null) return null;
  const shown = asOf === null ? scale.end : Date.parse(asOf);
  return stamp(toTime(scale, toStep(scale, shown) / 2));
}

function Line(properties: { timeline: Timeline; scale: Scale; asOf: string | null; from: string | null; comparing: boolean }) {
  const { timeline, scale, asOf, from, comparing } = properties;
  const until = asOf === null ? scale.end : Date.parse(asOf);
  const since = from === null ? scale.start : Date.parse(from);
  const total = timeline.buckets.reduce((sum, bucket) => sum + bucket.reports, 0);
  return (
    <>
      <div class="asof-track">
        <Histogram timeline={timeline} scale={scale} since={comparing ? since : null} until={until} />
        {comparing && (
          <Slider name="Compare from" timeline={timeline} scale={scale} at={since} last="start"
            set={(time) => go(hereWith({ from: stamp(time ?? scale.start) }), "replace")} />
        )}
        <Slider name="As of" timeline={timeline} scale={scale} at={until} last="now"
          set={(time) => go(hereWith({ as_of: time === null ? null : stamp(time) }), asOf === null ? "push" : "replace")} />
      </div>
      <div class="asof-ends" aria-hidden="true">
        <span>{shortMoment(timeline.first ?? scale.start)}</span>
        <span>{plural(total, "report")}</span>
        <span>{shortMoment(timeline.last ?? scale.end)}</span>
      </div>
    </>
  );
}

interface SliderProperties {
  name: string;
  timeline: Timeline;
  scale: Scale;
  at: number;
  /** What the far end means: the present, or no more than the last step. */
  last: "now" | "start";
  set: (time: number | null) => void;
}

function Slider({ name, timeline, scale, at, last, set }: SliderProperties) {
  const [held, setHeld] = useState<number | null>(null);
  const timer = useRef(0);
  const step = held ?? toStep(scale, at);
  const isNow = last === "now" && step >= STEPS;
  const settle = (next: number) => {
    setHeld(null);
    set(last === "now" && next >= STEPS ? null : toTime(scale, next));
  };
  const key = (event: KeyboardEvent) => {
    const towards = { ArrowLeft: "earlier", ArrowDown: "earlier", ArrowRight: "later", ArrowUp: "later" }[event.key];
    if (towards === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = neighbour(timeline, at, towards as "earlier" | "later");
    const end = last === "now" ? null : scale.end;
    const isLast = next !== null && next >= Date.parse(timeline.last ?? "");
    if (next !== null && !(towards === "later" && isLast)) set(next);
    else set(towards === "later" ? end : scale.start);
  };
  return (
    <input
      type="range"
      class={last === "now" ? "until" : "since"}
      min={0}
      max={STEPS}
      value={step}
      aria-label={name}
      aria-valuetext={isNow ? "now" : moment(held === null ? at : toTime(scale, held))}
      onKeyDown={key}
      onInput={(event) => {
        const next = event.currentTarget.valueAsNumber;
        setHeld(next);
        clearTimeout(timer.current);
        timer.current = window.setTimeout(() => settle(next), 90);
      }}
      onChange={(event) => {
        clearTimeout(timer.current);
        settle(event.currentTarget.valueAsNumber);
      }}
    />
  );
}

function ExactTimes({ asOf, recordedBy }: { asOf: string | null; recordedBy: string | null }) {
  const field = (time: string | null) => (time === null ? "" : new Date(time).toISOString().slice(0, 16));
  const set = (name: string) => (event: Event) => {
    const value = (event.currentTarget as HTMLInputElement).value;
    go(hereWith({ [name]: value === "" ? null : `${value}:00Z` }));
  };
  return (
    <details class="exact">
      <summary class="button">Exact time</summary>
      <div class="panel">
        <label>
          Published by (UTC)
          <input type="datetime-local" value={field(asOf)} onChange={set("as_of")} />
        </label>
        <label>
          Recorded by (UTC)
          <input type="datetime-local" value={field(recordedBy)} onChange={set("recorded_by")} />
        </label>
        <p class="hint">The first hides what was published later, the second what this store learned later.</p>
      </div>
    </details>
  );
}
