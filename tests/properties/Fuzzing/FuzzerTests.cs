using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exploration.Mutants;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Fuzzing;

/// <summary>The fuzzer finds what it is for: a fault in the endpoint ends in a finding of what it breaks.</summary>
public sealed class FuzzerTests(ITestOutputHelper output)
{
    private static readonly Effect.Send Answer = new(new IPEndPoint(0, 0), new IPEndPoint(0, 0), Octets.Empty, false);

    private static int steps;

    /// <summary>How a step's effects are altered, by what the fuzzer must say to it.</summary>
    private static readonly Dictionary<string, Func<ImmutableArray<Effect>, ImmutableArray<Effect>>> Altered = new()
    {
        ["S-31: the datagram vanished"] = effects => [.. effects.Where(e => e is not Effect.Rejected)],
        ["S-31: 1001 effects"] = effects => [.. effects, .. Enumerable.Repeat(effects[0], 1001 - effects.Length)],
        ["S-31: 4"] = effects => new byte[1 << 22].Length > 0 ? effects : [],
        ["S-32: the same step"] = effects => [.. effects, new Effect.Noted(default, (NotifyType)(++steps % 99), false)],
        ["S-12: an Informational"] = effects => effects.Any(IsAuthenticated) ? [.. effects, Answer] : effects,
        ["ledger: Reflected"] = effects => [.. effects.Select(WithoutClause)],
    };

    public static TheoryData<string> Findings => [.. Altered.Keys];

    /// <summary>Faults of the catalogue: each is found, and as the property that it breaks.</summary>
    [Theory]
    [InlineData("M-36", "S-31")]    // what was not offered is taken: nothing is chosen, and the step throws
    [InlineData("M-82", "S-07")]    // the HASH of an Informational is not verified
    [InlineData("M-97", "S-31")]    // a bad public value passes the guard
    [InlineData("M-154", "S-19")]   // half-open exchanges without bound
    [InlineData("M-155", "S-11")]   // what is refused is answered
    [InlineData("M-904", "S-07")]   // any HASH_I is taken
    [InlineData("M-906", "S-07")]   // any HASH(1) and HASH(3) is taken
    public void SeededFaultIsFound(string id, string property)
        => Find(Mutant.All.Single(m => m.Id == id), property);

    /// <summary>Each demand that no fault of the catalogue breaks can fail too.</summary>
    [Theory]
    [MemberData(nameof(Findings))]
    public void AlteredEffectsAreFound(string finding)
        => Find(
            new Mutant("altered", finding, "")
            {
                Around = step => (state, now, input) =>
                {
                    var (after, effects) = step(state, now, input);
                    return (after, effects.IsEmpty ? effects : Altered[finding](effects));
                },
            },
            finding);

    private void Find(Mutant fault, string finding)
    {
        var found = new Fuzz(2409, fault).Run(FuzzTests.InCi);
        output.WriteLine($"{found}");
        Assert.StartsWith(finding, found?.What ?? "nothing found", StringComparison.Ordinal);
    }

    private static bool IsAuthenticated(Effect effect) => effect is Effect.Noted { Authenticated: true };

    private static Effect WithoutClause(Effect effect)
        => effect is Effect.Rejected { Why: Rejection.Reflected why } rejected
            ? rejected with { Why = why with { Clause = "none" } }
            : effect;
}
