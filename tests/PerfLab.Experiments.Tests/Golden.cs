namespace PerfLab.Experiments.Tests;

/// <summary>Compares text with a file that was read and approved by a person. UPDATE_GOLDEN=1 writes the files anew.</summary>
internal static class Golden
{
    public static void Check(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : $"{path} does not exist", actual);
    }
}
