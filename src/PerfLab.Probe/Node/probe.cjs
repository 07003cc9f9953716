'use strict';

// The probe for Node.js. NODE_OPTIONS=--require loads it into every Node.js process that a target starts, before the program's own
// code. It answers in the main thread of a process, and does nothing in worker threads and without PERFLAB_PROBE_FOLDER.

const { isMainThread } = require('worker_threads');

const folder = process.env.PERFLAB_PROBE_FOLDER;
if (folder && isMainThread) {
  try {
    const spans = require('./span-counters.cjs').listen();
    require('./snapshot-server.cjs').start(folder, spans);
  } catch {
    // The target must run without its probe; the runner sees that no socket is there and reads /proc instead.
  }
}
