/* What a clipboard holds, as plain blocks: headings, paragraphs, list items, tables, and no more.
 *
 * A block is {tag, ordered, depth, html}: "p", "h2" to "h6" or "li", its depth from 0, and its words with
 * nothing but <b>, <i>, <a href> and <br>. A table is {tag: "table", rows}: each cell a list of blocks.
 * Nothing here touches the page, so that tests can run it alone.
 */
window.v2vPasting = (() => {
  const DROPPED = new Set(
    ("SCRIPT STYLE HEAD TITLE META LINK NOSCRIPT TEMPLATE IMG PICTURE SVG CANVAS VIDEO AUDIO IFRAME OBJECT EMBED " +
      "INPUT BUTTON SELECT TEXTAREA DEL XML MATH").split(" "),
  );
  const BLOCKS = new Set(
    ("P DIV SECTION ARTICLE MAIN HEADER FOOTER ASIDE NAV FIGURE FIGCAPTION BLOCKQUOTE PRE ADDRESS DL DT DD UL OL LI " +
      "H1 H2 H3 H4 H5 H6 TABLE HR FORM FIELDSET DETAILS SUMMARY BODY").split(" "),
  );
  const WORD_LEVEL = /mso-list:[^;]*level(\d)/i;
  const WORD_HIDDEN = /mso-hide:\s*all|display:\s*none|mso-element:\s*(comment-list|header|footer)/i;
  const WORD_COMMENT = /MsoComment|msocom/i;
  const TRACKING = /^(utm_\w+|fbclid|gclid|mc_cid|mc_eid|msclkid)$/;
  const REDIRECTS = [
    [/(^|\.)google\.com$/, "/url", "q"],
    [/\.safelinks\.protection\.outlook\.com$/, "/", "url"],
  ];

  const styleOf = (element) => element.getAttribute("style") || "";
  const escapeText = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  function isDropped(element) {
    return (
      (DROPPED.has(element.tagName.toUpperCase()) && !element.matches("button[popovertarget]")) || // a term of ours
      element.matches("[hidden], [popover]") ||
      WORD_HIDDEN.test(styleOf(element)) ||
      WORD_COMMENT.test(element.className || "") ||
      /mso-list:\s*ignore/i.test(styleOf(element))
    );
  }

  /* Returns an address that readers may be sent to, without what tracks them, or null. */
  function cleanLink(href) {
    let url;
    try {
      url = new URL((href || "").trim());
    } catch {
      return null;
    }
    for (const [host, path, name] of REDIRECTS) {
      if (host.test(url.hostname) && url.pathname === path && url.searchParams.has(name)) {
        return cleanLink(url.searchParams.get(name));
      }
    }
    if (url.protocol === "mailto:") return url.href;
    if (url.protocol !== "http:" && url.protocol !== "https:") return null;
    const tracked = [...url.searchParams.keys()].filter((name) => TRACKING.test(name));
    tracked.forEach((name) => url.searchParams.delete(name));
    return url.href;
  }

  /* Returns the marks of the words in an element: those around it, as its tag and style change them. */
  function marksOf(element, marks) {
    const { fontWeight, fontStyle } = element.style || {}; // as browsers read them: Word has "mso-bidi-font-weight"
    const next = { ...marks };
    if (["B", "STRONG"].includes(element.tagName)) next.b = true;
    if (["I", "EM"].includes(element.tagName)) next.i = true;
    if (fontWeight) next.b = /bold/.test(fontWeight) || Number(fontWeight) >= 600;
    if (fontStyle) next.i = /italic|oblique/.test(fontStyle);
    if (element.tagName === "A") next.href = cleanLink(element.getAttribute("href")) || marks.href;
    return next;
  }

  class Collector {
    constructor() {
      this.blocks = [];
      this.open(null);
    }

    /* Ends the block at hand; words that follow belong to the new one. */
    open(kind) {
      this.close();
      this.kind = kind || { tag: "p" };
      this.runs = [];
    }

    close() {
      const runs = trimmed(this.runs || []);
      if (runs.length) this.blocks.push({ ...this.kind, html: runs.map(runHtml).join("") });
      this.runs = [];
    }

    add(text, marks) {
      const last = this.runs.at(-1);
      if (text !== "\n" && last && last.text !== "\n" && sameMarks(last, marks)) last.text += text;
      else this.runs.push({ text, ...marks });
    }

    breakLine(marks) {
      if (this.runs.at(-1)?.text !== "\n") this.add("\n", marks);
      else this.open(this.kind.tag === "li" ? this.kind : null); // two breaks are a paragraph's end
    }

    push(block) {
      this.open(null);
      this.blocks.push(block);
    }
  }

  const sameMarks = (one, other) => !!one.b === !!other.b && !!one.i === !!other.i && one.href === other.href;

  /* Returns runs with one space between words, none at either end, and no break there. */
  function trimmed(runs) {
    let isAfterSpace = true;
    const kept = [];
    for (const run of runs) {
      let text = run.text.replace(/ +/g, " ");
      if (isAfterSpace) text = text.replace(/^ /, "");
      if (text === "\n" && !kept.length) continue;
      if (text) kept.push({ ...run, text });
      if (text) isAfterSpace = /[ \n]$/.test(text);
    }
    while (kept.length && /^[ \n]*$/.test(kept.at(-1).text)) kept.pop();
    if (kept.length) kept.at(-1).text = kept.at(-1).text.replace(/ $/, "");
    return kept;
  }

  function runHtml({ text, b, i, href }) {
    if (text === "\n") return "<br>";
    let html = escapeText(text);
    if (i) html = `<i>${html}</i>`;
    if (b) html = `<b>${html}</b>`;
    return href ? `<a href="${escapeText(href).replace(/"/g, "&quot;")}">${html}</a>` : html;
  }

  /* Returns the level of a heading of HTML, Word's desktop or online edition; 0 for what is none. */
  function headingLevel(element) {
    const tag = /^H([1-6])$/.exec(element.tagName);
    if (tag) return Number(tag[1]);
    if (element.getAttribute("role") === "heading") return Number(element.getAttribute("aria-level")) || 2;
    if (/\bMsoTitle\b/.test(element.className)) return 1;
    const style = /\bMsoHeading(\d)/.exec(element.className) || /mso-outline-level:\s*(\d)/i.exec(styleOf(element));
    return style ? Math.min(Number(style[1]), 6) : 0;
  }

  /* Word for desktops writes list items as paragraphs with their sign in a part to ignore. */
  function wordItem(element) {
    const level = WORD_LEVEL.exec(styleOf(element));
    if (!level || element.tagName === "LI") return null;
    const signs = element.querySelectorAll('[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]');
    const sign = signs.length ? signs[0].textContent.trim() : "";
    return { tag: "li", ordered: /^\(?(\d+|[a-z]|[ivxlc]+)[.)]/i.test(sign), depth: Number(level[1]) - 1 };
  }

  function listItem(element, lists) {
    const level = Number(element.getAttribute("aria-level") || element.dataset.ariaLevel) || lists.length || 1;
    return { tag: "li", ordered: element.parentElement?.tagName === "OL", depth: level - 1 };
  }

  function blockKind(element, context) {
    const level = headingLevel(element);
    if (element.tagName === "LI") return listItem(element, context.lists);
    if (context.item) return context.item; // whatever stands in a list item is one
    return wordItem(element) || (level ? { tag: `h${level}` } : { tag: "p" });
  }

  function walk(node, context, collector) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) collector.add(child.data.replace(/[\s\u00a0]+/g, " "), context.marks);
      else if (child.nodeType === Node.ELEMENT_NODE && !isDropped(child)) walkElement(child, context, collector);
    }
  }

  function walkElement(element, context, collector) {
    const { tagName } = element;
    if (tagName === "BR") collector.breakLine(context.marks);
    else if (tagName === "TABLE") walkTable(element, context, collector);
    else if (!BLOCKS.has(tagName)) walk(element, { ...context, marks: marksOf(element, context.marks) }, collector);
    else walkBlock(element, context, collector);
  }

  function walkBlock(element, context, collector) {
    const isList = ["UL", "OL"].includes(element.tagName);
    const kind = blockKind(element, context);
    const opensItem = element.tagName === "LI";
    const isHeading = /^h/.test(kind.tag);
    const inner = {
      lists: isList ? [...context.lists, element] : context.lists,
      item: opensItem ? kind : context.item,
      // headings are bold as they are
      marks: isHeading ? {} : marksOf(element, context.marks),
    };
    // the first paragraph of an item is the item
    if (!isList && (opensItem || !(context.item && !collector.runs.some((run) => run.text.trim())))) {
      collector.open(kind);
    }
    walk(element, inner, collector);
    if (isHeading) withoutBold(collector.runs);
    collector.open(context.item || null);
  }

  const withoutBold = (runs) => runs.forEach((run) => Object.assign(run, { b: false, i: false }));

  function walkTable(table, context, collector) {
    const rows = [...table.rows].map(rowBlocks).filter((row) => row.some((cell) => cell.length));
    const width = Math.max(0, ...rows.map((row) => row.length));
    if (width > 1 && rows.length > 1 && !context.inTable) {
      collector.push({ tag: "table", rows: rows.map((row) => [...row, ...Array(width - row.length).fill([])]) });
      return;
    }
    collector.open(context.item || null); // a frame around words, not a table
    rows.flat().flat().forEach((block) => collector.push(block));
  }

  /* Returns a row's cells; one that spans others is followed by empty ones. */
  function rowBlocks(row) {
    return [...row.cells].flatMap((cell) => [
      blocksOf(cell, { inTable: true }),
      ...Array(Math.min(cell.colSpan, 50) - 1).fill([]),
    ]);
  }

  function blocksOf(node, context = {}) {
    const collector = new Collector();
    walk(node, { lists: [], item: null, marks: {}, ...context }, collector);
    collector.close();
    return collector.blocks;
  }

  /* Returns blocks with headings at the nearest of the levels offered, or as paragraphs. */
  function withHeadings(blocks, levels) {
    const nearest = (level) => levels.reduce((a, b) => (Math.abs(b - level) < Math.abs(a - level) ? b : a));
    return blocks.map((block) => {
      const heading = /^h(\d)$/.exec(block.tag);
      if (!heading) return block;
      return { ...block, tag: levels.length ? `h${nearest(Number(heading[1]))}` : "p" };
    });
  }

  /* Returns the blocks in the HTML of a clipboard. */
  function clean(html, levels) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    return withHeadings(blocksOf(body), levels);
  }

  /* Returns blocks as HTML with lists in lists, as Draft.js reads them; of tables, the rows as paragraphs. */
  function toHtml(blocks) {
    let html = "";
    const lists = [];
    const closeTo = (depth) => {
      while (lists.length > depth) html += `</li></${lists.pop()}>`;
    };
    for (const block of blocks.flatMap(asText)) {
      if (block.tag !== "li") {
        closeTo(0);
        html += `<${block.tag}>${block.html}</${block.tag}>`;
        continue;
      }
      const list = block.ordered ? "ol" : "ul";
      const depth = Math.min(block.depth, lists.length);
      closeTo(depth + 1);
      if (lists.length === depth + 1 && lists.at(-1) !== list) closeTo(depth);
      html += lists.length > depth ? "</li><li>" : `<${(lists.push(list), list)}><li>`;
      html += block.html;
    }
    closeTo(0);
    return html;
  }

  function asText(block) {
    if (block.tag !== "table") return [block];
    const words = (cell) => cell.map((part) => part.html).join(" ");
    return block.rows.map((row) => ({ tag: "p", html: row.map(words).filter(Boolean).join(" – ") }));
  }

  return { clean, cleanLink, toHtml };
})();
