namespace PerfLab.Load;

/// <summary>What happens to a start whose time has come while as many requests are in flight as allowed.</summary>
public enum BusyPolicy
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>It is dropped and counted: users who give up. The load on the target stays bounded.</summary>
    Drop = 1,

    /// <summary>
    /// It waits for a free connection and is sent late: the lateness is recorded and the response time counts from the
    /// intended start. What has not been sent at the drain limit is dropped.
    /// </summary>
    Wait = 2,
}
