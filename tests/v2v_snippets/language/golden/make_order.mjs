// Sorts the names of the CLDR as ICU does, in every language that ICU knows; make_letters.py does
// the rest. Run as: node make_order.mjs | python3 make_letters.py
import { readFileSync } from "node:fs";

const COLUMNS = {
  en: "en", it: "it", nl: "nl", fi: "fi", sl: "sl", hr: "hr", bs: "bs", cnr: "cnr",
  "sr-latn": "cnr", sr: "sr-cyrl", sq: "sq", es: "es", ca: "ca",
};
const WORDS = `a A á Á à ä Ä å Å æ Æ aa ae af az résumé Résumé resume Resume co-op coop co_op O'Brien
  O’Brien OBrien ‘a’ “a” (a) a/b a&b a.b a,b 1 10 2 2a ½ x² € $ % – — - straße strasse straẞe strast
  ø Ø øre ore ö Ö œ oe ü Ü u y Y yz v V w W vw łódź lódz lod đak Đak dak djak dzak džak Džak DŽAK
  dž DŽ dz dza e ljeto Ljeto LJETO lJeto leto lug njiva Njiva NJIVA nJiva niva nota č Č ć Ć c cz š
  Š ś Ś s sz ž Ž ź Ź z zz ç Ç dh Dh DH di ë Ë ez gj Gj GJ gz ll Ll LL lz nj nz rr Rr RR rz sh Sh SH sj
  th Th TH tz xh Xh XH xz zh Zh ZH zi ñ Ñ ñu ny l·l L·L ŀl ĿL lll ь ђак Ђак дак ј Ј љ Љ њ Њ ћ Ћ џ Џ ш
  й и иж ѓ ќ ѝ ё е ж α Ω ß þ ð ı İ i ﬁ fi ə ɛ ŋ ʻokina okina`.split(/\s+/);

const [header, ...rows] = readFileSync(new URL("cldr-names.csv", import.meta.url), "utf-8")
  .trim().split("\n").map((line) => line.split(","));

const orders = { icu: process.versions.icu };
for (const [language, column] of Object.entries(COLUMNS)) {
  const names = rows.map((row) => row[header.indexOf(column)]);
  const { compare } = new Intl.Collator(language === "sr-latn" ? "sr-Latn" : language);
  orders[language] = [...new Set([...names, ...WORDS])].sort(
    (one, other) => compare(one, other) || (one < other ? -1 : 1),
  );
}
console.log(JSON.stringify(orders));
