/** @import { Answer, Words } from "./contract.js" */

const PAUSE_MS = 100;

/** Questions as one types them: asked after a short pause, and only the last one is answered. */
export class Questions {
  /**
   * @param {(query: string, signal: AbortSignal) => Promise<Answer>} ask
   * @param {(answer: Answer, query: string) => void} answered
   */
  constructor(ask, answered) {
    this.ask = ask;
    this.answered = answered;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.running = new AbortController();
  }

  /** @param {string} query */
  put(query) {
    this.drop();
    this.timer = setTimeout(() => this.send(query), PAUSE_MS);
  }

  /**
   * Ask without a pause.
   *
   * @param {string} query
   */
  async send(query) {
    this.drop();
    const { signal } = (this.running = new AbortController());
    const answer = await this.ask(query, signal);
    if (!signal.aborted) this.answered(answer, query);
  }

  /** Forget the question that waits, or whose answer is on its way. */
  drop() {
    clearTimeout(this.timer);
    this.running.abort();
  }
}

/**
 * @param {Words} words
 * @param {string} query
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
export async function answerOf({ address, parameter, failed }, query, signal) {
  try {
    const asked = new URL(address, location.href);
    asked.searchParams.set(parameter, query);
    const reply = await fetch(asked, { signal });
    if (reply.ok) return await reply.json();
  } catch {
    // No network, or the question was dropped: then nobody reads what is said.
  }
  return { hits: [], said: failed };
}
