'use strict';

// Sets OpenTelemetry up. What OTEL_* variables say (sampler, exporter, batches, propagators, resource) is read by the SDK itself.

// Each span is a request of its own, and the exporter gives up what exceeds its limit of 30 at a time. The measurement is about
// what the simple processor costs, so none is given up.
const MOST_EXPORTS_AT_A_TIME = 100_000;

// Sources that make spans of no use to anybody who looks at an order: files, name look-ups, sockets.
const NOISY = ['fs', 'dns', 'net'];

const NOTHING = { shutdown: async () => {} };

/** Starts the SDK; without one not even its modules are loaded. */
exports.start = function start({ service, hasSdk, instrumentations, processor }) {
  if (!hasSdk) {
    return NOTHING;
  }

  const { NodeSDK } = require('@opentelemetry/sdk-node');
  process.env.OTEL_SERVICE_NAME ||= service === 'all' ? 'node-orders' : `node-orders-${service}`;

  // The question is what traces cost. Without a word the SDK would export metrics and logs too.
  process.env.OTEL_METRICS_EXPORTER ||= 'none';
  process.env.OTEL_LOGS_EXPORTER ||= 'none';
  const sdk = new NodeSDK({
    instrumentations: create(instrumentations),
    ...(processor === 'simple' ? { spanProcessors: [createSimpleProcessor()] } : {}),
  });
  sdk.start();
  return sdk;
};

function create(names) {
  if (names.includes('auto')) {
    const { getNodeAutoInstrumentations } = require('@opentelemetry/auto-instrumentations-node');
    return getNodeAutoInstrumentations(Object.fromEntries(NOISY.map((name) => [`@opentelemetry/instrumentation-${name}`, { enabled: false }])));
  }

  const created = [];
  if (names.includes('http')) {
    const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
    created.push(new HttpInstrumentation());
  }

  if (names.includes('express')) {
    const { ExpressInstrumentation } = require('@opentelemetry/instrumentation-express');
    created.push(new ExpressInstrumentation());
  }

  return created;
}

function createSimpleProcessor() {
  const { tracing } = require('@opentelemetry/sdk-node');
  const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-proto');
  return new tracing.SimpleSpanProcessor(new OTLPTraceExporter({ concurrencyLimit: MOST_EXPORTS_AT_A_TIME }));
}
