'use strict';

// Hosts the services of this process, each on a port of its own. They talk over HTTP, also where one process has both.

const { createInventory, createInventoryClient } = require('./inventory.cjs');
const { connect } = require('./notifications.cjs');
const { createOrders } = require('./orders.cjs');
const { turnOff } = require('./spans.cjs');

// Behind a load balancer a service must not close a connection that the next request is already on.
const KEEP_ALIVE_MILLISECONDS = 75_000;

/** Starts them. */
exports.start = async function start({ service, port, inventoryUrl, amqpUrl, queueName, instrumentations }) {
  if (!instrumentations.includes('manual')) {
    turnOff();
  }

  const parts = [];
  let stock = inventoryUrl;
  if (service !== 'orders') {
    const server = await listen(createInventory(), service === 'inventory' ? port : 0);
    parts.unshift(server);
    stock ||= server.address;
  }

  let listening = parts[0];
  if (service !== 'inventory') {
    const inventory = createInventoryClient(stock);
    const notifications = await connect(amqpUrl, queueName);
    listening = await listen(createOrders(inventory, notifications), port);
    parts.unshift(listening, notifications, inventory);
  }

  console.log(`node-orders: listening on ${listening.address}`);
  return {
    // In this order: no part loses what the one before it still needs.
    async stop() {
      for (const part of parts) {
        await part.stop();
      }
    },
  };
};

function listen(app, port) {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, '127.0.0.1', (error) => {
      if (error) {
        reject(error);
        return;
      }

      resolve({
        address: `http://127.0.0.1:${server.address().port}`,
        stop: () =>
          new Promise((stopped) => {
            server.close(stopped);
            server.closeIdleConnections();
          }),
      });
    });
    server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS;
  });
}
