/* Reads everything from the API: languages, all items and terms of each, menus, and old paths. */
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
  const site = { locales, items: [], glossary: {}, menus: {}, settings: {} };
  for (const { code } of locales) {
    const terms = await concepts(code);
    site.items.push(...(await everything(code)), ...terms);
    site.glossary[code] = Object.fromEntries(terms.map((term) => [term.identifier, term.path]));
    site.menus[code] = await get(`navigation/?locale=${code}`);
    site.settings[code] = await get(`settings/?locale=${code}`);
  }
  nameOtherLanguages(site.items.filter(({ type }) => type === "concept"));
  site.redirects = await all("redirects/?limit=100");
  site.paths = Object.fromEntries(site.items.map((item) => [item.path, true]));
  return site;
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
  return lines.map((item) => ({ ...item, path: pathOf(item.url) }));
}

/* The concepts of the glossary with a term in one language, in the shape of items. */
async function concepts(locale) {
  const found = await all(`glossary/?locale=${locale}&limit=100`);
  return found
    .filter((concept) => concept.url && concept.term?.language === locale)
    .map((concept) => ({
      ...concept,
      type: "concept",
      title: concept.term.text,
      summary: concept.definition?.language === locale ? concept.definition.text : "",
      locale: { requested: locale, served: locale },
      canonical_url: concept.url,
      path: pathOf(concept.url),
    }));
}

/* Items come with their alternates; a concept has them in the other languages' lists. */
function nameOtherLanguages(found) {
  const versions = {};
  for (const { identifier, locale, url } of found) {
    (versions[identifier] ??= []).push({ locale: locale.served, url });
  }
  for (const concept of found) concept.alternates = versions[concept.identifier];
}

function pathOf(url) {
  return new URL(url).pathname;
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
