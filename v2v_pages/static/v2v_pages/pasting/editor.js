/* Pastes clean text into Wagtail's rich text fields; a table becomes a block of the body.
 *
 * A paste is stopped on its way to Draft.js, cleaned, and sent again: so it can be undone there.
 */
(() => {
  const { clean, rawContent, tableState, textOf, toHtml } = window.v2vPasting;
  const messages = document.currentScript.dataset;
  const MAXIMUM_SOURCE = 5_000_000; // letters of HTML; Word sends many for few words
  const MAXIMUM_TEXT = 100_000; // letters to be read, several times the longest article
  const FROM_DRAFTAIL = /data-draftjs-conductor-fragment/;
  const resent = new WeakSet();

  const editorOf = (target) =>
    target.closest?.("[data-draftail-editor-wrapper]")?.parentElement?.querySelector("input[type=hidden]");

  function say(text) {
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { clear: true, text, type: "warning" } }));
  }

  const offeredLevels = (editor) =>
    editor.props.blockTypes
      .map(({ type }) => ["header-one", "header-two", "header-three", "header-four"].indexOf(type) + 1)
      .filter(Boolean);

  const lengthOf = (blocks) =>
    blocks.reduce((sum, { html, rows }) => sum + (rows ? rows.flat().reduce((s, c) => s + lengthOf(c), 0) : html.length), 0);

  /* Returns the block of a body that the target is in, if that body takes texts and tables. */
  function blockAround(target) {
    for (let root = target; root; root = root.parentElement) {
      const stream = root.rootBlock;
      const child = stream?.children?.find((block) => block.element.contains(target));
      const known = stream?.blockDef.childBlockDefsByName;
      if (child?.type === "paragraph" && known?.table) return child;
    }
    return null;
  }

  const ENTER = { key: "Enter", keyCode: 13, which: 13, bubbles: true, cancelable: true };

  /* Tells whether the caret stands behind words, whose kind of block the first one pasted would take on. */
  function isBehindWords(state) {
    const selection = state.getSelection();
    return selection.getStartOffset() > 0 && state.getCurrentContent().hasText();
  }

  function send(target, input, blocks) {
    if (blocks[0].tag !== "p" && isBehindWords(input.draftailEditor.getEditorState())) {
      target.dispatchEvent(new KeyboardEvent("keydown", ENTER));
    }
    const data = new DataTransfer();
    data.setData("text/html", toHtml(blocks));
    data.setData("text/plain", textOf(blocks));
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    resent.add(event);
    target.dispatchEvent(event);
  }

  /* Groups blocks into what goes into a text each, and tables. */
  function partsOf(blocks) {
    const parts = [];
    for (const block of blocks) {
      if (block.tag === "table") parts.push(block);
      else if (Array.isArray(parts.at(-1))) parts.at(-1).push(block);
      else parts.push([block]);
    }
    return parts;
  }

  /* Puts tables, and the texts after them, behind the caret's text; what stood there comes last. */
  function insertAfter(child, input, parts) {
    const stream = child.sequence;
    const split = window.draftail.splitState(input.draftailEditor.getEditorState());
    const hasRest = split.stateAfter.getCurrentContent().hasText();
    if (hasRest) stream.splitBlock(child.index, split.stateBefore, split.stateAfter, split.shouldMoveCommentFn, {});
    let index = child.index + 1;
    for (const part of parts) {
      const isText = Array.isArray(part);
      const value = isText ? rawContent(part) : tableState(part);
      stream.insert({ type: isText ? "paragraph" : "table", value, id: crypto.randomUUID() }, index++, {});
    }
    // a text without words would keep the page from being published
    if (!split.stateBefore.getCurrentContent().hasText()) stream.deleteBlock(child.index, {});
  }

  function paste(target, input, blocks) {
    const child = blockAround(target);
    if (!child || !blocks.some(({ tag }) => tag === "table")) {
      send(target, input, blocks);
      return;
    }
    const parts = partsOf(blocks);
    if (Array.isArray(parts[0])) send(target, input, parts.shift());
    // Draft.js has taken the first words in by then
    setTimeout(() => insertAfter(child, input, parts), 50);
  }

  function onPaste(event) {
    const html = event.clipboardData?.getData("text/html");
    const input = editorOf(event.target);
    if (resent.has(event) || !html || !input?.draftailEditor || FROM_DRAFTAIL.test(html)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const blocks = html.length > MAXIMUM_SOURCE ? null : clean(html, offeredLevels(input.draftailEditor));
    if (!blocks || lengthOf(blocks) > MAXIMUM_TEXT) say(messages.tooLong);
    else if (!blocks.length) say(messages.nothing);
    else paste(event.target, input, blocks);
  }

  document.addEventListener("paste", onPaste, { capture: true });
})();
