// Every view in light and dark, from a telephone to a wall: no fault in the console, none for a screen reader, nothing cut off.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { answer, loadExample, openPage, settled, startBrowser, startServer } from "./harness.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let server;
let browser;
let views;

before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
  await loadExample(server.base);
  const { items } = await answer(server.base, "/api/incidents");
  const incident = await answer(server.base, `/api/incidents/${items[0].id}`);
  const reports = incident.reports.map((report) => report.id);
  const actor = (await answer(server.base, "/api/actors")).items[0];
  const source = (await answer(server.base, "/api/sources")).items[0];
  const past = incident.reports[Math.floor(reports.length / 2)].published;
  views = {
    incidents: "/",
    "incidents in the past": `/?as_of=${past}`,
    incident: `/incidents/${incident.id}`,
    report: `/reports/${reports[0]}`,
    comparison: `/reports/${reports[reports.length - 1]}/compare?with=${reports[0]}`,
    changes: `/changes?from=${past}`,
    warnings: "/warnings",
    threats: "/threats",
    actors: "/actors",
    actor: `/actors/${encodeURIComponent(actor.key)}`,
    sources: "/sources",
    source: `/sources/${encodeURIComponent(source.name)}`,
    search: "/search?q=attack",
    add: "/add",
    map: "/map",
    "nothing there": "/nowhere",
  };
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** What axe-core finds that is serious or critical. It is run by the test, outside the page's security policy. */
async function hindrances(page) {
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations
      .filter((one) => one.impact === "serious" || one.impact === "critical")
      .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  });
  return found;
}

const SIZES = [
  [390, 844],
  [1440, 900],
];

for (const [width, height] of SIZES) {
  for (const theme of ["light", "dark"]) {
    test(`every view at ${width} px, ${theme}`, async () => {
      const { page, faults, close } = await openPage(browser, server.base, { width, height, theme });
      await page.addInitScript({ path: axe });
      for (const [name, path] of Object.entries(views)) {
        await page.goto(path);
        await settled(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(overflow <= 0, `${name} is ${overflow} px wider than the window`);
        assert.deepEqual(await hindrances(page), [], name);
      }
      await close();
      assert.deepEqual(faults, []);
    });
  }
}

test("a wall of 2560 px is filled, not stretched", async () => {
  const { page, faults, close } = await openPage(browser, server.base, { width: 2560, height: 1440 });
  await page.goto("/");
  await page.locator(".card").first().waitFor();
  const { width } = await page.locator(".reading").boundingBox();
  assert.ok(width > 700 && width < 1300, `the reading column is ${width} px wide`);
  await close();
  assert.deepEqual(faults, []);
});

test("the theme is switched by hand and kept", async () => {
  const { page, faults, close } = await openPage(browser, server.base, { theme: "light" });
  await page.goto("/");
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.getByRole("button", { name: "Auto" }).click();
  await page.getByRole("button", { name: "Light" }).click();
  await page.getByRole("button", { name: "Dark" }).waitFor();
  const dark = await paper();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await paper(), dark);
  await close();
  assert.deepEqual(faults, []);
});

test("on paper the controls are gone and everything is unfolded", async () => {
  const { page, faults, close } = await openPage(browser, server.base);
  await page.goto(views.incident);
  await page.locator(".claim").first().waitFor();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator(".find").isVisible(), false);
  assert.equal(await page.locator(".asof-track").isVisible(), false);
  assert.equal(await page.locator(".asof-words").isVisible(), true);
  assert.equal(await page.locator("main details:not([open])").count(), 0);
  await close();
  assert.deepEqual(faults, []);
});

test("the script is small", async () => {
  const page = await (await fetch(server.base)).text();
  const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path);
  assert.ok(scripts.length > 0);
  let bytes = 0;
  for (const path of scripts) {
    const script = await (await fetch(server.base + path)).arrayBuffer();
    const packed = new Response(new Blob([script]).stream().pipeThrough(new CompressionStream("gzip")));
    bytes += (await packed.arrayBuffer()).byteLength;
  }
  assert.ok(bytes < 60_000, `${bytes} bytes compressed`);
});
