/** Where worker threads start: the compiled `worker.js` beside this module. */
export const workerEntry = new URL('./worker.js', import.meta.url);
