/**
 * Tells readers that the server is not connected: it restarts, or their network is gone. What they
 * see stays as it is; Streamlit connects again by itself, and runs the page's address anew.
 */

const PATIENCE = 1500; // ms; another server of several takes over in less

/**
 * Watch the state of the connection, as Streamlit's page writes it.
 *
 * @param {(lost: boolean) => void} tell Hears of a connection that stays lost, and that it is back.
 * @param {number} [patience] Milliseconds.
 * @returns {(state: string | null) => void} Is told each state.
 */
export function follower(tell, patience = PATIENCE) {
  let wasConnected = false;
  let isTold = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  return (state) => {
    if (state === "CONNECTED") {
      wasConnected = true;
      clearTimeout(waiting);
      waiting = undefined;
      if (isTold) tell(false);
      isTold = false;
    } else if (wasConnected) {
      waiting ??= setTimeout(() => {
        isTold = true;
        tell(true);
      }, patience);
    }
  };
}

if (typeof document !== "undefined") {
  const script = /** @type {HTMLElement | null} */ (document.querySelector("script[data-lost]"));
  /** @type {Record<string, string>} */
  const said = JSON.parse(script?.dataset.lost ?? "{}");
  const bar = document.createElement("div");
  bar.className = "peta-kim-terputus";
  bar.setAttribute("role", "status");
  document.body.append(bar);

  const follow = follower((lost) => {
    bar.textContent = lost ? (said[document.documentElement.lang] ?? "") : "";
  });
  const APP = '[data-testid="stApp"]';
  const look = () => follow(document.querySelector(APP)?.getAttribute("data-test-connection-state") ?? null);
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ["data-test-connection-state"],
  });
}
