// The pure parts: words for bounds and days, texts cut at marks, the as-of scale, server-sent events.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createServer } from "vite";

let vite;
let modules;

before(async () => {
  globalThis.location ??= { pathname: "/", search: "", hash: "" };
  vite = await createServer({ root: new URL("..", import.meta.url).pathname, server: { middlewareMode: true, watch: null }, appType: "custom", logLevel: "error" });
  const load = (path) => vite.ssrLoadModule(path);
  modules = {
    count: await load("/src/words/count.ts"),
    time: await load("/src/words/time.ts"),
    segments: await load("/src/words/segments.ts"),
    difference: await load("/src/words/difference.ts"),
    scale: await load("/src/moment/scale.ts"),
    live: await load("/src/data/live.ts"),
    router: await load("/src/route/router.ts"),
    claims: await load("/src/parts/claims.tsx"),
  };
});

after(() => vite.close());

test("bounds in words", () => {
  const { boundsText } = modules.count;
  const say = (low, high, qualifier) => boundsText({ low, high, qualifier });
  assert.equal(say(145, 145, "exact"), "145");
  assert.equal(say(40, null, "at_least"), "at least 40");
  assert.equal(say(131, null, "more_than"), "more than 130");
  assert.equal(say(null, 20, "up_to"), "up to 20");
  assert.equal(say(60, 60, "about"), "about 60");
  assert.equal(say(10, 15, "range"), "10 to 15");
  assert.equal(say(1500, 1500, "exact"), "1,500");
  assert.equal(say(null, null, "at_least"), "–");
});

test("days as short as they can be said", () => {
  const { days } = modules.time;
  assert.equal(days({ start: "2031-05-06", end: "2031-05-06" }), "6 May 2031");
  assert.equal(days({ start: "2031-06-01", end: "2031-06-30" }), "June 2031");
  assert.equal(days({ start: "2031-05-06", end: "2031-05-07" }), "6 May 2031 to 7 May 2031");
  assert.equal(days({ start: null, end: "2031-05-06" }), "by 6 May 2031");
  assert.equal(days({ start: null, end: null }), null);
  assert.equal(days(null), null);
});

test("marks count code points, overlap, and never lose text", () => {
  const { segments, find } = modules.segments;
  const text = "🛳 A bomb killed nine.";
  const mark = (start, end, fact) => ({ start, end, kind: "count", fact, incident: null, label: fact });
  const pieces = segments(text, [mark(2, 8, "long"), mark(4, 8, "short"), mark(40, 50, "outside")], [{ start: 9, end: 15, reason: "caption" }]);
  assert.equal(pieces.map((piece) => piece.text).join(""), text);
  const bomb = pieces.find((piece) => piece.text === "bomb");
  assert.deepEqual(bomb.marks, [1, 0]);
  assert.equal(pieces.find((piece) => piece.text === "killed").masked, "caption");
  assert.deepEqual(find(text, "bomb"), { start: 4, end: 8 });
  assert.equal(find(text, "absent"), null);
});

test("what was added and taken out, word by word", () => {
  const { difference } = modules.difference;
  const before = "At least three people were killed, police said.\n\nNobody claimed it.";
  const after = "Nine people were killed, police said on Tuesday.\n\nNobody claimed it.";
  const pieces = difference(before, after);
  const side = (op) => pieces.filter((piece) => piece.op === "same" || piece.op === op).map((piece) => piece.text).join("");
  assert.equal(side("added"), after);
  assert.equal(side("removed").replace(/\s+/g, " "), before.replace(/\s+/g, " "));
  assert.deepEqual(pieces.filter((piece) => piece.op === "removed").map((piece) => piece.text.trim()), ["At least three", "said."]);
  assert.deepEqual(difference("the same", "the same"), [{ op: "same", text: "the same" }]);
  assert.deepEqual(difference("", "new"), [{ op: "added", text: "new" }]);
  const long = Array.from({ length: 6000 }, (_, at) => `w${at}`);
  assert.equal(difference(long.join(" "), long.toReversed().join(" ")).filter((piece) => piece.op !== "removed").map((piece) => piece.text).join(""), long.toReversed().join(" "));
});

