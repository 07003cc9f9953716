'use strict';

// Tells customers of their orders: through RabbitMQ where there is one, else at once.

const { context, propagation, trace } = require('@opentelemetry/api');
const { OrderError } = require('./order-error.cjs');
const { inSpan } = require('./spans.cjs');

/** Connects to the broker; without one a notification is delivered by the order itself. */
exports.connect = async function connect(amqpUrl, queueName) {
  return amqpUrl ? connectTo(amqpUrl, queueName) : { send: deliver, stop: async () => {} };
};

async function connectTo(url, queueName) {
  const connection = await require('amqplib').connect(url);
  connection.on('error', () => {}); // The next notification says it.
  const channel = await connection.createConfirmChannel();
  channel.on('error', () => {});
  await channel.assertQueue(queueName, { durable: false, autoDelete: true });
  await channel.consume(queueName, async (message) => {
    if (message !== null) {
      await context.with(parentOf(message), () => deliver(JSON.parse(message.content.toString('utf8'))));
      channel.ack(message);
    }
  });
  return {
    send: (notification) => send(channel, queueName, notification),
    stop: async () => {
      await channel.close().catch(() => {});
      await connection.close().catch(() => {});
    },
  };
}

// A message carries no context by itself: it is put into the headers by hand. An instrumentation that has a span for sending puts
// that one there instead.
function send(channel, queueName, notification) {
  const headers = {};
  propagation.inject(context.active(), headers);
  return new Promise((resolve, reject) => {
    const fail = (cause) => reject(new OrderError(502, `The notification was not taken: ${cause.message}`, { cause }));
    try {
      channel.sendToQueue(queueName, Buffer.from(JSON.stringify(notification)), { headers }, (error) => (error ? fail(error) : resolve()));
    } catch (error) {
      fail(error);
    }
  });
}

// The span of an instrumentation, or what stands in the headers.
function parentOf(message) {
  return trace.getActiveSpan() ? context.active() : propagation.extract(context.active(), message.properties.headers ?? {});
}

function deliver({ orderId }) {
  return inSpan('deliverNotification', { 'order.id': orderId }, async () => {});
}
