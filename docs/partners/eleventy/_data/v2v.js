/* Reads everything from the API: languages, all items of each, menus, and old paths. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

const API = process.env.V2V_API ?? "https://v2v.example/api/v1";
const COPY = process.env.V2V_COPY ?? ".cache/v2v.json";
const LONGEST = 2 * 60 * 1000;

export default async function () {
  try {
    const site = await download();
    await keep(site);
    return site;
  } catch (error) {
    const kept = await lastGoodCopy();
    if (!kept) throw error;
    console.warn(`V2V cannot be read (${error.message}): this is the last good copy.`);
    return kept;
  }
}

async function download() {
  const known = (await get("locales/")).items;
  const locales = known.filter((locale) => locale.item_count > 0);
  const items = [];
  for (const { code } of locales) items.push(...(await everything(code)));
  const menus = {};
  for (const { code } of locales) menus[code] = await get(`navigation/?locale=${code}`);
  const settings = await get("settings/");
  return { locales, items, menus, settings, redirects: await all("redirects/?limit=100") };
}

/* All items with a text in one language. The last line says how many there are: where it is missing,
   the export was cut off. */
async function everything(locale) {
  const answer = await ask(`export.ndjson?locale=${locale}&fallback=none`);
  const lines = (await answer.text()).split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const end = lines.pop();
  if (end?.type !== "end" || end.count !== lines.length) {
    throw new Error(`the export in ${locale} was cut off`);
  }
  return lines.map((item) => ({ ...item, path: new URL(item.url).pathname }));
}

async function all(path) {
  const items = [];
  for (let next = path; next; ) {
    const page = await get(next);
    items.push(...page.items);
    next = page.next;
  }
  return items;
}

async function get(path) {
  return (await ask(path)).json();
}

async function ask(path) {
  const address = new URL(path, `${API}/`);
  const answer = await fetch(address, { signal: AbortSignal.timeout(LONGEST) });
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  return answer;
}

async function keep(site) {
  await mkdir(dirname(COPY), { recursive: true });
  await writeFile(`${COPY}.new`, JSON.stringify(site));
  await rename(`${COPY}.new`, COPY);
}

async function lastGoodCopy() {
  try {
    return JSON.parse(await readFile(COPY, "utf-8"));
  } catch {
    return null;
  }
}
