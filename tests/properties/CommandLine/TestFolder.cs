namespace RefIke.Properties.CommandLine;

/// <summary>A folder of one test, gone afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Name { get; } = Directory.CreateTempSubdirectory("refike-test").FullName;

    public string File(string name) => Path.Combine(Name, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Name, true);
}
