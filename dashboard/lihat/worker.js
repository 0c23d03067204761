/**
 * Keeps what the light view has shown, so that it can be shown again without a connection. What has a version in
 * its address is taken from there; the page itself and the search are asked for first.
 */

const KEPT = "peta-kim-1";
const VERSIONED = /\/(?:aset|batas|petak|titik)\/|\/lihat\/data\//;
const MOST = 400;

/**
 * Parts of a tileset are kept each under its own name: no cache takes an answer that is a part.
 *
 * @param {Request} request
 * @returns {string}
 */
function nameOf(request) {
  const range = request.headers.get("range");
  const address = new URL(request.url);
  if (range) address.searchParams.set("bagian", range);
  // Every view is the same page: its address tells it apart in the browser.
  if (request.mode === "navigate") address.search = "";
  return address.href;
}

/**
 * @param {Request} request
 * @param {Response} reply
 */
async function keep(request, reply) {
  const headers = new Headers(reply.headers);
  headers.set("x-status", String(reply.status));
  const cache = await caches.open(KEPT);
  await cache.put(nameOf(request), new Response(await reply.arrayBuffer(), { headers }));
  const names = await cache.keys();
  for (const name of names.slice(0, Math.max(0, names.length - MOST))) await cache.delete(name);
}

/**
 * @param {Request} request
 * @returns {Promise<Response | null>}
 */
async function kept(request) {
  const cache = await caches.open(KEPT);
  const reply = await cache.match(nameOf(request));
  if (!reply) return null;
  const status = Number(reply.headers.get("x-status"));
  return new Response(await reply.arrayBuffer(), { status, headers: reply.headers });
}

/**
 * @param {Request} request
 * @returns {Promise<Response>}
 */
async function fetched(request) {
  const reply = await fetch(request);
  if (reply.ok) keep(request, reply.clone());
  return reply;
}

/**
 * @param {Request} request
 * @returns {Promise<Response>}
 */
async function answer(request) {
  if (VERSIONED.test(request.url)) return (await kept(request)) ?? fetched(request);
  try {
    return await fetched(request);
  } catch (error) {
    const reply = await kept(request);
    if (reply) return reply;
    throw error;
  }
}

/** @typedef {ExtendableEvent & { request: Request, respondWith(reply: Promise<Response>): void }} FetchEvent */
/** @typedef {Event & { waitUntil(done: Promise<unknown>): void }} ExtendableEvent */
/** @typedef {{ skipWaiting(): void, clients: { claim(): Promise<void> } }} Scope */

const scope = /** @type {Scope} */ (/** @type {unknown} */ (self));
self.addEventListener("install", () => scope.skipWaiting());
self.addEventListener("activate", (event) => /** @type {ExtendableEvent} */ (event).waitUntil(scope.clients.claim()));
self.addEventListener("fetch", (event) => {
  const fetching = /** @type {FetchEvent} */ (event);
  const { request } = fetching;
  const isOurs = new URL(request.url).origin === location.origin;
  if (isOurs && request.method === "GET") fetching.respondWith(answer(request));
});
