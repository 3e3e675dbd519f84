// Decisions by people: what they change, how they look, how they are undone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, loadExample, openPage, refutedIncident, startBrowser, startServer } from "./harness.mjs";

let server;
let browser;

before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
  await loadExample(server.base);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Runs a test on a page, and fails where the page did what it must not. */
async function on(path, work) {
  const { page, faults, close } = await openPage(browser, server.base);
  await page.goto(path);
  await page.locator("main h1").waitFor();
  await work(page);
  await close();
  assert.deepEqual(faults, []);
}

const claimOf = (page, actor) => page.locator(".claim", { has: page.getByRole("heading", { name: actor, exact: true }) });

async function decide(page, reason) {
  await page.getByLabel("Reason").fill(reason);
  await page.getByRole("button", { name: "Decide" }).click();
}

test("a merge joins two incidents, and undoing it parts them again", async () => {
  const { total, items } = await answer(server.base, "/api/incidents");
  const { incident: kept } = await refutedIncident(server.base);
  const moved = items.find((item) => item.id !== kept.id);
  await on(`/incidents/${moved.id}`, async (page) => {
    await page.getByRole("button", { name: "Merge" }).click();
    await page.getByRole("combobox", { name: "Into" }).selectOption(kept.id);
    await decide(page, "the same event, told twice");
    await page.waitForURL(new RegExp(`/incidents/${kept.id}`));
    await page.getByText("the same event, told twice").waitFor();
    assert.equal((await answer(server.base, "/api/incidents")).total, total - 1);
    await page.getByRole("button", { name: /^Undo/ }).first().click();
    await page.waitForFunction(async (wanted) => (await (await fetch("/api/incidents")).json()).total === wanted, total);
  });
});

test("a value that a person decided looks different", async () => {
  const { incident } = await refutedIncident(server.base);
  await on(`/incidents/${incident.id}`, async (page) => {
    const facts = page.locator("section", { has: page.getByRole("heading", { name: "What happened", exact: true }) });
    await facts.waitFor();
    assert.equal(await facts.locator(".decided").count(), 0);
    await page.getByRole("button", { name: "Correct a value" }).click();
    await page.getByRole("combobox", { name: "Value" }).selectOption("stage");
    await page.getByRole("combobox", { name: "Should be" }).selectOption("attempted");
    await decide(page, "the device failed");
    await facts.locator(".decided").waitFor();
    assert.match(await facts.innerText(), /Attempted/);
    await page.getByRole("button", { name: /^Undo/ }).first().click();
    await facts.locator(".decided").waitFor({ state: "detached" });
    assert.doesNotMatch(await facts.innerText(), /Attempted/);
  });
});

test("a fact that is rejected leaves the record, and comes back when that is undone", async () => {
  const { incident, actor } = await refutedIncident(server.base);
  await on(`/incidents/${incident.id}`, async (page) => {
    const acts = claimOf(page, actor).locator(".act");
    await acts.first().waitFor();
    const before = await acts.count();
    await acts.last().hover();
    await acts.last().getByRole("button", { name: /^Reject/ }).click();
    await decide(page, "a misreading");
    await page.waitForFunction(([name, count]) => {
      const claim = [...document.querySelectorAll(".claim")].find((one) => one.querySelector("h3").textContent.trim() === name);
      return (claim?.querySelectorAll(".act").length ?? 0) < count;
    }, [actor, before]);
    await page.getByRole("button", { name: /^Undo/ }).first().click();
    await page.waitForFunction(([name, count]) => {
      const claim = [...document.querySelectorAll(".claim")].find((one) => one.querySelector("h3").textContent.trim() === name);
      return claim?.querySelectorAll(".act").length === count;
    }, [actor, before]);
  });
});

test("a note stays with the incident", async () => {
  const { incident } = await refutedIncident(server.base);
  await on(`/incidents/${incident.id}`, async (page) => {
    await page.getByRole("button", { name: "Note" }).click();
    await page.getByRole("textbox", { name: "Note" }).fill("ask the coastguard again");
    await page.getByRole("button", { name: "Decide" }).click();
    await page.locator(".decisions", { hasText: "ask the coastguard again" }).waitFor();
  });
});

test("a source is rated", async () => {
  const { items } = await answer(server.base, "/api/sources");
  await on(`/sources/${encodeURIComponent(items[0].name)}`, async (page) => {
    await page.getByRole("button", { name: "Rate" }).click();
    await page.getByRole("combobox", { name: "Reliability of the source" }).selectOption("B");
    await page.getByRole("combobox", { name: "Credibility of what it says" }).selectOption("2");
    await decide(page, "first with what others confirmed");
    await page.locator("b.figure", { hasText: "B2" }).waitFor();
  });
});
