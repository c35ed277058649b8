/* The latest news of V2V for a page of your own site, with types that are generated:

     npx openapi-typescript https://v2v.example/api/v1/openapi.json --output v2v.d.ts

   A page waits for two seconds at most, and only once in ten minutes. What it shows while this site
   is slow or cannot be reached is the last good copy. */
import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import type { paths } from "./v2v";

type Operation = paths["/api/v1/news/"]["get"];
type Answer = Operation["responses"]["200"]["content"]["application/json"];
export type Article = Answer["items"][number];
export type Language = NonNullable<NonNullable<Operation["parameters"]["query"]>["locale"]>;

interface Copy {
  items: Article[];
  etag: string;
  triedAt: number;
}

const FRESH = 10 * 60 * 1000;
const NOTHING: Copy = { items: [], etag: "", triedAt: 0 };

/** Returns the latest articles, or the last that were read. */
export async function latestNews(
  site: string,
  file: string,
  language: Language,
  { count = 5, wait = 2000 } = {},
): Promise<Article[]> {
  const kept = await read(file);
  if (Date.now() - kept.triedAt < FRESH) return kept.items;
  try {
    // written first, so that the next page does not try again while this one waits
    await write(file, { ...kept, triedAt: Date.now() });
    const fresh = await ask(site, kept, language, count, wait);
    await write(file, fresh);
    return fresh.items;
  } catch (error) {
    console.warn("The news of V2V are those of the last good copy:", String(error));
    return kept.items;
  }
}

async function ask(
  site: string, kept: Copy, language: Language, count: number, wait: number,
): Promise<Copy> {
  const query = new URLSearchParams({
    locale: language,
    limit: String(count),
    fields: "summary,licence,funding,footnotes",
  });
  const answer = await fetch(`${site}/api/v1/news/?${query}`, {
    headers: kept.etag ? { "If-None-Match": kept.etag } : {},
    signal: AbortSignal.timeout(wait),
  });
  if (answer.status === 304) return { ...kept, triedAt: Date.now() };
  if (!answer.ok) throw new Error(`The answer is ${answer.status}.`);
  const { items } = (await answer.json()) as Answer;
  if (!Array.isArray(items)) throw new Error("The answer is no list of news.");
  return { items, etag: answer.headers.get("ETag") ?? "", triedAt: Date.now() };
}

/** Returns the articles as a list, with what must be shown beside them. */
export function asHtml(articles: Article[]): string {
  const items = articles.map(
    ({ title, url, summary, locale }) =>
      `<li lang="${text(locale.served)}"><a href="${text(url)}">${text(title)}</a> ` +
      `<p>${text(summary ?? "")}</p></li>`,
  );
  const notes = articles.flatMap(({ funding, footnotes, licence, locale }) => [
    ...(funding?.emblem_line ? [funding.emblem_line] : []),
    ...(footnotes ?? []),
    { text: licence?.attribution ?? "", language: locale.served },
  ]);
  const small = new Set(
    notes.map((note) => `<p lang="${text(note.language)}"><small>${text(note.text)}</small></p>`),
  );
  return `<ul>${items.join("")}</ul>${[...small].join("")}`;
}

function text(value: string): string {
  return value.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

async function read(file: string): Promise<Copy> {
  try {
    return JSON.parse(await readFile(file, "utf-8")) as Copy;
  } catch {
    return NOTHING;
  }
}

/** Replaces the copy at once: nobody reads half of it, nor do two write into one file. */
async function write(file: string, copy: Copy): Promise<void> {
  const fresh = `${file}.${randomUUID()}`;
  try {
    await writeFile(fresh, JSON.stringify(copy));
    await rename(fresh, file);
  } finally {
    await rm(fresh, { force: true });
  }
}
