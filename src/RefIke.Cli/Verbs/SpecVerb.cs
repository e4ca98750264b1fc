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
        return new Command("spec", "The formal specification") { check };
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
