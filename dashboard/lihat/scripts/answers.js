/** @import { Answer } from "./contract.js" */

/** What names other answers than those of this page: the server has newer data. */
export class Outdated extends Error {}

/** Answers of the server by query; the last of several questions is the one that counts. */
export class Answers {
  /** @param {string} address */
  constructor(address) {
    this.address = address;
    this.running = new AbortController();
  }

  /**
   * @param {string} query
   * @returns {Promise<Answer | null>} None if another question has come since.
   */
  async to(query) {
    this.running.abort();
    const { signal } = (this.running = new AbortController());
    try {
      const reply = await fetch(query ? `${this.address}?${query}` : this.address, { signal });
      if (reply.status === 404) throw new Outdated();
      if (!reply.ok) throw new Error(String(reply.status));
      return await reply.json();
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }
}

/**
 * @param {number} id  Feature id of a region.
 * @returns {string} Its code: `3507082001` is `35.07.08.2001`.
 */
export function codeOf(id) {
  const digits = String(id);
  return [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6), digits.slice(6)].filter(Boolean).join(".");
}

/**
 * @param {string} query
 * @param {string} code
 * @returns {string} The query of the same view at the region of that code, drawn at the level right below it.
 */
export function queryAt(query, code) {
  const parameters = new URLSearchParams(query);
  parameters.delete("level");
  parameters.set("wilayah", code);
  return parameters.toString();
}
