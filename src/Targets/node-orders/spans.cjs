'use strict';

// The spans of business steps, which no instrumentation can know.

const { INVALID_SPAN_CONTEXT, SpanStatusCode, trace } = require('@opentelemetry/api');

const NO_SPAN = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
const tracer = trace.getTracer('node-orders');
const recorded = new WeakSet();
let isOn = true;

/** Leaves the business spans out, so that what instrumentations cost is seen alone. */
exports.turnOff = function turnOff() {
  isOn = false;
};

/**
 * Does a step of work in a span of its own, which ends with the work, however it ends. An exception is recorded where it comes
 * from; the spans around it have its status.
 */
exports.inSpan = function inSpan(name, attributes, work) {
  return isOn ? tracer.startActiveSpan(name, { attributes }, (span) => run(span, work)) : work(NO_SPAN);
};

async function run(span, work) {
  try {
    return await work(span);
  } catch (error) {
    if (!recorded.has(error)) {
      recorded.add(error);
      span.recordException(error);
    }

    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    throw error;
  } finally {
    span.end();
  }
}
