// Copies Pretendard's dynamic subset (each file holds some letters; browsers fetch what they need)
// and writes its style sheet with addresses of this kit and without what browsers do not need.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const from = "node_modules/pretendard/dist";
const to = "../static";
const { version } = JSON.parse(readFileSync("node_modules/pretendard/package.json", "utf8"));
const sheet = readFileSync(`${from}/web/variable/pretendardvariable-dynamic-subset.css`, "utf8");
const faces = [...sheet.matchAll(/@font-face \{(.*?)\}/gs)].map(([, face]) => {
  const number = face.match(/subset\.(\d+)\.woff2/)[1];
  const range = face.match(/unicode-range: ([^;]+);/)[1].replaceAll(", ", ",");
  const weight = face.match(/font-weight: ([^;]+);/)[1];
  const source = `url(fonts/PretendardVariable.subset.${number}.woff2) format('woff2')`;
  return `@font-face{font-family:'Pretendard Variable';font-display:swap;font-weight:${weight};src:${source};unicode-range:${range}}`;
});
const note = `/* Pretendard ${version}, (c) 2021 Kil Hyung-jin, SIL Open Font License 1.1: fonts/LICENSE.txt */`;

mkdirSync(`${to}/fonts`, { recursive: true });
cpSync(`${from}/web/variable/woff2-dynamic-subset`, `${to}/fonts`, { recursive: true });
cpSync(`${from}/LICENSE.txt`, `${to}/fonts/LICENSE.txt`);
writeFileSync(`${to}/fonts.css`, [note, ...faces].join("\n") + "\n");
