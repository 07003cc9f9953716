namespace PerfLab.Cli;

/// <summary>The user asked for something that cannot be; the message has what, where and what to do.</summary>
/// <param name="message">Three-part message.</param>
internal sealed class UsageException(string message) : Exception(message);
