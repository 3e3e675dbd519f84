// The dashboard as a reader uses it, against the real program with the example that it carries.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { answer, openPage, post, refutedIncident, startBrowser, startServer } from "./harness.mjs";

let server;
let browser;
let open = [];

before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

afterEach(async () => {
  const faults = open.flatMap((one) => one.faults);
  await Promise.all(open.map((one) => one.close()));
  open = [];
  assert.deepEqual(faults, []);
});

async function visit(path, options) {
  const one = await openPage(browser, server.base, options);
  open.push(one);
  await one.page.goto(path);
  await one.page.locator("main h1").waitFor();
  return one.page;
}

const cards = (page) => page.locator("main .cards .card");

const claimOf = (page, actor) => page.locator(".claim", { has: page.getByRole("heading", { name: actor, exact: true }) });

test("an empty record offers the example, and loads it", async () => {
  const page = await visit("/");
  await page.getByRole("button", { name: "Load the example" }).click();
  await cards(page).first().waitFor({ timeout: 60_000 });
  const { total } = await answer(server.base, "/api/incidents");
  assert.equal(await cards(page).count(), total);
});

test("a report is added by paste, and shown as text whatever it holds", async () => {
  const page = await visit("/add");
  await page.getByLabel("Title").fill("Bomb wounds four outside a courthouse in Turin");
  await page
    .getByRole("textbox", { name: "Text" })
    .fill("Bomb wounds four outside a courthouse in Turin\n\nTURIN, Italy — A bomb exploded outside a courthouse in Turin on Monday, wounding four people, police said.\n\n<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>");
  await page.getByLabel("Source").fill("Piedmont Wire");
  await page.getByLabel("Published (UTC)").fill("2025-09-08T16:00");
  await page.getByRole("button", { name: "Read it" }).click();
  await page.getByText("1 new report").waitFor();
  await page.locator(".result a").first().click();
  await page.locator(".report .text").waitFor();
  assert.match(await page.locator(".report .text").innerText(), /<img src=x onerror=/);
  assert.equal(await page.locator(".report .text img, .report .text script").count(), 0);
  assert.notEqual(await page.title(), "broken");
});

test("an incident is found by facet", async () => {
  const page = await visit("/");
  const facet = page.locator('[data-facet="country"] a').first();
  const expected = Number((await facet.locator(".facet-count").innerText()).match(/\d+/)[0]);
  await facet.click();
  await page.waitForURL(/country=/);
  await page.waitForFunction((count) => document.querySelectorAll("main .cards .card").length === count, expected);
  await page.reload();
  await cards(page).first().waitFor();
  assert.equal(await cards(page).count(), expected);
  await page.locator('[data-facet="country"] a[aria-current]').click();
  await page.waitForURL((url) => !url.search.includes("country="));
});

test("an incident is found by words", async () => {
  const page = await visit("/");
  await page.keyboard.press("/");
  await page.keyboard.type("courthouse");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=courthouse/);
  await page.locator("main .card").first().waitFor();
  assert.match(await page.locator("main .card").first().innerText(), /courthouse|Turin/i);
  const marked = page.locator(".snippet mark").first();
  assert.match(await marked.innerText(), /courthouse/i);
});

test("dragging the moment back shows what was known then", async () => {
  const { incident, actor, refutedAt } = await refutedIncident(server.base);
  const page = await visit(`/incidents/${incident.id}`);
  const status = claimOf(page, actor).locator("header .status");
  await status.waitFor();
  assert.equal((await status.innerText()).trim(), "refuted");
  const track = await page.locator(".asof-track").boundingBox();
  const y = track.y + 8;
  const slider = page.getByRole("slider", { name: "As of" });
  const told = async () => Date.parse((await slider.getAttribute("aria-valuetext")).replace("now", "9999-01-01"));
  let x = track.x + track.width;
  await page.mouse.move(x, y);
  await page.mouse.down();
  while ((await told()) >= refutedAt && x > track.x) await page.mouse.move((x -= 5), y);
  await page.mouse.up();
  await page.waitForURL(/as_of=/);
  await page.waitForFunction((name) => {
    const claim = [...document.querySelectorAll(".claim")].find((one) => one.querySelector("h3").textContent.trim() === name);
    return claim === undefined || claim.querySelector("header .status").textContent.trim() !== "refuted";
  }, actor);
  assert.match(await page.locator(".asof-words").innerText(), /^As of \d+ \w+ \d{4}/);
  assert.ok(await page.evaluate(() => document.documentElement.hasAttribute("data-past")));
  assert.match(await page.title(), /as of then/);
  await page.getByRole("link", { name: "Back to now" }).click();
  await page.waitForFunction((name) => {
    const claim = [...document.querySelectorAll(".claim")].find((one) => one.querySelector("h3").textContent.trim() === name);
    return claim?.querySelector("header .status").textContent.trim() === "refuted";
  }, actor);
});

