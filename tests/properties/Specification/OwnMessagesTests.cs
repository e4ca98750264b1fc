using System.Buffers.Binary;
using RefIke.Engine;
using RefIke.Properties.Engine;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>
/// What every datagram of an endpoint looks like, over a life of an ISAKMP SA: set-up, rekeys begun by either end,
/// Deletes.
/// </summary>
[JudgesFaults]
public sealed class OwnMessagesTests
{
    private readonly Lazy<Pair> life = new(() =>
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        pair.Settle();
        pair.Now = pair.Now.After(60_000);
        pair.Do(pair.B, new Input.Rekey(pair.B.Pairs.Single().Spi));
        pair.Settle();
        pair.Do(pair.A, new Input.DeletePair(pair.A.Pairs.First().Spi));
        pair.Settle();
        pair.Do(pair.B, new Input.DeleteIsakmp(pair.B.State.Isakmp.Values.Single().Own));
        pair.Settle();
        return pair;
    });

    private IEnumerable<(Side From, Octets Datagram, Header Header)> All
        => Ends.SelectMany(s => s.Told.OfType<Effect.Send>().Select(d => d.Datagram)
            .Select(d => (s, d, Insider.HeaderOf(d))));

    private Side[] Ends => [life.Value.A, life.Value.B];

    /// <summary>
    /// RFC 2408 §3.1: version 1.0, no flag but Encryption, and Length is all of it, padding included.
    /// </summary>
    [Fact]
    [Clause("2408-3.1-01")]
    [Clause("2408-3.1-03")]
    [Clause("2408-3.1-05")]
    [Clause("2408-3.1-11")]
    [Clause("2409-B-05")]
    public void HeaderHasVersionFlagsAndLengthAsTheyMustBe()
        => Assert.All(All, m =>
        {
            Assert.Equal(0x10, m.Header.Version);
            Assert.Equal(HeaderFlags.None, m.Header.Flags & ~HeaderFlags.Encryption);
            Assert.Equal((uint)m.Datagram.Length, m.Header.Length);
        });

    /// <summary>
    /// RFC 2408 §2.4, RFC 2409 §4: CKY-I everywhere and in its place, CKY-R from message 2 on, whoever speaks.
    /// </summary>
    [Fact]
    [Clause("2408-2.4-01")]
    [Clause("2409-4-04")]
    [Clause("2409-4-05")]
    public void CookiesKeepTheirPlaces()
    {
        var (first, rest) = (All.First(), All.Skip(1).ToArray());
        Assert.True(first.Header.ResponderCookie.IsZero);
        Assert.Single(rest.Select(m => (m.Header.InitiatorCookie, m.Header.ResponderCookie)).Distinct());
        Assert.Equal(first.Header.InitiatorCookie, rest[0].Header.InitiatorCookie);
        Assert.All(new[] { ExchangeType.QuickMode, ExchangeType.Informational }, type => Assert.Equal(
            2, All.Where(m => m.Header.ExchangeType == type).Select(m => m.From).Distinct().Count()));
    }

    /// <summary>
    /// RFC 2408 §2.4, §3.1; RFC 2409 §5.7: message ids are zero in phase 1, and not zero and met in one exchange only
    /// after it.
    /// </summary>
    [Fact]
    [Clause("2408-2.4-02")]
    [Clause("2408-2.4-03")]
    [Clause("2408-3.1-10")]
    [Clause("2408-4.8-02")]
    [Clause("2409-5.7-02")]
    public void MessageIdsAreZeroInPhase1AndFreshAfterIt()
    {
        Assert.All(All, m => Assert.Equal(m.Header.ExchangeType == ExchangeType.MainMode, m.Header.MessageId == 0));
        Assert.All(All.Where(m => m.Header.MessageId != 0).GroupBy(m => m.Header.MessageId), exchange =>
        {
            Assert.Single(exchange.Select(m => m.Header.ExchangeType).Distinct());
            Assert.Equal(exchange.First().Header.ExchangeType == ExchangeType.QuickMode ? 3 : 1, exchange.Count());
        });
    }

    /// <summary>
    /// D-209: the highest bit of a message id says which side of phase 1 made it, so two sides never make the same.
    /// </summary>
    [Fact]
    public void MessageIdsOfTheTwoSidesDiffer()
    {
        // Who begins an exchange sends more of it: messages 1 and 3 of Quick Mode, the only one of an Informational.
        var made = All.Where(m => m.Header.MessageId != 0).GroupBy(m => m.Header.MessageId)
            .Select(e => e.GroupBy(m => m.From).MaxBy(s => s.Count())!.First()).ToArray();
        Assert.All(made, m => Assert.Equal(m.From == life.Value.B, m.Header.MessageId > int.MaxValue));
        Assert.Equal(2, made.Select(m => m.From).Distinct().Count());
    }

    /// <summary>
    /// RFC 2409 §3.2, §5.5, §5.7; RFC 2408 §3.1: in clear until both KE are there, encrypted in whole blocks from
    /// then on.
    /// </summary>
    [Fact]
    [Clause("2409-3.2-02")]
    [Clause("2409-5.5-01")]
    [Clause("2408-3.1-04")]
    [Clause("2408-3.1-13")]
    [Clause("2408-4.8-01")]
    public void EverythingAfterBothKeIsEncrypted()
    {
        var mainMode = All.Where(m => m.Header.ExchangeType == ExchangeType.MainMode).ToArray();
        Assert.Equal(6, mainMode.Length);
        Assert.All(mainMode, m => Assert.Equal(m.Datagram.Length is 28 + 64 or 28 + 48, m.Header.IsEncrypted));
        Assert.Equal(2, mainMode.Count(m => m.Header.IsEncrypted));
        Assert.All(All.Except(mainMode), m => Assert.True(m.Header.IsEncrypted));
        Assert.All(All.Where(m => m.Header.IsEncrypted), m =>
        {
            Assert.Equal(0, (m.Datagram.Length - Header.Size) % 16);
            Assert.False(MessageReader.TryRead(m.Datagram.Memory, out _, out _));
        });
    }

    /// <summary>RFC 2408 §2.5.2, §3.6, §3.8: reserved octets and what an ID does not use are zero.</summary>
    [Fact]
    [Clause("2408-2.5.2-01")]
    [Clause("2408-3.8-01")]
    [Clause("2407-4.6.2-01")]
    public void ReservedAndUnusedOctetsAreZero()
    {
        foreach (var (_, datagram, header) in All.Where(m => !m.Header.IsEncrypted))
        {
            var reader = new IsakmpReader(header.NextPayload, datagram.Span[Header.Size..], Header.Size);
            while (reader.TryNext(out _))
            {
                Assert.Equal(0, datagram.Span[Header.Size + reader.BodyStart - 3]);
                if (reader.Type == PayloadType.SecurityAssociation)
                {
                    Assert.Equal(0, reader.Body[8 + 1]);
                    Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(reader.Body[(8 + 8 + 6)..]));
                }
            }
        }

        var id = life.Value.A.Told.OfType<Effect.IsakmpEstablished>().Single().Phase1.PeerIdentity!;
        Assert.Equal((0, 0), (id.ProtocolId, id.Port));
    }

    /// <summary>RFC 2408 §5.5, §5.13: SPIs and nonces are never met twice.</summary>
    [Fact]
    [Clause("2408-5.5-04")]
    [Clause("2408-5.13-01")]
    [Clause("3948-1-01")]
    public void SpisAndNoncesAreFresh()
    {
        var pairs = Ends.SelectMany(s => s.Told.OfType<Effect.PairEstablished>()).Select(e => e.Pair).ToArray();
        Assert.Equal(4, pairs.Length);
        Assert.Equal(4, pairs.Select(p => p.Spi).Distinct().Count());
        Assert.All(pairs, p => Assert.True(p.Spi >= 256));
        var nonces = All.SelectMany(m => Nonces(m.Datagram)).Concat(pairs.Select(p => p.SmallestNonce));
        Assert.Equal(4, nonces.Distinct().Count());
    }

    private static IEnumerable<Octets> Nonces(Octets datagram)
        => MessageReader.TryRead(datagram.Memory, out var message, out _)
            ? message!.Payloads.OfType<NoncePayload>().Select(n => n.Data) : [];
}
