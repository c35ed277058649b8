/* Shows how far an import is, without being asked: the same page, fetched again while somebody waits. */
const EVERY = 1500; // milliseconds

async function fetched() {
  const response = await fetch(window.location.href, { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return response.ok ? page.getElementById("news-import") : null;
}

async function refresh() {
  const shown = document.getElementById("news-import");
  const fresh = await fetched().catch(() => null); // a server that restarts is asked again
  if (fresh && !("waiting" in fresh.dataset)) {
    window.location.reload(); // the decision wants a page with all its buttons at work
    return;
  }
  if (fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceChildren(...fresh.childNodes);
  window.setTimeout(refresh, EVERY);
}

window.setTimeout(refresh, EVERY);
