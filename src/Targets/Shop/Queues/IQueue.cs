namespace Shop.Queues;

/// <summary>A queue with one kind of message, at a broker. Safe for many callers at once.</summary>
internal interface IQueue : IAsyncDisposable
{
    /// <summary>Gets the broker's kind by the OpenTelemetry semantic conventions (<c>messaging.system</c>).</summary>
    string System { get; }

    /// <summary>Gets the broker's address.</summary>
    Uri Address { get; }

    /// <summary>Gets the name of the queue.</summary>
    string Name { get; }

    /// <summary>Sends a message, and waits until the broker has it.</summary>
    /// <param name="id">The message's number.</param>
    /// <param name="body">What it says.</param>
    /// <param name="headers">The headers of the message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Ends when the broker has the message.</returns>
    /// <exception cref="QueueException">The broker could not be used.</exception>
    Task PublishAsync(string id, byte[] body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken);

    /// <summary>Begins to take messages, one after another. Once.</summary>
    /// <param name="handle">Handles a message; it must not throw.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Ends when messages can come.</returns>
    /// <exception cref="QueueException">The broker could not be used.</exception>
    Task SubscribeAsync(Action<ReceivedMessage> handle, CancellationToken cancellationToken);

    /// <summary>Takes no more messages; the one that is being handled is finished.</summary>
    /// <returns>Ends when the last message is handled.</returns>
    Task UnsubscribeAsync();
}

/// <summary>A message as it came from the queue, valid while it is being handled.</summary>
/// <param name="Body">What it says.</param>
/// <param name="Headers">What was told beside it.</param>
internal readonly record struct ReceivedMessage(ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers);

/// <summary>A broker that this process started and therefore stops.</summary>
internal interface IBroker : IAsyncDisposable
{
    /// <summary>Gets where it listens, on loopback.</summary>
    Uri Address { get; }
}

/// <summary>A broker could not be started, reached or used.</summary>
/// <param name="message">Which one, where, and what to look at.</param>
/// <param name="innerException">What its client failed with; null when there is nothing.</param>
internal sealed class QueueException(string message, Exception? innerException = null) : Exception(message, innerException);
