using System.Globalization;

namespace PerfLab.Experiments.Tests;

/// <summary>Runs code as on a machine of another language.</summary>
internal static class Culture
{
    public static T Run<T>(string name, Func<T> code)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
        try
        {
            return code();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Proves that a culture differs at all here; a machine without culture data would make the other tests empty.</summary>
    public static bool IsReal(string name) => Run(name, () => 1.5.ToString(CultureInfo.CurrentCulture)) == "1,5";
}