test("the moment is moved by keyboard, report by report", async () => {
  const page = await visit("/");
  await page.locator(".asof input.until").waitFor();
  await page.keyboard.press("b");
  const slider = page.getByRole("slider", { name: "As of" });
  assert.equal(await slider.getAttribute("aria-valuetext"), "now");
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL(/as_of=/);
  const one = new URL(page.url()).searchParams.get("as_of");
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL((url) => url.searchParams.get("as_of") !== one);
  assert.ok(new URL(page.url()).searchParams.get("as_of") < one);
  await page.locator("main h1").focus();
  await page.keyboard.press("n");
  await page.waitForURL((url) => !url.searchParams.has("as_of"));
});

test("two moments are compared", async () => {
  const { incident, actor, refutedAt } = await refutedIncident(server.base);
  const from = new Date(refutedAt - 60_000).toISOString();
  const page = await visit(`/changes?from=${from}`);
  await page.locator(".changes li").first().waitFor();
  const refutation = page.locator(".changes li", { hasText: actor }).filter({ hasText: "refuted" });
  await refutation.first().waitFor();
  assert.equal(await page.getByRole("slider").count(), 2);
  await page.locator(`a[href^="/incidents/${incident.id}"]`).first().click();
  await page.waitForURL(new RegExp(`/incidents/${incident.id}`));
});

test("a claim leads to its words in the report, and back", async () => {
  const { incident, actor } = await refutedIncident(server.base);
  const page = await visit(`/incidents/${incident.id}`);
  const quote = claimOf(page, actor).locator(".quote a").first();
  const words = (await quote.innerText()).replace(/^[“‘]|[”’]$/g, "");
  await quote.click();
  await page.waitForURL(/\/reports\//);
  const chosen = page.locator("mark.chosen");
  await chosen.first().waitFor();
  const marked = (await chosen.allInnerTexts()).join(" ");
  const piece = words.split(/\s+/).slice(0, 2).join(" ");
  assert.ok(marked.includes(piece) || words.includes(marked.trim()), `“${marked}” are words of “${words}”`);
  await chosen.first().locator("a").click();
  await page.waitForFunction(() => document.activeElement?.id.startsWith("fact-"));
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id.startsWith("words-"));
});

test("a change elsewhere waits in a pill until it is asked for", async () => {
  const page = await visit("/");
  await cards(page).first().waitFor();
  const before = await cards(page).count();
  await post(server.base, "/api/ingest", {
    title: "Gunmen kill six at a market in Kano",
    text: "Gunmen kill six at a market in Kano\n\nKANO, Nigeria — Gunmen opened fire on a market in Kano on Friday, killing six people, police said.",
    source: "Sahel Courier",
    published: "2025-09-12T12:00:00Z",
  });
  const pill = page.locator(".pill button");
  await pill.waitFor();
  assert.match(await pill.innerText(), /^\d+ changes?: show$/);
  assert.equal(await cards(page).count(), before);
  await pill.click();
  await page.waitForFunction((count) => document.querySelectorAll("main .cards .card").length > count, before);
  await pill.waitFor({ state: "detached" });
});

test("everything can be reached by keyboard", async () => {
  const page = await visit("/");
  await cards(page).first().waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Skip to the content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const title = await page.evaluate(() => document.activeElement.textContent);
  assert.equal(title, await cards(page).first().locator("h2 a").textContent());
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/incidents\//);
  await page.locator("main h1").waitFor();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keys and signs" });
  await help.waitFor();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "detached" });
  for (const [keys, path] of [["gw", "/warnings"], ["gt", "/threats"], ["ga", "/actors"], ["gs", "/sources"], ["gc", "/changes"], ["gm", "/map"], ["gi", "/"]]) {
    for (const key of keys) await page.keyboard.press(key);
    await page.waitForURL((url) => url.pathname === path);
  }
});

test("a search is saved under a name", async () => {
  const page = await visit("/?status=refuted");
  await page.getByLabel("Name of this search").fill("cleared");
  await page.getByRole("button", { name: "Save" }).click();
  const saved = page.getByRole("link", { name: "cleared" });
  await saved.waitFor();
  await page.goto("/");
  await page.getByRole("link", { name: "cleared" }).click();
  await page.waitForURL(/status=refuted/);
  await page.getByRole("button", { name: "Forget the search cleared" }).click();
  await saved.waitFor({ state: "detached" });
});

test("the map shows incidents as buttons, and asks no other host", async () => {
  const page = await visit("/map");
  const pin = page.locator(".map .pin").first();
  await pin.waitFor({ timeout: 30_000 });
  assert.equal(await page.locator(".map canvas").count(), 1);
  await pin.click();
  await page.getByRole("heading", { name: /^At this place/ }).waitFor();
});
