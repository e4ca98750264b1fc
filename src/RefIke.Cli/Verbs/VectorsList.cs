using System.Collections.Immutable;
using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Configuration;
using RefIke.Crypto;
using RefIke.Exchanges.Negotiation;
using RefIke.Vectors;
using RefIke.Vectors.Negative;
using RefIke.Wire;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike vectors list</c>: the whole exchanges that have what is asked for.</summary>
internal static class VectorsList
{
    private const string Columns = "{0,-46} {1,-10} {2,-34} {3,-30} {4}";

    private static readonly Option<string[]> Flag = new("--flag")
    {
        Description = $"what it must have, once or more: {string.Join(", ", Flags.Names())}; "
            + $"with --negative: {string.Join(", ", NegativeVectors.Flags)}",
        HelpName = "name",
    };

    private static readonly WordOption Method =
        new("--method", "how the sides authenticate each other", "name", [.. AuthenticationNames.Names]);

    private static readonly WordOption Mode = new("--mode", "phase 1's mode", "main|aggressive", ["main", "aggressive"]);

    private static readonly WordOption Cipher =
        new("--cipher", "phase 1's cipher", "name", [.. SuiteNames.CipherNames]);

    private static readonly WordOption Hash = new("--hash", "phase 1's hash", "name", [.. SuiteNames.HashNames]);

    private static readonly WordOption Group =
        new("--group", "phase 1's group, or that of PFS", "name", [.. GroupList.All.Select(g => g.Name)]);

    private static readonly WordOption Format = WordOption.Format();

    public static Command Create()
    {
        Flag.Validators.Add(result =>
        {
            var known = Flags.Names().Concat(NegativeVectors.Flags).Distinct().ToArray();
            foreach (var token in result.Tokens.Where(t => !known.Contains(t.Value)))
            {
                result.AddError($"--flag: {token.Value} is unknown; known are {string.Join(", ", known)}");
            }
        });
        var verb = new Verb("list", "The whole exchanges, or the negative vectors, that have all that is asked for.", "refike vectors list",
            "refike vectors list --method rsa-enc --mode aggressive", "refike vectors list --flag pfs --group ecp256",
            "refike vectors list --negative --exchange QuickMode --notify 23")
        {
            Flag, Method, Mode, Cipher, Hash, Group, Format,
        };
        foreach (var option in VectorsNegative.Options)
        {
            verb.Add(option);
        }

        verb.SetAction(parsed => parsed.GetValue(VectorsNegative.Wanted)
            ? VectorsNegative.List(parsed, parsed.GetValue(Flag) ?? [], parsed.GetValue(Format) == "json")
            : List([.. VectorBook.Names.Select(VectorBook.Read).Where(v => Has(v, parsed))],
            parsed.GetValue(Format) == "json"));
        return verb;
    }

    private static bool Has(VectorFile v, ParseResult parsed)
    {
        var suite = v.Phase1.Suite.Split('-');
        return (parsed.GetValue(Flag) ?? []).All(f => v.Flags.Contains(f))
            && Is(Method, AuthenticationNames.Of(v.Inputs.Method))
            && Is(Mode, v.Inputs.Mode == ExchangeType.Aggressive ? "aggressive" : "main")
            && Is(Cipher, suite[0]) && Is(Hash, suite[1])
            && (Is(Group, suite[2]) || v.QuickModes.Any(q => q.Group == parsed.GetValue(Group)));

        bool Is(Option<string?> option, string value) => parsed.GetValue(option) is not { } asked || asked == value;
    }

    private static int List(ImmutableArray<VectorFile> found, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonText.Document(new
            {
                document = "refike vectors list",
                version = 1,
                vectors = found.Select(v => new
                {
                    v.Name,
                    mode = $"{v.Inputs.Mode}",
                    method = AuthenticationNames.Of(v.Inputs.Method),
                    v.Phase1.Suite,
                    children = Children(v),
                    v.Flags,
                    v.Shows,
                }),
            }));
            return ExitCodes.Held;
        }

        Console.WriteLine(Columns, "name", "mode", "phase 1", "phase 2", "flags");
        foreach (var v in found)
        {
            var first = $"{AuthenticationNames.Of(v.Inputs.Method)} {v.Phase1.Suite}";
            Console.WriteLine(Columns, v.Name, v.Inputs.Mode == ExchangeType.Aggressive ? "Aggressive" : "Main", first,
                string.Join(", ", Children(v)), string.Join(' ', v.Flags));
        }

        Console.WriteLine($"{found.Length} of {VectorBook.Names.Count} whole exchanges");
        return ExitCodes.Held;
    }

    /// <summary>What each pair of SAs has agreed on.</summary>
    private static IEnumerable<string> Children(VectorFile v)
        => v.QuickModes.SelectMany(q => q.Sas).Select(sa => string.Join(" + ", sa.Select(p => p.Suite ?? "refused")))
            .Distinct();
}
