/* Reads a list of news as a partner's site would, with the generated types and nothing else.
   What is not handled, or handled with the wrong type, does not compile. */
import { readFileSync } from "node:fs";
import type { components, paths } from "./schema";

type News = components["schemas"]["NewsSchema"];
type Block = components["schemas"]["BlockSchema"];
type Answer =
  paths["/api/v1/news/"]["get"]["responses"]["200"]["content"]["application/json"];

function describe(block: Block): string {
  switch (block.type) {
    case "paragraph":
      return block.html;
    case "quote":
      return `${block.quote} (${block.person?.name ?? block.source})`;
    case "callout":
      return `${block.tone}: ${block.html}`;
    case "table":
      return block.rows.map((row) => row.join("|")).join("/");
    case "image":
      return `${block.image.alt} ${block.image.srcset.avif.split(", ").length}`;
    case "gallery":
      return block.images.map((picture) => picture.caption).join("|");
    case "video":
      return block.url;
    case "documents":
      return block.documents.map((document) => document.url).join("|");
    case "twinnings":
      return block.twinnings.map((pair) => pair.balkan_school.country.name).join("|");
    case "timeline":
      return block.entries.map((entry) => entry.starts_on).join("|");
    case "people":
      return block.people.map((person) => person.name).join("|");
    case "subscribe":
      return `${block.heading}: ${block.text}`;
    case "other":
      return block.block;
    default: {
      const forgotten: never = block;
      return forgotten;
    }
  }
}

function read(article: News): string[] {
  const { title, locale, body, twinnings, licence, funding } = article;
  return [
    `${title} [${locale.served} for ${locale.requested}]`,
    `licence ${licence?.code ?? "unknown"}`,
    `funding ${funding?.emblem_line?.text ?? "none"}`,
    ...(twinnings ?? []).map((pair) => `twinning ${pair.number}: ${pair.name}`),
    ...(body ?? []).map((block) => `${block.type}: ${describe(block)}`),
  ];
}

const answer = JSON.parse(readFileSync(process.argv[2] ?? "", "utf-8")) as Answer;
console.log(answer.items.flatMap(read).join("\n"));
