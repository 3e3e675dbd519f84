// With tokens: nobody reads without one, and a reader is offered nothing that an editor may do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPage, startBrowser, startServer } from "./harness.mjs";

let server;
let browser;

before(async () => {
  [server, browser] = await Promise.all([startServer({ role: "reader" }), startBrowser()]);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a reader signs in, reads, and cannot add", async () => {
  const { page, faults, close } = await openPage(browser, server.base);
  await page.goto("/");
  const field = page.getByLabel("Your token");
  await field.fill("wrong");
  await page.keyboard.press("Enter");
  await page.getByText("This token is not accepted.").waitFor();
  await field.fill(server.token);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "The record is empty" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Load the example" }).count(), 0);
  await page.goto("/add");
  await page.getByText("Reports are added by editors.").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await field.waitFor();
  await close();
  // The browser itself reports each refused request.
  assert.deepEqual(
    faults.filter((fault) => !fault.includes("401")),
    [],
  );
});
