using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Worlds;
using RefIke.Properties.Engine;
using RefIke.Properties.Engine.Phase1;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Exploration;

/// <summary>What the hostile peer of the scenarios can say, and who notices that it was taken (S-39).</summary>
public sealed class OffenceTests
{
    private static readonly ImmutableArray<Offence> All = [.. WrongFrames.All, .. WrongOffers.All, .. WrongContents.All];

    public static TheoryData<string> Words => [.. All.Select(o => o.Words)];

    /// <summary>None is there for nothing: each can be done to a message of some exchange, and changes it.</summary>
    [Theory]
    [MemberData(nameof(Words))]
    public void CanBeCommitted(string words)
    {
        var offence = All.Single(o => o.Words == words);
        var made = Letters().Select(l => (Letter: l, Octets: offence.Of(l))).Where(m => m.Octets is not null).ToArray();
        Assert.NotEmpty(made);
        Assert.All(made, m => Assert.False(m.Octets.AsSpan().SequenceEqual(m.Letter.Write())));
    }

    /// <summary>The messages of Main, Aggressive and Quick Mode, and of a Delete, open with what their sender knows: all but HASH(3) and those before it in the state.</summary>
    [Fact]
    public void MessagesOpenWithWhatTheirSenderKnows()
        => Assert.Equal(
            [ExchangeType.MainMode, ExchangeType.Aggressive, ExchangeType.Informational, ExchangeType.QuickMode],
            Letters().Select(l => l.Exchange).Distinct().OrderBy(e => (int)e));

    /// <summary>An answer, a step of a machine or an SA says that it was taken; a notify, or a machine that fails, that it was refused.</summary>
    [Fact]
    [Clause("2408-5.3-01")]
    public void TakingItIsAViolation()
    {
        var pair = new Pair();
        pair.Do(pair.A, new Input.Connect("t", "c"));
        var before = pair.B.State;
        pair.Deliver(pair.Flying[0]);
        var d = pair.A.Told.OfType<Effect.Send>().First();
        var step = new Taken(pair.Now, before, new Input.DatagramArrived(d.Remote, d.Local, d.Datagram), pair.B.State, [.. pair.B.Told], false);
        Assert.Null(Forbidden.Of(step));
        Assert.StartsWith("a message was taken that must be refused: it is wrong;", Forbidden.Of(step with { Breaks = "it is wrong" })?.What, StringComparison.Ordinal);
        Assert.Null(Forbidden.Of(step with { Breaks = "it is wrong", Effects = [], After = before }));
    }

    private static IEnumerable<Letter> Letters()
    {
        Func<EndpointSetup, EndpointSetup> aggressive = Phase1Setups.As(ExchangeType.Aggressive, AuthenticationMethod.PreSharedKey);
        return new[] { ("aes128-sha1-modp1024", (Func<EndpointSetup, EndpointSetup>?)null), ("3des-sha1-modp1024", aggressive) }.SelectMany(k => Letters(k.Item1, k.Item2));
    }

    private static List<Letter> Letters(string phase1, Func<EndpointSetup, EndpointSetup>? both)
    {
        var pair = new Pair(phase1, "aes128-sha1-modp768", both: both);
        var letters = new List<Letter>();
        pair.Do(pair.A, new Input.Connect("t", "c"));
        Drain();
        pair.Do(pair.A, new Input.DeletePair(pair.A.Pairs.Single().Spi));
        Drain();
        return letters;

        void Drain()
        {
            while (pair.Flying is [var d, ..])
            {
                var sender = d.Local.Address.Equals(pair.A.Endpoint.Setup.Local.Address) ? pair.A : pair.B;
                letters.AddRange(new[] { Insider.Open(d.Datagram, sender.State) }.OfType<Letter>());
                pair.Flying.RemoveAt(0);
                pair.Deliver(d);
            }
        }
    }
}