test("the scale keeps times in order and ends with now", () => {
  const { scaleOf, toStep, toTime, neighbour, STEPS } = modules.scale;
  const bucket = (start, end) => ({ start, end, reports: 1 });
  const timeline = {
    first: "2031-05-06T18:00:00Z",
    last: "2031-05-09T18:00:00Z",
    buckets: [bucket("2031-05-06T18:00:00Z", "2031-05-06T19:00:00Z"), bucket("2031-05-08T00:00:00Z", "2031-05-08T01:00:00Z")],
  };
  const scale = scaleOf(timeline);
  assert.equal(toStep(scale, scale.end), STEPS);
  assert.equal(toStep(scale, scale.start - 1e9), 0);
  for (const step of [1, 200, 500, 800, 999]) assert.ok(Math.abs(toStep(scale, toTime(scale, step)) - step) <= 1);
  const steps = [0, 100, 500, 900, STEPS].map((step) => toTime(scale, step));
  assert.deepEqual(steps, [...steps].sort((one, other) => one - other));
  const late = Date.parse("2031-05-09T00:00:00Z");
  assert.equal(neighbour(timeline, late, "earlier"), Date.parse("2031-05-08T01:00:00Z"));
  assert.equal(neighbour(timeline, late, "later"), null);
  assert.equal(neighbour(timeline, Date.parse("2031-05-06T18:30:00Z"), "earlier"), null);
  const at = (time) => ({ start: time, end: time, reports: 1 });
  const first = ["00:00", "01:00", "02:00", "03:00"].map((clock) => at(`2031-05-06T${clock}:00Z`));
  const year = scaleOf({ first: "2031-05-06T00:00:00Z", last: "2032-05-06T00:00:00Z", buckets: [...first, at("2032-05-06T00:00:00Z")] });
  assert.ok(toStep(year, Date.parse("2031-05-06T03:00:00Z")) > 300, "a long silence is drawn short");
  assert.equal(year.breaks.length, 1);
  assert.equal(scaleOf({ buckets: [], first: null, last: null }), null);
});

test("who says the same again carries it; an outlet's own voice is nobody else's", () => {
  const { positions } = modules.claims;
  const act = (name, stance, report, hour) => ({ speaker: name && { name }, stance, report, source: `outlet of ${report}`, published: `2031-05-07T${hour}:00:00Z`, quote: null });
  const acts = [act("Reyes", "accuses", "b", "09"), act("Reyes", "accuses", "a", "08"), act("Reyes", "retracts", "c", "10"), act(null, "suspects", "a", "08"), act(null, "suspects", "b", "09")];
  const found = positions(acts, []);
  assert.deepEqual(found.map(({ first, carriers }) => [first.stance, first.report, carriers.length]), [
    ["accuses", "a", 2],
    ["suspects", "a", 1],
    ["suspects", "b", 1],
    ["retracts", "c", 1],
  ]);
});

test("server-sent events", () => {
  const { parse } = modules.live;
  const change = { recorded: "2031-05-06T18:00:00Z", reports: 1, incidents: ["a"] };
  assert.deepEqual(parse(`event: change\ndata: ${JSON.stringify(change)}`), change);
  assert.equal(parse(": still here"), null);
  assert.equal(parse("event: other\ndata: {}"), null);
  assert.equal(parse("event: change\ndata: {"), null);
});

test("addresses", () => {
  const { match } = modules.router;
  assert.deepEqual(match("/sources/:id", "/sources/Gulf%20Wire"), { id: "Gulf Wire" });
  assert.deepEqual(match("/sources/:id", "/sources/100%"), { id: "100%" });
  assert.equal(match("/sources/:id", "/sources"), null);
  assert.deepEqual(match("/", "/"), {});
});
