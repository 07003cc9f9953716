using System.Diagnostics;

namespace Shop.Tracing;

/// <summary>
/// Spans of SQL statements by the OpenTelemetry semantic conventions for database clients. They stand in for a library's:
/// Microsoft.Data.Sqlite has no instrumentation. Npgsql has its own.
/// </summary>
internal static class DatabaseSpans
{
    /// <summary>The name under which a listener finds the spans of SQLite.</summary>
    public const string SourceName = "Shop.Database";

    /// <summary>The name under which a listener finds the spans of Npgsql.</summary>
    public const string NpgsqlSourceName = "Npgsql";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the span of a statement of SQLite.</summary>
    /// <param name="operation">Its first word, for example <c>SELECT</c>.</param>
    /// <param name="table">The table.</param>
    /// <param name="statement">The statement, with parameters in place of values.</param>
    /// <returns>The span, which the caller ends; null when nobody listens or it is not sampled.</returns>
    public static Activity? Start(string operation, string table, string statement)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var span = Source.StartActivity($"{operation} {table}", ActivityKind.Client);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("db.system.name", "sqlite");
            span.SetTag("db.operation.name", operation);
            span.SetTag("db.collection.name", table);
            span.SetTag("db.query.text", statement);
        }

        return span;
    }
}
