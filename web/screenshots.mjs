// Pictures of the dashboard with the example stream, for the README: docs/screenshots/*.png.
import { mkdirSync } from "node:fs";
import { answer, loadExample, openPage, post, settled, startBrowser, startServer } from "./tests/harness.mjs";

const folder = new URL("../docs/screenshots/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });

/** Invented, in cities that a map shows. */
const ELSEWHERE = [
  ["Bomb wounds four outside a courthouse in Turin", "TURIN, Italy — A bomb exploded outside a courthouse in Turin on Monday, wounding four people, police said.", "2025-03-17"],
  ["Gunmen kill six at a market in Kano", "KANO, Nigeria — Gunmen opened fire on a market in Kano on Friday, killing six people, police said. The Sahel Vanguard claimed responsibility.", "2025-03-21"],
  ["Two killed in stabbing at Gdansk station", "GDANSK, Poland — A man with a knife killed two people at the main station of Gdansk on Sunday, police said.", "2025-03-23"],
].map(([title, text, day]) => ({ title, text: `${title}\n\n${text}`, source: "Meridian Wire", published: `${day}T18:00:00Z` }));

const [server, browser] = await Promise.all([startServer(), startBrowser()]);
try {
  await loadExample(server.base);
  for (const report of ELSEWHERE) await post(server.base, "/api/ingest", report);
  const { items } = await answer(server.base, "/api/incidents?status=refuted");
  const incident = await answer(server.base, `/api/incidents/${items[0].id}`);
  const refuted = incident.attributions.find((one) => one.status === "refuted");
  const act = refuted.acts.find((one) => one.stance === "refutes");
  const before = new Date(Date.parse(act.published) - 60_000).toISOString();
  const desk = { width: 1280, height: 800 };
  const phone = { width: 390, height: 844 };
  await picture("incidents", "/", desk);
  await picture("incident", `/incidents/${incident.id}`, desk);
  await picture("incident-as-of", `/incidents/${incident.id}?as_of=${before}`, { ...desk, theme: "dark" });
  await picture("report", `/reports/${act.report}?${act.fact ? `fact=${act.fact}` : `quote=${encodeURIComponent(act.quote)}`}`, desk);
  await picture("map", "/map", { ...desk, theme: "dark" });
  await picture("phone", `/incidents/${incident.id}`, phone);
} finally {
  await browser.close();
  await server.stop();
}

async function picture(name, path, look) {
  const { page, faults, close } = await openPage(browser, server.base, look);
  await page.goto(path);
  await settled(page);
  if (path === "/map") await page.locator(".map .pin").first().waitFor();
  await page.screenshot({ path: `${folder}${name}.png` });
  await close();
  if (faults.length > 0) throw new Error(`${name}: ${faults.join("; ")}`);
}
