/** The tablet's page itself kept at hand: the worker serves it, and this fills what it serves from. */

const CACHE = "device";
const WORKER = "/device/worker.js";

export async function keepOffline(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(WORKER, { scope: "/device" });
  await navigator.serviceWorker.ready;
  await navigator.storage?.persist?.();
  if (!navigator.onLine) return;
  // Else it would be fetched when somebody first needs it.
  await import("@/ui/Camera");
  const cache = await caches.open(CACHE);
  const wanted = new Set(loaded());
  await cache.addAll([...wanted, "/device"]);
  // What an earlier version needed goes once the newer one is whole.
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== "/device" && !wanted.has(pathname)) await cache.delete(request);
  }
}

/** Everything of ours that this page has fetched so far. */
const loaded = (): string[] =>
  performance
    .getEntriesByType("resource")
    .map((entry) => new URL(entry.name))
    .filter((url) => url.origin === window.location.origin && url.pathname.startsWith("/static/"))
    .map((url) => url.pathname);
