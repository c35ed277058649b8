// Fills the slug field of Wagtail's editor with the slug that the server would make.
//
// Wagtail's own letters ("Đak" gives "ak") never see the title: its events are caught on their way
// to the field, and carry the slug from here on. The rules are those of language/slugs.py, and a
// test compares the two over everything that can be written.

const LETTERS = new Map(Object.entries({
  "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "z", "з": "z", "и": "i",
  "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p",
  "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c",
  "џ": "dz", "ш": "s", "ґ": "g", "ѓ": "gj", "є": "je", "ѕ": "dz", "і": "i", "ї": "ji", "й": "j",
  "ќ": "kj", "щ": "sc", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "ju", "я": "ja", "ß": "ss",
  "æ": "ae", "ð": "d", "ø": "o", "þ": "th", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n", "œ": "oe",
  "ŧ": "t", "ə": "e", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
  "đ": "dj", "ђ": "dj",
}));
const LENGTH = 250;
const SLUG_FIELD = '[data-controller~="w-slug"]';

const translate = (text) => Array.from(text, (letter) => LETTERS.get(letter) ?? letter).join("");

export function slugify(text, length = LENGTH) {
  const small = text.normalize("NFKC").toLowerCase();
  const latin = translate(translate(small).normalize("NFKD"));
  return latin
    .replace(/[^\w\t-\r\x1c- -]/g, "")
    .replace(/[\t-\r\x1c- -]+/g, "-")
    .replace(/^[-_]+/, "")
    .slice(0, length)
    .replace(/[-_]+$/, "");
}

function slugFor(field, text) {
  const room = field.maxLength > 0 ? Math.min(field.maxLength, LENGTH) : LENGTH;
  // what has no letter of ours, such as Greek, is left to Wagtail
  return slugify(text, room) || text;
}

function ownSlug(event) {
  if (!event.target.matches?.(SLUG_FIELD)) return;
  if (event.type === "blur") event.target.value = slugFor(event.target, event.target.value);
  else event.detail.value = slugFor(event.target, event.detail.value ?? "");
}

for (const type of ["w-sync:check", "w-sync:apply", "blur"]) {
  globalThis.document?.addEventListener(type, ownSlug, true);
}
