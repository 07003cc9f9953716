// Sends spans to a receiver with one of Node's own exporters. Arguments: exporter (http, proto, grpc), url, compression, spans.
'use strict';

const { NodeTracerProvider, BatchSpanProcessor } = require('@opentelemetry/sdk-trace-node');

const [, , kind, url, compression, spans] = process.argv;
const { OTLPTraceExporter } = require(`@opentelemetry/exporter-trace-otlp-${kind}`);

const exporter = new OTLPTraceExporter({ url, compression, timeoutMillis: 50000 });
const provider = new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(exporter, { maxQueueSize: 100000, maxExportBatchSize: 200 })],
});
const tracer = provider.getTracer('lab');
for (let index = 0; index < Number(spans); index++) {
  const span = tracer.startSpan('processOrder', { attributes: { 'order.id': `o-${index}`, 'order.cost': 12.5, 'order.items': 3 } });
  span.addEvent('charged', { method: 'card é' });
  span.setStatus({ code: index % 2 === 0 ? 2 : 1 });
  span.end();
}

provider.shutdown().then(
  () => console.log('sent'),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  });
