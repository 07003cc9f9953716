namespace Shop.Inventory;

/// <summary>The database could not be used; nothing is known about the stock.</summary>
/// <param name="message">What happened, where, and what to do.</param>
/// <param name="innerException">What the database client failed with.</param>
internal sealed class StockUnavailableException(string message, Exception innerException) : Exception(message, innerException);
