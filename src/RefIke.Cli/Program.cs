using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using RefIke.Cli;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Verbs;

var root = new RootCommand("RefIke, the reference implementation of IKEv1 (RFC 2409, RFC 2408, RFC 2407).")
{
    HandshakeVerb.Create(), RespondVerb.Create(), InitiateVerb.Create(), ExploreVerb.Create(), SpecVerb.Create(),
    ReplayVerb.Create(), VectorsVerb.Create(),
};
var help = root.Options.OfType<HelpOption>().Single();
help.Action = new HelpWithExamples((HelpAction)help.Action!);
root.Options.OfType<VersionOption>().Single().Action = new VersionAction();

// The first signal asks the verb to end, which it does in its own time; a second one is not held back.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Complain(error.Message);
    }

    Complain($"see {FullName(parsed.CommandResult)} --help");
    return ExitCodes.BadInput;
}

try
{
    var code = await parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
        stop.Token);
    return args.Length == 0 ? ExitCodes.BadInput : code;
}
catch (BadInputException e)
{
    Complain(e.Message);
    return ExitCodes.BadInput;
}
catch (IOException e)
{
    Complain(e.Message);
    return ExitCodes.BadInput;
}
catch (OperationCanceledException)
{
    return ExitCodes.Undecided;
}
#pragma warning disable CA1031 // the last resort: a fault of ours is told in one line too
catch (Exception e)
#pragma warning restore CA1031
{
    Complain($"a fault in refike itself, please report it: {e.GetType().Name}: {e.Message}");
    return ExitCodes.Undecided;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

static void Complain(string what) => Console.Error.WriteLine($"refike: {what.ReplaceLineEndings(" ").Trim()}");

static string FullName(System.CommandLine.Parsing.CommandResult result)
    => result.Parent is System.CommandLine.Parsing.CommandResult parent
        ? $"{FullName(parent)} {result.Command.Name}"
        : "refike";
