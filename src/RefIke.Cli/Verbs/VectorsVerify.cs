using System.Collections.Immutable;
using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Vectors;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike vectors verify</c>: schema, every value, every datagram, and both roles, of files anywhere.</summary>
internal static class VectorsVerify
{
    private static readonly Argument<string[]> Paths = new("path")
    {
        Description = "files, and folders that are searched; without any, what the tool has in it",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly WordOption Format = WordOption.Format();

    public static Command Create()
    {
        var verb = new Verb("verify", "Validates and replays vectors: what does not hold, and where.",
            "refike vectors verify", "refike vectors verify mine.json", "refike vectors verify tests/vectors")
        {
            Paths, Format,
        };
        verb.SetAction(parsed => Verify(parsed.GetValue(Paths) ?? [], parsed.GetValue(Format) == "json"));
        return verb;
    }

    private static int Verify(string[] paths, bool json)
    {
        (string Name, Func<string> Text, bool Asked)[] files = paths.Length > 0
            ? [.. paths.SelectMany(Found)]
            : [.. VectorBook.Emit().Where(f => f.Path.Contains('/', StringComparison.Ordinal))
                .Select(f => (f.Path, (Func<string>)(() => f.Text), true))];
        ImmutableArray<(string Name, VectorVerdict Verdict)> verdicts =
            [.. files.AsParallel().AsOrdered().Select(f => (f.Name, f.Asked, Verdict: VectorVerdict.Of(f.Text()))).ToArray()
                .Where(f => f.Verdict is not null || f.Asked)
                .Select(f => (f.Name, f.Verdict ?? throw new BadInputException(
                    $"{f.Name}: no vector file: its $schema is none that refike knows")))];
        Print(verdicts, json);
        return verdicts.IsEmpty ? ExitCodes.Undecided
            : verdicts.All(v => v.Verdict.Faults.IsEmpty) ? ExitCodes.Held : ExitCodes.Failed;
    }

    /// <summary>A file that was named, or all JSON files of a folder; of those the ones that are no vectors are passed over.</summary>
    private static IEnumerable<(string Name, Func<string> Text, bool Asked)> Found(string path)
        => !Directory.Exists(path)
            ? [(path, () => File.ReadAllText(path), true)]
            : Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Where(f => !IsBuilt(path, f)).Select(f => (f, (Func<string>)(() => File.ReadAllText(f)), false));

    /// <summary>What a build has put under the folder is no file of it.</summary>
    private static bool IsBuilt(string folder, string file)
        => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";

    private static void Print(ImmutableArray<(string Name, VectorVerdict Verdict)> verdicts, bool json)
    {
        var held = !verdicts.IsEmpty && verdicts.All(v => v.Verdict.Faults.IsEmpty);
        if (json)
        {
            Console.WriteLine(JsonText.Document(new
            {
                document = "refike vectors verify",
                version = 1,
                held,
                files = verdicts.Select(
                    v => new { file = v.Name, v.Verdict.Kind, v.Verdict.Vectors, v.Verdict.Faults }),
            }));
            return;
        }

        foreach (var (name, verdict) in verdicts)
        {
            foreach (var fault in verdict.Faults)
            {
                Console.WriteLine($"FAULT {name}: {fault}");
            }
        }

        foreach (var kind in verdicts.GroupBy(v => v.Verdict.Kind))
        {
            Console.WriteLine($"{kind.Key}: {kind.Sum(v => v.Verdict.Vectors)} vectors in {kind.Count()} files, "
                + $"{kind.Count(v => v.Verdict.Faults.IsEmpty)} files hold");
        }
    }
}
