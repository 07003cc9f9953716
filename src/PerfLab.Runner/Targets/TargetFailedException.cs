namespace PerfLab.Runner.Targets;

/// <summary>A target could not be started, did not get ready, or died. The message has what, where and what to do.</summary>
/// <param name="message">Three-part message.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class TargetFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
