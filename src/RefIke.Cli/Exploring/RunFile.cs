using System.Text.Json;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Hosting;
using RefIke.Exploration.Policies;
using RefIke.Exploration.Scenarios;
using RefIke.Exploration.Worlds;

namespace RefIke.Cli.Exploring;

/// <summary>A file by which a run is made again: one line of JSON that names its scenario and what an endpoint did otherwise.</summary>
internal static class RunFile
{
    /// <summary>Writes one into a folder, which is made if it is not there.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="BadInputException">It cannot be written.</exception>
    public static string Write(string folder, string name, object run)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"cannot write {path}: {e.Message}");
        }

        using var file = new StreamWriter(OutputFile.Create(path));
        file.WriteLine(JsonText.Line(run));
        return path;
    }

    /// <summary>Reads one.</summary>
    /// <param name="what">What it should be, for a complaint.</param>
    /// <exception cref="BadInputException">It is none, or cannot be read.</exception>
    public static T Read<T>(string path, string what)
        where T : class
    {
        try
        {
            return JsonText.Read<T>(File.ReadAllText(path)) ?? throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(e is JsonException ? $"{path}: no {what}: {e.Message}" : $"cannot read {path}: {e.Message}");
        }
    }

    /// <summary>The scenario, and the seeded fault or policy, that one names.</summary>
    /// <exception cref="BadInputException">It names what is not known here.</exception>
    public static (Scenario Scenario, Variation? Varied) Named(string path, string scenario, string? label)
    {
        var named = Scenario.All.FirstOrDefault(s => s.Name == scenario) ?? throw new BadInputException($"{path}: scenario {scenario} is unknown");
        var varied = Variations.Named(label);
        return varied is null && label is not null ? throw new BadInputException($"{path}: seeded fault {label} is unknown") : (named, varied);
    }
}
