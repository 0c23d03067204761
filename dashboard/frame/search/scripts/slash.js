/**
 * @param {EventTarget | undefined} target
 * @returns {boolean} Whether a key that is pressed there is meant for what one is writing.
 */
export function isWriting(target) {
  const { tagName = "", isContentEditable = false } = /** @type {HTMLElement} */ (target ?? {});
  return isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(tagName);
}

/**
 * Call `act` when "/" is pressed anywhere, frames of our own pages such as the map's among it.
 *
 * @param {() => void} act
 * @returns {() => void} Listens no more.
 */
export function onSlash(act) {
  const stop = new AbortController();
  /** @type {WeakSet<Document>} */
  const heard = new WeakSet();

  /** @param {KeyboardEvent} event */
  const follow = (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isWriting(event.composedPath()[0])) return;
    event.preventDefault();
    act();
  };
  /** @param {Document | null} page */
  const hear = (page) => {
    if (!page || heard.has(page)) return;
    heard.add(page);
    page.addEventListener("keydown", follow, { signal: stop.signal });
  };

  hear(document);
  // A key that is pressed in a frame is heard there only.
  addEventListener(
    "blur",
    () => {
      const { activeElement } = document;
      if (activeElement instanceof HTMLIFrameElement) hear(activeElement.contentDocument);
    },
    { signal: stop.signal },
  );
  return () => stop.abort();
}
