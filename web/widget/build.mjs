// Makes dist/widget.js: one script without a module system, for browsers of 2022 and later.

import { build } from "esbuild";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";

const outfile = "dist/widget.js";
const gzipped_bytes_max = 40_000;

await build({
  entryPoints: ["src/main.ts"],
  outfile,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome105", "firefox104", "safari15.6"],
  charset: "utf8",
  loader: { ".css": "text" },
  legalComments: "none",
  logLevel: "warning",
});

const script = readFileSync(outfile);
const gzipped = gzipSync(script, { level: 9 }).length;
console.log(`${outfile}: ${script.length} bytes, ${gzipped} gzipped`);
if (gzipped > gzipped_bytes_max) {
  console.error(`more than ${gzipped_bytes_max} bytes gzipped`);
  process.exit(1);
}
