'use strict';

// Starts the services. Tracing comes first: an instrumentation can only change modules that are loaded after it.

const { readOptions } = require('./options.cjs');

// An SDK whose collector does not answer must not hold the end of the process up for longer.
const STOP_LIMIT_MILLISECONDS = 10_000;

main().catch((error) => {
  console.error(`node-orders: ${error.message}`);
  process.exit(1);
});

async function main() {
  const { options, faults } = readOptions(process.argv.slice(2), process.env);
  if (faults.length > 0) {
    console.error(faults.map((fault) => `node-orders: ${fault}`).join('\n'));
    process.exit(2);
  }

  const tracing = require('./tracing.cjs').start(options);
  const services = await require('./services.cjs').start(options);
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => stop(services, tracing));
  }
}

// Orders in progress are finished first, then the spans that are still in the queue are exported.
async function stop(services, tracing) {
  setTimeout(() => process.exit(1), STOP_LIMIT_MILLISECONDS).unref();
  await services.stop();
  await tracing.shutdown();
  process.exit(0);
}
