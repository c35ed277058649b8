// <v2v-feed locale="sq" type="news" limit="5"><a href="https://…/sq/">V2V</a></v2v-feed>
//
// Lists what is new on the site that this script comes from: type is news, stories, events, terms,
// repository, process or all; twinning, topic or tag choose a part. What stands inside the element
// is shown until the list is there, and again if it does not come within two seconds. Nothing is
// stored, no cookie is set, nothing of the answer becomes markup.
(() => {
  "use strict";

  const site = new URL(".", document.currentScript.src);
  const PARTS = ["twinning", "topic", "tag"];
  const FIRST = 1500;
  const ALL = 2000;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block }
    :host([hidden]) { display: none }
    ul { list-style: none; margin: 0; padding: 0 }
    li { padding-block: .75em; border-block-start: 1px solid }
    p { margin: .25em 0 0 }
    a { color: inherit }
    div { font-weight: 600 }
    footer { border-block-start: 3px solid; padding-block-start: .5em }
  `);

  // Reads the list. A server that is down, slow or broken is no reason to forget the last answer:
  // the browser's own cache may have kept it. One that says there is no such list is believed.
  const read = async (url) => {
    const ask = async (cache, wait) => {
      const signal = AbortSignal.timeout(wait);
      const answer = await fetch(url, { cache, signal, credentials: "omit" });
      if (answer.status > 499) throw new Error(answer.status);
      return answer.ok ? answer.json() : null;
    };
    try {
      return await ask("default", FIRST);
    } catch {
      return ask("force-cache", ALL - FIRST);
    }
  };

  const make = (name, children, lang, part) => {
    const element = document.createElement(name);
    element.append(...children);
    if (lang) element.lang = lang;
    if (part) element.part = part;
    return element;
  };

  const link = (text, address, lang) => {
    const element = make("a", [text], lang, "link");
    if (/^https?:\/\//i.test(address)) element.href = address;
    return element;
  };

  const small = (children, lang, part) => make("p", [make("small", children)], lang, part);

  const entry = (item, locale) => {
    const { when, marks = [], summary_language } = item._v2v;
    const parts = [make("div", [link(item.title, item.url, item.language)])];
    if (when) parts.unshift(small([when], locale, "when"));
    for (const mark of marks) parts.push(small([mark.text], mark.language, "mark"));
    if (item.content_text) parts.push(make("p", [item.content_text], summary_language, "summary"));
    return make("li", parts);
  };

  const foot = (feed) => {
    const { site, licences, funding, footnotes } = feed._v2v;
    const source = [link(site, feed.home_page_url)];
    for (const { name, url } of licences) source.push(" · ", link(name, url));
    const lines = [...funding, ...footnotes].map((line) => small([line.text], line.language));
    return make("footer", [small(source), ...lines], "", "foot");
  };

  const draw = (feed, limit) => {
    const items = feed.items.slice(0, limit).map((item) => entry(item, feed.language));
    const list = make("ul", items, "", "list");
    list.role = "list";
    list.ariaLabel = feed.title;
    const body = items.length ? list : make("p", [feed._v2v.empty]);
    return make("section", [body, foot(feed)], feed.language);
  };

  class V2VFeed extends HTMLElement {
    static observedAttributes = ["locale", "type", "limit", ...PARTS];

    connectedCallback() {
      this.load();
    }

    attributeChangedCallback() {
      this.load();
    }

    // Once for all attributes, which come one by one.
    load() {
      this.due ??= Promise.resolve().then(() => {
        this.due = null;
        if (this.isConnected) this.show();
      });
    }

    get locale() {
      const near = this.closest("[lang]");
      return (this.getAttribute("locale") || (near && near.lang) || "en").toLowerCase();
    }

    get address() {
      const name = PARTS.find((part) => this.getAttribute(part));
      const path = [this.locale, this.getAttribute("type") || "news"];
      if (name) path.push(name, this.getAttribute(name));
      return new URL(`embed/${path.map(encodeURIComponent).join("/")}.json`, site);
    }

    async show() {
      const address = this.address.href;
      const limit = Math.min(10, Math.max(1, parseInt(this.getAttribute("limit"), 10) || 5));
      let content;
      try {
        content = draw(await read(address), limit);
      } catch {
        content = make("slot", []);
        if (!this.childNodes.length) this.append(link(site.host, site.href));
      }
      if (address !== this.address.href) return; // asked for something else meanwhile
      if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.shadowRoot.replaceChildren(content);
    }
  }

  if (!customElements.get("v2v-feed")) customElements.define("v2v-feed", V2VFeed);
})();
