'use strict';

// The second service, POST /inventory/check, and the client by which the order service asks it.

const http = require('http');
const express = require('express');
const { OrderError } = require('./order-error.cjs');

const PRODUCTS = 1000;
const SKU = /^SKU-(\d{4})$/;
const LONGEST_ANSWER_MILLISECONDS = 5000;

// A busy Node.js process accepts connections slowly. Without a bound, each of many simultaneous orders opens one, and some wait
// for seconds; with it they wait their turn.
const MOST_CONNECTIONS = 32;

/** Gets the price of a product that there is. */
exports.priceOf = function priceOf(sku) {
  return 5 + (numberOf(sku) % 100) * 0.25;
};

/** Makes the application. Stock never runs out, so that every order of a measurement does the same work. */
exports.createInventory = function createInventory() {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());
  app.get('/health', (request, response) => {
    response.json({ status: 'ok' });
  });
  app.post('/inventory/check', (request, response) => {
    const items = Array.isArray(request.body?.items) ? request.body.items : [];
    response.json({ missing: items.map((item) => item.sku).filter((sku) => numberOf(sku) === null) });
  });
  return app;
};

/** Makes the client. Its connections are kept open. */
exports.createInventoryClient = function createInventoryClient(address) {
  const url = new URL('/inventory/check', address);
  const agent = new http.Agent({ keepAlive: true, maxSockets: MOST_CONNECTIONS, scheduling: 'fifo' });
  return {
    async check(items) {
      const { missing } = await post(url, agent, { items });
      if (missing.length > 0) {
        throw new OrderError(409, `There is no ${missing.join(', ')}.`);
      }
    },
    stop: () => agent.destroy(),
  };
};

function numberOf(sku) {
  const number = Number(SKU.exec(sku)?.[1]);
  return number >= 1 && number <= PRODUCTS ? number : null;
}

function post(url, agent, body) {
  return new Promise((resolve, reject) => {
    const fail = (cause) => reject(new OrderError(502, `The inventory did not answer: ${cause.message}`, { cause }));
    const text = JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const request = http.request(url, { method: 'POST', agent, headers, timeout: LONGEST_ANSWER_MILLISECONDS }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', fail);
      response.on('end', () => {
        try {
          resolve(JSON.parse(Buffer.concat(parts).toString('utf8')));
        } catch (error) {
          fail(error);
        }
      });
    });
    request.on('timeout', () => request.destroy(new Error(`nothing came within ${LONGEST_ANSWER_MILLISECONDS} ms`)));
    request.on('error', fail);
    request.end(text);
  });
}
