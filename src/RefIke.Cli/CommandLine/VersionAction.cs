using System.CommandLine;
using System.CommandLine.Invocation;
using RefIke.Crypto;

namespace RefIke.Cli.CommandLine;

/// <summary>The version, and which library exponentiates here.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(ExitCodes).Assembly.GetName().Version?.ToString(3);
        parseResult.InvocationConfiguration.Output.WriteLine(
            $"refike {version}, exponentiation by {DiffieHellman.Best.Name}");
        return ExitCodes.Held;
    }
}
