namespace PerfLab.Load.Feeds;

/// <summary>A field of one of several feeds.</summary>
/// <param name="Feed">Index of the feed.</param>
/// <param name="Field">Index of the field in it.</param>
internal readonly record struct FieldReference(int Feed, int Field);
