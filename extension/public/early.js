/*
 * Asks for what was saved while the browser still reads the popup's own code, which then finds it there and
 * paints at once (readKept in background/storage.ts): a third of the time from click to words. Plain script, for
 * modules wait for each other.
 */
globalThis.porchlightEarly = Promise.all([chrome.storage.local.get(null), chrome.storage.session.get(null)])
