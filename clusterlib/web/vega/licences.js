// The licence of every package in the bundle, in one file beside it.
import { readFileSync, readdirSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const shipped = Object.entries(lock.packages).filter(([path, entry]) => path && !entry.dev);
for (const [path, entry] of shipped) {
  const file = readdirSync(path).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? readFileSync(`${path}/${file}`, "utf8").trim() : entry.license;
  console.log(`${path.replace("node_modules/", "")} ${entry.version}\n\n${text}\n\n${"-".repeat(72)}`);
}
