using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Vectors;
using RefIke.Vectors.Negative;

namespace RefIke.Cli.Verbs;

/// <summary>The negative vectors' part of <c>refike vectors list</c> and <c>show</c>.</summary>
internal static class VectorsNegative
{
    public static readonly Option<bool> Wanted = new("--negative")
    {
        Description = "the negative vectors, one line a case, in place of the whole exchanges",
    };

    private static readonly Option<string?> Kind =
        new("--kind") { Description = "with --negative: the kind of rejection, as HashMismatch", HelpName = "name" };

    private static readonly WordOption Exchange = new(
        "--exchange", "with --negative: the exchange", "name",
        ["MainMode", "Aggressive", "QuickMode", "Informational", "NewGroupMode", "Transaction"]);

    private static readonly Option<string?> Notify = new("--notify")
    {
        Description = "with --negative: the notify that names the fault, as INVALID-HASH-INFORMATION or 23",
        HelpName = "name|number",
    };

    public static Option[] Options => [Wanted, Kind, Exchange, Notify];

    public static int List(ParseResult parsed, string[] flags, bool json)
    {
        var filter = new NegativeFilter(null, parsed.GetValue(Kind), parsed.GetValue(Exchange), parsed.GetValue(Notify));
        var found = VectorBook.NegativeNames.Select(VectorBook.Negative)
            .SelectMany(f => f.Groups.SelectMany(g => g.Cases.Select(c => (File: f, Group: g, Case: c))))
            .Where(x => filter.Takes(x.Group, x.Case) && flags.All(x.Case.Flags.Contains)).ToArray();
        if (json)
        {
            Console.WriteLine(JsonText.Document(new
            {
                document = "refike vectors list",
                version = 1,
                cases = found.Select(x => new
                {
                    file = x.File.Name,
                    x.Case.Id,
                    x.Group.Setup.Exchange,
                    x.Group.Setup.Role,
                    x.Case.Flags,
                    x.Case.Clause,
                    x.Case.Result.Rejections[^1].Kind,
                    notify = x.Case.Result.Rejections[^1].Notify?.Type,
                    x.Case.Result.State,
                    x.Case.Comment,
                }),
            }));
            return ExitCodes.Held;
        }

        foreach (var (file, _, one) in found)
        {
            Console.WriteLine(NegativeText.Line(file, one));
        }

        Console.WriteLine($"{found.Length} negative vectors");
        return ExitCodes.Held;
    }

    /// <summary>A case by its file and id, or by its id alone.</summary>
    public static string? Show(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return VectorBook.NegativeNames.Where(n => slash < 0 || n == name[..slash]).Select(VectorBook.Negative)
            .Select(f => NegativeText.Show(f, name[(slash + 1)..])).FirstOrDefault(text => text is not null);
    }
}
