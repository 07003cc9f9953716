namespace Shop.Queues;

/// <summary>A broker could not be started, reached or used.</summary>
/// <param name="message">Which one, where, and what to look at.</param>
/// <param name="innerException">What its client failed with; null when there is nothing.</param>
internal sealed class QueueException(string message, Exception? innerException = null) : Exception(message, innerException);
