// A fresh store, the real program serving it, and a browser that reports whatever a page must not do.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const root = new URL("../../", import.meta.url).pathname;
const program = process.env.WATCHKEEPER_BIN ?? join(root, "target/release/watchkeeper");
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const START_MS = 30_000;

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts `watchkeeper serve` on an empty store, with a token where a role is given. */
export async function startServer({ role = null } = {}) {
  if (!existsSync(program)) throw new Error(`${program} is missing: cargo build --release -p watchkeeper`);
  const folder = mkdtempSync(join(tmpdir(), "watchkeeper-web-"));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const store = `sqlite:${join(folder, "store.db")}`;
  const token = role === null ? null : execFileSync(program, ["token", "add", "desk", "--role", role, "--store", store], { encoding: "utf8" }).trim();
  const child = spawn(program, ["serve", "--store", store, "--listen", `127.0.0.1:${port}`], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (data) => (said += data));
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const until = Date.now() + START_MS;
  while (!(await answers(base))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`the server did not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    base,
    token,
    async stop() {
      child.kill();
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(base) {
  try {
    const { ok, status } = await fetch(`${base}/api/status`);
    return ok || status === 401;
  } catch {
    return false;
  }
}

export function startBrowser() {
  return chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] });
}

/** A page whose errors and requests to other hosts are collected in `faults`. */
export async function openPage(browser, base, { width = 1440, height = 900, theme = "light" } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: "reduce", baseURL: base });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (origin !== base && protocol !== "data:" && protocol !== "blob:") faults.push(`request to ${request.url()}`);
  });
  return { page, faults, close: () => context.close() };
}

/** Waits until the view shows what it asked for. */
export async function settled(page) {
  await page.locator("main h1").waitFor();
  await page.waitForFunction(() => document.querySelector("main .waiting, main [aria-busy=true]") === null);
}

export async function answer(base, path) {
  const response = await fetch(base + path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** Adds a report as another program would, beside the page. */
export async function post(base, path, body) {
  const response = await fetch(base + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** A record with what the tests need: the example stream. */
export const loadExample = (base) => post(base, "/api/example", {});

/** An incident with an actor whom later reports clear, and when the first of them came. */
export async function refutedIncident(base) {
  const { items } = await answer(base, "/api/incidents?status=refuted");
  if (items.length === 0) throw new Error("the example has no actor that is refuted");
  const incident = await answer(base, `/api/incidents/${items[0].id}`);
  const attribution = incident.attributions.find((one) => one.status === "refuted");
  const clearing = attribution.acts.filter((act) => act.stance === "refutes" || act.stance === "retracts");
  return { incident, actor: attribution.actor.name, refutedAt: Math.min(...clearing.map((act) => Date.parse(act.published))) };
}
