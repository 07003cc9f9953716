using PerfLab.Experiments.Scenarios;

namespace PerfLab.Experiments.Results;

/// <summary>The noise profiles of the machine on which a folder of results lies: one for each runtime profile, the latest.</summary>
/// <param name="ResultsRoot">The folder of all runs.</param>
public sealed record NoiseProfiles(string ResultsRoot)
{
    /// <summary>Gets the latest profile, or null when none was made.</summary>
    /// <param name="runtime">The runtime knobs of the targets: they change the noise.</param>
    /// <exception cref="InvalidDataException">The file is of another version or not of this shape.</exception>
    public NoiseProfile? Find(RuntimeProfile runtime) => File.Exists(FileOf(runtime)) ? Read(FileOf(runtime)) : null;

    /// <summary>Keeps a profile for later runs.</summary>
    public void Save(NoiseProfile profile)
    {
        Directory.CreateDirectory(Path.Combine(ResultsRoot, "noise"));
        LabFile.Write(FileOf(profile.Runtime), profile);
    }

    internal static NoiseProfile Read(string path) => LabFile.Read<NoiseProfile>(path, NoiseProfile.CurrentFormatVersion);

    private string FileOf(RuntimeProfile runtime) => Path.Combine(ResultsRoot, "noise", RuntimeKnobs.NameOf(runtime) + ".json");
}
