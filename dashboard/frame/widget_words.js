/**
 * What Streamlit's widgets say of their own accord ("Select all", "Fullscreen"), in the language of
 * the page. Only words that are known are replaced, and only where Streamlit alone speaks: what
 * people wrote is never touched.
 *
 * @typedef {Record<string, string>} Word  By language; "{parts}" stand for what differs.
 */

// Elements whose text is Streamlit's, and elements whose names (attributes) are.
const TEXTS = [
  '[data-testid="stSkipToContent"]',
  '[data-testid="stFileUploaderDropzone"] *',
  '[data-testid="stFileUploaderFileErrorMessage"]',
  '[data-testid="stTooltipContent"] p',
  '[data-testid="stMultiSelectDropdown"] *',
  '[data-testid="stSelectboxDropdown"] *',
  '[data-testid="stNumberInput"] [role="alert"]',
  '[data-testid="stDataFrameColumnMenu"] [role="menuitem"]',
  '[data-testid="stSpinner"] span',
  '[data-testid="InputInstructions"] *',
  ".gdg-search-status label",
  '[data-testid="stDialog"] :is(h2, p, div)',
];
const NAMED = [
  '[data-testid="stElementToolbarButton"] button',
  '[data-testid="stTooltipIcon"] button',
  '[data-testid="stMultiSelect"] *',
  '[data-testid="stSelectbox"] :is(button, input)',
  '[data-testid="stNumberInput"] button',
  '[data-testid="stDateInput"] *',
  '[data-testid="stSlider"] input',
  '[data-testid="stFileUploader"] :is(button, input)',
  '[data-testid="stCodeCopyButton"]',
  '[data-testid="stDialog"] button',
  '[data-testid="stDataFrameColumnMenu"] *',
  ".gdg-seveqep *",
  'button[tabindex="-1"][style*="width: 1px"]', // closes what is open, for screen readers
];
const ATTRIBUTES = ["aria-label", "title", "placeholder"];

/**
 * @param {string} template
 * @returns {RegExp} What matches the template, its parts as groups.
 */
function patternOf(template) {
  const escaped = template.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, "(?<$1>.+)")}$`, "s");
}

/**
 * @param {Word[]} words
 * @returns {(said: string, lang: string) => string} Says the same in a language, and what it does
 * not know as it is.
 */
export function translator(words) {
  const known = words.flatMap((word) =>
    Object.values(word).map((said) => ({ word, pattern: patternOf(said) })));

  return (said, lang) => {
    for (const { word, pattern } of known) {
      const found = pattern.exec(said);
      if (found) return (word[lang] ?? said).replace(/\{(\w+)\}/g, (_, name) => found.groups?.[name] ?? "");
    }
    return said;
  };
}

/**
 * Say what Streamlit says in the language of the page, also when it says more or the language is
 * another one.
 *
 * @param {Word[]} words
 */
export function watch(words) {
  const translate = translator(words);

  /**
   * @param {string} said
   * @returns {string}
   */
  const ours = (said) => translate(said.trim(), document.documentElement.lang);
  const look = () => {
    for (const element of document.querySelectorAll(TEXTS.join())) {
      for (const node of element.childNodes) {
        if (!(node instanceof Text)) continue;
        const said = ours(node.data);
        if (said !== node.data.trim()) node.data = said;
      }
    }
    for (const element of document.querySelectorAll(NAMED.join())) {
      for (const name of ATTRIBUTES) {
        const said = element.getAttribute(name);
        if (said && ours(said) !== said) element.setAttribute(name, ours(said));
      }
    }
  };

  look();
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ["lang", ...ATTRIBUTES],
  });
}

if (typeof document !== "undefined") {
  const script = /** @type {HTMLElement | null} */ (document.querySelector("script[data-words]"));
  watch(JSON.parse(script?.dataset.words ?? "[]"));
}
