import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds a running rapport. */
const server = process.env["RAPPORT_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2022",
    // Everything is a file of its own: the server's content security policy allows no inline data.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: {
    // The host stays the browser's: the API takes requests of the same origin only.
    proxy: { "/api": { target: server, changeOrigin: false, ws: true } },
  },
  test: { environment: "node", include: ["test/**/*.test.ts"], restoreMocks: true },
});
