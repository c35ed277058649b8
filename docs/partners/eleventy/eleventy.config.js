/* A site of everything that V2V has published, in all languages: npx @11ty/eleventy

   V2V_API   the API, such as https://v2v.example/api/v1
   V2V_COPY  the file that keeps the last good copy, from which the site is built while the API
             cannot be reached */
import { readFileSync } from "node:fs";

/* 15 March, not March 15: a site in Europe. */
const FORMATS = { en: "en-GB" };
const WORDS = JSON.parse(readFileSync(new URL("_data/words.json", import.meta.url), "utf-8"));

export default function (eleventyConfig) {
  eleventyConfig.ignores.add("README.md");

  /* What stands one step below a path, the newest first. */
  eleventyConfig.addFilter("below", (items, path) =>
    items
      .filter((item) => item.path.startsWith(path) && /^[^/]+\/$/.test(item.path.slice(path.length)))
      .sort((one, other) => dayOf(other).localeCompare(dayOf(one))),
  );
  eleventyConfig.addFilter("pathname", pathname);
  /* The address of a page on this site; on V2V itself, where this site has no such page. */
  eleventyConfig.addFilter("here", (url, paths) => (paths[pathname(url)] ? pathname(url) : url));
  /* A word of words.json in a language, or else in English. */
  eleventyConfig.addFilter("word", (key, language) => {
    const own = WORDS[language]?.[key];
    return own ? { text: own, language } : { text: WORDS.en[key] ?? key, language: "en" };
  });
  /* 2021-03-15 as readers of a language write it, or the month alone. */
  eleventyConfig.addFilter("day", (value, language, precision) =>
    new Intl.DateTimeFormat(FORMATS[language] ?? language, {
      year: "numeric",
      month: "long",
      day: precision === "month" ? undefined : "numeric",
      timeZone: "UTC",
    }).format(new Date(value)),
  );
  /* 8 and "week", or 41.5 and "percent", as readers of a language write it. */
  eleventyConfig.addFilter("measure", (value, unit, language) => {
    const unitDisplay = unit === "percent" ? "short" : "long";
    return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay }).format(value);
  });
  eleventyConfig.addFilter("number", (value, language) =>
    new Intl.NumberFormat(language).format(value),
  );
}

function pathname(url) {
  return new URL(url).pathname;
}

function dayOf(item) {
  return item.starts_on ?? item.published_on ?? item.first_published_at?.slice(0, 10) ?? "";
}

export const config = { htmlTemplateEngine: "njk", markdownTemplateEngine: false };
