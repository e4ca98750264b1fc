using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Covering;
using RefIke.Specification;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike spec coverage</c>: the ledger of clauses against the sources.</summary>
internal static class SpecCoverage
{
    private const string Columns = "{0,-16} {1,-10} {2,-9} {3,-9} {4,4} {5,4} {6,6} {7,5} {8,7}  {9}";

    private static readonly WordOption Format = new(
        "--format", "how to print the result; html is one page", "text|json|html", ["text", "json", "html"], "text");

    private static readonly Option<bool> Record = new("--record")
    {
        Description = "write what cites which clause to spec/links.txt, against which every later run is held",
    };

    public static Command Create()
    {
        var coverage = new Verb(
            "coverage", "Each clause of the ledger: how often code, rows, models, tests and vectors cite it.",
            "refike spec coverage", "refike spec coverage --format html > coverage.html", "refike spec coverage --record")
        {
            Format, Record,
        };
        coverage.SetAction(parsed =>
        {
            if (parsed.GetValue(Record))
            {
                RecordedLinks.Write(SpecVerb.Repository());
            }

            return Cover(parsed.GetValue(Format)!);
        });
        return coverage;
    }

    private static int Cover(string format)
    {
        var repository = SpecVerb.Repository();
        var places = Coverage.Places(repository);
        var (links, unknown) = Coverage.Of(repository, places);
        var recorded = RecordedLinks.Compare(repository, places);
        string[] faults = [.. Faults(links, unknown, recorded)];
        var held = faults.Length == 0;
        if (format == "json")
        {
            Console.WriteLine(JsonText.Document(new { held, clauses = links.Select(Document), unknown, recorded.Lost, recorded.New }));
        }
        else if (format == "html")
        {
            Console.Write(CoveragePage.Of(links, Ledger.Titles(repository), faults));
        }
        else
        {
            Print(links, faults);
        }

        return held ? ExitCodes.Held : ExitCodes.Failed;
    }

    private static IEnumerable<string> Faults(
        IReadOnlyList<ClauseLinks> links, IReadOnlyList<Citation> unknown, RecordedLinks recorded)
        =>
        [
            .. links.Where(l => l.Fault is not null).Select(l => $"{l.Clause.Id}: {l.Fault}"),
            .. unknown.Select(u => $"{u.Id} stands in {u.File} and in no ledger"),
            .. recorded.Lost.Select(link => $"lost: {link} (spec/links.txt)"),
            .. recorded.New.Select(link => $"not recorded: {link} (--record writes spec/links.txt)"),
        ];

    private static object Document(ClauseLinks l) => new
    {
        l.Clause.Id,
        l.Clause.Level,
        l.Clause.Words,
        l.Clause.Who,
        l.Clause.Seen,
        l.Code,
        l.Rows,
        l.Models,
        l.Tests,
        l.Vectors,
        notObeyed = l.Clause.Exception,
        notTested = l.Clause.Untested,
        l.Fault,
    };

    private static void Print(IReadOnlyList<ClauseLinks> links, IReadOnlyList<string> faults)
    {
        Console.WriteLine(Columns, "clause", "level", "who", "seen", "code", "rows", "models", "tests", "vectors", "words");
        foreach (var l in links)
        {
            var reason = l.Clause.Exception is { } no ? $" [not obeyed: {no}]"
                : l.Clause.Untested is { } untested ? $" [not tested: {untested}]" : "";
            Console.WriteLine(
                Columns, l.Clause.Id, l.Clause.Level, l.Clause.Who, l.Clause.Seen, l.Code, l.Rows, l.Models, l.Tests, l.Vectors, l.Clause.Words + reason);
        }

        foreach (var fault in faults)
        {
            Console.WriteLine($"FAULT {fault}");
        }

        var all = CoveredPart.Of("all", "all", links);
        Console.WriteLine($"{all.Total} clauses: {all.Obeyed} obeyed, {all.Total - all.Obeyed} not; {all.Shown} obeyed and shown "
            + $"({all.Percent} %). {all.Tested} are shown by tests, {all.InVectors} by vectors, {all.Modelled} by models.");
    }
}
