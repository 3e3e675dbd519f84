// How long the first page takes until it can be used, each time in a browser that has seen nothing: node web/first-page.mjs BASE [TIMES]
import { openPage, startBrowser } from "./tests/harness.mjs";

const base = process.argv[2];
const times = Number(process.argv[3] ?? 11);
if (!base) throw new Error("usage: node web/first-page.mjs http://127.0.0.1:8080 [TIMES]");

const browser = await startBrowser();
const taken = [];
try {
  for (let time = 0; time < times; time += 1) {
    const { page, close } = await openPage(browser, base);
    await page.goto("/", { waitUntil: "commit" });
    const cards = page.locator("main .cards .card").first();
    await cards.waitFor();
    // The cards are there and the search field takes what is typed: that is when a reader can begin.
    const ms = await page.evaluate(async () => {
      const field = document.querySelector('input[type="search"]');
      field?.focus();
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return performance.now();
    });
    taken.push(ms);
    await close();
  }
} finally {
  await browser.close();
}
taken.sort((a, b) => a - b);
const at = (share) => taken[Math.min(taken.length - 1, Math.floor(share * taken.length))].toFixed(0);
console.log(`first page usable after: median ${at(0.5)} ms, slowest ${at(1)} ms, fastest ${at(0)} ms, ${times} times`);
