'use strict';

// POST /orders: validate the inventory, calculate the shipping, charge the payment, notify the customer.

const { randomUUID } = require('crypto');
const express = require('express');
const { priceOf } = require('./inventory.cjs');
const { OrderError } = require('./order-error.cjs');
const { inSpan } = require('./spans.cjs');

const TIERS = ['standard', 'premium', 'vip'];
const PAYMENTS = ['card', 'wallet', 'invoice', 'declined_card'];
const FREE_SHIPPING_TIERS = ['vip'];
const SHIPPING_BASE = 3.5;
const SHIPPING_PER_ITEM = 0.21;

/** Makes the application. It asks `inventory.check(items)` and tells `notifications.send(notification)`. */
exports.createOrders = function createOrders(inventory, notifications) {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());
  app.get('/health', (request, response) => {
    response.json({ status: 'ok' });
  });
  app.post('/orders', async (request, response) => {
    const order = readOrder(request.body);
    response.json(await processOrder(order, inventory, notifications));
  });
  app.use((error, request, response, next) => {
    response.status(error.status ?? 500).json({ error: error.status ? error.message : 'The order failed.' });
  });
  return app;
};

function readOrder(body) {
  const { userTier, paymentMethod, items } = body ?? {};
  const isValid = TIERS.includes(userTier) && PAYMENTS.includes(paymentMethod) && Array.isArray(items) && items.length > 0
    && items.every((item) => typeof item?.sku === 'string' && Number.isInteger(item.quantity) && item.quantity > 0);
  if (!isValid) {
    throw new OrderError(400, `An order needs userTier (${TIERS.join(', ')}), paymentMethod (${PAYMENTS.join(', ')}) and items with sku and quantity.`);
  }

  return { id: randomUUID(), userTier, paymentMethod, items };
}

function processOrder(order, inventory, notifications) {
  const attributes = {
    'order.id': order.id,
    'order.item_count': order.items.length,
    'order.user_tier': order.userTier,
    'order.payment_method': order.paymentMethod,
  };
  return inSpan('processOrder', attributes, async (span) => {
    await inSpan('validateInventory', { 'order.item_count': order.items.length }, () => inventory.check(order.items));
    const shippingCost = await inSpan('calculateShipping', { 'order.user_tier': order.userTier }, (step) => {
      const cost = shippingCostOf(order);
      step.setAttribute('shipping.cost', cost);
      return cost;
    });
    const total = round(order.items.reduce((sum, item) => sum + item.quantity * priceOf(item.sku), shippingCost));
    span.setAttribute('order.total', total);
    await inSpan('chargePayment', { 'payment.method': order.paymentMethod, 'payment.amount': total }, () => charge(order));
    await inSpan('notifyCustomer', { 'order.id': order.id }, () => notifications.send({ orderId: order.id, total }));
    return { orderId: order.id, total, shippingCost };
  });
}

function shippingCostOf(order) {
  const count = order.items.reduce((sum, item) => sum + item.quantity, 0);
  return FREE_SHIPPING_TIERS.includes(order.userTier) ? 0 : round(SHIPPING_BASE + count * SHIPPING_PER_ITEM);
}

// The gateway is simulated: it answers at the next turn of the event loop.
async function charge(order) {
  await new Promise((resolve) => setImmediate(resolve));
  if (order.paymentMethod === 'declined_card') {
    throw new OrderError(402, 'The payment was declined.');
  }
}

function round(amount) {
  return Math.round(amount * 100) / 100;
}
