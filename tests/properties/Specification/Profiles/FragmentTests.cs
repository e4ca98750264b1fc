using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Specification.Profiles;

/// <summary>
/// Messages in fragments ([MS-IKEE] §2.2): how they are cut, and what a receiver makes of any fragments whatever.
/// </summary>
[JudgesFaults]
public sealed class FragmentTests
{
    /// <summary>
    /// D-189: only what is longer than policy's size is cut, only once the peer's vendor id has come; both ends agree
    /// as ever. Each fragment stands in clear behind the header of its message, numbered from 1, one last, ids count
    /// up.
    /// </summary>
    [Fact]
    [Clause("msikee-2.2-02")]
    public void LongMessagesAreCutOnceThePeerGathers()
    {
        var pair = Up(size: 150);
        Assert.Equal(pair.A.Pairs.Single().Inbound, pair.B.Pairs.Single().Outbound);
        var sent = pair.A.Told.OfType<Effect.Send>().Select(s => s.Datagram).ToArray();
        Assert.Contains(sent, d => Fragment(d) is not null);
        Assert.Null(Fragment(sent[0]));
        Assert.All(sent.Skip(1), d => Assert.True(d.Length <= 150));
        var ids = sent.Select(Fragment).OfType<FragmentPayload>().GroupBy(f => f.Id).ToArray();
        Assert.Equal(Enumerable.Range(1, ids.Length), ids.Select(g => (int)g.Key));
        Assert.All(ids, g =>
        {
            Assert.Equal(Enumerable.Range(1, g.Count()), g.Select(f => (int)f.Number));
            Assert.Equal(g.Count(), g.Single(f => f.IsLast).Number);
        });
        Assert.All(sent.Where(d => Fragment(d) is not null), d => Assert.False(Insider.HeaderOf(d).IsEncrypted));
        Assert.Empty(pair.A.State.Fragments);
        Assert.Empty(pair.B.State.Fragments);
    }

    /// <summary>D-189: to a peer without the vendor id nothing is cut; forced, even message 1 is.</summary>
    [Fact]
    [Clause("msikee-2.2-02")]
    public void WithoutTheVendorIdOnlyForceCuts()
    {
        var off = Up(size: 100,
            changeB: s => s with { Connections = [s.Connections[0] with { Fragmentation = null }] });
        Assert.DoesNotContain(off.A.Told.OfType<Effect.Send>(), s => Fragment(s.Datagram) is not null);
        var forced = Up(size: 80, force: true);
        Assert.NotNull(Fragment(forced.A.Told.OfType<Effect.Send>().First().Datagram));
        Assert.Single(forced.B.Pairs);
    }

    /// <summary>D-191, S-10: a message that is sent again is cut into the same fragments.</summary>
    [Fact]
    [Clause("msikee-2.2-02")]
    public void ResentFragmentsAreTheSameOctets()
    {
        var pair = Make(150);
        pair.Connect(pair.A);
        pair.Deliver(Next(pair));
        pair.Deliver(Next(pair));
        var third = pair.Flying.Select(s => s.Datagram).ToArray();
        Assert.True(third.Length > 1);
        pair.Flying.Clear();
        var timer = pair.A.State.NextTimer!.Value;
        pair.Now = timer.Due;
        pair.Do(pair.A, new Input.TimerFired(timer.Timer));
        Assert.Equal(third, pair.Flying.Select(s => s.Datagram));
        Assert.All(pair.Flying, s => Assert.True(s.IsResend));
    }

    /// <summary>
    /// Any order, and any of them twice: the message is whole when the last missing part comes, and once.
    /// </summary>
    [Fact]
    [Clause("msikee-2.2-03")]
    public void AnyOrderAndCopiesMakeTheMessageOnce()
    {
        foreach (var seed in Enumerable.Range(0, 40))
        {
            var (pair, parts) = AtMessage3();
            var random = new Random(seed);
            var deck = parts.Concat(parts).Select(p => (p, random.Next())).OrderBy(x => x.Item2).Select(x => x.p)
                .ToArray();
            foreach (var part in deck)
            {
                pair.Deliver(part);
            }

            var answered = pair.B.Told.OfType<Effect.Send>().Where(s => !s.IsResend).Select(s => Key(s.Datagram))
                .Distinct().Count();
            Assert.Equal(2, answered);
            Assert.DoesNotContain(pair.B.Told, e => e is Effect.Rejected { Why: Rejection.BadFragment });
            pair.Settle();
            pair.Run(40_000);
            Assert.Single(pair.B.Pairs);
        }

        static object Key(Octets d) => Fragment(d) is { } f ? f.Id : d;
    }

    /// <summary>A lost fragment: the message is not taken, and its next sending completes it.</summary>
    [Fact]
    [Clause("msikee-2.2-03")]
    public void LostFragmentIsMadeUpForByTheNextSending()
    {
        var (pair, parts) = AtMessage3();
        foreach (var part in parts.Skip(1))
        {
            pair.Deliver(part);
        }

        Assert.Single(pair.B.State.Fragments);
        pair.Run(40_000);
        Assert.Single(pair.B.Pairs);
        Assert.Empty(pair.B.State.Fragments);
    }

