namespace Shop.Queues;

/// <summary>A message as it came from the queue, valid while it is being handled.</summary>
/// <param name="Body">What it says.</param>
/// <param name="Headers">What was told beside it.</param>
internal readonly record struct ReceivedMessage(ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers);
