using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RefIke.Cli.CommandLine;

/// <summary>The library's help, then the verb's examples and the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>So that <c>--help</c> needs no other option.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            output.WriteLine("Examples:");
            foreach (var example in verb.Examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        output.WriteLine("Exit codes: 0 held, 1 a verdict failed, 2 bad usage or input, 3 could not be decided");
        return ExitCodes.Held;
    }
}
