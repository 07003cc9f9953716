'use strict';

// Reads arguments and environment. Loads nothing that could be instrumented.

const SERVICES = ['all', 'orders', 'inventory'];
const INSTRUMENTATIONS = ['http', 'express', 'auto', 'manual'];
const PROCESSORS = ['batch', 'simple'];

/** Returns the options, and what is wrong with them in one sentence each. */
exports.readOptions = function readOptions(words, environment) {
  const faults = [];
  const given = { '--port': '0', '--service': 'all', '--inventory-url': '' };
  for (let index = 0; index < words.length; index += 2) {
    if (!(words[index] in given)) {
      faults.push(`there is no option ${words[index]}. All there are: ${Object.keys(given).join(', ')}.`);
    } else if (words[index + 1] === undefined) {
      faults.push(`${words[index]} needs a value.`);
    } else {
      given[words[index]] = words[index + 1];
    }
  }

  const options = {
    port: Number(given['--port']),
    service: given['--service'],
    inventoryUrl: given['--inventory-url'],
    amqpUrl: environment.AMQP_URL || null,
    queueName: environment.AMQP_QUEUE || 'node-orders',
    hasSdk: !/^true$/i.test(environment.OTEL_SDK_DISABLED ?? ''),
    instrumentations: (environment.ORDERS_INSTRUMENTATION || 'auto,manual').split(',').map((name) => name.trim()),
    processor: environment.ORDERS_SPAN_PROCESSOR || 'batch',
  };
  if (!Number.isInteger(options.port) || options.port < 0 || options.port > 65535) {
    faults.push(`--port ${given['--port']} is no port. Use 0 to 65535; 0 takes a free one.`);
  }

  if (options.service === 'orders' && !options.inventoryUrl) {
    faults.push('--service orders needs --inventory-url, the address of the inventory.');
  }

  check(faults, '--service', [options.service], SERVICES);
  check(faults, 'ORDERS_INSTRUMENTATION', options.instrumentations, INSTRUMENTATIONS);
  check(faults, 'ORDERS_SPAN_PROCESSOR', [options.processor], PROCESSORS);
  return { options, faults };
};

function check(faults, name, values, known) {
  for (const value of values.filter((value) => !known.includes(value))) {
    faults.push(`${name} does not know ${value}. All there are: ${known.join(', ')}.`);
  }
}
