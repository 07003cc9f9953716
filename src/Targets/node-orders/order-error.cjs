'use strict';

/** An order that cannot be carried out, with the status of the response. */
exports.OrderError = class OrderError extends Error {
  constructor(status, message, options) {
    super(message, options);
    this.name = 'OrderError';
    this.status = status;
  }
};
