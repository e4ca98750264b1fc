using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Specification;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike spec coverage</c>: the ledger of clauses against the sources.</summary>
internal static class SpecCoverage
{
    private const string Columns = "{0,-16} {1,-10} {2,4} {3,4} {4,6} {5,5}  {6}";

    private static readonly WordOption Format = WordOption.Format();

    private static readonly Option<bool> Record = new("--record")
    {
        Description = "write what cites which clause to spec/links.txt, against which every later run is held",
    };

    public static Command Create()
    {
        var coverage = new Verb(
            "coverage", "Each clause of the ledger: how often code, rows, models and tests cite it.",
            "refike spec coverage", "refike spec coverage --format json", "refike spec coverage --record")
        {
            Format, Record,
        };
        coverage.SetAction(parsed =>
        {
            if (parsed.GetValue(Record))
            {
                RecordedLinks.Write(SpecVerb.Repository());
            }

            return Cover(parsed.GetValue(Format) == "json");
        });
        return coverage;
    }

    private static int Cover(bool json)
    {
        var repository = SpecVerb.Repository();
        var places = Coverage.Places(repository);
        var (links, unknown) = Coverage.Of(repository, places);
        var recorded = RecordedLinks.Compare(repository, places);
        var held = unknown.Count == 0 && links.All(l => l.Fault is null) && recorded.Hold;
        if (json)
        {
            Console.WriteLine(JsonText.Document(new { held, clauses = links.Select(Document), unknown, recorded.Lost, recorded.New }));
        }
        else
        {
            Print(links, unknown, recorded);
        }

        return held ? ExitCodes.Held : ExitCodes.Failed;
    }

    private static object Document(ClauseLinks l) => new
    {
        l.Clause.Id,
        l.Clause.Level,
        l.Clause.Words,
        l.Code,
        l.Rows,
        l.Models,
        l.Tests,
        notObeyed = l.Clause.Exception,
        notTested = l.Clause.Untested,
        l.Fault,
    };

    private static void Print(IReadOnlyList<ClauseLinks> links, IReadOnlyList<Citation> unknown, RecordedLinks recorded)
    {
        Console.WriteLine(Columns, "clause", "level", "code", "rows", "models", "tests", "words");
        foreach (var l in links)
        {
            var reason = l.Clause.Exception is { } no ? $" [not yet: {no}]"
                : l.Clause.Untested is { } untested ? $" [not tested: {untested}]" : "";
            Console.WriteLine(
                Columns, l.Clause.Id, l.Clause.Level, l.Code, l.Rows, l.Models, l.Tests, l.Clause.Words + reason);
        }

        foreach (var l in links.Where(l => l.Fault is not null))
        {
            Console.WriteLine($"FAULT {l.Clause.Id}: {l.Fault}");
        }

        foreach (var u in unknown)
        {
            Console.WriteLine($"FAULT {u.Id} stands in {u.File} and in no ledger");
        }

        foreach (var link in recorded.Lost)
        {
            Console.WriteLine($"FAULT lost: {link} (spec/links.txt)");
        }

        foreach (var link in recorded.New)
        {
            Console.WriteLine($"FAULT not recorded: {link} (--record writes spec/links.txt)");
        }

        var obeyed = links.Where(l => l.Code + l.Rows > 0).ToArray();
        Console.WriteLine($"{links.Count} clauses: {obeyed.Length} obeyed, {links.Count - obeyed.Length} not yet; "
            + $"{obeyed.Count(l => l.Tests > 0)} are shown by tests, {obeyed.Count(l => l.Models > 0)} by models.");
    }
}