    /// <summary>D-190: what is not whole after 30 s is forgotten.</summary>
    [Fact]
    [Clause("msikee-2.2-04")]
    public void FragmentsAreForgottenInTime()
    {
        var (pair, parts) = AtMessage3();
        pair.Deliver(parts[0]);
        var timer = pair.B.State.Timers.Single(t => t.Key.Kind == TimerKind.FragmentsExpire);
        Assert.Equal(pair.Now.After(30_000), timer.Value);
        pair.Do(pair.B, new Input.TimerFired(timer.Key));
        Assert.Empty(pair.B.State.Fragments);
        Assert.DoesNotContain(pair.B.State.Timers.Keys, t => t.Kind == TimerKind.FragmentsExpire);
    }

    /// <summary>D-190: each contradiction ends the set, with nothing of it kept, and the exchange lives on.</summary>
    [Theory]
    [InlineData(1, 2, false, "differ")]
    [InlineData(1, 0, false, "number 0")]
    [InlineData(1, 17, false, "at most")]
    [InlineData(1, 1, true, "two last")]
    [InlineData(1, 3, false, "one after the last")]
    [Clause("msikee-2.2-04")]
    public void ContradictionEndsTheMessage(ushort id, byte number, bool last, string why)
    {
        var (pair, parts) = AtMessage3();
        pair.Deliver(parts[1]);
        pair.Deliver(With(parts[0], new FragmentPayload(id, number, (byte)(last ? 1 : 0), Octets.FromHex("aabb"))));
        Assert.Contains(why, Assert.Single(Refused(pair.B)).Reason, StringComparison.Ordinal);
        Assert.Empty(pair.B.State.Fragments);
        pair.Run(20_000);
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>D-190: two last fragments, an empty one, and more octets than a message may have.</summary>
    [Fact]
    [Clause("msikee-2.2-04")]
    public void TooMuchAndTwoLastOnesEndTheMessage()
    {
        var (pair, parts) = AtMessage3();
        var some = Octets.FromHex("aabb");
        pair.Deliver(With(parts[0], new FragmentPayload(9, 3, 1, some)));
        pair.Deliver(With(parts[0], new FragmentPayload(9, 2, 1, some)));
        pair.Deliver(With(parts[0], new FragmentPayload(10, 1, 0, Octets.Empty)));
        pair.Deliver(With(parts[0], new FragmentPayload(11, 1, 0, new byte[40_000])));
        pair.Deliver(With(parts[0], new FragmentPayload(11, 2, 0, new byte[40_000])));
        Assert.Equal(["two last ones, 3 and 2", "nothing in it", "80000 octets in all"], Refused(pair.B)
            .Select(r => r.Reason));
        Assert.Empty(pair.B.State.Fragments);
    }

    /// <summary>
    /// Mixed ids: a fragment of another message means that the peer has gone on; nothing of the two is ever mixed.
    /// </summary>
    [Fact]
    [Clause("msikee-2.2-04")]
    public void FragmentsOfTwoMessagesAreNeverMixed()
    {
        var (pair, parts) = AtMessage3();
        pair.Deliver(parts[0]);
        pair.Deliver(With(parts[0], new FragmentPayload(99, 2, 1, Octets.FromHex("aabb"))));
        Assert.Equal((99, 1), (pair.B.State.Fragments.Values.Single().Id,
            pair.B.State.Fragments.Values.Single().Parts.Count));
        Assert.Single(pair.B.Told.OfType<Effect.Send>());
    }

    /// <summary>Interleaved: fragments of two peers' messages are gathered side by side.</summary>
    [Fact]
    [Clause("msikee-2.2-03")]
    public void SourcesAreGatheredSideBySide()
    {
        var (pair, parts) = AtMessage3();
        var elsewhere = parts.Select(p => p with { Local = new IPEndPoint(p.Local.Address, 777) }).ToArray();
        foreach (var (one, other) in parts.Zip(elsewhere))
        {
            pair.Deliver(one, pair.B);
            pair.Deliver(other with { Datagram = Insider.Patched(other.Datagram, (40, 1)) }, pair.B);
        }

        pair.Settle();
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>
    /// RFC 2408 §1.7.1: how many messages are gathered at once is bounded, for one address and in all; the oldest makes
    /// room, so that a flood in the peer's name does not keep the peer's own messages out.
    /// </summary>
    [Fact]
    [Clause("msikee-2.2-04")]
    public void HowMuchIsGatheredIsBounded()
    {
        var (pair, parts) = AtMessage3();
        foreach (var n in Enumerable.Range(0, 50))
        {
            var header = Insider.HeaderOf(parts[0].Datagram);
            var m1 = header with { InitiatorCookie = new((ulong)n + 1), ResponderCookie = default };
            var datagram = MessageWriter.Write(m1, [new FragmentPayload(1, 1, 0, new byte[1000])]);
            pair.Deliver(parts[0] with { Datagram = datagram }, pair.B);
        }

        Assert.Equal(4, pair.B.State.Fragments.Count);
        Assert.Equal(50, pair.B.Told.Count(e => e is Effect.FragmentKept));
        foreach (var part in parts)
        {
            pair.Deliver(part);
        }

        pair.Settle();
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>For cookies of nobody, and from an address of nobody, nothing is kept.</summary>
    [Fact]
    [Clause("msikee-2.2-04")]
    public void StrangersFragmentsCostNothing()
    {
        var (pair, parts) = AtMessage3();
        var header = Insider.HeaderOf(parts[0].Datagram);
        var unknown = MessageWriter.Write(
            header with { ResponderCookie = new(5) }, [new FragmentPayload(1, 1, 0, new byte[1000])]);
        pair.Deliver(parts[0] with { Datagram = unknown }, pair.B);
        var first = MessageWriter.Write(
            header with { ResponderCookie = default }, [new FragmentPayload(1, 1, 0, new byte[1000])]);
        pair.Deliver(new Effect.Send(new IPEndPoint(IPAddress.Parse("10.99.0.1"), 500), parts[0].Remote, first, false),
            pair.B);
        Assert.Empty(pair.B.State.Fragments);
        Assert.Equal(2, pair.B.Told.OfType<Effect.Rejected>().Count());
    }

    /// <summary>The whole must be a message of the same SA, and no fragment again.</summary>
    [Fact]
    [Clause("msikee-2.2-04")]
    public void WholeMustBeAMessageOfTheSameSa()
    {
        var (pair, parts) = AtMessage3();
        pair.Deliver(With(parts[0], new FragmentPayload(7, 1, 1, parts[0].Datagram)));
        var other = Insider.HeaderOf(parts[0].Datagram) with { InitiatorCookie = new(5) };
        pair.Deliver(With(parts[0],
            new FragmentPayload(8, 1, 1, MessageWriter.Write(other, [new NoncePayload(new byte[8])]))));
        Assert.Equal(2, Refused(pair.B).Count());
        Assert.All(Refused(pair.B), r => Assert.Contains("same SA", r.Reason, StringComparison.Ordinal));
    }

    /// <summary>
    /// A fragment whose header says encrypted is taken too (D-189); one beside other payloads, or cut short, is
    /// refused.
    /// </summary>
    [Fact]
    [Clause("msikee-2.2-03")]
    public void EncryptionFlagOfAFragmentIsIgnored()
    {
        var (pair, parts) = AtMessage3();
        var header = Insider.HeaderOf(parts[0].Datagram);
        pair.Deliver(parts[0] with
        {
            Datagram = MessageWriter.Write(header, [Fragment(parts[0].Datagram)!, new NoncePayload(new byte[8])]),
        });
        pair.Deliver(parts[0] with { Datagram = Insider.Patched(parts[0].Datagram, (31, 2)) });
        Assert.Equal(["WrongPayloads", "BadSyntax"], pair.B.Told.OfType<Effect.Rejected>().Select(r => r.Why.Kind));
        foreach (var part in parts)
        {
            pair.Deliver(part with { Datagram = Insider.Patched(part.Datagram, (19, (byte)HeaderFlags.Encryption)) });
        }

        pair.Settle();
        Assert.Single(pair.B.Pairs);
    }

    private static Pair Make(int size, bool force = false, Func<EndpointSetup, EndpointSetup>? changeB = null)
        => new(both: s => Cutting(s, new FragmentationPolicy { Size = size, Force = force }), changeB: changeB);

    private static EndpointSetup Cutting(EndpointSetup s, FragmentationPolicy policy)
        => s with { Connections = [s.Connections[0] with { Fragmentation = policy }] };

    private static Pair Up(int size, bool force = false, Func<EndpointSetup, EndpointSetup>? changeB = null)
    {
        var pair = Make(size, force, changeB);
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        return pair;
    }

    /// <summary>Message 3 in fragments, not delivered yet.</summary>
    private static (Pair Pair, ImmutableArray<Effect.Send> Parts) AtMessage3()
    {
        var pair = Make(150);
        pair.Connect(pair.A);
        pair.Deliver(Next(pair));
        pair.Deliver(Next(pair));
        ImmutableArray<Effect.Send> parts = [.. pair.Flying];
        pair.Flying.Clear();
        Assert.True(parts.Length >= 2);
        return (pair, parts);
    }

    private static Effect.Send Next(Pair pair)
    {
        var next = pair.Flying[0];
        pair.Flying.RemoveAt(0);
        return next;
    }

    private static Effect.Send With(Effect.Send like, FragmentPayload fragment)
        => like with { Datagram = MessageWriter.Write(Insider.HeaderOf(like.Datagram), [fragment]) };

    private static FragmentPayload? Fragment(Octets datagram)
        => MessageReader.TryRead(datagram.Memory, out var m, out _)
            ? m!.Payloads.OfType<FragmentPayload>().SingleOrDefault() : null;

    private static IEnumerable<Rejection.BadFragment> Refused(Side side)
        => side.Told.OfType<Effect.Rejected>().Select(r => r.Why).OfType<Rejection.BadFragment>();
}
