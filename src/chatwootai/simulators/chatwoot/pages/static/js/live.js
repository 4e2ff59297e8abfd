// Server-Sent Events, plus a slow refresh for what a lost connection may have swallowed.

import { byId } from "./dom.js";

const REFRESH_MS = 20_000;
const RETRY_MS = 2_000;

/** Calls `onEvent(event)` for each event and `onResync()` whenever events may have been missed. */
export function listen(accountId, { onEvent, onResync }) {
  let source;
  const offline = (lost) => {
    byId("offline").hidden = !lost;
  };
  const connect = () => {
    source = new EventSource(`/simulator/api/events?account_id=${accountId}`);
    source.onopen = () => {
      offline(false);
      onResync();
    };
    source.onmessage = ({ data }) => onEvent(JSON.parse(data));
    source.onerror = () => {
      offline(true);
      // The browser gives up for good on an HTTP error such as 502 while the server restarts.
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MS);
    };
  };
  connect();
  setInterval(() => document.hidden || onResync(), REFRESH_MS);
  document.addEventListener("visibilitychange", () => document.hidden || onResync());
  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", (event) => event.persisted && connect());
}

/**
 * Runs `work` now, or once more after the running one: a burst of events costs two requests, not twenty.
 * The promise is always that of a run which began after the call, so the caller sees what it just wrote.
 */
export function coalesced(work) {
  let running = null;
  let next = null;
  const start = () => {
    running = work().finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    if (!running) return start();
    next ??= running.catch(() => {}).then(() => {
      next = null;
      return start();
    });
    return next;
  };
}
