namespace Shop.Downstream;

/// <summary>A service could not be reached, failed, or was not understood.</summary>
/// <param name="message">Which service, where, and what to look at.</param>
/// <param name="innerException">What the call failed with; null when it was answered.</param>
internal sealed class DownstreamException(string message, Exception? innerException = null) : Exception(message, innerException);
