/**
 * Asks for the map's scripts as soon as there is something to read: its frame asks for one after another,
 * and late. Asked for at once, they would take the line from what the text waits for.
 */

const scripts = JSON.parse(document.querySelector("script[data-scripts]")?.getAttribute("data-scripts") ?? "[]");

const watching = new MutationObserver(() => {
  if (!document.querySelector('[data-testid="stMarkdown"], [data-testid="stPageLink"]')) return;
  watching.disconnect();
  document.head.append(...scripts.map((/** @type {string} */ href) =>
    Object.assign(document.createElement("link"), { rel: "preload", as: "script", href })
  ));
});
watching.observe(document, { childList: true, subtree: true });
