import { defineConfig } from "vite";

const server = process.env.WATCHKEEPER_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  base: "/",
  build: {
    target: "es2023",
    modulePreload: { polyfill: false },
    // Data addresses would need a looser content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1300,
    // The map library's file keeps its name as long as its version, whatever else changes.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "maplibre", test: /node_modules[\\/]maplibre-gl/ }] } } },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  server: { proxy: { "/api": server } },
});
