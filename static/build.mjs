// Bundles styles, scripts and fonts into built/ under names that change with their content, and writes the list
// that the portal reads (built/manifest.json: "shared/app.css" -> "shared/app-1A2B3C4D.css").
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "built");
const stages = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["built", "node_modules", "shared"].includes(entry.name))
  .map((entry) => entry.name)
  .sort();

// A stage needs no line anywhere: its <stage>/<stage>.css joins the one style sheet in a layer of its own name.
const stageStyles = {
  name: "stage-styles",
  setup(bundle) {
    bundle.onResolve({ filter: /^stages\.css$/ }, () => ({ path: "stages.css", namespace: "stages" }));
    bundle.onLoad({ filter: /.*/, namespace: "stages" }, () => ({
      contents: stages
        .filter((stage) => existsSync(join(here, stage, `${stage}.css`)))
        .map((stage) => `@import "./${stage}/${stage}.css" layer(${stage});`)
        .join("\n"),
      loader: "css",
      resolveDir: here,
    }));
  },
};

const entries = ["shared/app.css", "shared/app.js", "shared/theme.js", "shared/mark.svg"]
  .concat(stages.map((stage) => `${stage}/${stage}.js`))
  .filter((path) => existsSync(join(here, path)));

const { metafile } = await build({
  absWorkingDir: here,
  assetNames: "fonts/[name]-[hash]",
  bundle: true,
  entryNames: "[dir]/[name]-[hash]",
  entryPoints: entries,
  format: "esm",
  legalComments: "none",
  loader: { ".woff2": "file", ".svg": "copy" },
  logLevel: "silent",
  metafile: true,
  minify: true,
  outbase: here,
  outdir: built,
  plugins: [stageStyles],
  target: ["chrome123", "firefox128", "safari17.5"],
}).catch((problem) => {
  for (const { location, text } of problem.errors ?? [{ text: problem.message }]) {
    console.error(location ? `static/${location.file}:${location.line}: ${text}` : text);
  }
  process.exit(1);
});

const kept = new Set(["manifest.json", ".stamp", ".building"]);
const manifest = {};
for (const [path, output] of Object.entries(metafile.outputs)) {
  const name = relative(built, join(here, path)).replaceAll("\\", "/");
  kept.add(name);
  if (output.entryPoint) manifest[output.entryPoint] = name;
  // Fonts stand in the list too, so that a page may fetch the two it always needs early.
  if (name.endsWith(".woff2")) manifest[name.replace(/-[A-Z0-9]{8}\.woff2$/, ".woff2")] = name;
  if (/\.(css|js|svg)$/.test(name)) {
    const content = readFileSync(join(built, name));
    writeFileSync(join(built, `${name}.gz`), gzipSync(content, { level: 9 }));
    writeFileSync(join(built, `${name}.br`), brotliCompressSync(content));
    kept.add(`${name}.gz`).add(`${name}.br`);
  }
}
mkdirSync(built, { recursive: true });
writeFileSync(join(built, "manifest.json"), JSON.stringify(manifest, Object.keys(manifest).sort(), 2) + "\n");

for (const path of readdirSync(built, { recursive: true })) {
  const name = String(path).replaceAll("\\", "/");
  if (!kept.has(name) && statSync(join(built, name)).isFile()) rmSync(join(built, name));
}
