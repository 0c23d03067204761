/**
 * What Streamlit's elements lack for those who hear the page or go through it by keyboard.
 *
 * Its link to the content leads to the whole page, header and filters among it: who follows it gets
 * to what the page is about, its heading. Where a file is dropped has a name, and so needs a role.
 * Lists and menus open outside the page's parts: each is a part of its own, named as its list.
 */

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element) || !target.closest('[data-testid="stSkipToContent"]')) return;
  const heading = document.querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
});

const OPENED = '[data-testid="stMenuButtonBody"], [data-testid$="Dropdown"]';

new MutationObserver(() => {
  for (const zone of document.querySelectorAll('[data-testid="stFileUploaderDropzone"][role="presentation"]')) {
    zone.setAttribute("role", "group");
  }
  for (const opened of document.querySelectorAll(OPENED)) {
    const name = opened.querySelector('[role="menu"], [role="listbox"]')?.getAttribute("aria-label");
    if (!name || opened.ariaLabel === name) continue;
    opened.setAttribute("role", "region");
    opened.setAttribute("aria-label", name);
  }
}).observe(document, { childList: true, subtree: true });
