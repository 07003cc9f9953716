namespace Shop.Tests.OutOfProcess;

/// <summary>What <c>GET /notifications/times</c> answers.</summary>
internal sealed record NotificationTimesAnswer(long Count, double? P50Seconds, double? P90Seconds, double? P99Seconds, double? LongestSeconds);
