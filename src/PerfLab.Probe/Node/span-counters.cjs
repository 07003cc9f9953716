'use strict';

// Counts spans where the OpenTelemetry SDK for JavaScript starts them and where its batch processor drops them. The SDK's modules
// are recognized by their paths when they are loaded; a bundled SDK is not, and then nothing is counted and nothing said.

const Module = require('module');

const TRACER = /[\\/]@opentelemetry[\\/]sdk-trace(-base)?[\\/]build[\\/]src[\\/]Tracer\.js$/;
const BATCH_PROCESSOR = /[\\/]@opentelemetry[\\/]sdk-trace(-base)?[\\/]build[\\/]src[\\/]export[\\/]BatchSpanProcessorBase\.js$/;

// The span of a suppressed call (W3C Trace Context: all zeros is invalid), which the SDK does not count as started either.
const INVALID_TRACE_ID = '0'.repeat(32);
const SAMPLED_FLAG = 1;
const SUCCESS = 0;

// Values of otel.span.sampling_result in the OpenTelemetry semantic conventions for SDK metrics.
const started = { DROP: 0, RECORD_ONLY: 0, RECORD_AND_SAMPLE: 0 };
const processors = new Set();
let countsStarts = false;
let countsDrops = false;
let droppedSpans = 0;
let failedExports = 0;

exports.listen = function listen() {
  const load = Module._extensions['.js'];
  Module._extensions['.js'] = function (module, filename) {
    load.apply(this, arguments);
    try {
      if (TRACER.test(filename)) {
        countStarts(module.exports.Tracer.prototype);
      } else if (BATCH_PROCESSOR.test(filename)) {
        countDrops(module.exports.BatchSpanProcessorBase.prototype);
      }
    } catch {
      // Another version of the SDK: its spans are not counted.
    }
  };
  return { write, flush, exitNote };
};

function write(add) {
  if (countsStarts) {
    for (const [result, count] of Object.entries(started)) {
      add(`spans_started:${result}`, count);
    }
  }
}

// A process that a signal ends loses the spans in its queue; they belong to what was measured.
async function flush() {
  await Promise.allSettled([...processors].map((processor) => processor.forceFlush()));
}

function exitNote() {
  return countsDrops ? `spans_dropped ${droppedSpans}\nfailed_exports ${failedExports}\n` : null;
}

function countStarts(prototype) {
  const start = prototype.startSpan;
  prototype.startSpan = function startSpan() {
    const span = start.apply(this, arguments);
    const { traceId, traceFlags } = span.spanContext();
    if (traceId !== INVALID_TRACE_ID) {
      started[!span.isRecording() ? 'DROP' : traceFlags & SAMPLED_FLAG ? 'RECORD_AND_SAMPLE' : 'RECORD_ONLY']++;
    }

    return span;
  };
  countsStarts = true;
}

function countDrops(prototype) {
  const add = prototype._addToBuffer;
  prototype._addToBuffer = function _addToBuffer() {
    if (!processors.has(this)) {
      processors.add(this);
      countFailures(this._exporter);
    }

    droppedSpans += this._finishedSpans.length >= this._maxQueueSize ? 1 : 0;
    return add.apply(this, arguments);
  };
  countsDrops = true;
}

function countFailures(exporter) {
  const send = exporter.export;
  exporter.export = function (items, done) {
    return send.call(this, items, (result) => {
      failedExports += result?.code === SUCCESS ? 0 : 1;
      done(result);
    });
  };
}
