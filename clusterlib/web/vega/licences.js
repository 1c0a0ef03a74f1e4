// The licence of every package that is in the bundle, as esbuild's own record names them.
import { readFileSync, readdirSync } from "node:fs";

const inputs = Object.keys(JSON.parse(readFileSync("bundle.json", "utf8")).inputs);
const named = inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
for (const name of [...new Set(named.filter(Boolean))].sort()) {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(`${folder}/${file}`, "utf8").trim() : license;
  console.log(`${name} ${version}\n\n${text}\n\n${"-".repeat(72)}`);
}
