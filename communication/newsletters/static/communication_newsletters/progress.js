/* Shows how far something is, without being asked: the same page, fetched again while somebody waits.
   The element with data-waiting says what it waits in; where that changes, the page loads anew. */
const USUAL = 1500; // milliseconds

const shown = document.querySelector("[data-waiting]");

async function fetched() {
  const response = await fetch(window.location.href, { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return response.ok ? page.getElementById(shown.id) : null;
}

async function refresh() {
  const fresh = await fetched().catch(() => null); // a server that restarts is asked again
  if (fresh && fresh.dataset.waiting !== shown.dataset.waiting) {
    window.location.reload(); // what can be done next wants a page with all its buttons at work
    return;
  }
  if (fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceChildren(...fresh.childNodes);
  window.setTimeout(refresh, Number(shown.dataset.every) || USUAL);
}

window.setTimeout(refresh, Number(shown.dataset.every) || USUAL);
