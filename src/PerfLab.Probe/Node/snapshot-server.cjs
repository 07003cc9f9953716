'use strict';

// Answers snapshots over the Unix socket PROCESS-ID.sock in the probe's folder. A request is one byte: q for the counters, f for
// everything, x before the process is stopped. An answer is lines of "name value" and an empty line. A tick is 100 ns, as in .NET.
// What is not known is left out.

const cluster = require('cluster');
const { writeFileSync } = require('fs');
const { createServer } = require('net');
const { join } = require('path');
const { RuntimeCounters } = require('./runtime-counters.cjs');

const EVERYTHING = 'f'.charCodeAt(0);
const PREPARE_TO_STOP = 'x'.charCodeAt(0);
const TICKS_PER_MICROSECOND = 10;

// struct sockaddr_un (unix(7)) holds 108 bytes with the final zero, 104 on macOS; older versions of Node.js cut what is longer.
const MOST_PATH_BYTES = 103;

// Shorter than the runner waits for an answer.
const FLUSH_LIMIT_MILLISECONDS = 4000;

exports.start = function start(folder, spans) {
  const path = join(folder, `${process.pid}.sock`);
  if (Buffer.byteLength(path) > MOST_PATH_BYTES) {
    return;
  }

  let counters = null;
  const server = createServer((socket) => {
    // Wrappers and tools that nobody asks do not pay for counting.
    counters ??= new RuntimeCounters();
    socket.unref();
    socket.on('error', () => {}); // The runner went away in the middle of an answer.
    socket.on('data', (requests) => {
      for (const request of requests) {
        answer(socket, request);
      }
    });
  });
  server.on('error', () => {});
  server.unref();

  // Exclusive: the worker of a cluster would ask its primary to listen.
  server.listen({ path, exclusive: true });
  process.once('exit', writeExitNote);

  function answer(socket, request) {
    if (request !== PREPARE_TO_STOP) {
      socket.write(snapshot(request === EVERYTHING));
      counters.resume();
      return;
    }

    const limit = new Promise((resolve) => setTimeout(resolve, FLUSH_LIMIT_MILLISECONDS).unref());
    Promise.race([spans.flush(), limit]).finally(() => {
      writeExitNote();
      socket.write('\n\n');
    });
  }

  function snapshot(isFull) {
    let text = '';
    const add = (name, value) => {
      text += `${name} ${Math.round(value)}\n`;
    };
    counters.write(add);
    const usage = process.cpuUsage();
    add('cpu_ticks', (usage.user + usage.system) * TICKS_PER_MICROSECOND);
    if (isFull) {
      add('working_set_bytes', process.memoryUsage.rss());
      spans.write(add);
      for (const worker of Object.values((cluster.isPrimary && cluster.workers) || {})) {
        add(`cluster_worker:${worker.process.pid}`, 1);
      }
    }

    return `${text}\n`;
  }

  // A process that a signal ends without a handler writes none by itself; the request x comes before the signal.
  function writeExitNote() {
    const note = spans.exitNote();
    if (note) {
      try {
        writeFileSync(join(folder, `${process.pid}.exit`), note);
      } catch {
        // The runner has gone and taken the folder along; nobody is left to read the note.
      }
    }
  }
};
