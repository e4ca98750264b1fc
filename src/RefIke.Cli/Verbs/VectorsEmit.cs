using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Vectors;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike vectors emit</c>: every file and schema again, from the seeds.</summary>
internal static class VectorsEmit
{
    private static readonly Argument<string> Folder = new("folder") { Description = "where they are written" };

    public static Command Create()
    {
        var verb = new Verb("emit", "Writes every vector and schema again, made from their seeds.",
            "refike vectors emit vectors")
        {
            Folder,
        };
        verb.SetAction(parsed => Emit(parsed.GetValue(Folder)!));
        return verb;
    }

    private static int Emit(string folder)
    {
        var written = 0;
        foreach (var (path, text) in VectorBook.Emit())
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            written++;
        }

        Console.WriteLine($"{written} files in {folder}");
        return ExitCodes.Held;
    }
}
