namespace PerfLab.Load.Http;

/// <summary>Where the parser stands after what it was fed.</summary>
internal enum ParseProgress
{
    NeedMore = 0,
    Complete,
    Failed,
}
