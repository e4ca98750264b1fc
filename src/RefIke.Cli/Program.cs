using System.CommandLine;
using RefIke.Cli;
using RefIke.Cli.Verbs;
using RefIke.Crypto;

if (args is ["--version"])
{
    Console.WriteLine($"refike {typeof(ExitCodes).Assembly.GetName().Version?.ToString(3)}, exponentiation by {DiffieHellman.Best.Name}");
    return ExitCodes.Held;
}

var root = new RootCommand("RefIke, the reference implementation of IKEv1 (RFC 2409). Exit codes: 0 held, 1 a verdict failed, 2 bad usage or input, 3 undecided.")
{
    HandshakeVerb.Create(), LiveVerbs.Respond(), LiveVerbs.Initiate(), ExploreVerb.Create(), SpecVerb.Create(),
};
var parsed = root.Parse(args);
return parsed.Errors.Count > 0
    ? await parsed.InvokeAsync() is var _ ? ExitCodes.BadInput : 0
    : await parsed.InvokeAsync();
