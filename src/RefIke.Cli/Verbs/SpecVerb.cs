using System.CommandLine;
using RefIke.Specification;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike spec check</c>: SPIN over the models of the specification.</summary>
internal static class SpecVerb
{
    public static Command Create()
    {
        var check = new Command("check", "Check the Promela models with SPIN. Example: refike spec check");
        check.SetAction((_, stop) => Task.FromResult(Check(stop)));
        var coverage = new Command("coverage", "Each clause of the ledger: where code, tables and models obey it. Example: refike spec coverage");
        coverage.SetAction(_ => Cover());
        return new Command("spec", "The formal specification") { check, coverage };
    }

    private static int Cover()
    {
        if (RowFile.FindRepository(Environment.CurrentDirectory) is not { } repository)
        {
            Console.Error.WriteLine("no spec/exchanges at or above this folder");
            return ExitCodes.BadInput;
        }

        var (links, unknown) = Coverage.Of(repository);
        Console.WriteLine($"{"clause",-16} {"level",-7} {"code",5} {"rows",5} {"models",7}  words");
        foreach (var l in links)
        {
            var words = l.Clause.Exception is { } reason ? $"{l.Clause.Words} [not yet: {reason}]" : l.Clause.Words;
            Console.WriteLine($"{l.Clause.Id,-16} {l.Clause.Level,-7} {l.Code,5} {l.Rows,5} {l.Models,7}  {(l.IsLost ? "LOST: " : "")}{words}");
        }

        foreach (var id in unknown)
        {
            Console.WriteLine($"{id,-16} is named in the sources and in no ledger");
        }

        Console.WriteLine($"{links.Count} clauses, {links.Count(l => l.Code + l.Rows > 0)} obeyed in code or tables, {links.Count(l => l.Clause.Exception is not null)} with a reason");
        return unknown.Count == 0 && !links.Any(l => l.IsLost) ? ExitCodes.Held : ExitCodes.Failed;
    }

    private static int Check(CancellationToken stop)
    {
        if (RowFile.FindRepository(Environment.CurrentDirectory) is not { } repository)
        {
            Console.Error.WriteLine("no spec/exchanges at or above this folder");
            return ExitCodes.BadInput;
        }

        if (!SpinRunner.IsInstalled)
        {
            Console.Error.WriteLine("SPIN or a C compiler is not installed: apt-get install spin gcc libc6-dev");
            return ExitCodes.Undecided;
        }

        var good = true;
        Console.WriteLine($"{"model",-16} {"property",-18} {"expected",-9} {"states",10} {"depth",7}  verdict");
        foreach (var r in SpinRunner.Run(repository, stop))
        {
            good &= r.AsExpected;
            Console.WriteLine($"{r.Model,-16} {r.Property,-18} {r.Expected,-9} {r.States,10} {r.Depth,7}  {(r.AsExpected ? "ok" : "NOT AS EXPECTED: " + r.Detail)}");
        }

        return stop.IsCancellationRequested ? ExitCodes.Undecided : good ? ExitCodes.Held : ExitCodes.Failed;
    }
}
