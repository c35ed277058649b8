/* Clean blocks as what Wagtail's blocks are made from: Draft.js's raw content, and a typed table. */
(() => {
  const TYPES = { h2: "header-two", h3: "header-three", h4: "header-four", h5: "header-five", h6: "header-six" };
  const STYLES = { B: "BOLD", I: "ITALIC" };

  const elementOf = (html) => new DOMParser().parseFromString(html, "text/html").body;
  const textOf = (blocks) => blocks.map((block) => elementOf(block.html).textContent).join(" ");

  function typeOf({ tag, ordered }) {
    if (tag === "li") return ordered ? "ordered-list-item" : "unordered-list-item";
    return TYPES[tag] || "unstyled";
  }

  /* Adds a node's words to a block of raw content, and notes where its marks begin and end. */
  function addWords(node, block, entities) {
    for (const child of node.childNodes) {
      const offset = block.text.length;
      if (child.nodeType === Node.TEXT_NODE) block.text += child.data;
      else if (child.tagName === "BR") block.text += "\n";
      else addWords(child, block, entities);
      const range = { offset, length: block.text.length - offset };
      if (STYLES[child.tagName]) block.inlineStyleRanges.push({ ...range, style: STYLES[child.tagName] });
      if (child.tagName === "A") {
        const link = { type: "LINK", mutability: "MUTABLE", data: { url: child.getAttribute("href") } };
        block.entityRanges.push({ ...range, key: entities.push(link) - 1 });
      }
    }
  }

  /* Returns blocks as the JSON text that a rich text field of Wagtail's takes. */
  function rawContent(blocks) {
    const entities = [];
    const raw = blocks.map((source, number) => {
      const block = { key: `paste${number}`, text: "", type: typeOf(source), depth: source.depth || 0 };
      Object.assign(block, { inlineStyleRanges: [], entityRanges: [], data: {} });
      addWords(elementOf(source.html), block, entities);
      return block;
    });
    return JSON.stringify({ blocks: raw, entityMap: { ...entities } });
  }

  const isRich = (cell) => cell.length > 1 || cell.some(({ tag, html }) => tag === "li" || /<(a|b|i|br)\b/.test(html));

  /* Returns a table as a typed table block takes it: the first row is its headings. */
  function tableState({ rows: [headings, ...rows] }) {
    const columns = headings.map((heading, number) => ({
      type: rows.some((row) => isRich(row[number])) ? "rich_text" : "text",
      heading: textOf(heading),
    }));
    const valueOf = (cell, number) => (columns[number].type === "text" ? textOf(cell) : rawContent(cell));
    return { caption: "", columns, rows: rows.map((row) => ({ values: row.map(valueOf) })) };
  }

  Object.assign(window.v2vPasting, { rawContent, tableState, textOf });
})();
