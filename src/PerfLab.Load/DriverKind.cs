namespace PerfLab.Load;

/// <summary>By what means requests are sent.</summary>
public enum DriverKind
{
    /// <summary>Sockets on Linux for plaintext HTTP/1.1, else HttpClient.</summary>
    Auto = 0,

    /// <summary>One thread over raw sockets: least processor time and best pacing. Linux, plaintext HTTP/1.1.</summary>
    Sockets = 1,

    /// <summary>.NET's own HTTP client: TLS, HTTP/2, every platform.</summary>
    HttpClient = 2,
}
