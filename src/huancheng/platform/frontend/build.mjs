// Bundles style sheets, modules, the map and the fonts into common/static/built/, each name with a hash of its content,
// and writes manifest.json: the plain name → the file. Called by house/assets.py and by `npm run build`.
import { build } from "esbuild";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, process.argv[2] ?? "../common/static/built");

/** Every `src/<app>/<name>.module.ts` becomes the module that `data-module="<name>"` starts, loaded when first met. */
const modules = {
  name: "modules",
  setup(setup) {
    setup.onResolve({ filter: /^huancheng:modules$/ }, () => ({ path: "modules", namespace: "huancheng" }));
    setup.onLoad({ filter: /.*/, namespace: "huancheng" }, async () => {
      const files = (await readdir(join(here, "src"), { recursive: true })).filter((file) => file.endsWith(".module.ts"));
      const names = files.map((file) => basename(file, ".module.ts"));
      const twice = names.filter((name, index) => names.indexOf(name) !== index);
      if (twice.length > 0) {
        return { errors: [{ text: `two modules are called ${twice.join(", ")}` }] };
      }
      const lines = files
        .sort()
        .map((file) => `  ${JSON.stringify(basename(file, ".module.ts"))}: () => import("./src/${file.replaceAll("\\", "/")}"),`);
      return { contents: `export const modules = {\n${lines.join("\n")}\n};\n`, loader: "ts", resolveDir: here };
    });
  },
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const result = await build({
  absWorkingDir: here,
  entryPoints: {
    main: "src/main.ts",
    map: "src/map.ts",
    "map-worker": "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs",
    "main-style": "styles/main.css",
    "atlas-style": "src/atlas/atlas.css",
    fonts: "styles/fonts.css",
  },
  outdir: out,
  bundle: true,
  format: "esm",
  splitting: true,
  minify: true,
  sourcemap: false,
  target: ["chrome109", "firefox115", "safari16"],
  entryNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
  assetNames: "font-[hash]",
  loader: { ".woff2": "file" },
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
  plugins: [modules],
});

const manifest = {};
for (const [file, made] of Object.entries(result.metafile.outputs)) {
  if (made.entryPoint) {
    const path = relative(out, resolve(here, file)).replaceAll("\\", "/");
    const name = path.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1").replace("main-style.css", "main.css");
    manifest[name] = path;
    if (made.cssBundle && name.endsWith(".js")) {
      manifest[name.replace(/\.js$/, ".css")] = relative(out, resolve(here, made.cssBundle)).replaceAll("\\", "/");
    }
  }
}
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(join(out, "manifest.json"), `${JSON.stringify(sorted, null, 1)}\n`);
